"""That an organisation takes a practice up: since when, how changed, and what it found."""

from typing import ClassVar

from django.db import models
from simple_history.models import HistoricalRecords

from fourfold.web.base.models import Referenced
from fourfold.web.practices.models.practices import Practice
from fourfold.web.supercomplaints.models import Organisation


class Adoption(Referenced):
    """How one organisation stands to one practice. Its own until it publishes it."""

    PREFIX = "AD"

    class State(models.TextChoices):
        """How far it is."""

        CONSIDERING = "considering", "Being considered"
        ADOPTED = "adopted", "Adopted as described"
        ADAPTED = "adapted", "Adopted with local changes"
        STOPPED = "stopped", "Stopped"

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="adoptions")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="adoptions"
    )
    state = models.CharField(max_length=20, choices=State.choices, default=State.CONSIDERING)
    since_on = models.DateField(null=True, blank=True)
    stopped_on = models.DateField(null=True, blank=True)
    stopped_because = models.TextField(blank=True)
    local_changes = models.TextField(blank=True)
    evaluation_method = models.TextField(blank=True)
    evaluation_result = models.TextField(blank=True)
    evidence = models.JSONField(default=list, blank=True, help_text="Documents or addresses.")
    published_at = models.DateTimeField(null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["practice", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["practice", "organisation"], name="one_adoption_per_organisation"
            )
        ]
