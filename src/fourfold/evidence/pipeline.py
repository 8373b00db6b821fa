"""The whole way of a row, one short function per station. Read this first.

case folder -> take in -> read -> (link) -> analyse -> render -> package
"""

import getpass
import platform
import shutil
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version as version_of
from pathlib import Path
from typing import Any

import fourfold
from fourfold.evidence import reading
from fourfold.evidence.errors import CaseFolderError, UsageError
from fourfold.evidence.intake import case_file, custody, record
from fourfold.evidence.model.case import Case
from fourfold.evidence.model.exhibit import Exhibit
from fourfold.evidence.model.finding import Finding
from fourfold.evidence.model.work import SourceReport
from fourfold.evidence.readers import catalogue as readers
from fourfold.evidence.readers.working import Reading

PACKAGE_CONTRACT = 1
PARTIAL = ".partial"
RENDERERS_AT_ONCE = 2

Progress = Callable[[str, str], None]


def silent(station: str, detail: str) -> None:
    """Progress for nobody."""


@dataclass(frozen=True)
class Options:
    """What a caller may choose. packs: a folder with more format packs."""

    packs: Path | None = None
    threads: int | None = None
    render: tuple[str, ...] | None = None
    progress: Progress = silent


@dataclass
class Run:
    """One run on its way through the stations."""

    case: Case
    folder: Path
    options: Options
    exhibits: tuple[Exhibit, ...] = ()
    reports: list[SourceReport] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    tables: Any = None  # store.casestore.CaseStore, imported when it is needed
    writer: Any = None  # store.package.Writer: final tables, written while others work
    facts: dict[str, Any] = field(default_factory=dict)


def build(folder: Path, out: Path, options: Options | None = None) -> Run:
    """Turn a case folder into a package: all four stations.

    Args:
        folder: the case folder; nothing in it is changed.
        out: the package's folder. A package that stands there is replaced, once the new
            one is complete; any other content is refused.
        options: packs, threads, outputs and progress.

    Returns:
        The finished run; its `tables` are open.

    Raises:
        FourfoldError: see errors.py; no package is left behind then.
    """
    options = options or Options()
    case = case_file.load_case(folder)  # before anything is written
    partial = _partial(folder, out)
    run = Run(case, partial, options)
    try:
        take_in(run)
        read(run)
        analyse(run)
        render(run)
        _seal_package(run)
    except BaseException:
        if run.writer:
            run.writer.abandon()
        _remove(partial)
        raise
    _replace(out, partial)
    run.folder = out
    return run


def take_in(run: Run) -> None:
    """Station 1: seal a copy of every file, with its SHA-256 and size."""
    from fourfold.evidence.store.package import DATA, ORIGINALS

    originals = run.folder / ORIGINALS
    originals.mkdir(parents=True)
    intake = custody.take_in(
        run.case, originals, lambda name: run.options.progress("take in", name)
    )
    if run.case.has_case_file:
        shutil.copyfile(run.case.folder / case_file.FILE_NAME, originals / case_file.FILE_NAME)
    data = run.folder / DATA
    data.mkdir()
    record.write_intake(data / record.FILE_NAME, intake, originals)
    run.exhibits, run.notes = intake.exhibits, list(intake.notes)
    if run.options.packs:
        _keep_packs(run, run.options.packs)


def _keep_packs(run: Run, packs: Path) -> None:
    """Put the format packs of a caller into the package, so that others can run it again."""
    from fourfold.evidence.readers.sheets.catalogue import pack_readers
    from fourfold.evidence.store.package import PACKS

    shipped = {reader.NAME for reader in pack_readers(None)}
    (run.folder / PACKS).mkdir()
    for path in sorted(packs.glob("*.toml")):
        shutil.copyfile(path, run.folder / PACKS / path.name)
        instead = " instead of the shipped one" if path.stem in shipped else ""
        run.notes.append(f"format pack {path.name} of the caller was used{instead}")


