"""A progress report: what became of the recommendations, collated on one day."""

from typing import ClassVar

from django.db import models
from simple_history.models import HistoricalRecords

from fourfold.web.base.models import Referenced
from fourfold.web.supercomplaints.models import Organisation, SuperComplaint
from fourfold.web.users.models import User


class ProgressReport(Referenced):
    """A report as of one day. Its figures are made of what was published by then, never typed."""

    PREFIX = "PR"

    class State(models.TextChoices):
        """How far it is."""

        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"

    supercomplaint = models.ForeignKey(
        SuperComplaint, on_delete=models.PROTECT, related_name="progress_reports"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="progress_reports",
        help_text="Who writes it.",
    )  # fmt: skip
    title = models.CharField(max_length=200)
    as_of_on = models.DateField(help_text="What was published after this day is not in it.")
    introduction = models.TextField(blank=True)
    forewords = models.JSONField(
        default=dict, blank=True, help_text="Own words by number of recommendation."
    )
    examples = models.JSONField(default=list, blank=True, help_text="Keys of chosen quotes.")
    standing = models.JSONField(
        default=dict, blank=True, help_text="State per answer when published, for the next report."
    )
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT)
    published_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="progress_reports")
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["as_of_on", "id"]
