"""What search reads: one row of plain words for each record that holds some."""

from typing import ClassVar

from django.db import models

from fourfold.web.cases.models.case import Case
from fourfold.web.cases.models.reports import Report
from fourfold.web.users.models import Force


class SearchDocument(models.Model):
    """The words of one record, in the form in which they are compared (search/words.py).

    Derived: it can be made again from the records (`rebuild_search`). The database keeps the
    index over `words` by itself: FTS5 with triggers on SQLite, GIN on PostgreSQL.
    """

    class Kind(models.TextChoices):
        """Which record the words stand in."""

        CASE = "case", "Case"
        REPORT = "report", "Report"
        ACT = "act", "Act"
        CRIME = "crime", "Recorded crime"
        PERSON = "person", "Person"

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="search_documents", null=True, blank=True
    )
    report = models.ForeignKey(
        Report, on_delete=models.PROTECT, related_name="search_documents", null=True, blank=True
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    subject_ref = models.CharField(max_length=16)
    words = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject_ref"], name="search_document_once_per_record")
        ]

    def __str__(self) -> str:
        return self.subject_ref
