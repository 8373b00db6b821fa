"""Action plans: the overview of one's own, a plan as it stands, and as it is published."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

import msgspec
from django.db.models import QuerySet

from fourfold.web.base.loading import by_ref
from fourfold.web.base.web_addresses import web_address
from fourfold.web.publication import content
from fourfold.web.publication.content import Kind
from fourfold.web.publication.models import Current
from fourfold.web.recommendations.models import Answer, Plan
from fourfold.web.recommendations.rules.lateness import COMPLETE
from fourfold.web.recommendations.rules.plan_schema import (
    PlanDocument,
    PlanEvidence,
    PlanLine,
    PlanUpdate,
    one_line,
    order,
    tidy,
)
from fourfold.web.recommendations.selectors.answers import Line, own_lines
from fourfold.web.supercomplaints.models import Organisation, SuperComplaint
from fourfold.web.users import policy
from fourfold.web.users.models import User

SOON: Final = timedelta(days=28)
PLAN: Final = ("supercomplaint__body", "supercomplaint__collator", "organisation")


def plan_by_ref(*, plan_ref: str, **_: Any) -> Plan:
    """Return the plan of a URL."""
    return by_ref(Plan, plan_ref, *PLAN)


@dataclass
class Card:
    """A super-complaint that one's organisation answers to: the plan, what is late, what is due."""

    supercomplaint: SuperComplaint
    plan: Plan | None = None
    lines: list[Line] = field(default_factory=list)
    late: list[Line] = field(default_factory=list)
    due: list[tuple[date, str, Line]] = field(default_factory=list)

    @property
    def is_startable(self) -> bool:
        """Say whether a plan can be started."""
        return self.plan is None

    def count(self, state: str) -> int:
        """Return how many lines stand in a state."""
        return sum(1 for line in self.lines if line.state == state)

    @property
    def published(self) -> int:
        """Return how many lines were published."""
        return sum(1 for line in self.lines if line.answer.published_at is not None)


def cards(actor: User, today: date) -> list[Card]:
    """Return a card per super-complaint that one's organisation answers to or has a plan for."""
    found: dict[int, Card] = {}
    for line in own_lines(actor, today):
        complaint = line.answer.recommendation.supercomplaint
        card = found.setdefault(complaint.pk, Card(complaint))
        card.lines.append(line)
        if line.marks:
            card.late.append(line)
        card.due += _due(line, today)
    plans = policy.permitted(actor, "plan.open", Plan.objects.all())
    for plan in plans.select_related(*PLAN):
        card = found.setdefault(plan.supercomplaint_id, Card(plan.supercomplaint))
        card.plan = plan
    for card in found.values():
        card.due.sort(key=lambda each: each[0])
    return list(found.values())


def _due(line: Line, today: date) -> Iterable[tuple[date, str, Line]]:
    """Yield what comes due of a line: the answer, the date it names, the recommendation's."""
    answer, named = line.answer, line.answer.recommendation
    if answer.status == COMPLETE:
        return
    if not line.is_sent and named.due_on and today <= named.due_on <= today + SOON:
        yield named.due_on, "The answer is due", line
    if answer.due_on and today <= answer.due_on <= today + SOON:
        yield answer.due_on, "Its own date", line


def own_organisation(actor: User) -> Organisation | None:
    """Return the organisation that the actor acts for."""
    return Organisation.objects.filter(tenant=actor.force_id).first()


def answers_of(plan: Plan) -> QuerySet[Answer]:
    """Return the answers that are the lines of a plan, with what they hold."""
    return (
        Answer.objects.filter(
            recommendation__supercomplaint=plan.supercomplaint_id,
            organisation=plan.organisation_id,
            recommendation__issued_on__isnull=False,
        )
        .select_related("recommendation", "part")
        .prefetch_related("updates", "evidence")
    )


def code_of(answer: Answer) -> str:
    """Return how a line is cited: 7, or 7.1."""
    return answer.part.code if answer.part else str(answer.recommendation.number)


def working(plan: Plan) -> PlanDocument:
    """Return a plan as its organisation sees it, drafts and all."""
    return _document(plan, (line_of(answer) for answer in answers_of(plan)))


def line_of(answer: Answer) -> PlanLine:
    """Return an answer as a line of the schema."""
    named = answer.recommendation
    return PlanLine(
        number=named.number,
        part=answer.part.code if answer.part else "",
        text=tidy(answer.part.text if answer.part else named.text),
        status=answer.status,
        position=answer.position,
        due_on=_iso(answer.due_on),
        answered_on=_iso(answer.answered_on),
        **{name: tidy(getattr(answer, name)) for name in PROSE},
        **{name: one_line(getattr(answer, name)) for name in POSTS},
        updates=tuple(
            PlanUpdate(each.on.isoformat(), tidy(each.text), each.status)
            for each in answer.updates.all()
        ),
        evidence=tuple(
            PlanEvidence(one_line(each.title), _address(each.url)) for each in answer.evidence.all()
        ),
    )


PROSE: Final = ("initial_response", "plan", "no_date_reason", "no_evidence_reason")
POSTS: Final = ("owner", "executive_lead", "operational_lead")


def published_answers(plan: Plan) -> list[content.Answer]:
    """Return the lines of a plan as the public reads them, word for word as published."""
    refs = answers_of(plan).prefetch_related(None).values_list("ref", flat=True)
    held = Current.objects.filter(kind=Kind.ANSWER, ref__in=list(refs)).order_by("id")
    rows = held.values_list("published__content", flat=True)
    return [msgspec.convert(row, content.Answer) for row in rows]


def public(plan: Plan, published_on: date) -> tuple[PlanDocument, tuple[str, ...]]:
    """Return a plan made of what is published and nothing else, and the answers it holds."""
    texts = {
        (answer.recommendation.number, answer.part.code if answer.part else ""):
            answer.part.text if answer.part else answer.recommendation.text
        for answer in answers_of(plan).prefetch_related(None)
    }  # fmt: skip
    said = published_answers(plan)
    lines = (_public_line(each, texts.get((each.number, each.part), "")) for each in said)
    refs = tuple(each.ref for each in said)
    return _document(plan, lines, published_on.isoformat()), refs


def _public_line(said: content.Answer, text: str) -> PlanLine:
    return PlanLine(
        number=said.number,
        part=said.part,
        text=tidy(text),
        status=said.status,
        position=said.position,
        due_on=said.due_on,
        answered_on=said.answered_on,
        **{name: tidy(getattr(said, name)) for name in PROSE},
        **{name: one_line(getattr(said, name)) for name in POSTS},
        updates=tuple(PlanUpdate(u.on, tidy(u.text), u.status) for u in said.updates),
        evidence=tuple(PlanEvidence(one_line(e.title), _address(e.url)) for e in said.evidence),
    )


def _document(plan: Plan, lines: Iterable[PlanLine], published_on: str = "") -> PlanDocument:
    return PlanDocument(
        title=one_line(plan.title),
        organisation=one_line(plan.organisation.name),
        super_complaint=one_line(plan.supercomplaint.title),
        introduction=tidy(plan.introduction),
        published_on=published_on,
        lines=tuple(sorted(lines, key=order)),
    )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _address(url: str) -> str:
    return web_address(url)
