"""Coincidences of two devices: 330,000 fixes, against PyMEOS and pandas, and checked exactly.

python3 start.py bench coincidence
python benchmarks/coincidence.py [--fixes 330000] [--runs 5] [--threads 2]

Two devices, a fix a minute each with pauses, 59 planted episodes. Timed after loading:
(a) ours: every exact pair and the coincidences they join to, `find_pairs` and
`make_spans`. (b) pandas: buckets of the window merged with their neighbours, haversine,
then the same joining; the same answer. (c) PyMEOS: `distance` of two sequences and `at`
a span; it interpolates and looks at one instant, so it answers a neighbouring question.
(d) brute force in the window, by haversine in DuckDB: the answer to compare with.
The runs are paired: one of each in turn. Ours works where the rows lie; what the others
need to load them from there is timed apart, and counted in the second ratio. Goals: (a)
at most 0.2 s on 2 cores, and at least 10 times faster than (b) and (c).
"""

import argparse
import statistics
import time
from collections.abc import Callable
from typing import Any

from fourfold.evidence.analyses.coincidence.encounters import make_spans
from fourfold.evidence.analyses.coincidence.pairs import Reach, Search, find_pairs
from fourfold.evidence.store.casestore import CaseStore

WITHIN_M = 100.0
WINDOW_US = 300_000_000
PAUSE_US = 1_800_000_000
FIRST_US = 1_782_864_000_000_000  # 1 July 2026
EPISODES = 59
EPISODE_MINUTES = 25
RADIUS_M = 6_371_008.8
# A quarter of the day at each of two addresses, the rest under way; 7 % of fixes are missing.
# In an episode the second device stands 30 m north of the first.
FIXES = f"""
    with minutes as (
        select p as party_no, i, {FIRST_US} + i * 60000000
            + cast(hash(i * 5 + p) % 40000000 as bigint) as started_us,
            i % ({{minutes}} // {EPISODES}) < {EPISODE_MINUTES} as is_episode,
            case when (i // 360) % 4 = 0 then 0e0 else 1e0 end as is_moving,
            cast(hash(i * 13 + p * 3) % 1000 as double) / 1e3 - 5e-1 as noise
        from range({{minutes}}) as r(i) cross join (values (1), (2)) as v(p)
        where hash(i * 17 + p) % 100 >= 7
    ), paths as (
        select *, case when is_episode then 1 else party_no end as way from minutes
    )
    select row_number() over (order by started_us, party_no) as sight_no, party_no, started_us,
        51.45 + way * 0.012 + is_moving * 0.02 * sin(i / (90.0 + 7 * way)) + noise * 2e-4
            + case when is_episode and party_no = 2 then 2.7e-4 else 0 end as lat,
        -0.97 + is_moving * 0.03 * cos(i / (140.0 + 11 * way)) + noise * 2e-4 as lon
    from paths
"""
HOLDERS = """
    select * from (values (1, 'S', 'a', 1), (2, 'V', 'b', 2))
        as v(holder_no, party, subject_id, subject_no)
"""
BRUTE = f"""
    select a.sight_no as sight_a, b.sight_no as sight_b
    from (select *, started_us // {WINDOW_US} as bucket from fixes where party_no = 1) as a
    join (select *, started_us // {WINDOW_US} + step as bucket
        from fixes cross join (values (-1), (0), (1)) as v(step) where party_no = 2) as b
        on a.bucket = b.bucket
    where abs(a.started_us - b.started_us) <= {WINDOW_US}
        and 2 * {RADIUS_M} * asin(sqrt(pow(sin(radians(a.lat - b.lat) / 2), 2)
            + cos(radians(a.lat)) * cos(radians(b.lat))
            * pow(sin(radians(a.lon - b.lon) / 2), 2))) <= {WITHIN_M}
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--fixes", type=int, default=330_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    store = CaseStore(threads=options.threads)
    minutes = int(options.fixes / 2 / 0.93)
    store.run(f"create table fixes as {FIXES.format(minutes=minutes)}")
    store.run(f"create table coincidence_holders as {HOLDERS}")
    fixes = store.value("select count(*) from fixes")
    print(f"{fixes:,} fixes of two devices over {minutes / 1440:.0f} days, {EPISODES} episodes")
    loaded: dict[str, float] = {"ours": 0.0}
    contestants: dict[str, Callable[[], Any]] = {"ours": lambda: ours(store)}
    for name, load in (("pandas windows", pandas_windows), ("PyMEOS", pymeos_intervals)):
        load(store)  # imports do not count
        start = time.perf_counter()
        contestants[name] = load(store)
        loaded[name] = time.perf_counter() - start
    answers = {name: contestant() for name, contestant in contestants.items()}  # warm
    times = paired(contestants, options.runs)
    report(answers, times, loaded)
    check(store, answers)


def paired(contestants: dict[str, Callable[[], Any]], runs: int) -> dict[str, list[float]]:
    """Seconds per contestant; one run of each in turn."""
    times: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(runs):
        for name, contestant in contestants.items():
            start = time.perf_counter()
            contestant()
            times[name].append(time.perf_counter() - start)
    return times


def report(
    answers: dict[str, Any], times: dict[str, list[float]], loaded: dict[str, float]
) -> None:
    """Print medians, and the medians of the paired ratios: after loading, and with it."""
    least = {"after loading": float("inf"), "with loading": float("inf")}
    for name, seconds in times.items():
        pairs = list(zip(seconds, times["ours"], strict=True))
        after = statistics.median(theirs / our for theirs, our in pairs)
        whole = statistics.median((theirs + loaded[name]) / our for theirs, our in pairs)
        print(
            f"{name:16} {statistics.median(seconds):7.3f} s + {loaded[name]:6.3f} s loading:"
            f" {after:5.1f} x ours after loading, {whole:5.1f} x with it"
        )
        if name != "ours":
            least["after loading"] = min(least["after loading"], after)
            least["with loading"] = min(least["with loading"], whole)
    middle = statistics.median(times["ours"])
    print(f"goal at most 0.2 s: {reached(middle <= 0.2)} ({middle:.3f} s)")
    for what, ratio in least.items():
        print(f"goal 10 x faster than both {what}: {reached(ratio >= 10)} ({ratio:.1f} x)")
    print(
        f"coincidences: ours {answers['ours'][1]}, pandas {answers['pandas windows'][1]},"
        f" PyMEOS {answers['PyMEOS']} intervals; planted {EPISODES}"
    )


def reached(is_reached: bool) -> str:
    return "reached" if is_reached else "MISSED"


def check(store: CaseStore, answers: dict[str, Any]) -> None:
    """Compare with brute force, pair by pair; end with an error if anything differs."""
    start = time.perf_counter()
    brute = set(store.rows(BRUTE))
    seconds = time.perf_counter() - start
    found = set(store.rows("select sight_a, sight_b from found"))
    print(f"brute force: {len(brute):,} pairs in {seconds:.3f} s; ours equal: {found == brute}")
    if found != brute or answers["ours"] != answers["pandas windows"]:
        raise SystemExit("not exact")


def ours(store: CaseStore) -> tuple[int, int]:
    """Return (pairs, coincidences)."""
    side = "(select * from fixes where party_no = {})"
    reach = Reach(WITHIN_M, WINDOW_US)
    find_pairs(store, Search("found", side.format(1), side.format(2), reach), 10**9)
    store.step(
        "coincidence_pairs",
        "select 'A' as class, 1 as holder_a, 2 as holder_b, 0 as cell_a, 0 as cell_b, sight_a,"
        " sight_b, distance_m, least(a_us, b_us) as earlier_us, greatest(a_us, b_us) as later_us,"
        f" cast(floor(greatest(a_us, b_us) / {PAUSE_US}e0) as bigint) as slot from found",
    )
    make_spans(store, pause_us=PAUSE_US)
    pairs, spans = store.rows("select cast(sum(pairs) as bigint), count(*) from coincidence_spans")[
        0
    ]
    return pairs, spans


def pandas_windows(store: CaseStore) -> Callable[[], tuple[int, int]]:
    """Load, and return the comparison: (pairs, coincidences)."""
    import numpy as np
    import pandas as pd

    columns = "sight_no, party_no, started_us, lat, lon"
    found = store._connection.execute(f"select {columns} from fixes")
    fixes = pd.DataFrame(found.fetchnumpy())

    def compare() -> tuple[int, int]:
        one, other = (
            fixes[fixes.party_no == p].assign(bucket=lambda f: f.started_us // WINDOW_US)
            for p in (1, 2)
        )
        around = pd.concat([other.assign(bucket=other.bucket + step) for step in (-1, 0, 1)])
        both = one.merge(around, on="bucket", suffixes=("_a", "_b"))
        both = both[(both.started_us_a - both.started_us_b).abs() <= WINDOW_US]
        lat_a, lat_b = np.radians(both.lat_a), np.radians(both.lat_b)
        half = np.sin((lat_a - lat_b) / 2) ** 2
        half += np.cos(lat_a) * np.cos(lat_b) * np.sin(np.radians(both.lon_a - both.lon_b) / 2) ** 2
        both = both[2 * RADIUS_M * np.arcsin(np.sqrt(half)) <= WITHIN_M]
        later = both[["started_us_a", "started_us_b"]].max(axis=1).sort_values()
        return len(both), int((later.diff() > PAUSE_US).sum() + bool(len(later)))

    return compare


def pymeos_intervals(store: CaseStore) -> Callable[[], int]:
    """Load two sequences in metres, and return the comparison: number of intervals."""
    from pymeos import FloatSpan, TGeomPointSeq, pymeos_initialize

    pymeos_initialize()
    north = RADIUS_M * 3.141592653589793 / 180
    sequences = []
    for party in (1, 2):
        rows = store.rows(
            f"select (lon + 0.97) * {north} * cos(radians(51.45)), (lat - 51.45) * {north},"
            " strftime(make_timestamp(started_us), '%Y-%m-%d %H:%M:%S.%f+00')"
            f" from fixes where party_no = {party} order by started_us"
        )
        text = ", ".join(f"POINT({x:.3f} {y:.3f})@{at}" for x, y, at in rows)
        sequences.append(TGeomPointSeq(f"[{text}]"))
    span = FloatSpan(lower=0.0, upper=WITHIN_M, lower_inc=True, upper_inc=True)

    def compare() -> int:
        near = sequences[0].distance(sequences[1]).at(span)
        return 0 if near is None else near.time().num_spans()

    return compare


if __name__ == "__main__":
    main()
