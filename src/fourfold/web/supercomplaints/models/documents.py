"""Documents of a super-complaint: sealed bytes by their hash, and every hand-over."""

from typing import ClassVar

from django.db import models
from simple_history.models import HistoricalRecords

from fourfold.web.base.models import Referenced, WrittenOnce
from fourfold.web.supercomplaints.models.complaints import SuperComplaint
from fourfold.web.users.models import User


class GoesPublic(models.Model):
    """Whether a thing is among the documents of the public record, and who read it through."""

    is_public = models.BooleanField(default=False, help_text="Published with the record.")
    public_title = models.CharField(max_length=200, blank=True)
    read_through_at = models.DateTimeField(null=True, blank=True)
    read_through_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="read_%(class)ss", null=True, blank=True
    )

    class Meta:
        abstract = True


def read_by_somebody(name: str) -> models.CheckConstraint:
    """Return the constraint that nothing is public which nobody has read through."""
    is_read = models.Q(read_through_at__isnull=False, read_through_by__isnull=False)
    is_not = models.Q(read_through_at__isnull=True, read_through_by__isnull=True, is_public=False)
    return models.CheckConstraint(condition=is_read | is_not, name=name)


class Document(GoesPublic, Referenced):
    """A file, kept once under its SHA-256; `supercomplaints/files.py` keeps and gives the bytes."""

    PREFIX = "DOC"

    class Kind(models.TextChoices):
        """What a document is to the complaint."""

        EVIDENCE = "evidence", "Evidence relied on"
        COMPLAINT = "complaint", "The complaint as submitted"
        LETTER = "letter", "Letter"
        MATERIAL = "material", "Material of the investigation"
        SURVEY = "survey", "Attachment to a survey"
        RESPONSE = "response", "Attachment to a response"
        REPORT = "report", "Report or annex"

    class Seen(models.TextChoices):
        """Who may see it before anything is published."""

        PARTIES = "parties", "The body and the authorities"
        AUTHORITIES = "authorities", "The authorities"
        LEAD = "lead", "The lead authority"
        GIVER = "giver", "Who gave it, and the authorities"
        OWN = "own", "Who gave it, alone, until it is sent"

    supercomplaint = models.ForeignKey(
        SuperComplaint, on_delete=models.PROTECT, related_name="documents"
    )
    kind = models.CharField(max_length=20, choices=Kind.choices)
    seen_by = models.CharField(max_length=20, choices=Seen.choices, default=Seen.AUTHORITIES)
    title = models.CharField(max_length=200)
    file_name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.BigIntegerField()
    from_whom = models.CharField(max_length=200, blank=True)
    given_by = models.ForeignKey(
        "supercomplaints.Organisation", on_delete=models.PROTECT, related_name="documents",
        null=True, blank=True,
    )  # fmt: skip
    taken_in_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="documents")
    taken_in_at = models.DateTimeField()
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["sha256"])]
        constraints: ClassVar = [read_by_somebody("public_document_read")]


class Handover(WrittenOnce):
    """One hand-over of a document: from, to, when, why."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="handovers")
    at = models.DateTimeField()
    from_whom = models.CharField(max_length=200)
    to_whom = models.CharField(max_length=200)
    reason = models.CharField(max_length=300)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="handovers")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.document} {self.pk}"
