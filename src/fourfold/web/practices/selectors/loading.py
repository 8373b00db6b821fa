"""Entries and adoptions by the references in a URL, and whose people the reader is one of."""

from fourfold.web.base.loading import by_ref
from fourfold.web.practices.models import Adoption, Practice
from fourfold.web.supercomplaints.models import Organisation
from fourfold.web.users.models import User


def practice_by_ref(practice_ref: str, **_: str) -> Practice:
    """Return an entry, or answer 404."""
    return by_ref(Practice, practice_ref)


def adoption_by_ref(adoption_ref: str, **_: str) -> Adoption:
    """Return an adoption, or answer 404."""
    return by_ref(Adoption, adoption_ref, "organisation", "practice")


def organisation_of(actor: User) -> Organisation | None:
    """Return the organisation of the register that a user acts for, if it is there."""
    return Organisation.objects.filter(tenant=actor.force_id).first()
