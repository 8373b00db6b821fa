"""Reports: take one, read one, and see what it matches."""

from typing import Literal

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Field, Router, Schema, Status
from ninja.pagination import paginate

from fourfold.web.cases.actions.reports import IdentifierFacts, ReportFacts, take_report
from fourfold.web.cases.api.fields import Answer, JurisdictionCode, Text
from fourfold.web.cases.api.records import ReportOut
from fourfold.web.cases.models import Report
from fourfold.web.cases.selectors.loading import report_by_ref
from fourfold.web.cases.selectors.matching import earlier
from fourfold.web.cases.selectors.reports import ReportFilter, reports_of
from fourfold.web.users.access import actor_of
from fourfold.web.users.api import Pages, asked, opened

router = Router()


class IdentifierIn(Schema):
    """A number, name, address, vehicle or account that was told."""

    whose: Literal["suspect", "victim", "other"]
    kind: Literal[
        "phone", "email", "account", "vehicle", "address", "name", "device", "sim", "card"
    ]
    text: Text = Field(max_length=300)
    is_sensitive: bool = False


class ReportIn(Schema):
    """What was told. All may be left out: nothing that is missing stops a report."""

    victim_words: Text = ""
    effect_words: Text = ""
    fixated: Answer = "not_asked"
    obsessive: Answer = "not_asked"
    unwanted: Answer = "not_asked"
    repeated: Answer = "not_asked"
    in_danger_now: Answer = "not_asked"
    fear_of_violence: Answer = "not_asked"
    relationship: Literal[
        "partner", "former_partner", "family", "acquaintance", "stranger", "not_known", "not_asked"
    ] = "not_asked"
    channel: Literal["emergency_call", "call", "online", "in_person", "partner_agency", "other"] = (
        "call"
    )
    is_by_victim: bool = True
    jurisdiction: JurisdictionCode = "england-and-wales"
    classification: Literal["undecided", "stalking", "harassment", "other"] = "undecided"
    classification_reason: Text = ""
    identifiers: list[IdentifierIn] = Field(default_factory=list, max_length=100)


class MatchOut(Schema):
    """A case or report that you may open, and why it was found."""

    ref: str
    reasons: list[str]
    is_swapped: bool


class PointerOut(Schema):
    """A record that stays closed to you: whom to ask, and nothing of why."""

    ref: str | None
    force: str
    contact: str


class MatchesOut(Schema):
    """What earlier records share with a report."""

    open: list[MatchOut]
    pointers: list[PointerOut]


@router.get("/reports", response=list[ReportOut], summary="Reports you may open")
@paginate(Pages, page_size=50)
def list_reports(
    request: HttpRequest, state: Literal["open", "joined", "all"] = "open"
) -> QuerySet[Report]:
    """List reports, newest first; `open` are those in no case yet."""
    actor = asked(request, "report.list")
    return reports_of(actor, ReportFilter(state))


@router.post("/reports", response={201: ReportOut}, summary="Take a report")
def post_report(request: HttpRequest, told: ReportIn) -> Status[Report]:
    """Take a report."""
    actor = asked(request, "report.take")
    values = told.dict(exclude={"identifiers"})
    identifiers = [IdentifierFacts(**each.dict()) for each in told.identifiers]
    facts = ReportFacts(**values, identifiers=identifiers)
    return Status(201, take_report(actor=actor, facts=facts))


@router.get("/reports/{report_ref}", response=ReportOut, summary="A report")
def get_report(request: HttpRequest, report_ref: str) -> Report:
    """Open a report. The look is recorded."""
    return opened(request, "report.open", report_by_ref, report_ref=report_ref)


@router.get("/reports/{report_ref}/matches", response=MatchesOut, summary="Earlier records")
def get_matches(request: HttpRequest, report_ref: str) -> MatchesOut:
    """Find earlier reports and cases that share something with a report, and say what."""
    report = opened(request, "report.match", report_by_ref, report_ref=report_ref)
    found = earlier(actor_of(request), report)
    return MatchesOut(
        open=[
            MatchOut(
                ref=match.ref,
                reasons=[reason.words for reason in match.reasons],
                is_swapped=match.is_swapped,
            )
            for match in found.open
        ],
        pointers=[
            *(PointerOut(ref=p.ref, force=p.force, contact=p.contact) for p in found.pointers),
            *(PointerOut(ref=None, force=p.force, contact=p.contact) for p in found.forces),
        ],
    )
