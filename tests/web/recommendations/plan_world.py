"""A small invented super-complaint with two organisations that answer to it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from fourfold.web.recommendations.actions import answering
from fourfold.web.recommendations.actions.answering import AnswerText, EvidenceOffer, UpdateText
from fourfold.web.recommendations.actions.plans import start_plan
from fourfold.web.recommendations.models import Answer, Part, Plan, Recommendation
from fourfold.web.supercomplaints.models import Organisation, SuperComplaint
from fourfold.web.users.models import Force, Role, User

PUBLISHED = date(2026, 9, 27)
CODES = {7: ("7.1", "7.2"), 10: (), 12: (), 16: (), 17: (), 18: ()}


@dataclass
class PlanWorld:
    """What was made."""

    complaint: SuperComplaint
    teasel: Organisation
    sedge: Organisation
    responder: User
    other: User
    plan: Plan

    def answer(self, code: str, organisation: Organisation | None = None) -> Answer:
        """Return the answer to a line."""
        return Answer.objects.get(
            organisation=organisation or self.teasel,
            recommendation__number=int(code.partition(".")[0]),
            **({"part__code": code} if "." in code else {"part": None}),
        )


def make_world(make_user: Callable[..., User]) -> PlanWorld:
    """Make it."""
    kind = Organisation.Kind
    orgs = {}
    for name in ("Burdock Constabulary", "Mallow Police"):
        tenant = Force.objects.create(name=name)
        orgs[name] = Organisation.objects.create(
            name=name, kind=kind.TERRITORIAL_FORCE, tenant=tenant, is_invented=True
        )
    body = Organisation.objects.create(name="Burnet Trust", kind=kind.CHARITY, is_invented=True)
    teasel, sedge = orgs.values()
    complaint = SuperComplaint.objects.create(
        title="An invented complaint about stalking", body=body, published_on=PUBLISHED,
        state="awaiting_responses", is_invented=True, collator=sedge,
    )  # fmt: skip
    for number, parts in CODES.items():
        made = Recommendation.objects.create(
            supercomplaint=complaint, number=number, text=f"Recommended thing {number}.",
            due_on=date(2026, 11, 22), issued_on=PUBLISHED,
        )  # fmt: skip
        held = [Part.objects.create(recommendation=made, code=c, text=f"Part {c}.") for c in parts]
        for organisation in orgs.values():
            for part in (None, *held):
                Answer.objects.create(recommendation=made, part=part, organisation=organisation)
    responder = make_user(Role.RESPONDER, force=teasel.tenant, team=None)
    other = make_user(Role.RESPONDER, force=sedge.tenant, team=None)
    plan = start_plan(actor=responder, supercomplaint=complaint, organisation=teasel)
    return PlanWorld(complaint, teasel, sedge, responder, other, plan)


def written(world: PlanWorld, code: str, *, actor: User | None = None, **more: object) -> Answer:
    """Write an answer that is ready, with an update and evidence."""
    actor = actor or world.responder
    organisation = Organisation.objects.get(tenant=actor.force_id)
    answer = world.answer(code, organisation)
    facts: dict[str, object] = {
        "position": "accepted", "status": "in_progress", "initial_response": f"We accept {code}.",
        "plan": "Guidance first.", "due_on": date(2027, 3, 27), "owner": "Head of Crime",
    }  # fmt: skip
    text = AnswerText(**{**facts, **more})  # type: ignore[arg-type]
    answering.change_answer(actor=actor, answer=answer, text=text)
    update = UpdateText(date(2026, 10, 27), f"Update of {code} by {organisation.name}.")
    answering.add_update(actor=actor, answer=answer, text=update)
    offer = EvidenceOffer("Minutes", "https://teasel.example.org/minutes")
    answering.attach_evidence(actor=actor, answer=answer, offer=offer)
    return answer


TODAY = timezone.localdate
