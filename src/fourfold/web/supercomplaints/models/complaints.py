"""The complaint: features of policing, harms, documented facts, and the talk before it is made."""

from typing import ClassVar

from django.db import models
from simple_history.models import HistoricalRecords

from fourfold.web.base.models import Referenced
from fourfold.web.supercomplaints.models.organisations import Organisation, Regime
from fourfold.web.users.models import User


class SuperComplaint(Referenced):
    """A super-complaint, from the draft to the end. `rules/procedure.py` says how it moves.

    One that is only known from public sources (`is_from_public_record`) keeps what was not seen
    as missing: its dates may be empty, and `made_words` says what is known.
    """

    PREFIX = "SC"

    class State(models.TextChoices):
        """The states of super-complaints.md section 4."""

        PREPARING = "preparing", "Being prepared"
        RECEIVED = "received", "Received"
        ACKNOWLEDGED = "acknowledged", "Acknowledged"
        INELIGIBLE = "ineligible", "Not eligible"
        UNDER_INVESTIGATION = "under_investigation", "Under investigation"
        CONCLUDED = "concluded", "Investigation concluded"
        PUBLISHED = "published", "Report published"
        AWAITING_RESPONSES = "awaiting_responses", "Awaiting responses"
        RESPONSES_PUBLISHED = "responses_published", "Responses published"
        MONITORING = "monitoring", "Progress is monitored"
        CLOSED = "closed", "Closed"

    regime = models.CharField(max_length=20, choices=Regime.choices, default=Regime.POLICE)
    title = models.CharField(max_length=200)
    body = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="super_complaints"
    )
    with_whom = models.CharField(max_length=500, blank=True, help_text="Who joins in making it.")
    subject = models.TextField(blank=True, help_text="What it is about, in plain words.")
    is_in_writing = models.BooleanField(default=True)
    contact_name = models.CharField(max_length=150, blank=True)
    contact_details = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=30, choices=State.choices, default=State.PREPARING)
    is_shared_with_authorities = models.BooleanField(
        default=False, help_text="The draft may be read by the authorities, for the talk."
    )
    made_on = models.DateField(null=True, blank=True)
    made_words = models.CharField(max_length=100, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)
    acknowledge_by_on = models.DateField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    progress_every_days = models.PositiveIntegerField(
        null=True, blank=True, help_text="Not fixed by what was seen of regulation 7: a choice."
    )
    concluded_on = models.DateField(null=True, blank=True)
    published_on = models.DateField(null=True, blank=True)
    responses_due_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    lead = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="led", null=True, blank=True
    )
    collator = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="collated", null=True, blank=True,
        help_text="Who collates the progress report.",
    )  # fmt: skip
    report_title = models.CharField(max_length=200, blank=True)
    gaps = models.JSONField(default=list, blank=True, help_text="What is not known of it.")
    sources = models.JSONField(default=list, blank=True)
    is_from_public_record = models.BooleanField(default=False)
    is_invented = models.BooleanField(default=False)
    drafted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="super_complaints", null=True, blank=True
    )
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["-made_on", "-id"]
        indexes: ClassVar = [models.Index(fields=["state"])]


class Feature(Referenced):
    """A feature of policing, and why it is, or appears to be, significantly harming the public."""

    PREFIX = "FE"
    supercomplaint = models.ForeignKey(
        SuperComplaint, on_delete=models.PROTECT, related_name="features"
    )
    number = models.PositiveIntegerField()
    text = models.TextField()
    why_harmful = models.TextField(blank=True)
    forces = models.ManyToManyField(Organisation, related_name="features", blank=True)
    forces_words = models.CharField(max_length=300, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["number", "id"]


class Harm(Referenced):
    """A harm of a feature: its nature, its scale, and whether groups are hit hardest."""

    PREFIX = "HM"
    feature = models.ForeignKey(Feature, on_delete=models.PROTECT, related_name="harms")
    nature = models.TextField()
    scale = models.TextField(blank=True)
    groups = models.TextField(blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["id"]


class Fact(Referenced):
    """A documented fact that a feature stands on, and where it comes from."""

    PREFIX = "FA"
    feature = models.ForeignKey(Feature, on_delete=models.PROTECT, related_name="facts")
    text = models.TextField()
    source = models.CharField(max_length=500)
    document = models.ForeignKey(
        "supercomplaints.Document", on_delete=models.PROTECT, related_name="facts",
        null=True, blank=True,
    )  # fmt: skip
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["id"]


class Talk(Referenced):
    """A talk of the body with the authorities before it submits."""

    PREFIX = "TK"
    supercomplaint = models.ForeignKey(
        SuperComplaint, on_delete=models.PROTECT, related_name="talks"
    )
    on = models.DateField()
    with_whom = models.CharField(max_length=300)
    advice = models.TextField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="talks")
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["on", "id"]
