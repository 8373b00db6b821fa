"""Acts, the occasions they make up, and what the suspect had been told."""

from typing import ClassVar

from django.db import models
from simple_history.models import HistoricalRecords

from fourfold.web.base.models import Referenced, WrittenOnce
from fourfold.web.cases.models.answers import Answer, Precision
from fourfold.web.cases.models.case import Case
from fourfold.web.cases.models.people import Person
from fourfold.web.cases.models.reports import Report
from fourfold.web.users.models import User


class KnowledgeEvent(Referenced):
    """A moment at which the suspect was told that the conduct is unwelcome (PHA 1997 s.1(2))."""

    PREFIX = "K"
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="knowledge_events")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="told")
    at = models.DateTimeField()
    precision = models.CharField(max_length=10, choices=Precision.choices, default=Precision.EXACT)
    by = models.CharField(max_length=100, help_text="Who told: the victim, police, a solicitor.")
    how = models.CharField(max_length=100, help_text="By text, in person, by blocking, by letter.")
    words = models.TextField(blank=True)
    proof = models.TextField(blank=True, help_text="How it is proven: exhibit, statement.")
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["at", "id"]


class Occasion(Referenced):
    """Acts that count as one occasion. A rule proposes; a person confirms."""

    PREFIX = "O"

    class State(models.TextChoices):
        """Whether a person has confirmed it."""

        PROPOSED = "proposed", "Proposed"
        CONFIRMED = "confirmed", "Confirmed"
        DISSOLVED = "dissolved", "Dissolved"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="occasions")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    rule = models.CharField(max_length=50, help_text="Rule that proposed it, or “by hand”.")
    grouped_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="occasions_made")
    confirmed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="occasions_confirmed", null=True, blank=True
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    words = models.TextField(blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["case", "state"])]


class Act(Referenced):
    """One act towards the victim. What the victim says and how it affected her come first."""

    PREFIX = "A"

    class Means(models.TextChoices):
        """By what means."""

        CALL = "call", "Phone call"
        TEXT = "text", "Text message"
        APP = "app", "Messaging app"
        EMAIL = "email", "Email"
        POST = "post", "Letter or parcel"
        SOCIAL = "social", "Online post"
        IN_PERSON = "in_person", "In person"
        DEVICE = "device", "Tracker or device"
        DRONE = "drone", "Drone"
        THIRD_PARTY = "third_party", "Through somebody else"
        OTHER = "other", "Other"
        NOT_KNOWN = "not_known", "Not known"

    class ActorKind(models.TextChoices):
        """Who did it, so far as is known."""

        SUSPECT = "suspect", "The suspect"
        PROXY = "proxy", "Somebody for the suspect"
        UNKNOWN = "unknown", "Not known"

    class Target(models.TextChoices):
        """Whom or what it was aimed at."""

        VICTIM = "victim", "The victim"
        OTHER_PERSON = "other_person", "Somebody else"
        PROPERTY = "property", "Property"

    class State(models.TextChoices):
        """Whether it counts."""

        STANDING = "standing", "Stands"
        WITHDRAWN = "withdrawn", "Withdrawn"
        JOINED = "joined", "Joined to another act"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="acts")
    occasion = models.ForeignKey(
        Occasion, on_delete=models.PROTECT, related_name="acts", null=True, blank=True
    )
    victim_words = models.TextField(blank=True)
    effect_words = models.TextField(blank=True)
    fear_of_violence = models.CharField(
        max_length=10, choices=Answer.choices, default=Answer.NOT_ASKED
    )
    alarm = models.CharField(max_length=10, choices=Answer.choices, default=Answer.NOT_ASKED)
    distress = models.CharField(max_length=10, choices=Answer.choices, default=Answer.NOT_ASKED)
    occurred_from_at = models.DateTimeField(null=True, blank=True)
    occurred_to_at = models.DateTimeField(null=True, blank=True)
    precision = models.CharField(max_length=10, choices=Precision.choices, default=Precision.EXACT)
    when_text = models.CharField(max_length=200, blank=True, help_text="When, as it was told.")
    codes = models.JSONField(
        default=list, help_text="Letters of PHA 1997 s.2A(3), and local codes."
    )
    means = models.CharField(max_length=20, choices=Means.choices, default=Means.NOT_KNOWN)
    place_text = models.CharField(max_length=300, blank=True)
    actor_kind = models.CharField(
        max_length=10, choices=ActorKind.choices, default=ActorKind.SUSPECT
    )
    actor_person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="acts_done", null=True, blank=True
    )
    proxy_basis = models.TextField(
        blank=True, help_text="Why an act of somebody else counts as the suspect's (s.7(3A))."
    )
    target = models.CharField(max_length=15, choices=Target.choices, default=Target.VICTIM)
    target_person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="acts_received", null=True, blank=True
    )
    known_unwelcome = models.ForeignKey(
        KnowledgeEvent, on_delete=models.PROTECT, related_name="acts_after", null=True, blank=True
    )
    summary = models.TextField(blank=True, help_text="What happened, in neutral words.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.STANDING)
    state_reason = models.TextField(blank=True)
    joined_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="joined", null=True, blank=True
    )
    distinct_from = models.JSONField(
        default=list, blank=True, help_text="Acts that a person said are not the same one."
    )
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="acts_added")
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["occurred_from_at", "id"]
        indexes: ClassVar = [
            models.Index(fields=["case", "state", "occurred_from_at"]),
        ]


class ActSource(WrittenOnce):
    """Where an act is known from: a report, a statement, or rows that the engine read."""

    class Kind(models.TextChoices):
        """What kind of source."""

        REPORT = "report", "Report"
        STATEMENT = "statement", "Statement or account"
        ENGINE = "engine", "Rows of exhibits"
        OTHER = "other", "Other"

    act = models.ForeignKey(Act, on_delete=models.PROTECT, related_name="sources")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    report = models.ForeignKey(
        Report, on_delete=models.PROTECT, related_name="act_sources", null=True, blank=True
    )
    run_ref = models.CharField(max_length=16, blank=True, help_text="Engine run it came from.")
    trace_code = models.CharField(
        max_length=80, blank=True, help_text="Code that `fourfold trace` leads back to rows."
    )
    row_ids = models.JSONField(default=list)
    words = models.CharField(max_length=500, blank=True)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="act_sources")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["run_ref", "trace_code"])]

    def __str__(self) -> str:
        return f"{self.act} {self.kind}"
