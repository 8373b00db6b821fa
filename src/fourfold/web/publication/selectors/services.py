"""The directory as its keepers see it, and what publishing it would change."""

from dataclasses import dataclass

from django.utils import timezone

from fourfold.web.base.loading import by_ref
from fourfold.web.publication import content
from fourfold.web.publication.models import SupportService
from fourfold.web.publication.rules.days import is_stale
from fourfold.web.publication.selectors import standing
from fourfold.web.users import policy
from fourfold.web.users.models import User


@dataclass(frozen=True)
class Pending:
    """Services to publish, because they are new or changed, and references to take down."""

    to_publish: tuple[SupportService, ...]
    to_withdraw: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.to_publish or self.to_withdraw)


@dataclass(frozen=True)
class Line:
    """A service and how it stands with the public."""

    service: SupportService
    state: str
    colour: str


def service_by_ref(supportservice_ref: str) -> SupportService:
    """Return a service by the reference of a URL."""
    return by_ref(SupportService, supportservice_ref)


def public_of(service: SupportService) -> content.SupportService:
    """Return a service as the public reads it."""
    return content.SupportService(
        ref=service.ref,
        name=service.name,
        what=service.what,
        phone=service.phone,
        text_number=service.text_number,
        website=service.website,
        hours=service.hours,
        area=service.area,
        languages=service.languages,
        access=service.access,
        checked_on=service.checked_on.isoformat() if service.checked_on else "",
        source=service.source,
        order=service.order,
    )


def pending() -> Pending:
    """Return what differs between the directory and what the public sees."""
    shown = {each.ref: each for each in standing.every(content.SupportService)}
    listed = list(SupportService.objects.filter(is_listed=True))
    refs = {service.ref for service in listed}
    return Pending(
        tuple(each for each in listed if shown.get(each.ref) != public_of(each)),
        tuple(sorted(set(shown) - refs)),
    )


def directory(actor: User) -> list[Line]:
    """Return every service, those on the list first."""
    held = policy.permitted(actor, "service.list", SupportService.objects.all())
    shown = {each.ref: each for each in standing.every(content.SupportService)}
    lines = [_line(each, shown.get(each.ref)) for each in held]
    return sorted(lines, key=lambda line: not line.service.is_listed)


def _line(service: SupportService, shown: content.SupportService | None) -> Line:
    if not service.is_listed:
        if shown:
            return Line(service, "Off the list, still public", "orange")
        return Line(service, "Off the list", "grey")
    if shown is None:
        return Line(service, "Not published yet", "yellow")
    if shown != public_of(service):
        return Line(service, "Changed since it was published", "yellow")
    return Line(service, "Public", "green")


def stale(lines: list[Line]) -> list[SupportService]:
    """Return the services whose check is older than the rule allows, by today."""
    today = timezone.localdate()
    return [
        line.service
        for line in lines
        if line.service.is_listed
        and is_stale(line.service.checked_on.isoformat() if line.service.checked_on else "", today)
    ]
