"""Acts and occasions, and the course of conduct as it is recorded."""

from typing import Literal

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Router, Schema, Status
from ninja.pagination import paginate
from pydantic import AwareDatetime

from fourfold.web.cases.actions.acts import ActFacts, SourceFacts, add_act
from fourfold.web.cases.actions.occasions import confirm_occasions, propose_occasions
from fourfold.web.cases.api.fields import ActCode, Answer, Text
from fourfold.web.cases.api.records import ActOut, OccasionOut
from fourfold.web.cases.models import Act, ActSource, Occasion
from fourfold.web.cases.selectors.course import course_of
from fourfold.web.cases.selectors.loading import act_by_ref, case_by_ref, occasion_by_ref
from fourfold.web.users.access import actor_of
from fourfold.web.users.api import Pages, opened

router = Router()


class ActIn(Schema):
    """What is told of an act. All may be left out."""

    victim_words: Text = ""
    effect_words: Text = ""
    fear_of_violence: Answer = "not_asked"
    alarm: Answer = "not_asked"
    distress: Answer = "not_asked"
    occurred_from_at: AwareDatetime | None = None
    occurred_to_at: AwareDatetime | None = None
    precision: Literal["exact", "hour", "day", "month", "unknown"] = "exact"
    when_text: Text = Field("", max_length=200)
    codes: list[ActCode] = Field(
        default_factory=list, max_length=20, description="Codes of cases/reference/act_codes.toml."
    )
    means: Literal[
        "call", "text", "app", "email", "post", "social", "in_person", "device", "drone",
        "third_party", "other", "not_known",
    ] = "not_known"  # fmt: skip
    place_text: Text = Field("", max_length=300)
    actor_kind: Literal["suspect", "proxy", "unknown"] = "suspect"
    proxy_basis: Text = ""
    target: Literal["victim", "other_person", "property"] = "victim"
    summary: Text = ""
    source_words: Text = Field("", max_length=500, description="Where it is known from.")


class ProposedOut(Schema):
    """How many occasions a rule proposed."""

    proposed: int


class CourseOut(Schema):
    """What is recorded of the course of conduct: counts and a list, never a verdict."""

    is_course_of_conduct: bool
    confirmed_occasions: int
    proposed_occasions: int
    standing_acts: int
    occasions_with_fear_of_violence: int
    questions: list[str]


@router.get("/cases/{case_ref}/acts", response=list[ActOut], summary="Acts of a case")
@paginate(Pages, page_size=100)
def list_acts(
    request: HttpRequest,
    case_ref: str,
    state: Literal["standing", "withdrawn", "joined"] = "standing",
) -> QuerySet[Act]:
    """List the acts of a case in the order in which they happened."""
    case = opened(request, "act.list", case_by_ref, case_ref=case_ref)
    return case.acts.filter(state=state).select_related("occasion")


@router.post("/cases/{case_ref}/acts", response={201: ActOut}, summary="Record an act")
def post_act(request: HttpRequest, case_ref: str, told: ActIn) -> Status[Act]:
    """Record an act of a case."""
    case = opened(request, "act.add", case_by_ref, case_ref=case_ref)
    facts = ActFacts(**told.dict(exclude={"source_words"}))
    source = SourceFacts(kind=ActSource.Kind.OTHER, words=told.source_words)
    act = add_act(
        actor=actor_of(request),
        case=case,
        facts=facts,
        source=source if told.source_words else None,
    )
    return Status(201, act)


@router.get("/cases/{case_ref}/acts/{act_ref}", response=ActOut, summary="An act")
def get_act(request: HttpRequest, case_ref: str, act_ref: str) -> Act:
    """Open an act. The look is recorded."""
    return opened(request, "act.open", act_by_ref, case_ref=case_ref, act_ref=act_ref)


@router.get("/cases/{case_ref}/occasions", response=list[OccasionOut], summary="Occasions")
@paginate(Pages, page_size=100)
def list_occasions(request: HttpRequest, case_ref: str) -> QuerySet[Occasion]:
    """List the occasions of a case, each with its acts."""
    case = opened(request, "occasion.list", case_by_ref, case_ref=case_ref)
    return case.occasions.prefetch_related("acts")


@router.post(
    "/cases/{case_ref}/occasions/propose", response=ProposedOut, summary="Propose occasions"
)
def post_proposal(request: HttpRequest, case_ref: str) -> ProposedOut:
    """Let the rule propose occasions; confirmed ones stay as they are."""
    case = opened(request, "occasion.propose", case_by_ref, case_ref=case_ref)
    return ProposedOut(proposed=propose_occasions(actor=actor_of(request), case=case))


@router.post(
    "/cases/{case_ref}/occasions/{occasion_ref}/confirm",
    response=OccasionOut,
    summary="Confirm an occasion",
)
def post_confirmation(request: HttpRequest, case_ref: str, occasion_ref: str) -> Occasion:
    """Confirm one occasion: a person's decision, recorded as yours."""
    references = {"case_ref": case_ref, "occasion_ref": occasion_ref}
    occasion = opened(request, "occasion.confirm", occasion_by_ref, **references)
    confirm_occasions(actor=actor_of(request), case=occasion.case, occasions=[occasion])
    occasion.refresh_from_db()
    return occasion


@router.get("/cases/{case_ref}/course", response=CourseOut, summary="Course of conduct")
def get_course(request: HttpRequest, case_ref: str) -> CourseOut:
    """Count what is recorded; two or more confirmed occasions make a course of conduct."""
    case = opened(request, "course.open", case_by_ref, case_ref=case_ref)
    course = course_of(case, today=timezone.localdate())
    return CourseOut(
        is_course_of_conduct=course.is_course,
        confirmed_occasions=len(course.counted) + len(course.not_counted),
        proposed_occasions=course.proposed,
        standing_acts=course.standing_acts,
        occasions_with_fear_of_violence=len(course.fears),
        questions=[question.text for question in course.questions],
    )
