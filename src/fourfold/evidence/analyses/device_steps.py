"""Changes of number, SIM and handset: the SQL behind the table `device_changes`."""

from typing import Final

from fourfold.evidence.model.protocols import Tables

# A line is called silent where it has no record for at least two days, and for longer than
# so many times the pause that 99 of 100 of its own pauses do not exceed.
SILENCE_HOURS: Final = 48
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

_PARTS: Final = ("line_changes", "shared_handsets", "silences", "line_edges", "takeovers")


def find_changes(tables: Tables) -> None:
    """Make the step `found_changes` from `device_records` and `device_spans`.

    Columns: kind, before_us (last record before the change), at_us (first record after
    it), number, imei, imsi, was_number, was_imsi, was_imei (what stood there before),
    other_number (who takes over), other_party (the party it contacts), amount (contacts).
    """
    _changes_of_lines(tables)
    _shared_handsets(tables)
    _silences(tables)
    _edges(tables)
    _takeovers(tables)
    columns = (
        "p.kind, p.before_us, p.at_us, p.number, p.imei, p.imsi, p.was_number, p.was_imsi,"
        " p.was_imei, p.other_number, p.other_party, p.amount"
    )
    tables.step(
        "found_changes", " union all ".join(f"select {columns} from {part} as p" for part in _PARTS)
    )


_NO_OTHER: Final = "'' as other_number, '' as other_party, 0 as amount"
_NO_WAS: Final = "'' as was_number, '' as was_imsi, '' as was_imei"


def _changes_of_lines(tables: Tables) -> None:
    """Find where one number goes on with another SIM, another handset, or both.

    Records that state only one of the two are left out: a blank is not a change.
    """
    tables.step(
        "line_changes",
        f"""with ordered as (
            select s.*,
                lag(s.imsi) over (partition by s.number order by s.first_us, s.imsi, s.imei14)
                    as was_imsi,
                lag(s.imei14) over (partition by s.number order by s.first_us, s.imsi, s.imei14)
                    as was_imei,
                lag(s.last_us) over (partition by s.number order by s.first_us, s.imsi, s.imei14)
                    as was_us
            from device_spans as s where s.imsi <> '' and s.imei14 <> ''
        )
        select case when o.imsi <> o.was_imsi and o.imei14 <> o.was_imei
                then 'same_number_new_imsi_new_imei'
            when o.imsi <> o.was_imsi then 'same_number_new_imsi'
            else 'same_imsi_new_imei' end as kind,
            case when o.was_us < o.first_us then o.was_us end as before_us,
            o.first_us as at_us, o.number, o.imei14 as imei, o.imsi, o.number as was_number,
            o.was_imsi, o.was_imei, {_NO_OTHER}
        from ordered as o where o.was_imsi is not null
            and (o.imsi <> o.was_imsi or o.imei14 <> o.was_imei)""",
    )


def _shared_handsets(tables: Tables) -> None:
    """Find handsets in which another number's SIM is used later or in turn."""
    tables.step(
        "shared_handsets",
        f"""with ordered as (
            select s.*,
                lag(s.number) over (partition by s.imei14 order by s.first_us, s.number, s.imsi)
                    as was_number,
                lag(s.imsi) over (partition by s.imei14 order by s.first_us, s.number, s.imsi)
                    as was_imsi,
                lag(s.last_us) over (partition by s.imei14 order by s.first_us, s.number, s.imsi)
                    as was_us
            from device_spans as s where s.imei14 <> ''
        )
        select 'same_imei_new_imsi' as kind,
            case when o.was_us < o.first_us then o.was_us end as before_us,
            o.first_us as at_us, o.number, o.imei14 as imei, o.imsi, o.was_number, o.was_imsi,
            o.imei14 as was_imei, {_NO_OTHER}
        from ordered as o where o.was_number <> o.number""",
    )


def _silences(tables: Tables) -> None:
    """Find pauses of a line that stand out from its own."""
    tables.step(
        "line_pauses",
        """select r.number, r.imei14, r.imsi, r.started_us, lag(r.started_us) over (
            partition by r.number order by r.started_us, r.event_id) as before_us
        from device_records as r""",
    )
    tables.step(
        "usual_pauses",
        """with ranked as (
            select b.number, b.started_us - b.before_us as pause_us,
                row_number() over (partition by b.number
                    order by b.started_us - b.before_us, b.started_us) as place,
                count(*) over (partition by b.number) as pauses
            from line_pauses as b where b.before_us is not null
        )
        select r.number, min(r.pause_us) as usual_us, max(r.pauses) as pauses
        from ranked as r where r.place * 100 >= r.pauses * 99 group by r.number""",
    )
    tables.step(
        "silences",
        f"""select 'silence' as kind, b.before_us, b.started_us as at_us, b.number,
            b.imei14 as imei, b.imsi, {_NO_WAS}, {_NO_OTHER}
        from line_pauses as b join usual_pauses as u on u.number = b.number
        where u.pauses >= {LEAST_RECORDS}
            and b.started_us - b.before_us >= {SILENCE_HOURS * _HOUR_US}
            and b.started_us - b.before_us > {SILENCE_TIMES} * u.usual_us""",
    )


