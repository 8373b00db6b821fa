"""One happening, however many records and sources state it: the table `occurrences`.

Rules: "legs" and "parts" (module legs), "sources" (module islands), after clock offsets
(module clocks). The events stay as they are and apart; counting uses occurrences.
"""

from typing import Final

from fourfold.evidence.linking import clocks, islands, legs, sources
from fourfold.evidence.model.case import Case
from fourfold.evidence.model.protocols import Tables
from fourfold.evidence.model.tables import OCCURRENCES
from fourfold.evidence.support.clock import sql_offset

# A time known to the minute says nothing of how far two clocks are apart.
_SPREAD: Final = f"""coalesce(
    max(case when m.time_precision_s < {sources.COARSE_S}e0 then m.at_us end)
    - min(case when m.time_precision_s < {sources.COARSE_S}e0 then m.at_us end), 0) / 1e6"""
_CONNECTED_ELSEWHERE: Final = legs.OUTCOME_ORDER.index("voicemail")
_ANSWERED: Final = legs.OUTCOME_ORDER.index("answered")


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
    """Order the records of each group from the best source down: `members`."""
    tables.step(
        "members",
        """select g.head, s.*, row_number() over (partition by g.head
            order by s.rank, s.time_precision_s, s.at_us, s.n) as turn
        from groups as g join timed_stems as s on s.n = g.n""",
    )


def _fold(tables: Tables) -> None:
    """Fold each group into one line, `folded`: the best source speaks, others fill gaps."""
    taken = ", ".join(
        f"arg_min(m.{c}, m.turn) as {c}"
        for c in ("kind", "channel", "time_relation", "time_precision_s", "to_ids", "via_id",
                  "from_person", "from_strength", "to_person", "to_strength", "text", "at_us",
                  "offset_us", "hour_note")
    )  # fmt: skip
    tables.step(
        "folded",
        f"""with outcomes as (
            select m.head, min(m.outcome_no) as best,
                min(case when m.direction = 'incoming' then m.outcome_no end) as called_side
            from members as m group by m.head
        ), decided as (
            select o.head, case when o.best <= {_CONNECTED_ELSEWHERE} then o.best
                else coalesce(o.called_side, o.best) end as outcome_no,
                o.best = {_ANSWERED} and o.called_side > {_ANSWERED} as is_disputed
            from outcomes as o
        ), lengths as (
            select m.head, arg_min(m.lasted_s, m.turn) as lasted_s
            from members as m join decided as d on d.head = m.head
            where m.lasted_s > 0e0 and d.outcome_no <= {_ANSWERED} group by m.head
        ), lines as (
            select m.head, flatten(list(m.event_ids order by m.turn)) as event_ids,
                flatten(list(m.row_ids order by m.turn)) as row_ids,
                list_sort(list(distinct m.exhibit_id)) as exhibit_ids,
                arg_min(m.ended_us - m.started_us, m.turn) as length_us,
                coalesce(arg_min(case when m.from_id <> 'withheld' then m.from_id end, m.turn),
                    'withheld') as from_id,
                bool_or(m.is_withheld) as is_withheld,
                bool_and(m.is_clock_change_hour and m.hour_note is null)
                    as is_clock_change_hour,
                {_rules("m")} as rule, {_SPREAD} as time_spread_s,
                {taken}
            from members as m group by m.head
        )
        select l.*, d.outcome_no, d.is_disputed,
            case when l.kind = 'call' then coalesce(n.lasted_s, 0e0) end as lasted_s
        from lines as l join decided as d on d.head = l.head
        left join lengths as n on n.head = l.head""",
    )


def _rules(member: str) -> str:
    """Return SQL for the rules that joined a group, in the order in which they ran."""
    arms = [
        f"case when bool_or({member}.rule = '{word}') then '{word}+' else '' end"
        for word in ("legs", "parts")
    ]
    return " || ".join([*arms, "'sources'"])


_SINGLE: Final = """select s.n as head, s.event_ids, s.row_ids, [s.exhibit_id] as exhibit_ids,
    s.ended_us - s.started_us as length_us, s.from_id, s.is_withheld,
    s.is_clock_change_hour and s.hour_note is null as is_clock_change_hour, s.rule,
    0e0 as time_spread_s, s.kind, s.channel, s.time_relation, s.time_precision_s, s.to_ids,
    s.via_id, s.from_person, s.from_strength, s.to_person, s.to_strength, s.text, s.at_us,
    s.offset_us, s.hour_note, s.outcome_no, false as is_disputed, s.lasted_s
    from timed_stems as s where s.n not in (select g.n from groups as g)"""

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
        "counted",
        f"""with every as (select * from ({_SINGLE}) as one union all by name select * from folded)
        select e.*, u.n is not null as is_ambiguous, row_number() over (
            order by e.at_us nulls last, e.event_ids[1]) as place
        from every as e left join undecided as u on u.n = e.head""",
    )
    low, high = tables.rows("select min(c.at_us), max(c.at_us) from counted as c")[0]
    between = (low, high) if low is not None else None
    local = f"make_timestamp(c.at_us + {sql_offset(zone, 'c.at_us', between)})"
    values = {
        "occurrence_id": "'O' || c.place",
        "outcome": legs.outcome_word("c.outcome_no"),
        "started_at": "make_timestamp(c.at_us)",
        "ended_at": "make_timestamp(c.at_us + c.length_us)",
        "local_day": f"strftime({local}, '%Y-%m-%d')",
        "local_hour": f"cast(hour({local}) as integer)",
        "note": _NOTE,
    }
    listed = ", ".join(f"{values.get(name, 'c.' + name)} as {name}" for name in OCCURRENCES)
    tables.run(f"insert into occurrences select {listed} from counted as c order by c.place")
