"""The directory of support services: kept by complaints officers, published as a whole."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from fourfold.web.publication import content
from fourfold.web.publication.actions import publishing
from fourfold.web.publication.models import SupportService
from fourfold.web.publication.selectors import services as selectors
from fourfold.web.users import access
from fourfold.web.users.models import User


@dataclass(frozen=True)
class ServiceFacts:
    """What is known of a service, and when it was last checked."""

    name: str
    what: str
    phone: str = ""
    text_number: str = ""
    website: str = ""
    hours: str = ""
    area: str = ""
    languages: str = ""
    access: str = ""
    checked_on: date | None = None
    source: str = ""
    order: int = 100


def add_service(*, actor: User, facts: ServiceFacts) -> SupportService:
    """Add a service to the directory; the public sees it once the directory is published."""
    decision = access.require(actor, "service.change", actor.force)
    with transaction.atomic():
        service = SupportService.objects.create(**vars(facts))
        access.record_act(
            actor, "service.change", service, decision=decision, detail={"change": "added"}
        )
    return service


def change_service(*, actor: User, service: SupportService, facts: ServiceFacts) -> None:
    """Change a service; the version before is kept."""
    decision = access.require(actor, "service.change", service)
    with transaction.atomic():
        for name, value in vars(facts).items():
            setattr(service, name, value)
        service.save()
        access.record_act(
            actor, "service.change", service, decision=decision, detail={"change": "changed"}
        )


def list_service(*, actor: User, service: SupportService, is_listed: bool) -> None:
    """Take a service off the list, or put it back; the public follows with the next publishing."""
    decision = access.require(actor, "service.change", service)
    with transaction.atomic():
        service.is_listed = is_listed
        service.save()
        change = "listed" if is_listed else "unlisted"
        access.record_act(
            actor, "service.change", service, decision=decision, detail={"change": change}
        )


@dataclass(frozen=True)
class Changes:
    """What publishing the directory did."""

    published: int
    withdrawn: int


def publish_directory(*, actor: User) -> Changes:
    """Publish every listed service, and take down what is listed no longer."""
    decision = access.require(actor, "service.publish", actor.force)
    with transaction.atomic():
        plan = selectors.pending()
        for service in plan.to_publish:
            publishing.publish(actor=actor, content=selectors.public_of(service))
        for ref in plan.to_withdraw:
            publishing.withdraw(actor=actor, kind=content.Kind.SUPPORT_SERVICE, ref=ref)
        changes = Changes(len(plan.to_publish), len(plan.to_withdraw))
        access.record_act(
            actor, "service.publish", actor.force, decision=decision, detail=vars(changes)
        )
    return changes
