"""A survey: what is asked, in sections, until when, and how far it is."""

from typing import ClassVar

from django.db import models
from simple_history.models import HistoricalRecords

from fourfold.web.base.models import Referenced
from fourfold.web.supercomplaints.models import EvidenceEntry, SuperComplaint
from fourfold.web.surveys.rules.kinds import Kind, Shape
from fourfold.web.users.models import User


class Survey(Referenced):
    """A self-assessment survey within the investigation of a super-complaint."""

    PREFIX = "SU"

    class State(models.TextChoices):
        """How far it is."""

        DRAFT = "draft", "Being written"
        OPEN = "open", "Open for replies"
        CLOSED = "closed", "Closed"
        PUBLISHED = "published", "Published"

    supercomplaint = models.ForeignKey(
        SuperComplaint, on_delete=models.PROTECT, related_name="surveys"
    )
    title = models.CharField(max_length=200)
    introduction = models.TextField(blank=True, help_text="What a force reads first.")
    contact = models.CharField(max_length=300, blank=True, help_text="Whom a force can ask.")
    opens_on = models.DateField(null=True, blank=True)
    closes_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT)
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="surveys_opened", null=True, blank=True
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="surveys_closed", null=True, blank=True
    )
    published_on = models.DateField(null=True, blank=True)
    public_note = models.TextField(blank=True, help_text="Stands above the published tables.")
    entry = models.ForeignKey(
        EvidenceEntry, on_delete=models.PROTECT, related_name="surveys", null=True, blank=True
    )
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="surveys_made")
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["-id"]


class SurveySection(Referenced):
    """A part of a survey: a heading and its questions."""

    PREFIX = "SS"
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="sections")
    order = models.PositiveIntegerField()
    heading = models.CharField(max_length=200)
    introduction = models.TextField(blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["order", "id"]


class Question(Referenced):
    """One question. It is asked always, or only where an earlier one has a certain answer."""

    PREFIX = "QU"

    class Publish(models.TextChoices):
        """What the published annex may show of it."""

        ALL = "all", "Publish: the counts, and each force's answer in the open data"
        COUNTS = "counts", "Publish as counts only"
        NOTHING = "nothing", "Keep back"

    section = models.ForeignKey(SurveySection, on_delete=models.PROTECT, related_name="questions")
    order = models.PositiveIntegerField()
    text = models.CharField(max_length=500)
    help_text = models.CharField(max_length=500, blank=True)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.YES_NO)
    options = models.JSONField(default=list, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    columns = models.JSONField(default=list, blank=True)
    rows = models.JSONField(default=list, blank=True)
    is_required = models.BooleanField(default=False)
    may_not_know = models.BooleanField(default=True)
    may_not_hold = models.BooleanField(default=False)
    show_if = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="opens", null=True, blank=True
    )
    show_if_answer = models.CharField(max_length=200, blank=True)
    publish = models.CharField(max_length=20, choices=Publish.choices, default=Publish.COUNTS)
    origin = models.CharField(
        max_length=200, blank=True, help_text="Where its words come from, if not from its writer."
    )
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["section__order", "order", "id"]

    @property
    def shape(self) -> Shape:
        """Return what an answer to it may be, for the rules."""
        return Shape(
            kind=self.kind,
            options=tuple(self.options),
            unit=self.unit,
            columns=tuple(self.columns),
            rows=tuple(self.rows),
            is_required=self.is_required,
            may_not_know=self.may_not_know,
            may_not_hold=self.may_not_hold,
        )
