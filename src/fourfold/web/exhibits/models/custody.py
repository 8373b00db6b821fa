"""Exhibits, every hand-over of each, the authority behind it, and evidence that will expire."""

from typing import ClassVar

from django.db import models
from simple_history.models import HistoricalRecords

from fourfold.web.base.models import Referenced, WrittenOnce
from fourfold.web.cases.models import Case, Person
from fourfold.web.exhibits.models.uploads import Upload
from fourfold.web.users.models import User


class Authority(Referenced):
    """What permits the use of an exhibit's rows, and for which period."""

    PREFIX = "AU"

    class Kind(models.TextChoices):
        """Kinds of authority."""

        COMMUNICATIONS_DATA = "communications_data", "Communications data authorisation"
        CONSENT_NOTICE = "consent_notice", "Victim or witness phone notice (PCSC Act 2022)"
        WARRANT = "warrant", "Search warrant"
        SEIZURE = "seizure", "Seizure (PACE)"
        PRODUCTION_ORDER = "production_order", "Production order"
        AGREEMENT = "agreement", "Handed over by agreement"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="authorities")
    reference = models.CharField(max_length=100, help_text="As the authority itself is numbered.")
    kind = models.CharField(max_length=30, choices=Kind.choices)
    grade = models.CharField(max_length=50, blank=True)
    from_at = models.DateTimeField(null=True, blank=True)
    to_at = models.DateTimeField(null=True, blank=True)
    scope = models.CharField(max_length=500, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "reference"], name="authority_reference_once_per_case"
            )
        ]


class Exhibit(Referenced):
    """An exhibit: sealed bytes in FILES_ROOT/sealed/<2>/<sha256>, and what is known of them."""

    PREFIX = "X"
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="exhibits")
    upload = models.OneToOneField(
        Upload, on_delete=models.PROTECT, related_name="exhibit", null=True, blank=True
    )
    path = models.CharField(max_length=1000, help_text="Path inside the case folder.")
    sha256 = models.CharField(max_length=64)
    size_bytes = models.BigIntegerField()
    exhibit_reference = models.CharField(
        max_length=50, blank=True, help_text="Producer's initials and number, such as ABC/1."
    )
    producer = models.CharField(max_length=200, blank=True)
    description = models.CharField(max_length=500, blank=True)
    received_from = models.CharField(max_length=200, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)
    authorities = models.ManyToManyField(Authority, related_name="exhibits", blank=True)
    format_hint = models.CharField(max_length=50, blank=True)
    time_zone = models.CharField(max_length=50, blank=True)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="exhibits", null=True, blank=True
    )
    device = models.CharField(max_length=100, blank=True)
    identifier_text = models.CharField(max_length=200, blank=True)
    media_type = models.CharField(
        max_length=100, blank=True, help_text="What its first bytes look like; never proof."
    )
    scan_state = models.CharField(max_length=20, default="not_scanned")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="derived", null=True, blank=True
    )
    taken_in_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="exhibits")
    taken_in_at = models.DateTimeField()
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["path", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "path"], name="exhibit_path_once_per_case")
        ]
        indexes: ClassVar = [models.Index(fields=["sha256"])]


class Continuity(WrittenOnce):
    """One hand-over of an exhibit: from, to, when, why, seal."""

    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="continuity")
    at = models.DateTimeField()
    from_whom = models.CharField(max_length=200)
    to_whom = models.CharField(max_length=200)
    reason = models.CharField(max_length=300)
    seal = models.CharField(max_length=100, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="continuity")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.exhibit} {self.pk}"


class ExpiryClock(Referenced):
    """Evidence that somebody else holds and will delete: ask in time, record what came."""

    PREFIX = "EX"

    class State(models.TextChoices):
        """How far the request is."""

        TO_ASK = "to_ask", "To be asked for"
        ASKED = "asked", "Asked for"
        RECEIVED = "received", "Received"
        WAIVED = "waived", "Not needed"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="expiry_clocks")
    source = models.CharField(max_length=100)
    typical_life_days = models.PositiveIntegerField()
    counted_from_on = models.DateField()
    ask_by_on = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.TO_ASK)
    asked_of = models.CharField(max_length=200, blank=True)
    asked_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="clocks_asked", null=True, blank=True
    )
    asked_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)
    exhibit = models.ForeignKey(
        Exhibit, on_delete=models.PROTECT, related_name="expiry_clocks", null=True, blank=True
    )
    reason = models.CharField(max_length=300, blank=True, help_text="Why it is not needed.")
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["ask_by_on", "id"]
        indexes: ClassVar = [models.Index(fields=["state", "ask_by_on"])]
