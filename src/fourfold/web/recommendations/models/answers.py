"""What each addressee answers, does and shows: one row per recommendation (or part) and body."""

from typing import ClassVar

from django.db import models
from simple_history.models import HistoricalRecords

from fourfold.web.base.models import Referenced, WrittenOnce
from fourfold.web.recommendations.models.recommendations import Part, Recommendation
from fourfold.web.supercomplaints.models import Document, Organisation
from fourfold.web.users.models import User


class Answer(Referenced):
    """How one organisation stands to one recommendation, or to one part of it."""

    PREFIX = "AA"

    class Status(models.TextChoices):
        """Where it stands. "Not answered" and "no date possible" are values of their own.

        "Not recorded here" is used only within super-complaints of the public record: this
        program has seen no answer, and says nothing about whether one was given.
        """

        NOT_ANSWERED = "not_answered", "Not answered"
        ANSWERED = "answered", "Answered"
        PLANNED = "planned", "Planned"
        IN_PROGRESS = "in_progress", "In progress"
        COMPLETE = "complete", "Complete"
        NO_DATE_POSSIBLE = "no_date_possible", "No date possible"
        NOT_RECORDED = "not_recorded", "Not recorded here"

    class Position(models.TextChoices):
        """Whether the recommendation is accepted."""

        NONE = "", "Not said"
        ACCEPTED = "accepted", "Accepted"
        ACCEPTED_IN_PART = "accepted_in_part", "Accepted in part"
        NOT_ACCEPTED = "not_accepted", "Not accepted"

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="answers"
    )
    part = models.ForeignKey(
        Part, on_delete=models.PROTECT, related_name="answers", null=True, blank=True
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="answers")
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.NOT_ANSWERED)
    position = models.CharField(max_length=20, choices=Position.choices, blank=True)
    initial_response = models.TextField(blank=True)
    plan = models.TextField(blank=True)
    due_on = models.DateField(null=True, blank=True, help_text="By when, as the addressee says.")
    no_date_reason = models.TextField(blank=True)
    no_evidence_reason = models.TextField(blank=True)
    owner = models.CharField(max_length=200, blank=True, help_text="Post, not person.")
    executive_lead = models.CharField(max_length=200, blank=True)
    operational_lead = models.CharField(max_length=200, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    last_updated_on = models.DateField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    sent_version = models.PositiveIntegerField(
        default=0, help_text="Which of its sent versions is the newest; 0 where none was sent."
    )
    published_at = models.DateTimeField(null=True, blank=True)
    source_url = models.URLField(blank=True, max_length=400)
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["recommendation__number", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["recommendation", "organisation"],
                condition=models.Q(part=None),
                name="one_answer_per_organisation",
            ),
            models.UniqueConstraint(
                fields=["recommendation", "part", "organisation"],
                condition=~models.Q(part=None),
                name="one_answer_per_part_and_organisation",
            ),
        ]


class Update(Referenced):
    """A dated update. Not public until it is published."""

    PREFIX = "UD"
    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="updates")
    on = models.DateField()
    text = models.TextField()
    status = models.CharField(max_length=20, choices=Answer.Status.choices, blank=True)
    by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="answer_updates", null=True, blank=True
    )
    published_at = models.DateTimeField(null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["on", "id"]


class AnswerEvidence(Referenced):
    """Evidence for an answer: a sealed document or an address."""

    PREFIX = "AV"
    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="evidence")
    title = models.CharField(max_length=200)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="answer_evidence", null=True, blank=True
    )
    url = models.URLField(blank=True, max_length=400)
    is_public = models.BooleanField(default=False)
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["id"]


class SentAnswer(WrittenOnce):
    """An answer as it was sent: what the collator and the authorities read.

    What its organisation writes afterwards is not in it. The columns repeat what the matrix shows,
    so that it need not open `content`.
    """

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="sendings")
    version = models.PositiveIntegerField()
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="sent_answers")
    status = models.CharField(max_length=20, choices=Answer.Status.choices)
    position = models.CharField(max_length=20, choices=Answer.Position.choices, blank=True)
    due_on = models.DateField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    last_updated_on = models.DateField(null=True, blank=True)
    evidence_count = models.PositiveIntegerField(default=0)
    content = models.JSONField(help_text="A content.Answer, with everything that was sent.")

    class Meta:
        ordering: ClassVar = ["answer", "version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["answer", "version"], name="sent_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.answer} sent {self.version}"
