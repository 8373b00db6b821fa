"""How far the clocks of two sources are apart, and which hour of the October night it was.

No time of a record is ever changed. `source_clocks` holds, per exhibit and family, the
seconds by which its clock differs from the best source; linking compares times less that
difference.
"""

from typing import Final, NamedTuple

from fourfold.evidence.linking.sources import COARSE_S, TEXT
from fourfold.evidence.model.protocols import Tables

# Wrong clocks and wrong zones are looked for up to this far: two zone errors of one hour.
SEARCH_S: Final = 7_200
# Exhibits that agree on nothing within that: a clock set to the wrong half of the day, or
# to another day, with an hour of zone on top.
FAR_SEARCH_S: Final = 90_000
# Differences that lie in one bin of this width count as one difference.
BIN_S: Final = 10
# A difference smaller than this is delivery or rounding, not a clock: texts reach the
# other side some seconds after they were sent. Times to the minute add that minute.
CLOCK_NOISE_S: Final = 10
HOUR_S: Final = 3_600
# A handset shows a call so long after the network began it.
RINGING_S: Final = 2
# So many pairs, and so many times more than agree without any offset, make an offset.
LEAST_PAIRS: Final = 5
TIMES_MORE: Final = 2
# Frequent calls agree on any difference now and then: it must be that of so many of the
# records that could have a partner at all.
LEAST_SHARE: Final = 0.25
# Enough records of one exhibit and one pair of parties to find its offset.
SAMPLE: Final = 300
# Talk times of one call in two logs differ by rounding.
DURATION_S: Final = 3

HOUR_US: Final = 3_600_000_000
_SECOND_US: Final = 1_000_000


def estimate_clocks(tables: Tables) -> None:
    """Make `source_clocks` (exhibit_id, family, offset_us) from records that fit one another.

    For two exhibits with records between the same parties, all differences of their times
    within SEARCH_S are collected where talk times or texts do not speak against it. The
    difference on which most records agree is the offset; its median is taken. Exhibits on
    which nothing is found so are compared once more, as far as FAR_SEARCH_S.
    """
    _pairs_of_exhibits(tables)
    found = _differences(tables, SEARCH_S, "t.lane, t.exhibit_id, t.from_party")
    settled = [d for d in found if d.is_clock or d.is_together]
    for d in settled:
        tables.run(
            "delete from clock_pairs where family = ? and a_exhibit = ? and b_exhibit = ?",
            [d.family, d.a, d.b],
        )
    far = _differences(tables, FAR_SEARCH_S, "t.exhibit_id, t.family")
    _enter_clocks(tables, _offsets(sorted([*settled, *far], key=lambda d: d.order)))


def _pairs_of_exhibits(tables: Tables) -> None:
    """Make `clock_pairs`: exhibits with records of one caller to one recipient."""
    tables.step(
        "clock_pairs",
        """with stated as (
            select distinct s.family, s.lane, s.from_party, s.exhibit_id, s.place
            from stems as s where s.started_us is not null and s.is_shared
        )
        select distinct a.family, a.exhibit_id as a_exhibit, b.exhibit_id as b_exhibit
        from stated as a join stated as b on b.lane = a.lane and b.from_party = a.from_party
            and b.place > a.place""",
    )


def _differences(tables: Tables, window_s: int, sample_of: str) -> list["Difference"]:
    """Return the commonest difference of the times of each two exhibits of `clock_pairs`."""
    if not tables.rows("select count(*) from clock_pairs")[0][0]:
        return []
    _collect_differences(tables, window_s, sample_of)
    found = tables.rows(
        f"""with binned as (
            select d.*, cast(floor(d.diff_s / {BIN_S}e0) as bigint) as bin from differences as d
            union all
            select d.*, cast(floor((d.diff_s + {BIN_S}e0 / 2e0) / {BIN_S}e0) as bigint) + 1000000
                as bin from differences as d
        ), counted as (
            select b.family, b.a_exhibit, b.b_exhibit, b.a_place, b.b_place, b.bin,
                count(distinct b.a_n) as pairs, median(b.diff_s) as middle_s,
                max(b.noise_s) as noise_s
            from binned as b
            group by b.family, b.a_exhibit, b.b_exhibit, b.a_place, b.b_place, b.bin
        ), together as (
            select d.family, d.a_exhibit, d.b_exhibit,
                count(distinct case when abs(d.diff_s) < d.noise_s then d.a_n end) as pairs,
                least(count(distinct d.a_n), count(distinct d.b_n)) as possible
            from differences as d group by d.family, d.a_exhibit, d.b_exhibit
        )
        select c.family, c.a_exhibit, c.b_exhibit, max(c.pairs) as pairs,
            max(t.pairs) as pairs_together, max(t.possible) as possible,
            arg_max(c.middle_s, c.pairs * 1e6 - abs(c.middle_s)
                + case when c.middle_s > 0e0 then 1e-3 else 0e0 end) as middle_s,
            max(c.noise_s) as noise_s, c.a_place, c.b_place
        from counted as c join together as t on t.family = c.family
            and t.a_exhibit = c.a_exhibit and t.b_exhibit = c.b_exhibit
        group by c.family, c.a_exhibit, c.b_exhibit, c.a_place, c.b_place
        order by c.family, c.b_place, c.a_place"""
    )
    return [Difference(*row) for row in found]