def read(run: Run) -> None:
    """Station 2: recognise every source, read its rows, stamp ids, balance the ledger."""
    from fourfold.evidence.readers.sheets.catalogue import pack_readers

    packs = pack_readers(run.options.packs)
    jobs, unread = reading.recognise(run.exhibits, run.case.display_zone, packs)
    with tempfile.TemporaryDirectory(prefix="fourfold-") as temporary:
        work = Path(temporary)
        told = partial(run.options.progress, "read")
        row_readers = Reading(jobs, work, told)
        # Only now the database: worker processes must not inherit it.
        from fourfold.evidence.store import exhibits, stamping
        from fourfold.evidence.store.casestore import CaseStore
        from fourfold.evidence.store.package import Writer

        store = CaseStore(run.options.threads)
        run.tables = store
        stamping.open_staging(store)
        reading.read_packs(store, [job for job in jobs if job.is_bulk], work, told)
        row_reports = row_readers.finish()
        stamping.load_staged(store, row_reports)
        run.reports = sorted(
            [*unread, *row_reports, *(job.report for job in jobs if job.is_bulk)],
            key=lambda report: report.ordinal,
        )
        stamping.add_refused(store, reading.refused_parts(run.reports))
        stamping.stamp(store, run.case, run.exhibits, run.reports)
        stamping.drop_staging(store)
        exhibits.fill_exhibits(store, run.exhibits, run.reports)
    run.writer = Writer(store, run.folder)
    run.writer.write(["exhibits", "parts", "ledger", "rows", "events"])
    _link(run)
    run.writer.write(["occurrences", "attributions", *run.tables.exported])


def _link(run: Run) -> None:
    """Attribute identifiers to people; join records of one happening to occurrences."""
    from fourfold.evidence.linking.attributions import fill_attributions
    from fourfold.evidence.linking.occurrences import fill_occurrences
    from fourfold.evidence.store.views import add_views

    run.options.progress("read", "joining records of one happening")
    add_views(run.tables)
    fill_attributions(run.tables, run.case)
    fill_occurrences(run.tables, run.case)


def analyse(run: Run) -> None:
    """Station 3: ask every question; number the findings; write tables and findings."""
    from fourfold.evidence.store import package

    run.findings = _findings(run)
    number_findings(run.findings)
    run.writer.write(sorted(set(run.tables.exported) - run.writer.begun))
    package.write_findings(run.folder, run.findings)


def _findings(run: Run) -> list[Finding]:
    """Ask the questions, lane beside lane; return findings in the order of the catalogue."""
    from fourfold.evidence.analyses import catalogue

    analyses = {analysis.NAME: analysis for analysis in catalogue.analyses()}
    found: dict[str, list[Finding]] = {}

    def ask(lane: tuple[str, ...], tables: Any) -> None:
        for name in lane:
            run.options.progress("analyse", analyses[name].QUESTION)
            found[name] = analyses[name].run(tables, run.case)

    for wave in catalogue.WAVES:
        with ThreadPoolExecutor(len(wave)) as pool:
            for done in [pool.submit(ask, lane, run.tables.cursor()) for lane in wave]:
                done.result()
    return [finding for name in catalogue.NAMES for finding in found[name]]


def number_findings(findings: list[Finding]) -> None:
    """Stamp trace codes: F1, F2, ... and F1.1, F1.2, ... over values, then series."""
    for number, finding in enumerate(findings, start=1):
        finding.finding_id = f"F{number}"
        values = [
            *finding.values,
            *(v for name in sorted(finding.series) for v in finding.series[name]),
        ]
        for ordinal, value in enumerate(values, start=1):
            value.code = f"F{number}.{ordinal}"


def render(run: Run) -> None:
    """Station 4: lay the package out, one file per renderer, two at a time."""
    from fourfold.evidence.renderers import catalogue

    run.facts = facts_of(run)
    chosen = [
        renderer
        for renderer in catalogue.renderers()
        if run.options.render is None or renderer.NAME in run.options.render
    ]

    def laid_out(renderer: Any, tables: Any) -> None:
        run.options.progress("render", renderer.FILE)
        package = replace(run, tables=tables)
        renderer.render(package, run.folder / renderer.FILE)

    with ThreadPoolExecutor(RENDERERS_AT_ONCE) as pool:
        for done in [pool.submit(laid_out, renderer, run.tables.cursor()) for renderer in chosen]:
            done.result()


