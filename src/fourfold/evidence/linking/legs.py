"""Several records of one happening inside one exhibit: legs, part records, parts of a text.

Out of `link_events` comes `stems`: one line per happening that one exhibit states.
"""

from typing import Final

from fourfold.evidence.linking.sources import CELLULAR_CALL, TEXT
from fourfold.evidence.model.protocols import Tables

# Rule "legs": UK call data write a ring leg and then a leg with a forwarding number
# (voicemail 222, or where the call was sent on to), and a long call as part records with
# ring 0. The next leg starts in the second in which the one before ends; one second is
# left for providers that round the two differently.
LEG_S: Final = 1
# Rule "parts": a long text is written once per part. Parts follow within a second; the
# closest genuine repeats seen lie 5 s apart. Only a provider's records are parts: a
# handset or an export shows the text whole. Two texts held back can reach the other side
# in one second, so received parts stay joined only where no other source shows more texts.
PART_S: Final = 1
AROUND_S: Final = 30


def join_legs(tables: Tables) -> None:
    """Make `stems` by the rules "legs" and "parts"; what they do not join stays single."""
    tables.step(
        "leg_pairs",
        f"""with beside as (
            select e.n, e.family, e.via_id, e.ring_s, e.lasted_s, e.started_us, e.compared,
                lag(e.n) over w as previous, lag(e.started_us) over w as previous_start_us,
                lag(e.ended_us) over w as previous_end_us, lag(e.via_id) over w as previous_via,
                lag(e.lasted_s) over w as previous_lasted_s
            from link_events as e
            where (e.family = '{CELLULAR_CALL}' or (e.family = '{TEXT}' and e.is_network))
                and e.started_us is not null
            window w as (partition by e.lane, e.exhibit_id, e.from_id, e.to_id, e.subject_id,
                e.direction order by e.started_us,
                case when e.via_id is null then 0 else 1 end, e.ended_us, e.n)
        )
        select b.n, b.previous from beside as b
        where b.previous is not null and case
            when b.family = '{TEXT}'
                then b.started_us - b.previous_start_us <= {PART_S * 1_000_000}
            else abs(b.started_us - b.previous_end_us) <= {LEG_S * 1_000_000}
                and ((b.via_id is not null and b.previous_via is null) or (b.via_id is null
                    and b.previous_via is null and coalesce(b.ring_s, 0e0) = 0e0
                    and b.lasted_s > 0e0 and b.previous_lasted_s > 0e0)) end
        order by b.started_us, b.n""",
    )
    _enter_chains(tables)
    _make_stems(tables)


def part_received_texts(tables: Tables) -> bool:
    """Undo "parts" of received texts where another source shows more texts in that minute.

    Needs `timed_stems` (clocks.set_times); where it undoes any, `stems` is made anew and
    the answer is True.
    """
    tables.step(
        "texts_apart",
        f"""with joined as (
            select s.n, s.exhibit_id, s.from_party, s.to_party, s.at_us from timed_stems as s
            where s.rule = 'parts' and s.direction = 'incoming'
        ), counted as (
            select j.n, s.exhibit_id, s.exhibit_id = j.exhibit_id as is_own, count(*) as texts
            from joined as j join timed_stems as s on s.family = '{TEXT}'
                and s.from_party = j.from_party and s.to_party = j.to_party
                and abs(s.at_us - j.at_us) <= {AROUND_S * 1_000_000}
            group by j.n, s.exhibit_id, s.exhibit_id = j.exhibit_id
        )
        select c.n from counted as c group by c.n
        having max(case when c.is_own then 0 else c.texts end)
            > max(case when c.is_own then c.texts else 0 end)""",
    )
    if not tables.rows("select count(*) from texts_apart")[0][0]:
        return False
    tables.run("delete from chains where head in (select a.n from texts_apart as a)")
    _make_stems(tables)
    return True


def _enter_chains(tables: Tables) -> None:
    """Number each chain of legs by its first record: table `chains` (n, head)."""
    head: dict[int, int] = {}
    links = dict(tables.rows("select p.n, p.previous from leg_pairs as p"))
    for n in links:
        first = n
        while first in links:
            first = links[first]
        head[n] = first
        head[first] = first
    enter_pairs(tables, "chains", ("n", "head"), sorted(head.items()))


def enter_pairs(
    tables: Tables, name: str, columns: tuple[str, str], pairs: list[tuple[int, int]]
) -> None:
    """Make a step of two BIGINT columns from Python pairs."""
    left, right = columns
    tables.step(name, f"select 0::bigint as {left}, 0::bigint as {right} where 1 = 0")
    if pairs:
        tables.run(
            f"insert into {name} select unnest(?::bigint[]), unnest(?::bigint[])",
            [[a for a, _ in pairs], [b for _, b in pairs]],
        )


def _make_stems(tables: Tables) -> None:
    """Make `stems`: chains folded into one line, everything else as it is."""
    of_first = (
        "exhibit_id, family, direction, time_precision_s, compared, from_id, to_id, is_withheld,"
        " is_network, rank, place, from_person, to_person, from_party, to_party, lane, is_shared"
    )
    columns = (
        f"n, rule, started_us, ended_us, outcome_no, lasted_s, is_clock_change_hour, {of_first}"
    )
    tables.step(
        "stems",
        f"""with chained as (
            select c.head, e.*, case when e.family = '{TEXT}' then 'parts' else 'legs' end as rule
            from link_events as e join chains as c on c.n = e.n
        ), sums as (
            select c.head, max(c.ended_us) as ended_us, min(c.outcome_no) as outcome_no,
                case when max(c.via_id) is null then sum(c.lasted_s)
                    else sum(case when c.via_id is not null then c.lasted_s end) end as lasted_s
            from chained as c group by c.head
        )
        select {columns} from (select e.*, 'single' as rule from link_events as e
            where e.n not in (select c.n from chains as c)) as single
        union all
        select {columns} from (select c.* exclude (head, ended_us, outcome_no, lasted_s),
                s.ended_us, s.outcome_no, s.lasted_s
            from chained as c join sums as s on s.head = c.head where c.n = c.head) as folded""",
    )
