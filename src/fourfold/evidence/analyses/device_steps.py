"""Changes of number, SIM and handset: the SQL behind the table `device_changes`."""

from typing import Final

from fourfold.evidence.model.protocols import Tables

# A line is called silent where it has no record for at least a day, and for longer than
# so many times the pause that 99 of 100 of its own pauses do not exceed.
SILENCE_HOURS: Final = 24
SILENCE_TIMES: Final = 3
LEAST_RECORDS: Final = 20
# A line begins (ends) within the data if its first (last) record lies so much after the
# first (before the last) record of any line.
EDGE_DAYS: Final = 7
# A number takes over where it first occurs this long before to this long after the silence.
TAKEOVER_BEFORE_DAYS: Final = 1
TAKEOVER_AFTER_DAYS: Final = 7
TAKEOVER_CONTACTS: Final = 5

_HOUR_US: Final = 3_600_000_000
_DAY_US: Final = 24 * _HOUR_US

_COLUMNS: Final = "p.kind, p.at, p.before_at, p.number, p.imei, p.imsi, p.other, p.row_ids"


def find_changes(tables: Tables) -> None:
    """Make the step `found_changes`: kind, at, before_at, number, imei, imsi, other, row_ids.

    before_at is the last record before the change, at the first after it.
    """
    _changes_of_lines(tables)
    _shared_handsets(tables)
    _silences(tables)
    _edges(tables)
    _takeovers(tables)
    parts = ("line_changes", "shared_handsets", "silences", "line_edges", "takeovers")
    tables.step(
        "found_changes",
        " union all ".join(f"select {_COLUMNS} from {part} as p" for part in parts),
    )


def _changes_of_lines(tables: Tables) -> None:
    """Find where one number goes on with another SIM, another handset, or both.

    Records that state only one of the two are left out: a blank is not a change.
    """
    tables.step(
        "line_changes",
        """with ordered as (
            select s.*, lag(s.imsi) over w as imsi_before, lag(s.imei14) over w as imei_before,
                lag(s.last_us) over w as last_us_before, lag(s.last_at) over w as last_at_before
            from device_stints_us as s where s.imsi <> '' and s.imei14 <> ''
            window w as (partition by s.number order by s.first_us, s.imsi, s.imei14)
        )
        select case when o.imsi <> o.imsi_before and o.imei14 <> o.imei_before
                then 'same_number_new_imsi_new_imei'
            when o.imsi <> o.imsi_before then 'same_number_new_imsi'
            else 'same_imsi_new_imei' end as kind,
            o.first_at as at, case when o.last_us_before < o.first_us then o.last_at_before end
                as before_at,
            o.number, o.imei14 as imei, o.imsi,
            'before: IMSI ' || o.imsi_before || ', IMEI ' || o.imei_before as other,
            [o.row_ids[1]] as row_ids
        from ordered as o where o.imsi_before is not null
            and (o.imsi <> o.imsi_before or o.imei14 <> o.imei_before)""",
    )


def _shared_handsets(tables: Tables) -> None:
    """Find handsets in which another number's SIM is used later or in turn."""
    tables.step(
        "shared_handsets",
        """with ordered as (
            select s.*, lag(s.number) over w as number_before, lag(s.imsi) over w as imsi_before,
                lag(s.last_us) over w as last_us_before, lag(s.last_at) over w as last_at_before
            from device_stints_us as s where s.imei14 <> ''
            window w as (partition by s.imei14 order by s.first_us, s.number, s.imsi)
        )
        select 'same_imei_new_imsi' as kind, o.first_at as at,
            case when o.last_us_before < o.first_us then o.last_at_before end as before_at,
            o.number, o.imei14 as imei, o.imsi,
            o.number_before || ', IMSI ' || o.imsi_before || case when o.last_us_before
                >= o.first_us then ', both in use in turn' else '' end as other,
            [o.row_ids[1]] as row_ids
        from ordered as o where o.number_before <> o.number""",
    )


