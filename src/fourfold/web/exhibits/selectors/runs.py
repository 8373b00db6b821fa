"""Runs of a case, how far they are, what they found; nothing is written here."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.http import Http404

from fourfold.evidence import pipeline
from fourfold.evidence.model.finding import Finding
from fourfold.web.base.loading import by_ref
from fourfold.web.cases.models import Case
from fourfold.web.exhibits.engine.case_facts import is_case_file
from fourfold.web.exhibits.engine.folder import package_of
from fourfold.web.exhibits.engine.orders import Orders, orders_of
from fourfold.web.exhibits.models import EngineRun, Exhibit, RunProgress

State = EngineRun.State
ROW_COUNTS = ("rows_read", "rows_used", "rows_merged", "rows_set_aside")


def run_by_ref(*, case_ref: str, run_ref: str, **_: Any) -> EngineRun:
    """Return the run of a URL."""
    return by_ref(EngineRun, run_ref, "case__force", "case__team", "started_by", case__ref=case_ref)


def finished_run_by_ref(*, case_ref: str, run_ref: str, **_: Any) -> EngineRun:
    """Return the finished run of a URL; another has nothing to show."""
    run = run_by_ref(case_ref=case_ref, run_ref=run_ref)
    if run.state != State.FINISHED:
        raise Http404("There is no such record.")
    return run


def exhibit_by_ref(*, case_ref: str, exhibit_ref: str, **_: Any) -> Exhibit:
    """Return the exhibit of a URL."""
    return by_ref(Exhibit, exhibit_ref, "case__force", "case__team", case__ref=case_ref)


def runs_of(case: Case) -> list[EngineRun]:
    """Return the runs of a case, the newest first."""
    return list(EngineRun.objects.filter(case=case).select_related("started_by").order_by("-id"))


def exhibits_and_case_files(case: Case) -> tuple[list[Exhibit], list[Exhibit]]:
    """Return the exhibits that a run reads, and the case files beside them."""
    found = list(Exhibit.objects.filter(case=case).only("ref", "path").order_by("path", "id"))
    case_files = [exhibit for exhibit in found if is_case_file(exhibit.path)]
    return [exhibit for exhibit in found if not is_case_file(exhibit.path)], case_files


def orders_for(case: Case) -> Orders:
    """Return the orders that the next run gets."""
    return orders_of(case)


def steps_of(run: EngineRun) -> list[tuple[str, str]]:
    """Return the steps that a run has told, in order."""
    found = RunProgress.objects.filter(run=run).order_by("pk")
    return list(found.values_list("station", "detail"))


@dataclass(frozen=True)
class ExhibitRows:
    """One exhibit of a package: its ledger, and what was said of it."""

    code: str
    reference: str
    path: str
    state: str
    state_note: str
    reader: str
    rows_read: int
    rows_used: int
    rows_merged: int
    rows_set_aside: int
    reasons: list[tuple[str, int]]
    warnings: list[str]
    sha256: str


def ledger_of(run: EngineRun) -> tuple[ExhibitRows, ...]:
    """Return, per exhibit, what became of its rows."""
    return _ledger_of(package_of(run.ref), run.tables_sha256)


@lru_cache(maxsize=32)
def _ledger_of(package: Path, _tables_sha256: str) -> tuple[ExhibitRows, ...]:
    """Read it once: a finished package never changes."""
    reasons: dict[str, list[tuple[str, int]]] = {}
    for row in pipeline.reasons_of(package):
        reasons.setdefault(row["exhibit_id"], []).append(
            (str(row["reason"]).replace("_", " "), row["set_aside"])
        )
    return tuple(
        ExhibitRows(
            code=row["exhibit_id"],
            reference=row["ref"],
            path=row["exhibit_file"],
            state=row["state"],
            state_note=row["state_note"] or "",
            reader=row["reader"] or "",
            reasons=reasons.get(row["exhibit_id"], []),
            warnings=list(row["warnings"] or []),
            sha256=row["sha256"],
            **{name: int(row[name] or 0) for name in ROW_COUNTS},
        )
        for row in pipeline.rows_of_table(package, "exhibits")
    )


@dataclass(frozen=True)
class Difference:
    """One count of two runs."""

    label: str
    before: int
    now: int

    @property
    def change(self) -> str:
        """The difference with its sign."""
        return f"{self.now - self.before:+,}" if self.now != self.before else "none"


def differences(run: EngineRun, before: EngineRun) -> list[Difference]:
    """Return how a run differs from one before it, by counts."""
    fields = (
        ("Exhibits", "exhibit_count"), ("Rows read", "rows_read"), ("Rows used", "rows_used"),
        ("Rows merged", "rows_merged"), ("Rows set aside", "rows_set_aside"),
        ("Findings", "finding_count"),
    )  # fmt: skip
    return [Difference(label, getattr(before, name), getattr(run, name)) for label, name in fields]


def neighbours(run: EngineRun) -> tuple[EngineRun | None, EngineRun | None]:
    """Return the finished run before this one, and the newest after it."""
    found = EngineRun.objects.filter(case=run.case_id, state=State.FINISHED).order_by("-id")
    runs = list(found.exclude(pk=run.pk))
    earlier = next((other for other in runs if other.pk < run.pk), None)
    return earlier, (runs[0] if runs and runs[0].pk > run.pk else None)


def findings_by_question(run: EngineRun) -> list[tuple[str, list[Finding]]]:
    """Return the findings of a run under the questions they answer."""
    grouped: dict[str, list[Finding]] = {}
    for finding in pipeline.findings_of(package_of(run.ref)):
        grouped.setdefault(finding.question, []).append(finding)
    return list(grouped.items())


def finding_of(run: EngineRun, code: str) -> Finding:
    """Return one finding of a run, or answer 404."""
    for finding in pipeline.findings_of(package_of(run.ref)):
        if finding.finding_id == code.upper():
            return finding
    raise Http404("There is no such record.")
