"""Cases, and the crimes recorded in them."""

from typing import Literal

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Router
from ninja.pagination import paginate

from fourfold.web.cases.api.fields import Words
from fourfold.web.cases.api.records import CaseOut, CrimeOut
from fourfold.web.cases.models import Case, RecordedCrime
from fourfold.web.cases.selectors.loading import case_by_ref
from fourfold.web.cases.selectors.room import Wanted, cases_of
from fourfold.web.users.api import Pages, asked, opened

router = Router()


@router.get("/cases", response=list[CaseOut], summary="Cases you may open")
@paginate(Pages, page_size=50)
def list_cases(
    request: HttpRequest,
    state: Literal["", "open", "closed"] = "",
    text: Words = "",
    mine: bool = False,
) -> QuerySet[Case]:
    """List the cases that you may open, newest first."""
    actor = asked(request, "case.list")
    return cases_of(actor, Wanted(state, "", mine, text))


@router.get("/cases/{case_ref}", response=CaseOut, summary="A case")
def get_case(request: HttpRequest, case_ref: str) -> Case:
    """Open a case. The look is recorded."""
    return opened(request, "case.open", case_by_ref, case_ref=case_ref)


@router.get("/cases/{case_ref}/crimes", response=list[CrimeOut], summary="Recorded crimes")
def list_crimes(request: HttpRequest, case_ref: str) -> QuerySet[RecordedCrime]:
    """List the recorded crimes of a case, each with its principal and included offences."""
    case = opened(request, "case.open", case_by_ref, case_ref=case_ref)
    return case.crimes.select_related("principal").prefetch_related("included")
