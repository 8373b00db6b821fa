"""One happening, however many records and sources state it: the table `occurrences`.

Rules: "legs" and "parts" (module legs), "sources" (module islands), after clock offsets
(module clocks). The events stay as they are and apart; counting uses occurrences.
"""

from typing import Final

from fourfold.evidence.linking import clocks, islands, legs, sources
from fourfold.evidence.linking.outcomes import OUTCOME_ORDER, outcome_word
from fourfold.evidence.model.case import Case
from fourfold.evidence.model.protocols import Tables
from fourfold.evidence.model.tables import OCCURRENCES
from fourfold.evidence.support.clock import sql_offset

# A time known to the minute says nothing of how far two clocks are apart.
_SPREAD: Final = f"""coalesce(
    max(case when m.time_precision_s < {sources.COARSE_S}e0 then m.at_us end)
    - min(case when m.time_precision_s < {sources.COARSE_S}e0 then m.at_us end), 0) / 1e6"""
_RULES: Final = """case when bool_or(m.rule = 'legs') then 'legs' else '' end
    || case when bool_or(m.rule = 'parts') then 'parts' else '' end
    || case when count(*) = 1 then '' when bool_or(m.rule <> 'single') then '+sources'
        else 'sources' end"""
_CONNECTED_ELSEWHERE: Final = OUTCOME_ORDER.index("voicemail")
_ANSWERED: Final = OUTCOME_ORDER.index("answered")


def fill_occurrences(tables: Tables, case: Case) -> None:
    """Fill `occurrences` from the calls and messages of `events`; export `clock_offsets`.

    The time of an occurrence is that of its best source (provider's record, then stated
    UTC, then wall clock), less the clock offset found for that source, which is noted. No
    event is changed. Needs `attributed_events` (attributions.fill_attributions).

    Args:
        tables: events and exhibits are filled.
        case: its display zone gives local days and hours.
    """
    sources.prepare(tables)
    legs.join_legs(tables)
    clocks.estimate_clocks(tables)
    clocks.set_times(tables)
    if legs.part_received_texts(tables):
        clocks.set_times(tables)
    islands.join_sources(tables)
    _order_members(tables)
    _fold(tables)
    _enter(tables, case.display_zone)
    clocks.export_offsets(tables)


def _order_members(tables: Tables) -> None:
    """Order the records of each joined happening from the best source down: `members`."""
    tables.step(
        "members",
        """select t.*, row_number() over (partition by t.head
                order by t.rank, t.time_precision_s, t.at_us, t.n) as turn
        from (select s.*, coalesce(g.head, s.n) as head from timed_stems as s
            left join groups as g on g.n = s.n
            where g.n is not null or s.rule <> 'single') as t""",
    )
    tables.step(
        "member_events",
        """select m.head, m.turn, m.n as stem, e.n, v.event_id, v.row_ids, v.exhibit_id, v.text,
            v.via_id
        from members as m left join chains as c on c.head = m.n
        join link_events as e on e.n = coalesce(c.n, m.n)
        join events as v on v.event_id = e.event_id""",
    )


def _fold(tables: Tables) -> None:
    """Fold each joined happening into one line, `folded`; the best source speaks first."""
    tables.step(
        "folded",
        f"""with sides as (
            select m.head, min(m.outcome_no) as best,
                min(case when m.direction = 'incoming' then m.outcome_no end) as called_side
            from members as m group by m.head
        ), decided as (
            select s.head, case when s.best <= {_CONNECTED_ELSEWHERE} then s.best
                else coalesce(s.called_side, s.best) end as outcome_no,
                s.best = {_ANSWERED} and s.called_side > {_ANSWERED} as is_disputed
            from sides as s
        ), lengths as (
            select m.head, arg_min(m.lasted_s, m.turn) as lasted_s
            from members as m join decided as d on d.head = m.head
            where m.lasted_s > 0e0 and d.outcome_no <= {_ANSWERED} group by m.head
        ), lines as (
            select m.head, arg_min(m.n, m.turn) as best_n,
                arg_min(m.n, m.turn) filter (where m.from_id <> 'withheld') as from_n,
                arg_min(m.n, m.turn) filter (where m.from_person is not null) as from_person_n,
                arg_min(m.n, m.turn) filter (where m.to_person is not null) as to_person_n,
                arg_min(m.at_us, m.turn) as at_us, arg_min(m.offset_us, m.turn) as offset_us,
                arg_min(m.hour_note, m.turn) as hour_note,
                arg_min(m.ended_us - m.started_us, m.turn) as length_us,
                bool_or(m.is_withheld) as is_withheld, {_SPREAD} as time_spread_s,
                bool_and(m.is_clock_change_hour and m.hour_note is null)
                    as is_clock_change_hour, {_RULES} as rule
            from members as m group by m.head
        ), lists as (
            select e.head, list(e.event_id order by e.turn, e.n) as event_ids,
                flatten(list(e.row_ids order by e.turn, e.n)) as row_ids,
                list_sort(list(distinct e.exhibit_id)) as exhibit_ids,
                arg_min(e.text, e.turn * 1000000000 + e.n) as text,
                arg_min(e.via_id, e.turn * 1000000000 + e.n) as via_id
            from member_events as e group by e.head
        )
        select l.*, d.outcome_no, d.is_disputed, coalesce(n.lasted_s, 0e0) as lasted_s,
            i.event_ids, i.row_ids, i.exhibit_ids, i.text, i.via_id
        from lines as l join decided as d on d.head = l.head join lists as i on i.head = l.head
        left join lengths as n on n.head = l.head""",
    )


