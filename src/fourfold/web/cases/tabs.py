"""The pages inside a case, in the order of work; a role sees those that it may open."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from fourfold.web.cases.models import Case
from fourfold.web.users.models import User
from fourfold.web.users.permissions import may


@dataclass(frozen=True)
class Tab:
    """One page of a case: its short name, the act that opens it, its words, its URL."""

    name: str
    action: str
    label: str
    url_name: str


TABS = (
    Tab("case", "case.open", "Summary", "cases:case"),
    Tab("reports", "report.list", "Reports", "cases:case_reports"),
    Tab("people", "case.open", "People", "cases:people"),
    Tab("acts", "act.list", "Acts", "cases:acts"),
    Tab("occasions", "occasion.list", "Occasions", "cases:occasions"),
    Tab("course", "course.open", "Course", "cases:course"),
    Tab("crimes", "case.open", "Crimes", "cases:crimes"),
    Tab("evidence", "exhibit.list", "Evidence", "exhibits:list"),
    Tab("runs", "run.list", "Findings", "exhibits:runs"),
    Tab("proposals", "proposal.list", "Proposals", "exhibits:proposals"),
    Tab("expiry", "expiry.list", "Expiring", "exhibits:expiry"),
    Tab("access", "case.open", "Access", "cases:access"),
    Tab("looks", "case.looks", "Who looked", "oversight:case_looks"),
)
KNOWLEDGE = Tab("knowledge", "course.open", "What the suspect was told", "cases:knowledge")


def tabs_of(actor: User, case: Case, current: str = "") -> list[tuple[str, str, bool]]:
    """Return label, address and whether it is open now, of each tab the role may open."""
    return [
        (tab.label, address, tab.name == current)
        for tab in TABS
        if may(actor.role, tab.action) and (address := _address(tab.url_name, case))
    ]


def addresses_of(actor: User, case: Case) -> dict[str, str]:
    """Return the address of each tab that the role may open, for numbers that lead to lists."""
    return {
        tab.name: address
        for tab in (*TABS, KNOWLEDGE)
        if may(actor.role, tab.action) and (address := _address(tab.url_name, case))
    }


def _address(url_name: str, case: Case) -> str:
    try:
        return reverse(url_name, kwargs={"case_ref": case.ref})
    except NoReverseMatch:  # a page that this instance does not route
        return ""
