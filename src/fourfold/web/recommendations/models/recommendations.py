"""A numbered recommendation and its numbered parts."""

from typing import ClassVar

from django.db import models
from simple_history.models import HistoricalRecords

from fourfold.web.base.models import Referenced
from fourfold.web.supercomplaints.models import Organisation, SuperComplaint


class Recommendation(Referenced):
    """What is asked, of whom, by when. A text that was not found stays empty and says so."""

    PREFIX = "RC"

    class Confidence(models.TextChoices):
        """How surely text and number are known."""

        OWN = "own", "Issued here"
        CONFIRMED = "confirmed", "Confirmed"
        INFERRED = "inferred", "Inferred"
        NOT_FOUND = "not_found", "Not found"

    class DueBasis(models.TextChoices):
        """What a deadline rests on."""

        AFTER_PUBLICATION = "after_publication", "56 days after publication (practice)"
        DATED = "dated", "A date that the recommendation names"
        NOT_SEEN = "not_seen", "No deadline seen"

    supercomplaint = models.ForeignKey(
        SuperComplaint, on_delete=models.PROTECT, related_name="recommendations"
    )
    number = models.PositiveIntegerField()
    theme = models.CharField(max_length=100, blank=True)
    text = models.TextField(blank=True)
    confidence = models.CharField(max_length=20, choices=Confidence.choices, default=Confidence.OWN)
    addressee_words = models.CharField(max_length=300, blank=True)
    addressees = models.ManyToManyField(Organisation, related_name="addressed_by", blank=True)
    addressee_kinds = models.JSONField(
        default=list, blank=True, help_text="Whole kinds: all organisations of each, when issued."
    )
    due_on = models.DateField(null=True, blank=True)
    due_basis = models.CharField(
        max_length=20, choices=DueBasis.choices, default=DueBasis.AFTER_PUBLICATION
    )
    measures = models.JSONField(default=list, blank=True, help_text="Names of measures.")
    note = models.TextField(blank=True)
    source_url = models.URLField(blank=True, max_length=400)
    issued_on = models.DateField(null=True, blank=True, help_text="Empty while it is a draft.")
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["supercomplaint", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["supercomplaint", "number"], name="recommendation_number_once"
            )
        ]


class Part(Referenced):
    """A numbered part of a recommendation, such as 7.1."""

    PREFIX = "RP"
    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="parts"
    )
    code = models.CharField(max_length=10)
    text = models.TextField()
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["recommendation", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["recommendation", "code"], name="part_code_once")
        ]
