"""Findings in place: by question, one by one, and each figure's way back to its rows."""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from fourfold.evidence import pipeline
from fourfold.evidence.errors import TraceError
from fourfold.web.exhibits.engine.folder import package_of
from fourfold.web.exhibits.models import EngineRun
from fourfold.web.exhibits.rules import figures
from fourfold.web.exhibits.selectors import runs as selectors
from fourfold.web.users.access import needs

TAB: Final = "runs"
ROWS_SHOWN: Final = 50


@require_GET
@needs("finding.list", selectors.finished_run_by_ref)
def findings(request: HttpRequest, run: EngineRun, **_: str) -> HttpResponse:
    """List the findings of a run by question."""
    page = {
        "case": run.case,
        "tab": TAB,
        "run": run,
        "later": selectors.neighbours(run)[1],
        "questions": selectors.findings_by_question(run),
        "class_words": figures.CLASS_WORDS,
    }
    return render(request, "exhibits/runs/findings.html", page)


@require_GET
@needs("finding.open", selectors.finished_run_by_ref)
def finding(request: HttpRequest, run: EngineRun, *, code: str, **_: str) -> HttpResponse:
    """Show one finding with all that it rests on."""
    found = selectors.finding_of(run, code)
    page = {
        "case": run.case,
        "tab": TAB,
        "run": run,
        "later": selectors.neighbours(run)[1],
        "finding": found,
        "values": [figures.shown(value) for value in found.values],
        "series": figures.series_of(found),
        "settings": figures.settings_of(found),
        "counts_tried": [
            (figures.words(k), figures.number(v)) for k, v in found.counts_tried.items()
        ],
        "class_words": figures.CLASS_WORDS,
    }
    return render(request, "exhibits/runs/finding.html", page)


@require_GET
@needs("finding.trace", selectors.finished_run_by_ref)
def trace(request: HttpRequest, run: EngineRun, *, code: str, **_: str) -> HttpResponse:
    """Lead a code back to its rows."""
    try:
        found = pipeline.trace(package_of(run.ref), code, limit=ROWS_SHOWN)
    except TraceError as error:
        raise Http404("There is no such record.") from error
    details = [
        (figures.words(name), _detail(value))
        for name, value in found.details.items()
        if name != "settings"
    ]
    page = {
        "case": run.case,
        "tab": TAB,
        "run": run,
        "trace": found,
        "details": details,
        "finding_code": code.split(".", maxsplit=1)[0].upper() if code[:1].upper() == "F" else "",
    }
    return render(request, "exhibits/runs/trace.html", page)


def _detail(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return str(value)