def facts_of(run: Run) -> dict[str, Any]:
    """Return what every output prints about the run: no clock, no user, no machine."""
    return {
        "version": fourfold.__version__,
        "package_contract": PACKAGE_CONTRACT,
        "display_zone": run.case.display_zone,
        "zone_rules": version_of("tzdata"),
        "notes": run.notes,
        "duckdb": version_of("duckdb"),
        "python": platform.python_version(),
    }


def _seal_package(run: Run) -> None:
    """Write run.json: versions, hashes, and who took the exhibits in, when."""
    from fourfold.evidence.store import package

    run.writer.finish()
    files = package.hashes(run.folder)
    tables = {name: digest for name, digest in files.items() if name.startswith("data/")}
    package.write_run(
        run.folder,
        {
            **facts_of(run),
            "case_reference": run.case.reference,
            "custody": {
                "taken_in_at": datetime.now(UTC).isoformat(timespec="seconds"),
                "taken_in_by": getpass.getuser(),
            },
            "exhibits": run.tables.dicts(
                "select exhibit_id, exhibit_file, ref, sha256, size_bytes, state, rows_read,"
                " rows_used, rows_merged, rows_set_aside from exhibits"
            ),
            "tables_sha256": package.table_digest(tables),
            "files": files,
        },
    )


def take_in_folder(folder: Path, out: Path, options: Options | None = None) -> Run:
    """Station 1 alone: make a package that holds the sealed originals only."""
    case = case_file.load_case(folder)
    if out.exists() and out.is_dir() and any(out.iterdir()):
        raise UsageError(f"{out} is not empty; choose an empty folder with --out")
    partial = _partial(folder, out)
    run = Run(case, partial, options or Options())
    try:
        take_in(run)
    except BaseException:
        _remove(partial)
        raise
    _replace(out, partial)
    run.folder = out
    return run


def read_package(folder: Path, options: Options | None = None) -> Run:
    """Station 2 alone: read the sealed originals of a package."""
    from fourfold.evidence.store import package

    originals = folder / package.ORIGINALS
    intake = record.read_intake(folder / package.DATA / record.FILE_NAME, originals)
    run = Run(case_file.load_case(originals), folder, options or Options(), intake.exhibits)
    run.notes = list(intake.notes)
    read(run)
    run.writer.finish()
    return run


def analyse_package(folder: Path, options: Options | None = None) -> Run:
    """Station 3 alone: analyse the tables that `read` wrote."""
    run = _reopen(folder, options)
    analyse(run)
    run.writer.finish()
    return run


def render_package(folder: Path, options: Options | None = None) -> Run:
    """Station 4 alone: render what `analyse` wrote, and seal the package."""
    run = _reopen(folder, options)
    render(run)
    _seal_package(run)
    return run


def _reopen(folder: Path, options: Options | None) -> Run:
    from fourfold.evidence.linking import attributions
    from fourfold.evidence.store import package
    from fourfold.evidence.store.views import add_views

    originals = folder / package.ORIGINALS
    intake = record.read_intake(folder / package.DATA / record.FILE_NAME, originals)
    run = Run(case_file.load_case(originals), folder, options or Options(), intake.exhibits)
    run.notes = list(intake.notes)
    run.tables = package.load_tables(folder, run.options.threads)
    run.writer = package.Writer(run.tables, folder)
    run.findings = package.read_findings(folder)
    add_views(run.tables)
    attributions.resolve(run.tables)
    return run


def trace(folder: Path, code: str, *, limit: int = 50) -> Any:
    """Lead a trace code of a package back to its source rows (store.trace.Trace)."""
    from fourfold.evidence.store import trace as tracing

    return tracing.trace(folder, code, limit=limit)


def load_case(folder: Path) -> Case:
    """Read what a folder's case.toml says, without opening any exhibit.

    Raises:
        CaseFileError: case.toml cannot be used; the message names line and key.
        CaseFolderError: the folder is not there.
    """
    return case_file.load_case(folder)


