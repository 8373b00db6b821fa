"""Who may see a case beyond rank and role: assignments, break-glass, cleared conflicts, notices."""

from typing import ClassVar

from django.db import models
from simple_history.models import HistoricalRecords

from fourfold.web.base.models import Referenced, WrittenOnce
from fourfold.web.cases.models.case import Case
from fourfold.web.users.models import DeclaredInterest, User


class Assignment(models.Model):
    """A user's place on a case's need-to-know list, for a period."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assignments")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assignments")
    assigned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assigned")
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True, blank=True)
    words = models.CharField(max_length=200, blank=True, help_text="Why: task or consent.")
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["from_at", "id"]
        indexes: ClassVar = [models.Index(fields=["user", "case"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "user"],
                condition=models.Q(to_at__isnull=True),
                name="assigned_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} on {self.case}"


class BreakGlass(Referenced):
    """Opening a case without being assigned, with a reason; supervisor and auditor are told."""

    PREFIX = "BG"
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="break_glass")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="break_glass")
    reason = models.TextField()
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="break_glass_reviewed", null=True, blank=True
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)
    review_words = models.TextField(blank=True)
    was_justified = models.BooleanField(null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["-from_at", "-id"]
        indexes: ClassVar = [models.Index(fields=["user", "case", "until_at"])]


class ConflictClearance(WrittenOnce):
    """A match of a declared interest with a case that is not the same person or thing."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="clearances")
    interest = models.ForeignKey(
        DeclaredInterest, on_delete=models.PROTECT, related_name="clearances"
    )
    reason = models.TextField()
    cleared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="clearances")
    cleared_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.interest} on {self.case}"


class Notice(models.Model):
    """Something one user must know: break-glass on a case of the team, a conflict that matched."""

    class Kind(models.TextChoices):
        """What happened."""

        BREAK_GLASS = "break_glass", "A case was opened by break-glass"
        CONFLICT = "conflict", "A declared interest matches a case"
        ASSIGNED = "assigned", "You were assigned to a case"

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notices")
    about_ref = models.CharField(max_length=16, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]
        indexes: ClassVar = [models.Index(fields=["user", "read_at"])]

    def __str__(self) -> str:
        return f"{self.kind} to {self.user}"
