"""An entry of the practice bank, with the fields of the public bank and its sources."""

from typing import ClassVar

from django.db import models
from simple_history.models import HistoricalRecords

from fourfold.web.base.models import Referenced


class Practice(Referenced):
    """A way of working that somebody tried: what it is, whether it works, and how that is known.

    What was not seen on a page of the sources does not stand among the fields: it stands in
    `unconfirmed`, statement by statement.
    """

    PREFIX = "BP"

    class Rating(models.TextChoices):
        """Whether it works, in the words of the public bank; none of them seen is a value too."""

        NOT_SEEN = "not_seen", "No rating seen"
        UNTESTED = "untested", "Untested: new or innovative"
        PROMISING = "promising", "Promising"
        EFFECTIVE = "effective", "What works (effective)"
        MIXED = "mixed", "Mixed results"
        NOT_EFFECTIVE = "not_effective", "Did not work"

    code = models.SlugField(
        max_length=60, unique=True, null=True, blank=True, editable=False,
        help_text="Of an entry that comes with the program.",
    )  # fmt: skip
    title = models.CharField(max_length=200)
    does_it_work = models.CharField(max_length=20, choices=Rating.choices, default=Rating.NOT_SEEN)
    rating_reasons = models.TextField(blank=True)
    focus = models.JSONField(default=list, blank=True)
    topic = models.JSONField(default=list, blank=True)
    organisation = models.CharField(max_length=300, blank=True)
    region = models.CharField(max_length=200, blank=True)
    partners = models.JSONField(default=list, blank=True)
    stage = models.CharField(max_length=100, blank=True)
    started = models.CharField(max_length=200, blank=True, help_text="As known: a year will do.")
    scale = models.CharField(max_length=300, blank=True)
    target_group = models.CharField(max_length=300, blank=True)
    aim = models.TextField(blank=True)
    outcome = models.TextField(blank=True)
    description = models.TextField(blank=True)
    evaluation = models.TextField(blank=True)
    lessons = models.TextField(blank=True)
    unconfirmed = models.JSONField(default=list, blank=True)
    served_by = models.JSONField(default=list, blank=True, help_text="Codes of rules/serving.py.")
    sources = models.JSONField(default=list, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["title", "id"]
