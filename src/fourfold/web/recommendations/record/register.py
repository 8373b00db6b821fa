"""The register of organisations and who is designated, as the public reads both."""

from collections.abc import Iterable

from fourfold.web.publication import content
from fourfold.web.publication.actions.publishing import publish
from fourfold.web.publication.selectors import standing
from fourfold.web.supercomplaints.models import Designation, Organisation
from fourfold.web.supercomplaints.selectors import contents
from fourfold.web.users import access
from fourfold.web.users.models import User


def publish_register(actor: User, organisations: Iterable[Organisation] | None = None) -> int:
    """Publish organisations and designations that differ from what stands; return how many."""
    decision = access.require(actor, "organisation.change", actor.force)
    found = list(Organisation.objects.all() if organisations is None else organisations)
    stood: dict[str, content.Content] = {each.ref: each for each in _standing()}
    designations = Designation.objects.filter(organisation__in=found)
    wanted: list[content.Organisation | content.Designation] = [
        *(contents.organisation(each) for each in found),
        *(contents.designation(each) for each in designations.select_related("organisation")),
    ]
    new = [each for each in wanted if stood.get(each.ref) != each]
    for each in new:
        publish(actor=actor, content=each)
    if new:
        detail = {"published": len(new)}
        access.record_act(
            actor, "supercomplaint.publish", actor.force, decision=decision, detail=detail
        )
    return len(new)


def _standing() -> list[content.Organisation | content.Designation]:
    found: list[content.Organisation | content.Designation] = []
    found += standing.every(content.Organisation)
    found += standing.every(content.Designation)
    return found
