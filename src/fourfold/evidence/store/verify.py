"""Check a package against its own record: hashes, ledgers, findings that resolve."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fourfold.evidence.errors import VerificationError
from fourfold.evidence.model.finding import Finding, Value
from fourfold.evidence.store import package
from fourfold.evidence.store.engine import Engine
from fourfold.evidence.store.trace import rows_of, values_of

_LEDGER_CHECKS = {
    "a row of the ledger has no text in rows": "select l.code from ledger as l"
    " left join rows as r on r.row_id = l.row_id where r.row_id is null",
    "a text in rows has no line in the ledger": "select r.row_id from rows as r"
    " left join ledger as l on l.row_id = r.row_id where l.row_id is null",
    "a row stands twice": "select row_id from ledger group by row_id having count(*) > 1",
    "a used row bears no event": "select code from ledger"
    " where state = 'used' and len(event_ids) = 0",
    "a row set aside has no reason": "select code from ledger"
    " where state = 'set_aside' and reason is null",
    "an event leads to no row": "select e.event_id from (select event_id,"
    " unnest(row_ids) as row_id from events) as e left join ledger as l on l.row_id = e.row_id"
    " where l.row_id is null",
    "the ledger names an event that is not there": "select l.event_id from (select"
    " distinct unnest(event_ids) as event_id from ledger) as l"
    " left join events as e on e.event_id = l.event_id where e.event_id is null",
    "an event is named by no row": "select e.event_id from events as e left join (select"
    " distinct unnest(event_ids) as event_id from ledger) as l on l.event_id = e.event_id"
    " where l.event_id is null",
    "an exhibit's counts differ from its ledger": "select x.ref from exhibits as x left join"
    " (select exhibit_id, count(*) as n, count(*) filter (where state = 'used') as u,"
    " count(*) filter (where state = 'merged') as m,"
    " count(*) filter (where state = 'set_aside') as a from ledger group by exhibit_id) as l"
    " on l.exhibit_id = x.exhibit_id where x.rows_read <> coalesce(l.n, 0)"
    " or x.rows_used <> coalesce(l.u, 0) or x.rows_merged <> coalesce(l.m, 0)"
    " or x.rows_set_aside <> coalesce(l.a, 0)"
    " or x.rows_read <> x.rows_used + x.rows_merged + x.rows_set_aside",
    "an event belongs to two occurrences": "select event_id from (select unnest(event_ids) as"
    " event_id from occurrences) group by event_id having count(*) > 1",
    "a call or message belongs to no occurrence": "select e.event_id from events as e left join"
    " (select unnest(event_ids) as event_id from occurrences) as o on o.event_id = e.event_id"
    " where e.kind in ('call', 'message') and o.event_id is null",
}


def check(folder: Path) -> dict[str, Any]:
    """Check a package; return what was checked, with counts.

    Raises:
        VerificationError: names every fault found, one a line.
    """
    if not (folder / package.RUN_FILE).is_file():
        raise VerificationError(f"{folder} is not a package (no {package.RUN_FILE})")
    record = package.read_run(folder)
    faults = list(_hash_faults(folder, record["files"]))
    if not any("data/" in fault for fault in faults):
        engine = package.open_data(folder)
        faults += _ledger_faults(engine)
        faults += _finding_faults(engine, folder)
        engine.close()
    if faults:
        raise VerificationError("\n".join(faults))
    return {
        "files": len(record["files"]),
        "exhibits": len(record["exhibits"]),
        "rows": sum(exhibit["rows_read"] for exhibit in record["exhibits"]),
        "findings": len(package.read_findings(folder)),
        "tables_sha256": record["tables_sha256"],
    }


def compare(folder: Path, again: Path) -> int:
    """Compare the data files of two packages byte by byte; return how many there are.

    Raises:
        VerificationError: names the files that differ.
    """
    first, second = (
        {n: d for n, d in package.hashes(f).items() if _is_table(n)} for f in (folder, again)
    )
    different = sorted(n for n in first.keys() | second.keys() if first.get(n) != second.get(n))
    if different:
        raise VerificationError(
            "the rerun gives other tables: " + ", ".join(different)
            + "; the folder, the format packs (--packs) or the versions in run.json differ"
        )  # fmt: skip
    return len(first)


def _is_table(name: str) -> bool:
    """Tell whether a file is a table or the findings; intake.json also lists files left alone."""
    return name.startswith(f"{package.DATA}/") and not name.endswith("/intake.json")


def _hash_faults(folder: Path, recorded: dict[str, str]) -> Iterator[str]:
    found = package.hashes(folder)
    for name in sorted(recorded.keys() | found.keys()):
        if name not in found:
            yield f"{name}: missing"
        elif name not in recorded:
            yield f"{name}: not part of the package as it was written"
        elif found[name] != recorded[name]:
            yield f"{name}: its SHA-256 is not the one in {package.RUN_FILE}"


def _ledger_faults(engine: Engine) -> Iterator[str]:
    for fault, query in _LEDGER_CHECKS.items():
        rows = engine.rows(f"select * from ({query}) as faults limit 5")
        if rows:
            yield f"{fault}: {', '.join(str(row[0]) for row in rows)}"


def _finding_faults(engine: Engine, folder: Path) -> Iterator[str]:
    known = {row[0] for row in engine.rows("select row_id from ledger")}
    for finding in package.read_findings(folder):
        evidences: list[Finding | Value] = [finding, *values_of(finding)]
        for evidence in evidences:
            unknown = [row for row in rows_of(engine, evidence) if row not in known]
            if unknown:
                yield f"{finding.finding_id}: leads to rows that do not exist ({unknown[0]})"
                break
