"""A case: one suspect's conduct towards a victim, from first report to outcome."""

from typing import ClassVar

from django.db import models
from simple_history.models import HistoricalRecords

from fourfold.web.base.models import Referenced
from fourfold.web.cases.models.answers import Jurisdiction
from fourfold.web.users.models import Force, Team, User


class Case(Referenced):
    """A case. It belongs to a force and a team; who sees it, `cases/policies.py` says."""

    PREFIX = "C"

    class State(models.TextChoices):
        """Whether anybody works on it."""

        OPEN = "open", "Open"
        CLOSED = "closed", "Closed"

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="cases")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="cases")
    operation_name = models.CharField(
        max_length=100, help_text="A neutral name. Never a person's name."
    )
    jurisdiction = models.CharField(
        max_length=30, choices=Jurisdiction.choices, default=Jurisdiction.ENGLAND_AND_WALES
    )
    display_zone = models.CharField(max_length=50, default="Europe/London")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    is_sealed = models.BooleanField(
        default=False, help_text="Only people assigned by name see it; rank and role do not help."
    )
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="cases_opened")
    opened_at = models.DateTimeField()
    closed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="cases_closed", null=True, blank=True
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closing_reason = models.TextField(blank=True)
    continues = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="continued_by", null=True, blank=True
    )
    continues_reason = models.TextField(
        blank=True, help_text="Why this is, or is not, the same course of conduct."
    )
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["-opened_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["force", "state", "-opened_at"]),
            models.Index(fields=["team", "state", "-opened_at"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True, closed_by__isnull=True)
                | models.Q(closed_at__isnull=False, closed_by__isnull=False),
                name="case_closed_at_and_by_come_in_pairs",
            )
        ]
