"""Support services of the record: loaded, and published with the day of their source."""

from collections import Counter

from fourfold.web.base import reference_data
from fourfold.web.base.reference_data import CHANGED, LEFT, MADE
from fourfold.web.publication.actions.publishing import publish
from fourfold.web.publication.models import SupportService
from fourfold.web.publication.selectors.services import public_of
from fourfold.web.recommendations.record import reading
from fourfold.web.users import access
from fourfold.web.users.models import User


def load(actor: User) -> Counter[str]:
    """Write the services and publish those that are new or brought up to date."""
    changing = access.require(actor, "service.change", actor.force)
    publishing = access.require(actor, "service.publish", actor.force)
    done: Counter[str] = Counter()
    for facts in reading.read(reading.SERVICES)["service"]:
        plain = {"checked_on": None, **facts}
        name = plain.pop("name")
        service, what = reference_data.keep(SupportService, {"name": name}, plain, by=actor)
        done[what] += 1
        if what in (MADE, CHANGED):
            detail = {"change": "loaded"}
            access.record_act(actor, "service.change", service, decision=changing, detail=detail)
        if what != LEFT and service.is_listed:
            publish(actor=actor, content=public_of(service))
    if done[MADE] or done[CHANGED]:
        counted = {"published": done[MADE] + done[CHANGED]}
        access.record_act(
            actor, "service.publish", actor.force, decision=publishing, detail=counted
        )
    return done
