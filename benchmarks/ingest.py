"""Bulk ingest of call data: our read against a bare Polars scan of the same CSV.

Usage: python benchmarks/ingest.py [--rows 2000000] [--runs 3] [--folder DIR]

(a) Polars scans the CSV into memory, no meaning. (b) Our read: header by fingerprint,
every row in a ledger with its id, times to UTC by zone rules, numbers and grid positions
normalised, repetitions merged; events sorted by time, subject and row (in parts that follow
each other), and the ledger, both as Parquet. Words of the model's closed lists are written as
Parquet enumerations: who reads the files sees text. Runs are paired; the figures are the median
ratios of wall time (without imports) and of processor time (of the whole process, all threads),
both without the check of the result. Processor time is the fair one where others use the
machine. Goal: at most 4.
"""

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import duckdb

PART_ROWS = 1_000_000
REPEATED = 1_000  # one row of so many repeats the row before it
DAY_US = 86_400_000_000
STAMPED = ("n", "k", "started_at", "ended_at")
PARQUET = "compression zstd, compression_level 1"
PREAMBLE = [
    ("URN:", "URN/2026/0000"),
    ("Provider:", "EXAMPLE"),
    ("Target Identity:", "447700900162"),
]
HEADERS = (
    "Start Date,Start Time (local),End Date,End Time (local),Calling Number,Called Number,"
    "Forwarding Number,CDR Type,IMSI,IMEI,Ring time (secs),Call Duration (HH:mm:ss),IPv4 address,"
    "IPv6 address,Data Volume Uploaded (KB),Data Volume Downloaded (KB),APN,Country of Origin,"
    "Operator,Start Cell ID or MAC Address,Start Cell Site Name,Start Cell 1st line of Address,"
    "Start Cell ID Postcode,Start Cell Generation,Start Cell Easting,Start Cell Northing,"
    "Start Cell Azimuth,End Cell ID or MAC,End Cell Site Name,End Cell 1st line of Address,"
    "End Cell ID Postcode,End Cell Generation,End Cell Easting,End Cell Northing,"
    "End Cell Azimuth,Row"
)
# A year of one line's records would be small; bulk returns hold many lines in one table.
RECORDS = """
    select strftime(t, '%d/%m/%Y'), strftime(t, '%H:%M:%S'), strftime(u, '%d/%m/%Y'),
        strftime(u, '%H:%M:%S'), case when out then own else other end,
        case when out then other else own end, case when i % 17 = 5 then '222' else '' end,
        case i % 3 when 0 then 'Voice' when 1 then 'SMS-MO' else 'SMS-MT' end,
        '234300000' || printf('%06d', line), '00100195' || printf('%07d', line),
        case when i % 3 = 0 then i % 30 else 0 end,
        case when i % 3 = 0 then printf('00:%02d:%02d', i % 60, i % 47) else '00:00:00' end,
        '', '', '', '', '', 'GBR', 'EE',
        '234-30-' || (3000000 + cell), 'SITE ' || (300000 + cell), (cell % 99) || ' Invented Way',
        'ZZ' || (cell % 90) || ' 1CO', '4G', 400000 + cell * 7, 180000 + cell * 3, cell % 360,
        '234-30-' || (3000000 + cell + 1), 'SITE ' || (300001 + cell),
        (cell % 98) || ' Invented Way', 'ZZ' || (cell % 89) || ' 1CO', '4G', 400000 + cell * 7,
        180000 + cell * 3, cell % 360, row + 1
    from (select row, i, i % 4 < 2 as out, (i * 7919) % 5000 as line, (i * 104729) % 3000 as cell,
            timestamp '2026-01-01' + to_seconds(cast((i * 2654435761) % 31000000 as bigint)) as t,
            t + to_seconds(cast(i % 300 as bigint)) as u,
            '4477009' || printf('%05d', (i * 7919) % 1000) as own,
            case i % 4 when 0 then '0' when 1 then '+44' when 2 then '44' else '0044' end
                || '77009' || printf('%05d', (i * 31) % 1000) as other
        from (select row, row - cast(row % {repeated} = 1 as bigint) as i
            from range({rows}) as r(row)))
"""


