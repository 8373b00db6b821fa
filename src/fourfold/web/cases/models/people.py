"""The people of a case, their identifiers, and for which period an identifier is whose."""

from typing import ClassVar

from django.db import models
from simple_history.models import HistoricalRecords

from fourfold.web.base.models import Referenced
from fourfold.web.cases.models.answers import Strength
from fourfold.web.cases.models.case import Case
from fourfold.web.users.models import IdentifierKind


class Person(Referenced):
    """A person in a case. The key (S, V, F) is how the engine and the tables name the person."""

    PREFIX = "P"

    class Role(models.TextChoices):
        """The person's part in the case (DPA 2018 s.38 asks to keep these apart)."""

        SUSPECT = "suspect", "Suspect"
        VICTIM = "victim", "Victim"
        WITNESS = "witness", "Witness"
        THIRD_PARTY = "third_party", "Other person"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="people")
    key = models.CharField(max_length=20)
    role = models.CharField(max_length=20, choices=Role.choices)
    name = models.CharField(max_length=200, blank=True, help_text="Blank where not known.")
    born_on = models.DateField(null=True, blank=True)
    relationship = models.CharField(
        max_length=100, blank=True, help_text="To the victim or suspect, in plain words."
    )
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "key"], name="person_key_once_per_case")
        ]


class Identifier(Referenced):
    """A number, account, vehicle, address or name that a case knows; text as it was given."""

    PREFIX = "I"
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="identifiers")
    kind = models.CharField(max_length=20, choices=IdentifierKind.choices)
    text = models.CharField(max_length=300)
    normalised = models.CharField(max_length=200)
    is_sensitive = models.BooleanField(
        default=False, help_text="Known to keep the victim safe: a new number or address."
    )
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["kind", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "kind", "normalised"], name="identifier_once_per_case"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["kind", "normalised"])]


class Attribution(Referenced):
    """An identifier said to be a person's, for a period, on a basis. Never the same as use."""

    PREFIX = "AT"
    identifier = models.ForeignKey(
        Identifier, on_delete=models.PROTECT, related_name="attributions"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="attributions")
    from_at = models.DateTimeField(null=True, blank=True)
    to_at = models.DateTimeField(null=True, blank=True)
    basis = models.CharField(max_length=500)
    strength = models.CharField(max_length=10, choices=Strength.choices)
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["id"]

    @property
    def case(self) -> Case:
        """The case of the identifier."""
        return self.identifier.case


class Place(Referenced):
    """A place of the case, WGS84 degrees. A sensitive place never leaves in a served copy."""

    PREFIX = "PL"
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="places")
    key = models.CharField(max_length=50)
    label = models.CharField(max_length=200, blank=True)
    lat = models.FloatField()
    lon = models.FloatField()
    radius_m = models.FloatField(default=50.0)
    whose = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="places", null=True, blank=True
    )
    is_sensitive = models.BooleanField(default=False)
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "key"], name="place_key_once_per_case")
        ]