def _edges(tables: Tables) -> None:
    """Find lines whose records begin late or end early within the records of all lines."""
    tables.step(
        "line_edges",
        f"""with lines as (
            select s.number, min(s.first_us) as first_us, max(s.last_us) as last_us
            from device_spans as s group by s.number
        ), whole as (select min(l.first_us) as low, max(l.last_us) as high from lines as l)
        select 'start' as kind, cast(null as bigint) as before_us, l.first_us as at_us, l.number,
            '' as imei, '' as imsi, {_NO_WAS}, {_NO_OTHER}
        from lines as l cross join whole as w where l.first_us - w.low >= {EDGE_DAYS * _DAY_US}
        union all
        select 'stop' as kind, l.last_us as before_us, cast(null as bigint) as at_us, l.number,
            '' as imei, '' as imsi, {_NO_WAS}, {_NO_OTHER}
        from lines as l cross join whole as w where w.high - l.last_us >= {EDGE_DAYS * _DAY_US}""",
    )


def _takeovers(tables: Tables) -> None:
    """Find numbers that begin to contact a party of a line about when that line falls silent."""
    tables.step(
        "takeovers",
        f"""with callers as (
            select c.from_id as number, c.to_party, count(*) as contacts,
                min(c.started_us) as first_us
            from contacts_us as c where c.from_id like 'tel:%'
            group by c.from_id, c.to_party
        ), firsts as (
            select f.number, min(f.first_us) as first_us from callers as f group by f.number
        ), quiet as (
            select s.number, s.before_us from silences as s
            union all
            select e.number, e.before_us from line_edges as e where e.kind = 'stop'
        )
        select 'hand_over_candidate' as kind, q.before_us, n.first_us as at_us, q.number,
            '' as imei, '' as imsi, {_NO_WAS}, n.number as other_number,
            n.to_party as other_party, n.contacts as amount
        from quiet as q
        join callers as o on o.number = q.number
        join callers as n on n.to_party = o.to_party and n.number <> q.number
            and n.contacts >= {TAKEOVER_CONTACTS}
        join firsts as f on f.number = n.number and f.first_us = n.first_us
        where n.first_us >= q.before_us - {TAKEOVER_BEFORE_DAYS * _DAY_US}
            and n.first_us <= q.before_us + {TAKEOVER_AFTER_DAYS * _DAY_US}""",
    )


def list_changes(tables: Tables, explanations: dict[str, tuple[str, ...]]) -> None:
    """Make and export `device_changes`: numbered in time order, with words and rows."""
    arms = " ".join(
        f"when '{kind}' then [{', '.join(_quoted(text) for text in texts)}]"
        for kind, texts in explanations.items()
    )
    tables.run(
        f"""create or replace table device_changes as
        with numbered as (
            select f.*, row_number() over (order by coalesce(f.at_us, f.before_us), f.kind,
                f.number, f.imsi, f.imei, f.other_number, f.other_party) as change_no
            from found_changes as f
        ), behind as (
            select n.change_no, e.row_ids from numbered as n
            join device_records as r on (r.number = n.number or r.number = n.was_number)
                and (r.started_us = n.at_us or r.started_us = n.before_us)
            join events as e on e.event_id = r.event_id
            union all
            select n.change_no, c.row_ids from numbered as n join contacts_us as c
                on c.from_id = n.other_number and c.to_party = n.other_party
                and c.started_us = n.at_us
        ), listed as (
            select b.change_no, list_sort(list_distinct(flatten(list(b.row_ids)))) as row_ids
            from behind as b group by b.change_no
        )
        select n.change_no, n.kind, make_timestamp(n.at_us) as at,
            make_timestamp(n.before_us) as before_at, n.number, nullif(n.imei, '') as imei,
            nullif(n.imsi, '') as imsi, {_OTHER} as other, case n.kind {arms} end as explanations,
            l.row_ids
        from numbered as n join listed as l on l.change_no = n.change_no order by n.change_no"""
    )
    tables.export("device_changes")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


_OTHER: Final = f"""case n.kind
    when 'same_imei_new_imsi' then n.was_number || ', IMSI ' || n.was_imsi
        || case when n.before_us is null then ', both in use in turn' else '' end
    when 'silence' then cast(round((n.at_us - n.before_us) / {_HOUR_US}e0) as bigint)
        || ' hours without a record'
    when 'start' then 'first record of the line'
    when 'stop' then 'last record of the line'
    when 'hand_over_candidate' then n.other_number || ' first contacts ' || n.other_party
        || ', ' || n.amount || ' contacts'
    else 'before: IMSI ' || n.was_imsi || ', IMEI ' || n.was_imei end"""
