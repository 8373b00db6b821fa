"""Stretches of time in which records of several exhibits may state one happening.

Rule "sources": same family and recipient, callers and recipients the same party, no
contradiction of talk time or text, times within the tolerance after clock offsets. A
stretch in which every exhibit has one record and all agree is joined in SQL; every other
stretch goes through `matching`, record by record.
"""

from itertools import groupby
from typing import Final

from fourfold.evidence.linking.legs import enter_pairs
from fourfold.evidence.linking.matching import DURATION_S, Record, join
from fourfold.evidence.linking.sources import CELLULAR_CALL, COARSE_S, TEXT
from fourfold.evidence.model.protocols import Tables

# Set-up of one call in the logs of both ends: the second is cut or rounded, rings differ.
CALL_TOLERANCE_S: Final = 5
# Sender's and recipient's record of one text: delivery takes some seconds. A text held
# back for longer (a phone switched off) is left as two occurrences.
TEXT_TOLERANCE_S: Final = 30
# Both sides of a chat show the service's own time.
CHAT_TOLERANCE_S: Final = 5

LANE_STEP: Final = 100_000_000  # more stretches than any one lane can have

_TOLERANCE_US = (
    f"(case s.family when '{CELLULAR_CALL}' then {CALL_TOLERANCE_S}"
    f" when '{TEXT}' then {TEXT_TOLERANCE_S} else {CHAT_TOLERANCE_S} end * 1000000)"
)


def join_sources(tables: Tables) -> None:
    """Make `groups` (n, head) of stems that state one happening, and `undecided` (n, n)."""
    _find_islands(tables)
    tables.step(
        "clean_groups",
        """select i.n, min(i.n) over (partition by i.island) as head
        from islands as i join shared_islands as k on k.island = i.island and k.is_clean""",
    )
    _join_the_rest(tables)
    tables.step(
        "groups",
        "select c.n, c.head from clean_groups as c union all select m.n, m.head from matched as m",
    )


def _find_islands(tables: Tables) -> None:
    """Cut the records to one recipient where the pause is longer than any tolerance."""
    tables.step(
        "island_numbers",
        f"""with beside as (
            select s.n, s.lane, s.at_us, {_TOLERANCE_US} as tolerance_us, s.at_us - lag(s.at_us)
                over (partition by s.lane order by s.at_us, s.n) as pause_us
            from timed_stems as s where s.at_us is not null and s.is_shared
        ), widths as (
            select s.lane, cast(max(s.time_precision_s) * 1e6 as bigint) as width_us
            from timed_stems as s where s.is_shared group by s.lane
        )
        select b.n, b.tolerance_us, b.lane * {LANE_STEP} + sum(case when b.pause_us is null
                or b.pause_us > b.tolerance_us + w.width_us then 1 else 0 end)
            over (partition by b.lane order by b.at_us, b.n rows unbounded preceding) as island
        from beside as b join widths as w on w.lane = b.lane""",
    )
    tables.step(
        "islands",
        """select s.n, s.exhibit_id, s.place, s.at_us, s.time_precision_s, s.lasted_s,
            s.compared, s.from_id, s.from_person, s.from_party, s.to_id, s.to_person,
            s.is_withheld, i.island, i.tolerance_us
        from timed_stems as s join island_numbers as i on i.n = s.n where s.is_shared""",
    )
    tables.step(
        "shared_islands",
        f"""select i.island, count(distinct i.exhibit_id) = count(*)
            and min(i.from_party) = max(i.from_party)
            and count(distinct case when i.from_id like 'tel:%' then i.from_id end) <= 1
            and count(distinct case when i.to_id like 'tel:%' then i.to_id end) <= 1
            and count(distinct i.compared) <= 1
            and max(i.time_precision_s) < {COARSE_S}e0
            and max(i.at_us) - min(i.at_us) <= min(i.tolerance_us)
            and coalesce(max(case when i.lasted_s > 0e0 then i.lasted_s end)
                - min(case when i.lasted_s > 0e0 then i.lasted_s end), 0e0) <= {DURATION_S}e0
            as is_clean
        from islands as i group by i.island having min(i.exhibit_id) <> max(i.exhibit_id)""",
    )


def _join_the_rest(tables: Tables) -> None:
    rows = tables.rows(
        """select i.island, i.n, i.place, i.at_us,
            cast(i.time_precision_s * 1e6 as bigint), i.tolerance_us, i.lasted_s, i.compared,
            i.from_id, i.from_person, i.to_id, i.to_person, i.is_withheld
        from islands as i join shared_islands as k on k.island = i.island and not k.is_clean
        order by i.island, i.place, i.at_us, i.n"""
    )
    matched: list[tuple[int, int]] = []
    undecided: list[tuple[int, int]] = []
    for _, of_island in groupby(rows, key=lambda row: row[0]):
        joined = join([Record(*row[1:]) for row in of_island])
        matched.extend((n, min(group)) for group in joined.groups for n in group)
        undecided.extend((n, n) for n in joined.undecided)
    enter_pairs(tables, "matched", ("n", "head"), sorted(matched))
    enter_pairs(tables, "undecided", ("n", "same"), sorted(set(undecided)))