def generate(path: Path, rows: int) -> None:
    """Write a call-data CSV in the UK layout: preamble, header, rows, some repeated."""
    body = path.with_suffix(".body")
    duckdb.execute(
        f"copy ({RECORDS.format(rows=rows, repeated=REPEATED)}) to '{body}' (header false, quote '', escape '')"
    ).fetchall()
    with path.open("wb") as target:
        for key, value in PREAMBLE:
            target.write(f"{key},,,,{value}\n".encode())
        target.write(f"\n{HEADERS}\n".encode())
        with body.open("rb") as source:
            shutil.copyfileobj(source, target, 2**24)
    body.unlink()


class Watch:
    """Seconds of wall time since it was made, and of processor time of this process."""

    def __init__(self) -> None:
        self.started = time.perf_counter()

    def read(self) -> tuple[float, float]:
        """Return (wall, processor) seconds."""
        return time.perf_counter() - self.started, time.process_time()

    def lap(self, name: str) -> None:
        """Print the time so far, where asked."""
        if os.environ.get("LAPS"):
            wall, cpu = self.read()
            print(f"    until {name}: {wall:.2f} s, {cpu:.2f} cpu", file=sys.stderr)


def bare_scan(path: Path) -> tuple[float, float, int]:
    """Read every field of the CSV into memory with Polars, as text."""
    import polars

    watch = Watch()
    frame = polars.scan_csv(path, infer_schema=False, skip_rows=len(PREAMBLE) + 1).collect()
    return *watch.read(), frame.height


def our_read(path: Path, folder: Path) -> tuple[float, float, int]:
    """Read the CSV to sorted, normalised Parquet events and a Parquet ledger."""
    from fourfold.evidence.model.exhibit import HEAD_BYTES, Exhibit, Source
    from fourfold.evidence.readers.sheets.catalogue import pack_readers
    from fourfold.evidence.store.casestore import CaseStore
    from fourfold.evidence.support.hashing import sha256_of

    watch = Watch()
    digest = sha256_of(path) if os.environ.get("WITH_HASH") else "0" * 64
    size = path.stat().st_size
    exhibit = Exhibit("X1", path.name, "ABC/1", digest, size, path)
    with path.open("rb") as stream:
        head = stream.read(HEAD_BYTES)
    source = Source(exhibit, "", size, head, "Europe/London", lambda: path.open("rb"), path)
    (reader,) = [r for r in pack_readers(None) if r.recognises(source)]
    store = CaseStore()
    store.run(f"set temp_directory = '{folder}'")
    staging = reader.prepare(source, store, folder, keeps_verbatim=False)
    watch.lap("prepare")
    write(store, staging, exhibit, folder, watch)
    rows = store.value(f"select count(*) from '{folder / 'ledger.parquet'}'")
    taken = watch.read()
    check(store, folder)
    return *taken, rows


def check(store, folder: Path) -> None:
    """Refuse a figure for a wrong result: every used row has its event, and they are sorted."""
    used, events, disordered = store.rows(
        f"""select (select count(*) from '{folder / "ledger.parquet"}' where state = 'used'),
            count(*), count(*) filter (started_at < before)
        from (select started_at,
                lag(started_at) over (order by filename, file_row_number) as before
            from read_parquet('{folder / "events-*.parquet"}', file_row_number = true,
                filename = true))"""
    )[0]
    if used != events or disordered:
        raise SystemExit(f"{used} rows used, {events} events, {disordered} out of order")


def closed_lists() -> dict[str, str]:
    """Return the columns whose words are a closed list, each with SQL that casts to it."""
    from fourfold.evidence.model import tables

    lists = {
        "kind": tables.KINDS, "direction": tables.DIRECTIONS, "outcome": tables.OUTCOMES,
        "time_relation": tables.TIME_RELATIONS, "time_basis": tables.TIME_BASES,
        "place_kind": tables.PLACE_KINDS, "position_basis": tables.POSITION_BASES,
        "state": tables.STATES,
    }  # fmt: skip
    return {name: f"cast({name} as enum{words}) as {name}" for name, words in lists.items()}


