"""Snapshots: what was published, word for word, when and by whom.

The public site and the open data are made of these rows and of nothing else. The records they
were made from live in apps above this one, which this app cannot import: a draft cannot slip out.
"""

from typing import ClassVar

from django.db import models

from fourfold.web.base.models import WrittenOnce
from fourfold.web.publication.content import Kind


class Published(WrittenOnce):
    """One version of one thing that was published, or the note that it was withdrawn."""

    kind = models.CharField(max_length=30, choices=Kind.choices)
    ref = models.CharField(max_length=60, help_text="The reference of the record it was made of.")
    within_ref = models.CharField(
        max_length=60, blank=True, help_text="What it belongs to: a super-complaint, a measure."
    )
    version = models.PositiveIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64, help_text="Of the content, as canonical JSON.")
    is_withdrawn = models.BooleanField(default=False)
    published_at = models.DateTimeField()
    published_by_ref = models.CharField(max_length=16)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "ref", "version"], name="published_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.ref} version {self.version}"


class Current(models.Model):
    """Which version stands now. Withdrawn things stand in no row here."""

    kind = models.CharField(max_length=30, choices=Kind.choices)
    ref = models.CharField(max_length=60)
    within_ref = models.CharField(max_length=60, blank=True)
    published = models.OneToOneField(Published, on_delete=models.PROTECT, related_name="current")

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "ref"], name="one_current_version")
        ]
        indexes: ClassVar = [models.Index(fields=["kind", "within_ref"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}"


class PublicFile(WrittenOnce):
    """A file that goes with a published version. Its bytes are public: they stand here, whole."""

    published = models.ForeignKey(Published, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=100, help_text="Made by the program, never a person's.")
    title = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveBigIntegerField()
    content = models.BinaryField()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["published", "name"], name="public_file_name_once")
        ]

    def __str__(self) -> str:
        return f"{self.published} {self.name}"
