"""The register: organisations by kind, and who is designated, since when, until when."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from fourfold.web.supercomplaints.models import Designation, Organisation
from fourfold.web.supercomplaints.reference import register as reference
from fourfold.web.supercomplaints.rules.designation import Dates, is_designated, standing_words
from fourfold.web.users import policy
from fourfold.web.users.models import Force, User


@dataclass(frozen=True)
class Standing:
    """A designation, and how it stands on a day."""

    designation: Designation
    words: str
    is_standing: bool
    grounds: tuple[str, ...]
    criteria: tuple[str, ...]


def organisations(actor: User, kind: str = "") -> QuerySet[Organisation]:
    """Return the organisations of the register, by kind and name."""
    found = policy.permitted(actor, "organisation.list", Organisation.objects.all())
    if kind:
        found = found.filter(kind=kind)
    return found.select_related("tenant", "polices_for").order_by("kind", "name")


def counts(actor: User) -> dict[str, int]:
    """Return how many organisations of each kind there are."""
    found = policy.permitted(actor, "organisation.list", Organisation.objects.all())
    return dict(found.order_by("kind").values_list("kind").annotate(Count("pk")))


def designations(actor: User, on: date) -> list[Standing]:
    """Return every designation, and how it stands on a day."""
    found = policy.permitted(actor, "designation.list", Designation.objects.all())
    return [
        standing(each, on)
        for each in found.select_related("organisation").order_by(
            "regime", "organisation__name", "id"
        )
    ]


def standing(each: Designation, on: date) -> Standing:
    """Return how a designation stands on a day."""
    dates = Dates(each.designated_on, each.designated_words, each.revoked_on)
    of_regime = tuple(line for line in reference.criteria() if line.regime == each.regime)
    return Standing(
        each,
        standing_words(dates, on),
        is_designated(dates, on),
        tuple(reference.words_of(each.revocation_grounds, reference.grounds())),
        tuple(reference.words_of(each.criteria, of_regime)),
    )


def offices() -> list[Organisation]:
    """Return the commissioners and mayors that a force may answer to."""
    return list(Organisation.objects.filter(kind=Organisation.Kind.COMMISSIONER))


def bodies() -> list[Organisation]:
    """Return the bodies that may be designated."""
    return list(Organisation.objects.filter(kind=Organisation.Kind.CHARITY))


def free_tenants(organisation: Organisation | None) -> list[Force]:
    """Return the tenants that no other organisation is linked with."""
    taken = Organisation.objects.filter(tenant__isnull=False)
    if organisation is not None:
        taken = taken.exclude(pk=organisation.pk)
    return list(Force.objects.exclude(pk__in=taken.values("tenant")).order_by("name"))