def write(store, staging, exhibit, folder: Path, watch: Watch) -> None:
    """Stamp ids and local time as the pipeline does, sort, and write Parquet."""
    from fourfold.evidence.model.tables import STAGED_EVENTS
    from fourfold.evidence.support.clock import sql_offset

    row_id = f"substr(sha256('{exhibit.sha256}' || chr(10) || locator), 1, 16)"
    store.run(
        f"copy (select {row_id} as row_id, 'R1.' || n as code, 'X1' as exhibit_id, locator,"
        f" cast(state as enum('used', 'merged', 'set_aside')) as state, reason, note, merged_into_n"
        f" from ({staging.rows}))"
        f" to '{folder / 'ledger.parquet'}' (format parquet, {PARQUET})"
    )
    watch.lap("ledger")
    bounds = time_bounds(store, max(1, store.value("select count(*) from sheet_used") // PART_ROWS))
    local = f"(started_at + {sql_offset('Europe/London', 'started_at', (bounds[1], bounds[-2]))})"
    listed, columns = closed_lists(), [c for c in STAGED_EVENTS if c not in STAMPED]
    copied = ", ".join(listed.get(column, column) for column in columns)
    for part, (low, high) in enumerate(pairwise(bounds)):
        store.run(
            f"""copy (select row_id || '.' || k as event_id, [row_id] as row_ids,
                'X1' as exhibit_id, make_timestamp(started_at) as started_at,
                make_timestamp(ended_at) as ended_at,
                strftime(make_timestamp({local}), '%Y-%m-%d') as local_day,
                hour(make_timestamp({local})) as local_hour, {copied}
            from (select *, {row_id} as row_id from ({staging.events_between(low, high)})))
            to '{folder / f"events-{part:04}.parquet"}' (format parquet, {PARQUET})"""
        )
    watch.lap("events")


def time_bounds(store, parts: int) -> list[int]:
    """Cut the period into parts of about equal size: sorting in parts needs little memory."""
    shares = [part / parts for part in range(1, parts)]
    low, high, *_ = store.rows("select min(start_wall), max(start_wall) from sheet_used")[0]
    inner = []
    if shares:
        some = "(select start_wall from sheet_used where n % 64 = 0)"
        (inner,) = store.rows(f"select approx_quantile(start_wall, {shares}) from {some}")[0]
    return [low - DAY_US, *inner, high + DAY_US]


class Measured(NamedTuple):
    """One side at work in a process of its own."""

    wall_s: float
    cpu_s: float
    rows: int
    peak_gib: float

    def __str__(self) -> str:
        return f"{self.wall_s:.2f} s ({self.cpu_s:.2f} cpu, {self.peak_gib:.1f} GiB)"


def measured(what: str, path: Path, folder: Path) -> Measured:
    """Run one side in a process of its own."""
    command = [sys.executable, __file__, "--one", what, "--csv", str(path), "--folder", str(folder)]
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.split()
    return Measured(float(output[0]), float(output[1]), int(output[2]), float(output[3]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=2_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--folder", type=Path, default=None, help="where the CSV is made")
    parser.add_argument("--one", choices=["polars", "fourfold"], help=argparse.SUPPRESS)
    parser.add_argument("--csv", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        is_bare = options.one == "polars"
        side = bare_scan(options.csv) if is_bare else our_read(options.csv, options.folder)
        print(*side, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20)
        return
    with tempfile.TemporaryDirectory(dir=options.folder) as temporary:
        compare(Path(temporary), options.rows, options.runs)


def compare(folder: Path, rows: int, runs: int) -> None:
    path = folder / "calls.csv"
    generate(path, rows)
    print(f"{rows:,} rows, {path.stat().st_size / 2**30:.2f} GiB")
    walls, cpus = [], []
    for run in range(1, runs + 1):
        bare = measured("polars", path, folder)
        ours = measured("fourfold", path, folder)
        if not bare.rows == ours.rows == rows:
            raise SystemExit(
                f"rows differ: {rows} written, {bare.rows} scanned, {ours.rows} in the ledger"
            )
        walls.append(ours.wall_s / bare.wall_s)
        cpus.append(ours.cpu_s / bare.cpu_s)
        print(
            f"run {run}: Polars scan {bare}, our read {ours},"
            f" ratio {walls[-1]:.2f} wall, {cpus[-1]:.2f} cpu"
        )
    print(
        f"median of {runs} paired runs: ratio {statistics.median(walls):.2f} wall,"
        f" {statistics.median(cpus):.2f} cpu (goal: at most 4)"
    )


if __name__ == "__main__":
    main()
