"""The register of organisations and who is designated, as the public reads both."""

from collections.abc import Iterable

from fourfold.web.publication import content
from fourfold.web.publication.actions.publishing import publish
from fourfold.web.publication.selectors import standing
from fourfold.web.supercomplaints.models import Designation, Organisation
from fourfold.web.users import access
from fourfold.web.users.models import User


def publish_register(actor: User, organisations: Iterable[Organisation] | None = None) -> int:
    """Publish organisations and designations that differ from what stands; return how many."""
    decision = access.require(actor, "organisation.change", actor.force)
    found = list(Organisation.objects.all() if organisations is None else organisations)
    stood: dict[str, object] = {
        each.ref: each
        for each in (*standing.every(content.Organisation), *standing.every(content.Designation))
    }
    designations = Designation.objects.filter(organisation__in=found)
    wanted = [
        *(organisation_words(each) for each in found),
        *(designation_words(each) for each in designations.select_related("organisation")),
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


def organisation_words(organisation: Organisation) -> content.Organisation:
    """Return an organisation as the public reads it."""
    return content.Organisation(
        ref=organisation.ref,
        name=organisation.name,
        kind=organisation.kind,
        kind_words=organisation.get_kind_display(),
        region=organisation.region,
        website=organisation.website,
        is_invented=organisation.is_invented,
    )


def designation_words(designation: Designation) -> content.Designation:
    """Return a designation as the public reads it."""
    on, off = designation.designated_on, designation.revoked_on
    return content.Designation(
        ref=designation.ref,
        organisation_ref=designation.organisation.ref,
        organisation=designation.organisation.name,
        regime=designation.regime,
        designated_on=on.isoformat() if on else "",
        designated_words=designation.designated_words,
        instrument=designation.instrument,
        revoked_on=off.isoformat() if off else "",
        revocation_grounds=tuple(designation.revocation_grounds),
        source_url=designation.source_url,
        note=designation.note,
    )