def steps() -> dict[str, int]:
    """Return how many steps the stations have whose number is known before a run."""
    from fourfold.evidence.analyses import catalogue as analyses
    from fourfold.evidence.renderers import catalogue as renderers

    return {"analyse": len(analyses.NAMES), "render": len(renderers.NAMES)}


def findings_of(folder: Path) -> list[Finding]:
    """Return the findings of a package, in their order."""
    from fourfold.evidence.store import package

    return package.read_findings(folder)


def record_of(folder: Path) -> dict[str, Any]:
    """Return the record that a package keeps of itself: run.json."""
    from fourfold.evidence.store import package

    return package.read_run(folder)


def rows_of_table(folder: Path, table: str, columns: Sequence[str] = ()) -> list[dict[str, Any]]:
    """Return a table of a package, or some of its columns; nothing where it has no such table.

    Times are naive UTC datetimes, as the package keeps them.
    """
    from fourfold.evidence.store import package

    if table not in package.data_tables(folder):
        return []
    engine = package.open_data(folder, [table])
    wanted = [name for name in engine.columns(table) if not columns or name in columns]
    names = ", ".join(f'"{name}"' for name in wanted)
    rows = engine.dicts(f"select {names} from {table}")
    engine.close()
    return rows


def reasons_of(folder: Path) -> list[dict[str, Any]]:
    """Return, per exhibit of a package and reason, how many of its rows were set aside."""
    from fourfold.evidence.store import package

    engine = package.open_data(folder, ["ledger"])
    rows = engine.dicts(
        "select exhibit_id, reason, count(*) as set_aside from ledger where state = 'set_aside'"
        " group by exhibit_id, reason order by set_aside desc, reason"
    )
    engine.close()
    return rows


def verify(
    folder: Path, rerun: Path | None = None, options: Options | None = None
) -> dict[str, Any]:
    """Check a package: hashes, ledgers, findings; and that a rerun gives the same tables.

    Args:
        folder: the package.
        rerun: the case folder to run again, or the package's own originals.
        options: as for build; outputs are not rendered again.

    Raises:
        VerificationError: the package, or the rerun, does not match.
    """
    from fourfold.evidence.store import verify as verification
    from fourfold.evidence.store.package import PACKS

    result = verification.check(folder)
    if rerun is not None:
        with tempfile.TemporaryDirectory(prefix="fourfold-rerun-") as temporary:
            again = Path(temporary) / "package"
            chosen = options or Options()
            packs = chosen.packs or (folder / PACKS if (folder / PACKS).is_dir() else None)
            build(rerun, again, replace(chosen, render=(), packs=packs))
            result["identical_tables"] = verification.compare(folder, again)
    return result


def learn_pack(path: Path, name: str | None = None) -> tuple[str, list[str]]:
    """Propose a format pack for a table; return its TOML and what a person must check."""
    from fourfold.evidence.readers.sheets import learn

    proposal = learn.propose(path, name)
    return learn.to_toml(proposal), list(proposal.notes)


def formats(packs: Path | None = None) -> list[tuple[str, str, str]]:
    """Return (name, version, what it reads) of every reader and format pack."""
    from fourfold.evidence.readers.sheets.catalogue import pack_readers

    every: list[Any] = [*readers.row_readers(), *pack_readers(packs)]
    return [(reader.NAME, reader.VERSION, reader.READS) for reader in every]


def _partial(folder: Path, out: Path) -> Path:
    from fourfold.evidence.store.package import RUN_FILE

    if out.resolve().is_relative_to(folder.resolve()):
        raise UsageError(f"{out} lies inside the case folder; choose a place outside it with --out")
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out} is a file; choose a folder with --out")
    if out.exists() and any(out.iterdir()) and not (out / RUN_FILE).is_file():
        raise UsageError(f"{out} holds other files; choose an empty folder with --out")
    if not out.parent.is_dir():
        raise CaseFolderError(
            f"{out.parent} is not a folder; make it first, or choose another --out"
        )
    partial = out.with_name(out.name + PARTIAL)
    _remove(partial)
    partial.mkdir()
    return partial


def _replace(out: Path, partial: Path) -> None:
    if out.exists():
        _remove(out)
    partial.rename(out)


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=not folder.exists())
