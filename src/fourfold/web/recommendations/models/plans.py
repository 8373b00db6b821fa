"""An organisation's action plan, and tables that existing plans are taken in from."""

from typing import ClassVar

from django.db import models
from simple_history.models import HistoricalRecords

from fourfold.web.base.models import Referenced
from fourfold.web.supercomplaints.models import Organisation, SuperComplaint
from fourfold.web.users.models import User


class Plan(Referenced):
    """The plan of one organisation for one super-complaint; its lines are the answers."""

    PREFIX = "AP"
    supercomplaint = models.ForeignKey(
        SuperComplaint, on_delete=models.PROTECT, related_name="plans"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="plans")
    title = models.CharField(max_length=200)
    introduction = models.TextField(blank=True)
    website = models.URLField(blank=True, max_length=400, help_text="Where it is published.")
    published_at = models.DateTimeField(null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["supercomplaint", "organisation"], name="one_plan_per_organisation"
            )
        ]


class PlanImport(Referenced):
    """A table that a plan is taken in from: what it holds, where each cell goes, what is left."""

    PREFIX = "PI"

    class State(models.TextChoices):
        """How far it is."""

        PROPOSED = "proposed", "Mapping proposed"
        TAKEN_OVER = "taken_over", "Taken over"
        ABANDONED = "abandoned", "Abandoned"

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="imports")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=20, choices=State.choices, default=State.PROPOSED)
    reading = models.JSONField(default=dict, help_text="Every cell as read, and how it was read.")
    mapping = models.JSONField(default=dict, help_text="Which heading means which field.")
    unplaced = models.JSONField(default=list, help_text="Cells that went nowhere, with the reason.")
    cell_count = models.PositiveIntegerField(default=0)
    placed_count = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="plan_imports")
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["-id"]
