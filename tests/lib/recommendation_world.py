"""A super-complaint with recommendations, fictional from end to end, and people who answer."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from fourfold.web.recommendations.actions import answering, disclosing, drafting, issuing
from fourfold.web.recommendations.models import Answer, Recommendation
from fourfold.web.supercomplaints.models import Organisation, SuperComplaint
from fourfold.web.users.models import Force, Role, User

PUBLISHED_ON = date(2024, 9, 27)
FORCES = ("Teasel Constabulary", "Sedge Police", "Marram Police")
Kind = Organisation.Kind


@dataclass
class World:
    """What was made: the complaint, organisations and people by name."""

    supercomplaint: SuperComplaint
    officer: User
    collator: User
    complainant: User
    responders: list[User] = field(default_factory=list)
    organisations: list[Organisation] = field(default_factory=list)
    unsigned: Organisation | None = None

    def answer(self, number: int, whom: int, part: str = "") -> Answer:
        """Return the answer of the organisation at a place to a recommendation or a part."""
        within = {"part__code": part} if part else {"part": None}
        return Answer.objects.get(
            recommendation__number=number, organisation=self.organisations[whom], **within
        )

    def written(self, number: int, whom: int, **more: object) -> Answer:
        """Let an organisation write an answer that can be sent."""
        answer = self.answer(number, whom)
        facts = {"position": "accepted", "status": "planned", "plan": "We will.",
                 "due_on": date(2025, 3, 1), **more}  # fmt: skip
        text = answering.AnswerText(**facts)  # type: ignore[arg-type]
        answering.change_answer(actor=self.responders[whom], answer=answer, text=text)
        return answer

    def sent(self, number: int, whom: int, on: date = PUBLISHED_ON, **more: object) -> Answer:
        """Let an organisation write and send an answer."""
        answer = self.written(number, whom, **more)
        answering.submit_answer(actor=self.responders[whom], answer=answer, today=on)
        return answer

    def published(self, number: int, whom: int, on: date = PUBLISHED_ON, **more: object) -> Answer:
        """Let an organisation write and publish an answer."""
        answer = self.written(number, whom, **more)
        disclosing.publish_answer(actor=self.responders[whom], answer=answer, updates=(), today=on)
        return answer


def user_of(name: str, role: str) -> User:
    """Make a tenant and one of its people."""
    force = Force.objects.create(name=name)
    return User.objects.create_user(
        email=f"{role}-{force.pk}@example.org", name=f"{role} of {name}", role=role, force=force
    )


def organisation(name: str, kind: str, person: User | None = None, **more: object) -> Organisation:
    """Make an invented organisation, with the tenant of its person."""
    tenant = person.force if person else None
    return Organisation.objects.create(
        name=name, kind=kind, tenant=tenant, is_invented=True, **more
    )


def make(numbers: Iterable[int] = (1, 2, 3), *, with_part: bool = True) -> World:
    """Make the world and issue its recommendations to three forces; one more never signs in."""
    officer = user_of("Bulrush Inspectorate", Role.COMPLAINTS_OFFICER)
    collator = user_of("Reed Council of Chiefs", Role.RESPONDER)
    complainant = user_of("Lantern Trust", Role.COMPLAINANT)
    lead = organisation("Bulrush Inspectorate", Kind.AUTHORITY, officer)
    chiefs = organisation("Reed Council of Chiefs", Kind.NATIONAL_BODY, collator)
    body = organisation("Lantern Trust", Kind.CHARITY, complainant)
    commissioner = organisation("Commissioner for Teasel", Kind.COMMISSIONER)
    complaint = SuperComplaint.objects.create(
        title="Answering calls", body=body, state="published", published_on=PUBLISHED_ON,
        report_title="Unanswered", lead=lead, collator=chiefs, is_invented=True,
    )  # fmt: skip
    world = World(complaint, officer, collator, complainant)
    for at, name in enumerate(FORCES):
        person = user_of(name, Role.RESPONDER)
        world.responders.append(person)
        world.organisations.append(
            organisation(
                name,
                Kind.TERRITORIAL_FORCE,
                person,
                region=("North", "South")[at % 2],
                polices_for=commissioner if at == 0 else None,
            )
        )
    world.unsigned = organisation("Rush Valley Police", Kind.TERRITORIAL_FORCE, region="South")
    world.organisations.append(world.unsigned)
    for number in numbers:
        draft_of(world, number)
    if with_part:
        drafting.add_part(
            actor=officer, recommendation=Recommendation.objects.get(number=1), code="1.1",
            text="Publish how many.",
        )  # fmt: skip
    issuing.issue_recommendations(actor=officer, supercomplaint=complaint, on=PUBLISHED_ON)
    return world


def draft_of(world: World, number: int, **more: object) -> Recommendation:
    """Draft a recommendation to all territorial forces."""
    facts = {"number": number, "text": f"Do the thing of number {number}.", "theme": "Calls",
             "addressee_kinds": (Kind.TERRITORIAL_FORCE.value,), **more}  # fmt: skip
    return drafting.draft_recommendation(
        actor=world.officer,
        supercomplaint=world.supercomplaint,
        draft=drafting.Draft(**facts),  # type: ignore[arg-type]
    )
