"""Replies: who is asked, what was answered, by whom it is signed, and what changed afterwards."""

from typing import ClassVar

from django.db import models
from simple_history.models import HistoricalRecords

from fourfold.web.base.models import Referenced, WrittenOnce
from fourfold.web.supercomplaints.models import Document, Organisation
from fourfold.web.surveys.models.surveys import Question, Survey
from fourfold.web.surveys.rules.kinds import State as AnswerState
from fourfold.web.users.models import User


class SurveyReply(Referenced):
    """The reply of one organisation that is asked. A draft is its own; signed, it is sent."""

    PREFIX = "QR"

    class State(models.TextChoices):
        """How far it is."""

        NOT_STARTED = "not_started", "Not started"
        STARTED = "started", "Started"
        SIGNED = "signed", "Signed off"

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="replies")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="survey_replies"
    )
    state = models.CharField(max_length=20, choices=State.choices, default=State.NOT_STARTED)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="surveys_asked")
    respondent_name = models.CharField(max_length=150, blank=True)
    respondent_post = models.CharField(max_length=150, blank=True)
    respondent_contact = models.CharField(max_length=200, blank=True)
    signatory_name = models.CharField(max_length=150, blank=True)
    signatory_post = models.CharField(max_length=150, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="replies_signed", null=True, blank=True
    )
    more_time_until_on = models.DateField(null=True, blank=True)
    is_entered_by_authority = models.BooleanField(default=False)
    came_as = models.CharField(
        max_length=300, blank=True, help_text="How it came: a letter of which day, a file."
    )
    came_on = models.DateField(null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["organisation__name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["survey", "organisation"], name="asked_once")
        ]


class ReplyAnswer(Referenced):
    """An answer as it was typed. After signing it stands; what changes is an amendment."""

    PREFIX = "QA"
    reply = models.ForeignKey(SurveyReply, on_delete=models.PROTECT, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    state = models.CharField(
        max_length=20, choices=AnswerState.choices, default=AnswerState.ANSWERED, blank=True
    )
    value = models.JSONField(default=str, blank=True)
    is_chosen = models.BooleanField(
        default=False, help_text="Free text: chosen for the published annex."
    )
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="reply_answers")
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reply", "question"], name="answered_once")
        ]


class ReplyFile(Referenced):
    """A file that a reply attaches, to one question or to the whole."""

    PREFIX = "QF"
    reply = models.ForeignKey(SurveyReply, on_delete=models.PROTECT, related_name="files")
    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, related_name="files", null=True, blank=True
    )
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="reply_files")
    is_taken_off = models.BooleanField(
        default=False, help_text="No longer part of the reply; the document itself is kept."
    )
    is_chosen = models.BooleanField(default=False, help_text="Chosen for the published annex.")
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["id"]


class Amendment(WrittenOnce):
    """A change of an answer after signing. The first answer stays where it is."""

    reply = models.ForeignKey(SurveyReply, on_delete=models.PROTECT, related_name="amendments")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="amendments")
    from_state = models.CharField(max_length=20, blank=True)
    from_value = models.JSONField(default=str, blank=True)
    to_state = models.CharField(max_length=20, blank=True)
    to_value = models.JSONField(default=str, blank=True)
    reason = models.TextField()
    asked_for_by = models.CharField(
        max_length=200, help_text="The person of the force who stands behind the change."
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="reply_amendments")
    at = models.DateTimeField()
    is_after_closing = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.reply} amendment {self.pk}"


class Reminder(WrittenOnce):
    """That a letter was built for a force that had not replied; the program sends nothing."""

    reply = models.ForeignKey(SurveyReply, on_delete=models.PROTECT, related_name="reminders")
    words = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="survey_reminders")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.reply} reminder {self.pk}"
