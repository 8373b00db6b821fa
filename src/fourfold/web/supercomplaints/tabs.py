"""The pages inside a super-complaint, in the order of work; a role sees those it may open.

An app above adds a line here: names of URLs only, shown where this instance routes them.
"""

from dataclasses import dataclass

from fourfold.web.base.jinja import url_if_routed
from fourfold.web.supercomplaints.models import SuperComplaint
from fourfold.web.users.models import Role, User
from fourfold.web.users.permissions import may


@dataclass(frozen=True)
class Tab:
    """One page: its short name, the act that opens it, its words, its URL, and to whom and when."""

    name: str
    action: str
    label: str
    url_name: str
    is_for_parties: bool = False
    is_later: bool = False  # nothing stands there before the super-complaint is found eligible


TABS = (
    Tab("complaint", "supercomplaint.open", "Complaint", "supercomplaints:complaint"),
    Tab("features", "supercomplaint.open", "Features and harms", "supercomplaints:features"),
    Tab("documents", "document.open", "Documents", "supercomplaints:documents", True),
    Tab("eligibility", "eligibilityview.list", "Eligibility", "supercomplaints:eligibility"),
    Tab("procedure", "supercomplaint.open", "Procedure", "supercomplaints:procedure"),
    Tab(
        "evidence", "evidenceentry.list", "Evidence log", "supercomplaints:evidence", True, True
    ),
    Tab("surveys", "survey.list", "Surveys", "surveys:of_complaint", True, True),
    Tab("progress", "progressletter.open", "Letters", "supercomplaints:progress", True, True),
    Tab(
        "findings", "finding.list_of_complaint", "Findings", "supercomplaints:findings",
        is_later=True,
    ),
    Tab("report", "investigationreport.change", "Report", "supercomplaints:report", is_later=True),
    Tab(
        "recommendations", "recommendation.list", "Recommendations", "recommendations:list",
        is_later=True,
    ),
    Tab("matrix", "matrix.open", "Matrix", "recommendations:matrix", is_later=True),
    Tab(
        "progress_reports", "progressreport.list", "Progress reports",
        "recommendations:progress_reports", is_later=True,
    ),
)  # fmt: skip
EARLY = frozenset({"preparing", "received", "acknowledged", "ineligible"})


def tabs_of(actor: User, supercomplaint: SuperComplaint, current: str = "") -> list[object]:
    """Return label, address and whether it is open now, of each tab the role may open."""
    return [
        (tab.label, address, tab.name == current)
        for tab in TABS
        if may(actor.role, tab.action)
        and not (tab.is_later and supercomplaint.state in EARLY and tab.name != current)
        and (not tab.is_for_parties or _is_party(actor, supercomplaint))
        and (address := url_if_routed(tab.url_name, supercomplaint_ref=supercomplaint.ref))
    ]


def _is_party(actor: User, supercomplaint: SuperComplaint) -> bool:
    if actor.role == Role.COMPLAINANT:
        return supercomplaint.body.tenant_id == actor.force_id
    return actor.role == Role.COMPLAINTS_OFFICER
