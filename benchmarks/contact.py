"""Contact analysis over call data: 10 million occurrences as Parquet, question 1 in full.

python3 start.py bench contact
python benchmarks/contact.py [--rows 10000000] [--runs 3] [--threads 2]

(a) the floor: one scan that counts the contacts of each pair. (b) question 1 from the
table `contacts` in Parquet: all pairs counted, the pairs of suspect and victim in every
breakdown, longest silence, before and after each moment. (c) the same from
`occurrences` in Parquet, with the table `contacts` (rows behind every figure) made anew.
Goal for (b): at most 2.5 s on 2 cores.
"""

import argparse
import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from fourfold.evidence.analyses import contact
from fourfold.evidence.analyses.contact_table import view_times
from fourfold.evidence.model.case import Case, Knowledge, Person
from fourfold.evidence.store.casestore import CaseStore
from fourfold.evidence.store.views import add_views

LINES = 5_000
DAYS = 120
FIRST_US = 1_782_864_000_000_000  # 1 July 2026
CASE = Case(
    folder=Path(),
    reference="benchmark",
    people=(Person("S", "suspect"), Person("V", "victim")),
    knowledge=(Knowledge("S", datetime(2026, 8, 1, tzinfo=UTC), "V", "text message"),),
)
# One row in 500 lies between S and V, in either direction; the rest between 5,000 lines,
# each in contact with 60 others.
OCCURRENCES = f"""
    with drawn as (
        select i, hash(i) as h, hash(i * 7 + 1) as g,
            {FIRST_US} + cast(hash(i * 3) % ({DAYS} * 86400) as bigint) * 1000000 as t
        from range({{rows}}) as r(i)
    ), sides as (
        select *, i % 500 = 0 as is_pair, h % {LINES} as a_line,
            (h % {LINES} * 31 + g % 60 * 83) % {LINES} as b_line from drawn
    ), numbered as (
        select *, '+4477009' || lpad(cast(a_line as varchar), 5, '0') as a,
            '+4477009' || lpad(cast(b_line as varchar), 5, '0') as b from sides
    )
    select 'O' || i as occurrence_id, ['e' || i] as event_ids, ['r' || i] as row_ids,
        ['X1'] as exhibit_ids, case when g % 2 = 0 then 'call' else 'message' end as kind,
        case when g % 2 = 0 then 'cellular' else 'sms' end as channel,
        case when g % 2 = 1 then 'sent' when g % 6 = 0 then 'no_answer' else 'answered' end
            as outcome, cast(g % 300 as double) as lasted_s, make_timestamp(t) as started_at,
        make_timestamp(t) as ended_at, 'at' as time_relation, 1e0 as time_precision_s,
        false as is_clock_change_hour,
        strftime(make_timestamp(t + 3600000000), '%Y-%m-%d') as local_day,
        cast(hour(make_timestamp(t + 3600000000)) as integer) as local_hour,
        'tel:' || a as from_id, ['tel:' || b] as to_ids, cast(null as varchar) as via_id,
        case when is_pair then case when g % 5 = 0 then 'V' else 'S' end end as from_person,
        case when is_pair then 'accepted' end as from_strength,
        case when is_pair then case when g % 5 = 0 then 'S' else 'V' end end as to_person,
        case when is_pair then 'accepted' end as to_strength, g % 11 = 0 as is_withheld,
        cast(null as varchar) as text, 'single' as rule, 0e0 as time_spread_s,
        false as is_ambiguous, cast(null as varchar) as note
    from numbered order by t"""


def generate(folder: Path, rows: int, threads: int) -> None:
    """Write occurrences.parquet and contacts.parquet."""
    store = CaseStore(threads)
    store.run(
        f"copy ({OCCURRENCES.format(rows=rows)}) to '{folder / 'occurrences.parquet'}'"
        " (format parquet, compression zstd)"
    )
    open_occurrences(store, folder)
    contact.make_contacts(store, CASE.display_zone)
    store.run(
        f"copy contacts to '{folder / 'contacts.parquet'}' (format parquet, compression zstd)"
    )
    store.close()


def open_occurrences(store: CaseStore, folder: Path) -> None:
    store.run("drop table occurrences")
    store.run(f"create view occurrences as select * from '{folder / 'occurrences.parquet'}'")
    add_views(store)


def floor(folder: Path, threads: int) -> float:
    store = CaseStore(threads)
    start = time.perf_counter()
    store.rows(
        "select count(*) from (select from_party, to_party, count(*) from"
        f" '{folder / 'contacts.parquet'}' group by all)"
    )
    return time.perf_counter() - start


def question(folder: Path, threads: int) -> float:
    store = CaseStore(threads)
    open_occurrences(store, folder)
    store.run(f"create view contacts as select * from '{folder / 'contacts.parquet'}'")
    view_times(store)
    start = time.perf_counter()
    findings = contact.answer(store, CASE)
    seconds = time.perf_counter() - start
    assert any(f.pair == ("S", "V") and f.values[0].value for f in findings)
    return seconds


def whole(folder: Path, threads: int) -> float:
    store = CaseStore(threads)
    open_occurrences(store, folder)
    start = time.perf_counter()
    contact.run(store, CASE)
    return time.perf_counter() - start


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--rows", type=int, default=10_000_000)
    arguments.add_argument("--runs", type=int, default=3)
    arguments.add_argument("--threads", type=int, default=2)
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="fourfold-bench-") as temporary:
        folder = Path(temporary)
        generate(folder, chosen.rows, chosen.threads)
        measured: dict[str, list[float]] = {
            "scan and count": [],
            "question 1": [],
            "with table": [],
        }
        for _ in range(chosen.runs):
            measured["scan and count"].append(floor(folder, chosen.threads))
            measured["question 1"].append(question(folder, chosen.threads))
            measured["with table"].append(whole(folder, chosen.threads))
    for name, seconds in measured.items():
        print(f"{name:<16} median {statistics.median(seconds):6.2f} s  ({len(seconds)} runs)")


if __name__ == "__main__":
    main()