_FOLDED: Final = """select f.head, f.at_us, f.length_us, f.offset_us, f.hour_note, f.is_withheld,
    f.is_clock_change_hour, f.rule, f.time_spread_s, f.outcome_no, f.is_disputed,
    case when v.kind = 'call' then f.lasted_s end as lasted_s, f.event_ids, f.row_ids,
    f.exhibit_ids, f.text, v.kind, v.channel, v.time_relation, v.time_precision_s, v.to_ids,
    f.via_id, coalesce(w.from_id, v.from_id) as from_id, p.from_person, p.from_strength,
    q.to_person, q.to_strength
    from folded as f join link_events as b on b.n = f.best_n
    join events as v on v.event_id = b.event_id
    left join link_events as w on w.n = f.from_n
    left join link_events as p on p.n = f.from_person_n
    left join link_events as q on q.n = f.to_person_n"""

_SINGLE: Final = """select s.n as head, s.at_us, s.ended_us - s.started_us as length_us,
    s.offset_us, s.hour_note, s.is_withheld,
    s.is_clock_change_hour and s.hour_note is null as is_clock_change_hour, s.rule,
    0e0 as time_spread_s, s.outcome_no, false as is_disputed, s.lasted_s,
    [v.event_id] as event_ids, v.row_ids, [v.exhibit_id] as exhibit_ids, v.text, v.kind,
    v.channel, v.time_relation, v.time_precision_s, v.to_ids, v.via_id, v.from_id,
    b.from_person, b.from_strength, b.to_person, b.to_strength
    from timed_stems as s join link_events as b on b.n = s.n
    join events as v on v.event_id = b.event_id
    where s.n not in (select m.n from members as m)"""

_NOTE: Final = """nullif(concat_ws('; ', c.hour_note,
    case when c.offset_us <> 0 then 'time corrected by '
        || cast(round(-c.offset_us / 1e6, 1) as varchar) || ' s for the clock of its source' end,
    case when c.is_disputed then 'the caller''s record shows the call connected, the record of'
        || ' the side called does not show it answered' end,
    case when c.is_withheld and c.from_id <> 'withheld' then 'number withheld' end,
    case when c.is_ambiguous then 'another record fits equally well; left open' end), '')"""


def _enter(tables: Tables, zone: str) -> None:
    """Number the occurrences in time order and enter them."""
    tables.step(
        "counted_places",
        """select t.head, row_number() over (order by t.at_us nulls last, t.first) as place from (
            select f.head, f.at_us, f.event_ids[1] as first from folded as f union all
            select s.n as head, s.at_us, i.event_id as first from timed_stems as s
            join link_numbers as i on i.n = s.n
            where s.n not in (select m.n from members as m)) as t""",
    )
    low, high = tables.rows("select min(s.at_us), max(s.at_us) from timed_stems as s")[0]
    between = (low, high) if low is not None else None
    local = f"make_timestamp(c.at_us + {sql_offset(zone, 'c.at_us', between)})"
    values = {
        "occurrence_id": "'O' || c.place",
        "outcome": outcome_word("c.outcome_no"),
        "started_at": "make_timestamp(c.at_us)",
        "ended_at": "make_timestamp(c.at_us + c.length_us)",
        "local_day": f"strftime({local}, '%Y-%m-%d')",
        "local_hour": f"cast(hour({local}) as integer)",
        "note": _NOTE,
    }
    listed = ", ".join(f"{values.get(name, 'c.' + name)} as {name}" for name in OCCURRENCES)
    tables.run(
        f"""insert into occurrences select {listed} from (
            select e.*, u.n is not null as is_ambiguous, p.place
            from ({_FOLDED} union all by name {_SINGLE}) as e
            join counted_places as p on p.head = e.head
            left join undecided as u on u.n = e.head) as c
        order by c.place"""
    )
