"""A report: what somebody told the police, before and after it belongs to a case."""

from typing import ClassVar

from django.db import models
from simple_history.models import HistoricalRecords

from fourfold.web.base.models import Referenced, WrittenOnce
from fourfold.web.cases.models.answers import Answer, Jurisdiction
from fourfold.web.cases.models.case import Case
from fourfold.web.users.models import Force, IdentifierKind, User


class Report(Referenced):
    """One report. FOUR: fixated, obsessive, unwanted, repeated; each asked or not asked."""

    PREFIX = "R"

    class Channel(models.TextChoices):
        """How the report came."""

        EMERGENCY_CALL = "emergency_call", "999 call"
        CALL = "call", "101 call"
        ONLINE = "online", "Online"
        IN_PERSON = "in_person", "In person"
        PARTNER_AGENCY = "partner_agency", "From another agency"
        OTHER = "other", "Other"

    class Relationship(models.TextChoices):
        """What the suspect is to the victim."""

        PARTNER = "partner", "Partner"
        FORMER_PARTNER = "former_partner", "Former partner"
        FAMILY = "family", "Family"
        ACQUAINTANCE = "acquaintance", "Acquaintance or colleague"
        STRANGER = "stranger", "Stranger"
        NOT_KNOWN = "not_known", "Not known (asked)"
        NOT_ASKED = "not_asked", "Not asked"

    class Classification(models.TextChoices):
        """What the report is treated as for now. A person decides it."""

        UNDECIDED = "undecided", "Not decided yet"
        STALKING = "stalking", "Stalking"
        HARASSMENT = "harassment", "Harassment"
        OTHER = "other", "Something else"

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="reports")
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="reports", null=True, blank=True
    )
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="reports_taken")
    taken_at = models.DateTimeField()
    channel = models.CharField(max_length=20, choices=Channel.choices, default=Channel.CALL)
    is_by_victim = models.BooleanField(default=True)
    jurisdiction = models.CharField(
        max_length=30, choices=Jurisdiction.choices, default=Jurisdiction.ENGLAND_AND_WALES
    )
    victim_words = models.TextField(blank=True)
    effect_words = models.TextField(blank=True)
    fixated = models.CharField(max_length=10, choices=Answer.choices, default=Answer.NOT_ASKED)
    obsessive = models.CharField(max_length=10, choices=Answer.choices, default=Answer.NOT_ASKED)
    unwanted = models.CharField(max_length=10, choices=Answer.choices, default=Answer.NOT_ASKED)
    repeated = models.CharField(max_length=10, choices=Answer.choices, default=Answer.NOT_ASKED)
    in_danger_now = models.CharField(
        max_length=10, choices=Answer.choices, default=Answer.NOT_ASKED
    )
    fear_of_violence = models.CharField(
        max_length=10, choices=Answer.choices, default=Answer.NOT_ASKED
    )
    relationship = models.CharField(
        max_length=20, choices=Relationship.choices, default=Relationship.NOT_ASKED
    )
    classification = models.CharField(
        max_length=12, choices=Classification.choices, default=Classification.UNDECIDED
    )
    classification_reason = models.TextField(blank=True)
    notes = models.TextField(
        blank=True, help_text="What else was told; lines that no identifier was read from."
    )
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["-taken_at", "-id"]
        indexes: ClassVar = [models.Index(fields=["force", "-taken_at"])]


class ReportIdentifier(models.Model):
    """A number, name, address, vehicle or account told in a report, and whose it is said to be."""

    class Whose(models.TextChoices):
        """Whose it is said to be."""

        SUSPECT = "suspect", "Suspect"
        VICTIM = "victim", "Victim"
        OTHER = "other", "Somebody else"

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="identifiers")
    whose = models.CharField(max_length=10, choices=Whose.choices)
    kind = models.CharField(max_length=20, choices=IdentifierKind.choices)
    text = models.CharField(max_length=300)
    normalised = models.CharField(max_length=200)
    is_sensitive = models.BooleanField(default=False)
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["kind", "normalised"])]

    def __str__(self) -> str:
        return f"{self.report} {self.kind}"


class Joining(WrittenOnce):
    """The record that a report was joined to a case: by whom, when, on what match, and why."""

    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="joining")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="joinings")
    reasons = models.JSONField(
        default=list, help_text="The matches shown to the person who joined: kind and whose."
    )
    words = models.TextField(blank=True)
    joined_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="joinings")
    joined_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.report} in {self.case}"
