"""A super-complaint under investigation, with everybody around it. All of it is invented."""

from dataclasses import dataclass, field
from datetime import date

from fourfold.web.supercomplaints.models import Feature, Harm, Organisation, Step, SuperComplaint
from fourfold.web.users.models import Force, Role, User

AUTHORITIES = ("chief_inspector", "director_general", "college")


@dataclass
class Investigation:
    """One super-complaint, an officer of each authority, the body's person, others."""

    complaint: SuperComplaint
    officers: dict[str, User] = field(default_factory=dict)
    complainant: User | None = None
    others: dict[str, User] = field(default_factory=dict)

    @property
    def chief(self) -> User:
        """Return the officer of the Chief Inspector."""
        return self.officers["chief_inspector"]


def person(force: Force, role: str) -> User:
    """Make somebody who signs in."""
    number = User.objects.count() + 1
    return User.objects.create_user(
        email=f"{role}{number}@example.org", name=f"{role} {number}", role=role, force=force
    )


def organisation(name: str, kind: str, authority: str = "") -> Organisation:
    """Make an invented organisation with its own people."""
    tenant = Force.objects.create(name=f"People of {name}")
    return Organisation.objects.create(
        name=name, kind=kind, authority=authority, tenant=tenant, is_invented=True
    )


def make(state: str = "under_investigation") -> Investigation:
    """Make the world."""
    body = organisation("Teasel Trust", "charity")
    complaint = SuperComplaint.objects.create(
        title="How reports of teasels are handled",
        body=body,
        subject="Reports are not read.",
        contact_name="Sam Rush",
        state=state,
        made_on=date(2024, 1, 8),
        decided_on=date(2024, 3, 1),
        is_invented=True,
    )
    for number, text in enumerate(("Reports are not read.", "Nobody answers."), 1):
        feature = Feature.objects.create(supercomplaint=complaint, number=number, text=text)
        Harm.objects.create(feature=feature, nature=f"Harm {number}.")
    Step.objects.create(
        supercomplaint=complaint, event="submit", on=date(2024, 1, 8), words="Made.", basis="law"
    )
    world = Investigation(complaint)
    for code in AUTHORITIES:
        office = organisation(f"Office {code}", "authority", code)
        world.officers[code] = person(office.tenant, Role.COMPLAINTS_OFFICER)
    world.complainant = person(body.tenant, Role.COMPLAINANT)
    outside = organisation("Sedge Police", "territorial_force").tenant
    for role in (Role.RESPONDER, Role.AUDITOR, Role.SUPERVISOR, Role.INVESTIGATOR):
        world.others[role] = person(outside, role)
    other_body = organisation("Bramble Trust", "charity").tenant
    world.others["other_body"] = person(other_body, Role.COMPLAINANT)
    return world
