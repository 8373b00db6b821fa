"""The investigation: evidence log, progress letters, findings, and the report with redactions."""

from typing import ClassVar

from django.db import models
from simple_history.models import HistoricalRecords

from fourfold.web.base.models import Referenced, WrittenOnce
from fourfold.web.supercomplaints.models.complaints import Feature, SuperComplaint
from fourfold.web.supercomplaints.models.documents import Document, GoesPublic, read_by_somebody
from fourfold.web.supercomplaints.models.organisations import Organisation
from fourfold.web.users.models import User


class EvidenceEntry(Referenced):
    """One line of the evidence log, with who may see it."""

    PREFIX = "EE"

    class Kind(models.TextChoices):
        """What was done to gather it."""

        DOCUMENT = "document", "Document"
        MEETING = "meeting", "Meeting"
        FILE_REVIEW = "file_review", "Review of case files"
        INTERVIEW = "interview", "Interview"
        FOCUS_GROUP = "focus_group", "Focus group"
        SURVEY = "survey", "Survey"
        FIELDWORK = "fieldwork", "Fieldwork in a force"

    supercomplaint = models.ForeignKey(
        SuperComplaint, on_delete=models.PROTECT, related_name="evidence_entries"
    )
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=Kind.choices)
    on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    seen_by = models.CharField(
        max_length=20, choices=Document.Seen.choices, default=Document.Seen.AUTHORITIES
    )
    documents = models.ManyToManyField(Document, related_name="evidence_entries", blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="evidence_entries")
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["number", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["supercomplaint", "number"], name="evidence_number_once"
            )
        ]


class ProgressLetter(GoesPublic, Referenced):
    """A progress report to the body that complained (regulation 7)."""

    PREFIX = "PG"
    supercomplaint = models.ForeignKey(
        SuperComplaint, on_delete=models.PROTECT, related_name="progress_letters"
    )
    on = models.DateField()
    text = models.TextField()
    written_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="progress_letters_written"
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="progress_letters", null=True, blank=True
    )
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(sent_at__isnull=True, sent_by__isnull=True)
                | models.Q(sent_at__isnull=False, sent_by__isnull=False),
                name="letter_sent_by_somebody",
            ),
            read_by_somebody("public_letter_read"),
        ]


class Finding(Referenced):
    """What the authorities found, tied to features and to lines of the evidence log."""

    PREFIX = "SF"
    supercomplaint = models.ForeignKey(
        SuperComplaint, on_delete=models.PROTECT, related_name="findings"
    )
    number = models.PositiveIntegerField()
    text = models.TextField()
    reasons = models.TextField()
    features = models.ManyToManyField(Feature, related_name="findings", blank=True)
    evidence = models.ManyToManyField(EvidenceEntry, related_name="findings", blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["number", "id"]


class InvestigationReport(Referenced):
    """The report of regulation 8. The full version is here; the published one is made from it."""

    PREFIX = "IR"

    class State(models.TextChoices):
        """How far it is."""

        DRAFT = "draft", "Draft"
        AGREED = "agreed", "Agreed by the authorities"
        PUBLISHED = "published", "Published"

    supercomplaint = models.OneToOneField(
        SuperComplaint, on_delete=models.PROTECT, related_name="report"
    )
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT)
    agreed_on = models.DateField(null=True, blank=True)
    sent_to_body_on = models.DateField(
        null=True, blank=True, help_text="When the full version was sent to the body."
    )
    history = HistoricalRecords()


class Agreement(WrittenOnce):
    """That one authority agrees a report, word for word: `sha256` is of the text it agreed to."""

    report = models.ForeignKey(
        InvestigationReport, on_delete=models.PROTECT, related_name="agreements"
    )
    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="agreements")
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="agreements")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.report} {self.pk}"


class Section(Referenced):
    """A section of the report; `kind` says which content of regulation 8 it is."""

    PREFIX = "SE"

    class Kind(models.TextChoices):
        """What regulation 8 wants in a report, and what stands around it."""

        STEPS = "steps", "Steps taken"
        CONCLUSIONS = "conclusions", "Conclusions, with reasons"
        ACTION = "action", "Further action that the authorities propose"
        RECOMMENDATIONS = "recommendations", "Recommendations to others"
        OTHER = "other", "Other"

    report = models.ForeignKey(
        InvestigationReport, on_delete=models.PROTECT, related_name="sections"
    )
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.OTHER)
    order = models.PositiveIntegerField()
    heading = models.CharField(max_length=200)
    text = models.TextField(blank=True, help_text="Paragraphs, an empty line between them.")
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["order", "id"]


class Redaction(Referenced):
    """Words that the published version leaves out, wherever they stand, and the ground."""

    PREFIX = "RD"

    class Ground(models.TextChoices):
        """The two grounds of the regulations."""

        NATIONAL_SECURITY = "national_security", "Contrary to national security"
        SAFETY = "safety", "Might jeopardise somebody's safety"

    report = models.ForeignKey(
        InvestigationReport, on_delete=models.PROTECT, related_name="redactions"
    )
    quote = models.TextField(help_text="The words as they stand in the full version.")
    is_whole_word = models.BooleanField(
        default=False, help_text="Not where they are part of a longer word."
    )
    ground = models.CharField(max_length=20, choices=Ground.choices)
    reason = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="redactions")
    at = models.DateTimeField()
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["id"]
