"""Engine runs of a case: facts taken over, the job, its progress, and the acts it proposes."""

from typing import ClassVar

from django.db import models

from fourfold.web.base.models import Referenced, WrittenOnce
from fourfold.web.cases.models import Act, Case
from fourfold.web.exhibits.models.custody import Exhibit
from fourfold.web.users.models import User


class CaseFileTaken(WrittenOnce):
    """What was taken over from a case.toml that came as a file, and its orders, verbatim."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="case_files_taken")
    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="taken_over")
    orders_toml = models.TextField(
        blank=True, help_text="The file's [[order]] tables, letter by letter, for the engine."
    )
    counts = models.JSONField(default=dict, help_text="How many facts of each kind were added.")
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="case_files_taken")
    taken_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.case} {self.exhibit}"


class EngineRun(Referenced):
    """One run of the engine over the exhibits of a case.

    The package lies in FILES_ROOT/runs/<ref>/package. A worker claims a queued run, says every
    few seconds that it lives, and takes a run back whose worker died.
    """

    PREFIX = "RUN"

    class State(models.TextChoices):
        """How far it is."""

        QUEUED = "queued", "Waiting"
        RUNNING = "running", "Running"
        FINISHED = "finished", "Finished"
        FAILED = "failed", "Failed"
        CANCELLED = "cancelled", "Cancelled"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="runs")
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    is_cancel_asked = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    worker = models.CharField(max_length=100, blank=True)
    alive_at = models.DateTimeField(null=True, blank=True)
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="runs")
    queued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    case_file_sha256 = models.CharField(max_length=64, blank=True)
    exhibit_count = models.PositiveIntegerField(default=0)
    rows_read = models.PositiveBigIntegerField(default=0)
    rows_used = models.PositiveBigIntegerField(default=0)
    rows_merged = models.PositiveBigIntegerField(default=0)
    rows_set_aside = models.PositiveBigIntegerField(default=0)
    finding_count = models.PositiveIntegerField(default=0)
    tables_sha256 = models.CharField(max_length=64, blank=True)
    error_code = models.CharField(max_length=50, blank=True)
    error_words = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["state", "id"])]


class RunProgress(WrittenOnce):
    """One step that a run reached, in order; live pages read what came after the last they saw."""

    run = models.ForeignKey(EngineRun, on_delete=models.CASCADE, related_name="progress")
    at = models.DateTimeField(auto_now_add=True)
    station = models.CharField(max_length=20)
    detail = models.CharField(max_length=300)

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.run} {self.station}"


class Proposal(Referenced):
    """An act that the rows of a run propose. A person accepts it, or declines it with a reason."""

    PREFIX = "AR"

    class State(models.TextChoices):
        """What a person decided."""

        OPEN = "open", "To decide"
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="proposals")
    run = models.ForeignKey(EngineRun, on_delete=models.PROTECT, related_name="proposals")
    same_as = models.CharField(
        max_length=64, help_text="Digest of its rows: a later run proposes the same act once."
    )
    question = models.CharField(max_length=50)
    trace_code = models.CharField(max_length=80)
    row_ids = models.JSONField(default=list)
    occurred_from_at = models.DateTimeField(null=True, blank=True)
    occurred_to_at = models.DateTimeField(null=True, blank=True)
    occurred_on = models.DateField(
        null=True, blank=True, help_text="Day in the time zone of the case."
    )
    when_text = models.CharField(max_length=200, blank=True, help_text="When, as it was told.")
    identifier_text = models.CharField(
        max_length=200, blank=True, help_text="The number or account that the act came from."
    )
    quoted_words = models.TextField(
        blank=True, help_text="The record's own text: a message, or the victim's diary."
    )
    means = models.CharField(max_length=20, choices=Act.Means.choices)
    codes = models.JSONField(default=list)
    words = models.CharField(max_length=1000, help_text="What the rows show, in guarded words.")
    attribution_basis = models.CharField(max_length=1000, blank=True)
    strength = models.CharField(max_length=10, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="proposals_decided", null=True, blank=True
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.CharField(max_length=500, blank=True)
    act = models.ForeignKey(
        Act, on_delete=models.PROTECT, related_name="proposals", null=True, blank=True
    )

    class Meta:
        ordering: ClassVar = ["occurred_from_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "same_as"], name="proposed_once_per_case")
        ]
        indexes: ClassVar = [
            models.Index(fields=["case", "state", "occurred_from_at"]),
            models.Index(fields=["case", "occurred_on"]),
        ]
