"""Recorded crimes: the principal offence, and every included one, both searchable."""

from typing import ClassVar

from django.db import models
from simple_history.models import HistoricalRecords

from fourfold.web.base.models import Referenced
from fourfold.web.cases.models.answers import Jurisdiction
from fourfold.web.cases.models.case import Case
from fourfold.web.users.models import User


class Offence(models.Model):
    """A kind of offence: dated reference data with its source (cases/reference/offences.toml)."""

    code = models.CharField(max_length=30, unique=True, help_text="Our own stable code.")
    home_office_code = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=200)
    statute = models.CharField(max_length=200)
    jurisdiction = models.CharField(max_length=30, choices=Jurisdiction.choices)
    is_stalking = models.BooleanField(default=False)
    is_harassment = models.BooleanField(default=False)
    is_breach = models.BooleanField(default=False)
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300)
    search_words = models.CharField(
        max_length=400,
        blank=True,
        help_text="Words by which accounts tell of it, one space apart; for searching accounts.",
    )

    class Meta:
        ordering: ClassVar = ["-is_stalking", "title"]

    def __str__(self) -> str:
        return self.code


class RecordedCrime(Referenced):
    """A crime as it is recorded: one principal offence under the Crime Recording Rules."""

    PREFIX = "FR"
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="crimes")
    crime_number = models.CharField(max_length=50)
    principal = models.ForeignKey(Offence, on_delete=models.PROTECT, related_name="as_principal")
    included = models.ManyToManyField(
        Offence, through="IncludedOffence", related_name="as_included"
    )
    recorded_on = models.DateField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="crimes_recorded")
    registrar_note = models.TextField(blank=True)
    harassment_reason = models.TextField(
        blank=True, help_text="Why it is harassment and not stalking, against FOUR and s.2A(3)."
    )
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["recorded_on", "id"]


class IncludedOffence(models.Model):
    """An offence inside a recorded crime that is not the principal one (recommendation 7)."""

    crime = models.ForeignKey(RecordedCrime, on_delete=models.PROTECT, related_name="inclusions")
    offence = models.ForeignKey(Offence, on_delete=models.PROTECT, related_name="inclusions")
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="offences_included")
    added_at = models.DateTimeField(auto_now_add=True)
    history = HistoricalRecords(history_change_reason_field=models.TextField(null=True))

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["crime", "offence"], name="offence_included_once")
        ]

    def __str__(self) -> str:
        return f"{self.crime} {self.offence}"
