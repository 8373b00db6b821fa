"""Organisations that complain, decide, are addressed; and who is designated, from when to when."""

from typing import ClassVar

from django.db import models
from simple_history.models import HistoricalRecords

from fourfold.web.base.models import Referenced
from fourfold.web.users.models import Force


class Regime(models.TextChoices):
    """The two regimes of super-complaints."""

    POLICE = "police", "Police super-complaints (Police Reform Act 2002, Part 2A)"
    SERVICE_POLICE = "service_police", "Service police super-complaints (SI 2023/624, Part 4)"


class Organisation(Referenced):
    """An organisation of the register. `tenant` is the one whose people sign in for it here."""

    PREFIX = "ORG"

    class Kind(models.TextChoices):
        """Kinds of organisation."""

        TERRITORIAL_FORCE = "territorial_force", "Territorial police force"
        OTHER_FORCE = "other_force", "Other police force in scope"
        SERVICE_FORCE = "service_force", "Service police force"
        COMMISSIONER = "commissioner", "Police and crime commissioner or mayoral equivalent"
        AUTHORITY = "authority", "Decision-making authority"
        GOVERNMENT = "government", "Government department"
        NATIONAL_BODY = "national_body", "National body"
        CHARITY = "charity", "Charity or other body that speaks for the public"

    class Authority(models.TextChoices):
        """The offices that decide jointly."""

        CHIEF_INSPECTOR = "chief_inspector", "Chief Inspector of Constabulary"
        DIRECTOR_GENERAL = "director_general", "Director General of the IOPC"
        COLLEGE = "college", "College of Policing"
        SERVICE_COMMISSIONER = "service_commissioner", "Service Police Complaints Commissioner"

    name = models.CharField(max_length=150, unique=True)
    kind = models.CharField(max_length=30, choices=Kind.choices)
    authority = models.CharField(max_length=30, choices=Authority.choices, blank=True)
    region = models.CharField(max_length=100, blank=True)
    website = models.URLField(blank=True)
    polices_for = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="forces", null=True, blank=True,
        help_text="Of a force: its commissioner or mayor.",
    )  # fmt: skip
    tenant = models.OneToOneField(
        Force, on_delete=models.PROTECT, related_name="organisation", null=True, blank=True
    )
    is_invented = models.BooleanField(default=False, help_text="Made for a demonstration.")
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["name"]
        indexes: ClassVar = [models.Index(fields=["kind"])]


class Designation(Referenced):
    """That a body may make super-complaints, under which criteria, until when."""

    PREFIX = "DES"
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="designations"
    )
    regime = models.CharField(max_length=20, choices=Regime.choices, default=Regime.POLICE)
    designated_on = models.DateField(null=True, blank=True)
    designated_words = models.CharField(
        max_length=100, blank=True, help_text="As known, where the day is not: “June 2018”."
    )
    instrument = models.CharField(max_length=150, blank=True)
    criteria = models.JSONField(default=list, blank=True, help_text="Codes of criteria met.")
    revoked_on = models.DateField(null=True, blank=True)
    revocation_grounds = models.JSONField(default=list, blank=True)
    revocation_instrument = models.CharField(max_length=150, blank=True)
    source_url = models.URLField(blank=True, max_length=400)
    note = models.CharField(max_length=500, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["organisation__name", "id"]
