"""How a super-complaint moved: each step with its basis, and each authority's own view."""

from typing import ClassVar

from django.db import models
from simple_history.models import HistoricalRecords

from fourfold.web.base.models import Referenced, WrittenOnce
from fourfold.web.supercomplaints.models.complaints import SuperComplaint
from fourfold.web.supercomplaints.models.documents import Document
from fourfold.web.supercomplaints.models.organisations import Organisation
from fourfold.web.users.models import User


class Basis(models.TextChoices):
    """What a step or a limit rests on."""

    LAW = "law", "Law"
    GUIDANCE = "guidance", "Guidance"
    PRACTICE = "practice", "Practice"
    RECORD = "record", "Public record"


class Step(WrittenOnce):
    """One step of the procedure: which event, from which state to which, when, on what basis."""

    supercomplaint = models.ForeignKey(
        SuperComplaint, on_delete=models.PROTECT, related_name="steps"
    )
    event = models.CharField(max_length=40, help_text="A code of rules/procedure.py, or record.")
    from_state = models.CharField(max_length=30, blank=True)
    to_state = models.CharField(max_length=30, blank=True)
    on = models.DateField(null=True, blank=True)
    on_words = models.CharField(max_length=100, blank=True)
    words = models.CharField(max_length=500)
    basis = models.CharField(max_length=20, choices=Basis.choices)
    source = models.CharField(max_length=300, blank=True)
    is_late = models.BooleanField(default=False)
    is_public = models.BooleanField(default=True)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="steps", null=True, blank=True
    )
    by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="steps", null=True, blank=True
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.supercomplaint} {self.event} {self.pk}"


class EligibilityView(Referenced):
    """What one of the decision-making authorities holds on eligibility, with its reasons."""

    PREFIX = "EV"

    class Bar(models.TextChoices):
        """The bars of regulation 6(3) and (4)."""

        NONE = "none", "No bar applies"
        REPEATS_LIVE = (
            "repeats_live", "It merely repeats the substance of a complaint now investigated"
        )  # fmt: skip
        REPEATS_ENDED = (
            "repeats_ended",
            "It merely repeats the substance of one already investigated, and nothing material"
            " has changed since",
        )

    supercomplaint = models.ForeignKey(
        SuperComplaint, on_delete=models.PROTECT, related_name="eligibility_views"
    )
    authority = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="eligibility_views"
    )
    is_form_met = models.BooleanField(help_text="Regulation 4 is met.")
    bar = models.CharField(max_length=20, choices=Bar.choices, default=Bar.NONE)
    repeats = models.ForeignKey(
        SuperComplaint, on_delete=models.PROTECT, related_name="repeated_by", null=True, blank=True
    )
    reasons = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="eligibility_views")
    at = models.DateTimeField()
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["supercomplaint", "authority"], name="one_view_per_authority"
            )
        ]