def _silences(tables: Tables) -> None:
    """Find pauses of a line that stand out from its own."""
    tables.step(
        "silences",
        f"""with beside as (
            select r.*, lag(r.started_us) over w as previous_us,
                lag(r.started_at) over w as previous_at, lag(r.row_ids) over w as previous_rows
            from device_records as r
            window w as (partition by r.number order by r.started_us, r.event_id)
        ), usual as (
            select b.number, count(*) as pauses,
                quantile_cont(b.started_us - b.previous_us, 0.99e0) as usual_us
            from beside as b where b.previous_us is not null group by b.number
        )
        select 'silence' as kind, b.started_at as at, b.previous_at as before_at, b.number,
            b.imei14 as imei, b.imsi,
            cast(cast(round((b.started_us - b.previous_us) / {_HOUR_US}e0) as bigint) as varchar)
                || ' hours without a record' as other,
            b.previous_rows || b.row_ids as row_ids
        from beside as b join usual as u on u.number = b.number
        where u.pauses >= {LEAST_RECORDS}
            and b.started_us - b.previous_us >= {SILENCE_HOURS * _HOUR_US}
            and b.started_us - b.previous_us > {SILENCE_TIMES} * u.usual_us""",
    )


def _edges(tables: Tables) -> None:
    """Find lines whose records begin late or end early within the records of all lines."""
    tables.step(
        "line_edges",
        f"""with lines as (
            select s.number, min(s.first_us) as first_us, max(s.last_us) as last_us,
                min(s.first_at) as first_at, max(s.last_at) as last_at,
                arg_min(s.row_ids[1], s.first_us) as first_row,
                arg_max(s.row_ids[len(s.row_ids)], s.last_us) as last_row
            from device_stints_us as s group by s.number
        ), whole as (select min(l.first_us) as low, max(l.last_us) as high from lines as l)
        select 'start' as kind, l.first_at as at, cast(null as timestamp) as before_at, l.number,
            '' as imei, '' as imsi, 'first record of the line' as other, [l.first_row] as row_ids
        from lines as l cross join whole as w where l.first_us - w.low >= {EDGE_DAYS * _DAY_US}
        union all
        select 'stop' as kind, cast(null as timestamp) as at, l.last_at as before_at, l.number,
            '' as imei, '' as imsi, 'last record of the line' as other, [l.last_row] as row_ids
        from lines as l cross join whole as w where w.high - l.last_us >= {EDGE_DAYS * _DAY_US}""",
    )


def _takeovers(tables: Tables) -> None:
    """Find numbers that begin to contact a party of a line about when that line falls silent."""
    tables.step(
        "takeovers",
        f"""with callers as (
            select c.from_id as number, c.to_party, count(*) as contacts,
                min(c.started_us) as first_us, min(c.started_at) as first_at,
                arg_min(c.row_ids, c.started_us) as row_ids
            from contacts_us as c where c.from_id like 'tel:%'
            group by c.from_id, c.to_party
        ), firsts as (
            select f.number, min(f.first_us) as first_us from callers as f group by f.number
        ), quiet as (
            select s.number, s.before_at, s.row_ids, epoch_us(s.before_at) as before_us
            from silences as s union all
            select e.number, e.before_at, e.row_ids, epoch_us(e.before_at) as before_us
            from line_edges as e where e.kind = 'stop'
        )
        select 'hand_over_candidate' as kind, n.first_at as at, q.before_at, q.number,
            '' as imei, '' as imsi, n.number || ' first contacts ' || n.to_party || ', '
                || n.contacts || ' contacts' as other, q.row_ids || n.row_ids as row_ids
        from quiet as q
        join callers as o on o.number = q.number
        join callers as n on n.to_party = o.to_party and n.number <> q.number
            and n.contacts >= {TAKEOVER_CONTACTS}
        join firsts as f on f.number = n.number and f.first_us = n.first_us
        where n.first_us >= q.before_us - {TAKEOVER_BEFORE_DAYS * _DAY_US}
            and n.first_us <= q.before_us + {TAKEOVER_AFTER_DAYS * _DAY_US}""",
    )
