"""Support services, for the page that somebody in need opens."""

from typing import ClassVar

from django.db import models
from simple_history.models import HistoricalRecords

from fourfold.web.base.models import Referenced


class SupportService(Referenced):
    """A service that helps people who are stalked, with the day on which it was last checked."""

    PREFIX = "SV"
    name = models.CharField(max_length=150, unique=True)
    what = models.CharField(max_length=500, help_text="What it does, for whom.")
    phone = models.CharField(max_length=40, blank=True)
    text_number = models.CharField(max_length=40, blank=True)
    website = models.URLField(blank=True)
    hours = models.CharField(max_length=200, blank=True)
    area = models.CharField(max_length=150, help_text="Where it works.")
    languages = models.CharField(max_length=300, blank=True)
    access = models.CharField(
        max_length=300, blank=True, help_text="Relay, sign language, easy read."
    )
    checked_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300)
    order = models.PositiveIntegerField(default=100)
    is_listed = models.BooleanField(default=True)
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["order", "name"]
