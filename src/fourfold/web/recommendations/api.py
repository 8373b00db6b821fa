"""Recommendations, one's own answers and the matrix for programs."""

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from fourfold.web.cases.api.fields import Text
from fourfold.web.recommendations.actions import answering
from fourfold.web.recommendations.models import Answer
from fourfold.web.recommendations.rules import matrix_table
from fourfold.web.recommendations.rules.matrix import filters_from
from fourfold.web.recommendations.rules.standing import BY_CODE
from fourfold.web.recommendations.selectors import answers as selectors
from fourfold.web.recommendations.selectors.loading import answer_by_ref
from fourfold.web.recommendations.selectors.matrix import matrix_of
from fourfold.web.recommendations.selectors.recommendations import of_complaint
from fourfold.web.supercomplaints.models import SuperComplaint
from fourfold.web.supercomplaints.selectors.loading import supercomplaint_by_ref
from fourfold.web.users.access import actor_of
from fourfold.web.users.api import asked, opened

router = Router(tags=["recommendations"])
Status = Literal[
    "not_answered",
    "answered",
    "planned",
    "in_progress",
    "complete",
    "no_date_possible",
    "not_recorded",
]
Position = Literal["", "accepted", "accepted_in_part", "not_accepted"]
LONG = 20_000


class RecommendationOut(Schema):
    """A recommendation. Where its text was not found, `is_found` is false and `text` is empty."""

    ref: str
    number: int
    theme: str
    text: str
    is_found: bool
    due_on: date | None
    due_basis: str
    issued_on: date | None
    measures: list[str]
    addressee_count: int


class AnswerOut(Schema):
    """One's own answer as it stands, sent or not. `lacking` says what sending waits for."""

    ref: str
    number: int
    part: str
    status: str
    position: str
    initial_response: str
    plan: str
    due_on: date | None
    no_date_reason: str
    no_evidence_reason: str
    owner: str
    executive_lead: str
    operational_lead: str
    answered_on: date | None
    deadline_on: date | None
    late: list[str]
    is_sent: bool
    is_published: bool
    lacking: list[str]


class AnswerIn(Schema):
    """What an answer says. Nothing must be there; posts, never names of people."""

    status: Status
    position: Position = ""
    initial_response: Text = Field("", max_length=LONG)
    plan: Text = Field("", max_length=LONG)
    due_on: date | None = None
    no_date_reason: Text = Field("", max_length=2000)
    no_evidence_reason: Text = Field("", max_length=2000)
    owner: Text = Field("", max_length=200)
    executive_lead: Text = Field("", max_length=200)
    operational_lead: Text = Field("", max_length=200)


class AskedFor(Schema):
    """Filters of the matrix; what is empty filters nothing."""

    kind: str = Field("", max_length=100)
    region: str = Field("", max_length=100)
    theme: str = Field("", max_length=100)
    status: str = Field("", max_length=100)
    late: str = Field("", max_length=100)
    number: str = Field("", max_length=100)


class MatrixOut(Schema):
    """The matrix as the caller may know it: a record for each cell, and counts of every status."""

    super_complaint_ref: str
    as_of_on: date
    counts: dict[str, int]
    late_count: int
    cells: list[dict[str, Any]]


@router.get(
    "/super-complaints/{supercomplaint_ref}/recommendations",
    response=list[RecommendationOut],
    summary="Recommendations of a super-complaint",
)
def list_recommendations(request: HttpRequest, supercomplaint_ref: str) -> list[dict[str, Any]]:
    """List what is recommended; officers see drafts among them."""
    complaint = _complaint(request, "recommendation.list", supercomplaint_ref)
    names = ("ref", "number", "theme", "text", "due_on", "due_basis", "issued_on", "measures")
    return [
        {
            **{name: getattr(each.recommendation, name) for name in names},
            "is_found": bool(each.recommendation.text),
            "addressee_count": each.addressee_count,
        }
        for each in of_complaint(actor_of(request), complaint)
    ]


@router.get(
    "/super-complaints/{supercomplaint_ref}/matrix", response=MatrixOut, summary="The matrix"
)
def get_matrix(
    request: HttpRequest, supercomplaint_ref: str, asked_for: Query[AskedFor]
) -> dict[str, Any]:
    """Give the matrix; what others have not sent or published counts as not answered."""
    complaint = _complaint(request, "matrix.open", supercomplaint_ref)
    today = timezone.localdate()
    found = matrix_of(actor_of(request), complaint, filters_from(asked_for.dict()), today)
    site = request.build_absolute_uri("/")
    return {
        "super_complaint_ref": complaint.ref,
        "as_of_on": today,
        "counts": {code: found.totals[code] for code in BY_CODE},
        "late_count": found.totals["late"],
        "cells": [
            dict(zip(matrix_table.HEADER, row, strict=True))
            for row in matrix_table.rows(found, site)
        ],
    }


@router.get("/answers", response=list[AnswerOut], summary="Answers asked of one's own body")
def list_answers(request: HttpRequest) -> list[dict[str, Any]]:
    """List the answers of the caller's own organisation."""
    actor = asked(request, "answer.list")
    return [
        _out(line.answer, list(line.marks), list(line.lacking_words))
        for line in selectors.own_lines(actor, timezone.localdate())
    ]


@router.put("/answers/{answer_ref}", response=AnswerOut, summary="Write an answer")
def put_answer(request: HttpRequest, answer_ref: str, said: AnswerIn) -> dict[str, Any]:
    """Save an answer of the caller's own organisation; nobody else sees it until it is sent."""
    answer = opened(request, "answer.change", answer_by_ref, answer_ref=answer_ref)
    text = answering.AnswerText(**said.dict())
    answering.change_answer(actor=actor_of(request), answer=answer, text=text)
    line = selectors.line_of(answer, timezone.localdate())
    return _out(answer, list(line.marks), list(line.lacking_words))


def _complaint(request: HttpRequest, action: str, ref: str) -> SuperComplaint:
    return opened(request, action, supercomplaint_by_ref, supercomplaint_ref=ref)


def _out(answer: Answer, late: list[str], lacking: list[str]) -> dict[str, Any]:
    names = (*AnswerIn.model_fields, "ref", "answered_on")
    return {
        **{name: getattr(answer, name) for name in names},
        "number": answer.recommendation.number,
        "part": answer.part.code if answer.part else "",
        "deadline_on": answer.recommendation.due_on,
        "late": late,
        "is_sent": answer.submitted_at is not None,
        "is_published": answer.published_at is not None,
        "lacking": lacking,
    }