def _collect_differences(tables: Tables, window_s: int, sample_of: str) -> None:
    """Pair a sample of one exhibit's records with all of a lesser source's, window by window."""
    tables.step(
        "clock_sample",
        f"""select s.* from (select t.*, row_number() over (
                partition by {sample_of} order by t.started_us % 1009, t.n) as turn
            from stems as t where t.started_us is not null and t.is_shared
        ) as s where s.turn <= {SAMPLE}""",
    )
    window_us = window_s * _SECOND_US
    tables.step(
        "differences",
        f"""with close_by as (
            select s.*, cast(floor(s.started_us / {window_us}e0) as bigint) + h.step as bucket
            from stems as s cross join (select unnest([-1, 0, 1]) as step) as h
            where s.started_us is not null and s.is_shared and exists (select 1
                from clock_pairs as k where k.family = s.family and k.b_exhibit = s.exhibit_id)
        )
        select a.family, a.exhibit_id as a_exhibit, b.exhibit_id as b_exhibit,
            a.place as a_place, b.place as b_place, a.n as a_n, b.n as b_n,
            (b.started_us - a.started_us) / 1e6 as diff_s,
            {CLOCK_NOISE_S}e0 + case when greatest(a.time_precision_s, b.time_precision_s)
                >= {COARSE_S}e0 then {COARSE_S}e0 else 0e0 end as noise_s
        from clock_sample as a join close_by as b on b.lane = a.lane
            and b.bucket = cast(floor(a.started_us / {window_us}e0) as bigint)
            and b.from_party = a.from_party and b.place > a.place
        where abs(b.started_us - a.started_us) <= {window_us}
            and (coalesce(a.lasted_s, 0e0) = 0e0 or coalesce(b.lasted_s, 0e0) = 0e0
                or abs(a.lasted_s - b.lasted_s) <= {DURATION_S}e0)
            and (a.compared is null or b.compared is null or a.compared = b.compared)
            and exists (select 1 from clock_pairs as k where k.family = a.family
                and k.a_exhibit = a.exhibit_id and k.b_exhibit = b.exhibit_id)""",
    )


class Difference(NamedTuple):
    """How the clocks of two exhibits compare.

    pairs_together: pairs that agree without offset. possible: records of the one that could
    have a partner in the other.
    """

    family: str
    a: str
    b: str
    pairs: int
    pairs_together: int
    possible: int
    middle_s: float
    noise_s: float
    a_place: int
    b_place: int

    @property
    def order(self) -> tuple[str, int, int]:
        """The place in the chain of offsets: the best sources first."""
        return self.family, self.b_place, self.a_place

    @property
    def is_clock(self) -> bool:
        """Tell whether the difference is one of clocks, and not one of many by chance."""
        is_marked = self.pairs >= max(LEAST_PAIRS, TIMES_MORE * self.pairs_together)
        is_common = self.pairs >= LEAST_SHARE * self.possible
        return is_marked and is_common and abs(self.middle_s) >= self.noise_s

    @property
    def is_together(self) -> bool:
        """Tell whether the records agree as they stand."""
        return self.pairs_together >= max(LEAST_PAIRS, LEAST_SHARE * self.possible)


def _offsets(found: list[Difference]) -> dict[tuple[str, str], float]:
    """Chain pairwise differences to one offset per exhibit and family, best source first."""
    weights: dict[tuple[str, str], int] = {}
    offsets: dict[tuple[str, str], float] = {}
    for difference in found:
        own, other = (difference.family, difference.b), (difference.family, difference.a)
        weight = difference.pairs if difference.is_clock else difference.pairs_together
        if weight > weights.get(own, 0):
            weights[own] = weight
            apart_s = difference.middle_s if difference.is_clock else 0.0
            offsets[own] = offsets.get(other, 0.0) + apart_s
    return {
        key: _whole_hours(key[0], value)
        for key, value in offsets.items()
        if abs(value) >= CLOCK_NOISE_S
    }


