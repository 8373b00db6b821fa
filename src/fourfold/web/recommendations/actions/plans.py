"""An organisation keeps its action plan: starts it, changes what stands over it, publishes it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import transaction
from django.utils import timezone

from fourfold.web.publication import content
from fourfold.web.publication.actions.publishing import publish
from fourfold.web.publication.content import Attachment, Kind
from fourfold.web.publication.selectors import standing
from fourfold.web.recommendations.actions.disclosing import publish_answer
from fourfold.web.recommendations.errors import RecommendationError
from fourfold.web.recommendations.models import Answer, Plan
from fourfold.web.recommendations.rules import plan_csv, plan_html, plan_json
from fourfold.web.recommendations.rules.plan_schema import PlanDocument
from fourfold.web.recommendations.selectors import plans as selectors
from fourfold.web.supercomplaints.models import Organisation, SuperComplaint
from fourfold.web.users import access
from fourfold.web.users.models import User

TITLE_CHARS: Final = 200


class NotAddressedError(RecommendationError):
    """A plan is started by an organisation that recommendations address."""

    def __init__(self) -> None:
        super().__init__(
            "No issued recommendation of this super-complaint addresses your organisation, so "
            "there is nothing to plan for."
        )


class NothingPublishedError(RecommendationError):
    """A plan without a published answer would be empty."""

    def __init__(self) -> None:
        super().__init__("No line of the plan is published yet. Choose at least one to publish.")


@dataclass(frozen=True)
class PlanText:
    """What stands over the lines of a plan."""

    title: str
    introduction: str = ""
    website: str = ""


def start_plan(*, actor: User, supercomplaint: SuperComplaint, organisation: Organisation) -> Plan:
    """Start the plan of an organisation for a super-complaint, or return the one that stands."""
    title = f"Action plan: {supercomplaint.title}"[:TITLE_CHARS]
    made = Plan(supercomplaint=supercomplaint, organisation=organisation, title=title)
    decision = access.require(actor, "plan.change", made)
    addressed = Answer.objects.filter(
        organisation=organisation,
        recommendation__supercomplaint=supercomplaint,
        recommendation__issued_on__isnull=False,
    )
    if not addressed.exists():
        raise NotAddressedError
    with transaction.atomic():
        plan, is_new = Plan.objects.get_or_create(
            supercomplaint=supercomplaint, organisation=organisation, defaults={"title": title}
        )
        if is_new:
            access.record_act(actor, "plan.change", plan, decision=decision)
    return plan


def change_plan(*, actor: User, plan: Plan, text: PlanText) -> None:
    """Change the title, the introduction and where the plan is published."""
    decision = access.require(actor, "plan.change", plan)
    with transaction.atomic():
        for name, value in vars(text).items():
            setattr(plan, name, value)
        plan.save()
        access.record_act(actor, "plan.change", plan, decision=decision)


def publish_plan(
    *, actor: User, plan: Plan, answers: Collection[str], with_updates: bool, today: date
) -> None:
    """Publish a plan: answers chosen by reference first, then the whole with its files.

    The plan is made of published answers and nothing else.

    Raises:
        lifecycle.NotReadyError: a chosen answer lacks something.
        NothingPublishedError: no answer of it is published, and none was chosen.
    """
    decision = access.require(actor, "plan.publish", plan)
    with transaction.atomic():
        chosen = [each for each in selectors.answers_of(plan) if each.ref in answers]
        for answer in chosen:
            updates = [each.ref for each in answer.updates.all()] if with_updates else []
            publish_answer(actor=actor, answer=answer, updates=updates, today=today)
        document, refs = _document(plan, today)
        if not refs:
            raise NothingPublishedError
        files = files_of(document)
        publish(
            actor=actor,
            content=_words(plan, document, refs, files),
            within_ref=plan.supercomplaint.ref,
            files=files,
        )
        plan.published_at = timezone.now()
        plan.save()
        detail = {"answers": len(refs), "with": [answer.ref for answer in chosen]}
        access.record_act(actor, "plan.publish", plan, decision=decision, detail=detail)


def _document(plan: Plan, today: date) -> tuple[PlanDocument, tuple[str, ...]]:
    """Return the public plan; its day stays where nothing changed since it was published."""
    before = standing.one(content.Plan, plan.ref)
    if before is not None:
        document, refs = selectors.public(plan, date.fromisoformat(before.published_on))
        held = standing.file_of(Kind.PLAN, plan.ref, "action-plan.json")
        if held is not None and bytes(held.content) == plan_json.write(document):
            return document, refs
    return selectors.public(plan, today)


def files_of(document: PlanDocument) -> tuple[Attachment, ...]:
    """Return the files of a plan for the organisation's own website."""
    kinds = (
        ("action-plan.html", "Action plan: HTML for a website", "text/html", plan_html.write),
        ("action-plan.csv", "Action plan: table (CSV)", "text/csv", plan_csv.write),
        ("action-plan.json", "Action plan: data (JSON)", "application/json", plan_json.write),
    )
    made = [Attachment(name, title, kind, write(document)) for name, title, kind, write in kinds]
    schema = plan_json.schema_bytes()
    name = "action-plan-schema.json"
    return (*made, Attachment(name, "Schema of the data", "application/schema+json", schema))


def _words(
    plan: Plan, document: PlanDocument, refs: tuple[str, ...], files: tuple[Attachment, ...]
) -> content.Plan:
    return content.Plan(
        ref=plan.ref,
        super_complaint_ref=plan.supercomplaint.ref,
        organisation_ref=plan.organisation.ref,
        organisation=plan.organisation.name,
        title=document.title,
        introduction=document.introduction,
        published_on=document.published_on,
        answer_refs=refs,
        files=tuple(content.File(f.name, f.title, f.media_type, len(f.content)) for f in files),
    )
