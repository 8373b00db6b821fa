"""Load the whole public record and publish it. Twice is as good as once; people's edits stand."""

from collections import Counter

from django.db import transaction

from fourfold.web.practices.actions.loading import load_practices
from fourfold.web.recommendations.record import complaints, recommendations, services
from fourfold.web.recommendations.record.register import publish_register
from fourfold.web.supercomplaints.actions.register import load_register
from fourfold.web.users.models import User


def load_record(*, actor: User) -> dict[str, Counter[str]]:
    """Load and publish the record; return what was done, by part.

    Raises:
        NotInTheRegisterError: the record names an organisation that the register does not hold.
        Refused: the person is not a complaints officer.
    """
    with transaction.atomic():
        return {
            "register": load_register(actor=actor) + Counter(published=publish_register(actor)),
            "super-complaints": complaints.load(actor),
            "recommendations": recommendations.load(actor),
            "practices": load_practices(actor=actor),
            "support services": services.load(actor),
        }