def _whole_hours(family: str, offset_s: float) -> float:
    """Return the hours of a zone where an offset is as good as that; the rest is delivery."""
    hours_s = round(offset_s / HOUR_S) * HOUR_S
    rest_s = CLOCK_NOISE_S if family == TEXT else RINGING_S
    return float(hours_s) if hours_s and abs(offset_s - hours_s) <= rest_s else offset_s


def _enter_clocks(tables: Tables, offsets: dict[tuple[str, str], float]) -> None:
    tables.step(
        "source_clocks",
        "select '' as family, '' as exhibit_id, 0::bigint as offset_us where 1 = 0",
    )
    for (family, exhibit), offset_s in sorted(offsets.items()):
        tables.run(
            "insert into source_clocks values (?, ?, ?)",
            [family, exhibit, round(offset_s * _SECOND_US)],
        )


def set_times(tables: Tables) -> None:
    """Make `timed_stems`: stems plus at_us (started less the offset) and a note.

    A record of the hour that happens twice in October is read at its first reading. Where
    no other source agrees with that, but one that states UTC does an hour later, the later
    reading is taken and noted.
    """
    tables.step(
        "timed_stems",
        """select s.*, s.started_us - coalesce(c.offset_us, 0) as at_us,
            coalesce(c.offset_us, 0) as offset_us, cast(null as varchar) as hour_note
        from stems as s left join source_clocks as c
            on c.family = s.family and c.exhibit_id = s.exhibit_id""",
    )
    tables.step("repeated_hour", _LATER_READING)
    if tables.rows("select count(*) from repeated_hour")[0][0]:
        tables.run(
            f"""update timed_stems set at_us = at_us + {HOUR_US}, hour_note = 'local time in the'
                || ' hour that happens twice in October; the second reading is taken: '
                || 'a source that states UTC agrees with it'
            where n in (select r.n from repeated_hour as r)"""
        )


# Agreement within this is enough to choose between two readings an hour apart.
_AGREE_US: Final = 30 * _SECOND_US
_FITS = """b.lane = a.lane and b.exhibit_id <> a.exhibit_id
    and (b.from_party = a.from_party or a.is_withheld or b.is_withheld)
    and not b.is_clock_change_hour
    and (a.compared is null or b.compared is null or a.compared = b.compared)"""
_LATER_READING = f"""select a.n from timed_stems as a where a.is_clock_change_hour
    and exists (select 1 from timed_stems as b where {_FITS}
        and abs(b.at_us - a.at_us - {HOUR_US}) <= {_AGREE_US})
    and not exists (select 1 from timed_stems as b where {_FITS}
        and abs(b.at_us - a.at_us) <= {_AGREE_US})"""


def export_offsets(tables: Tables) -> None:
    """Make and export `clock_offsets` from the records that were joined, after the fact.

    Columns: exhibit_a, exhibit_b (references), channel, offset_s (median of the times of
    b less those of a, as the records state them), spread_s (half of the pairs lie within
    this width), pairs, used_s (the offset used for b), row_ids.
    """
    tables.run(
        f"""create or replace table clock_offsets as
        with dated as (
            select m.*, e.row_ids from members as m join member_events as e on e.n = m.n
        ), pairs as (
            select a.family, a.exhibit_id as a, b.exhibit_id as b,
                (b.started_us - a.started_us) / 1e6 as diff_s, a.row_ids || b.row_ids as row_ids
            from dated as a join dated as b on b.head = a.head and b.place > a.place
            where a.time_precision_s < {COARSE_S}e0 and b.time_precision_s < {COARSE_S}e0
                and a.hour_note is null and b.hour_note is null
        )
        select x.ref as exhibit_a, y.ref as exhibit_b, p.family as channel,
            round(median(p.diff_s), 3) as offset_s,
            round(quantile_cont(p.diff_s, 0.75e0) - quantile_cont(p.diff_s, 0.25e0), 3)
                as spread_s,
            count(*) as pairs, coalesce(round(max(c.offset_us) / 1e6, 3), 0e0) as used_s,
            list_sort(list_distinct(flatten(list(p.row_ids)))) as row_ids
        from pairs as p
        join exhibits as x on x.exhibit_id = p.a join exhibits as y on y.exhibit_id = p.b
        left join source_clocks as c on c.family = p.family and c.exhibit_id = p.b
        group by x.ref, y.ref, p.family having count(*) >= {LEAST_PAIRS}
        order by x.ref, y.ref, p.family"""
    )
    tables.export("clock_offsets")
