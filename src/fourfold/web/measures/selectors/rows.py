"""The rows of a figure: each leads to its record, for whoever may open that record."""

from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet

from fourfold.web.base.jinja import url_if_routed
from fourfold.web.cases.models import Case, RecordedCrime, Report
from fourfold.web.measures.models import ComputedFigure
from fourfold.web.measures.rules.definitions import Definition
from fourfold.web.users import policy
from fourfold.web.users.models import User

ROWS_ASKED_MAX: Final = 2_000
ROWS_SHOWN_MAX: Final = 200


@dataclass(frozen=True)
class RowLink:
    """A counted unit, whether it is in the numerator, and where it opens."""

    ref: str
    is_in_numerator: bool
    href: str


def links(actor: User, definition: Definition, figure: ComputedFigure) -> tuple[list[RowLink], int]:
    """Return the rows that the actor may open, and how many others there are.

    A reference of a sealed case says that there is one: rows that the actor may not open are
    counted and not named.
    """
    counted = {str(ref): bool(is_in) for ref, is_in in figure.rows[:ROWS_ASKED_MAX]}
    opened = _openable(actor, definition.counts, list(counted))
    shown = [RowLink(ref, counted[ref], opened[ref]) for ref in sorted(opened)][:ROWS_SHOWN_MAX]
    return shown, figure.row_count - len(shown)


def _openable(actor: User, counts: str, refs: list[str]) -> dict[str, str]:
    """Return where each record opens that the actor may open."""
    if counts == "report":
        reports = policy.permitted(actor, "report.open", Report.objects.filter(ref__in=refs))
        return {ref: url_if_routed("cases:report", report_ref=ref) for ref in _refs(reports)}
    cases = policy.permitted(actor, "case.open", Case.objects.all())
    if counts == "crime":
        crimes = RecordedCrime.objects.filter(ref__in=refs, case__in=cases)
        pairs = crimes.values_list("ref", "case__ref")
        return {ref: url_if_routed("cases:crimes", case_ref=case) for ref, case in pairs}
    return {
        ref: url_if_routed("cases:case", case_ref=ref) for ref in _refs(cases.filter(ref__in=refs))
    }


def _refs(found: "QuerySet[Report] | QuerySet[Case]") -> list[str]:
    return [str(ref) for ref in found.values_list("ref", flat=True)]
