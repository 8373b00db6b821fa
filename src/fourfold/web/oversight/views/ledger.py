"""The ledger: its entries in sentences, as a table to take along, its head and its check."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import UTC

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone

from fourfold.web.accountability import exports
from fourfold.web.accountability.acts import ACTS
from fourfold.web.accountability.models import LedgerEntry
from fourfold.web.base.jinja import query_with
from fourfold.web.cases.rules.cells import cell
from fourfold.web.oversight import forms
from fourfold.web.oversight.selectors import checking, ledger
from fourfold.web.users.access import actor_of, needs, see
from fourfold.web.users.models import User
from fourfold.web.users.step_up import grave

COLUMNS = (
    "entry", "at_utc", "person_ref", "person", "role", "said", "act", "operation", "outcome",
    "rule", "purpose", "subject_kind", "subject_ref", "case_ref", "channel", "session_ref", "hash",
)  # fmt: skip
PAGING = ("before", "after")


@needs("ledger.read")
def entries(request: HttpRequest) -> HttpResponse:
    """List entries, newest first, a page at a time by their number."""
    actor = actor_of(request)
    people = ledger.people(actor)
    form = forms.LedgerForm(request.GET, people=people)
    wanted = form.wanted()
    found = ledger.entries(actor, "ledger.read", wanted)
    before, after = (number_of(request.GET.get(name, "")) for name in PAGING)
    context = {
        "form": form,
        "page": ledger.a_slice(actor, found, before, after),
        "wanted": wanted,
        "chosen": _chosen(request, wanted, dict(people)),
        "keep": {name: request.GET.get(name, "") for name in ("kind", "first", "last")},
        "table_query": query_with(request, before=None, after=None),
        "may_export": see(actor, "ledger.export", actor.force),
    }
    return render(request, "oversight/ledger.html", context)


def number_of(text: str) -> int | None:
    """Return the number of an entry that an address names, or nothing."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _chosen(
    request: HttpRequest, wanted: ledger.Wanted, people: dict[str, str]
) -> list[tuple[str, str]]:
    """Return what the filter holds, each with the address that takes it out."""
    words = {
        ("person",): wanted.person and f"Person: {people[wanted.person]}",
        ("case",): wanted.case and f"Case: {wanted.case}",
        ("act",): wanted.act and f"Act: {ACTS[wanted.act].sentence}",
        ("outcome",): wanted.outcome and f"Outcome: {wanted.outcome}",
        ("channel",): wanted.channel and f"Channel: {wanted.channel}",
        ("day-day", "day-month", "day-year"): wanted.day and f"Day: {wanted.day:%d %B %Y}",
        ("of",): wanted.of and "Entries of no force",
        ("kind",): wanted.kind and "Looks only",
        ("first", "last"): _span(wanted),
    }
    off: dict[str, None] = dict.fromkeys(PAGING)
    return [
        (text, query_with(request, **dict.fromkeys(names), **off))
        for names, text in words.items()
        if text
    ]


def _span(wanted: ledger.Wanted) -> str:
    if wanted.first is None and wanted.last is None:
        return ""
    return f"Entries {wanted.first or 1:,} to {wanted.last:,}" if wanted.last else (
        f"Entries from {wanted.first:,}"
    )  # fmt: skip


@grave
@needs("ledger.export")
def table(request: HttpRequest) -> HttpResponseBase:
    """Send the entries of the filter as a CSV, oldest first, as far as the ledger goes now."""
    actor = actor_of(request)
    form = forms.LedgerForm(request.GET, people=ledger.people(actor))
    found = ledger.entries(actor, "ledger.export", form.wanted())
    last = exports.head().seq
    response = StreamingHttpResponse(
        _csv(actor, found, last), content_type="text/csv; charset=utf-8"
    )
    name = f"ledger-{actor.force.ref}-to-{last}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _csv(actor: User, found: QuerySet[LedgerEntry], last: int) -> Iterator[bytes]:
    """Yield the table in parts; no cell can be taken for a formula."""
    yield "\ufeff".encode() + _lines([COLUMNS])
    for batch in ledger.in_batches(found, last):
        yield _lines([_cells(row) for row in ledger.said(actor, batch)])


def _cells(row: ledger.Said) -> list[str]:
    entry = row.entry
    at = entry.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return [
        cell(value)
        for value in (
            entry.seq, at, entry.actor_ref, row.who, row.role, row.what, entry.act, entry.op,
            entry.outcome, entry.rule, entry.purpose, entry.subject_kind, entry.subject_ref,
            entry.case_ref, entry.channel, entry.session_ref, entry.hash,
        )
    ]  # fmt: skip


def _lines(rows: Sequence[Sequence[str]]) -> bytes:
    held = io.StringIO()
    csv.writer(held).writerows(rows)
    return held.getvalue().encode()


@needs("ledger.head")
def head(request: HttpRequest) -> HttpResponse:
    """Send the signed head of the ledger, to be kept elsewhere."""
    signed = exports.signed_head()
    response = HttpResponse(exports.head_text(signed), content_type="application/json")
    name = f"ledger-head-{signed['seq']}-{timezone.localdate():%Y-%m-%d}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@needs("ledger.read")
def check(request: HttpRequest) -> HttpResponse:
    """Check the end of the ledger and say what was found."""
    context = {"checked": checking.check_end(), "entries_max": checking.ENTRIES_MAX}
    return render(request, "oversight/check.html", context)
