"""What an auditor found about a signal; and the looks at a case, as something to be opened."""

from typing import ClassVar

from django.db import models

from fourfold.web.base.models import Referenced, WrittenOnce
from fourfold.web.cases.models import Case
from fourfold.web.users.models import Force, User


class SignalReview(WrittenOnce, Referenced):
    """An auditor's finding about a signal, up to an entry of the ledger. Written once."""

    PREFIX = "SR"

    class Outcome(models.TextChoices):
        """What the auditor found."""

        EXPLAINED = "explained", "Explained: the work accounts for it"
        NEEDS_ENQUIRY = "needs_enquiry", "Needs enquiry: not explained yet"
        REFERRED = "referred", "Referred to professional standards"

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="signal_reviews")
    rule = models.CharField(max_length=40, help_text="Name of the rule in oversight/rules.")
    about_ref = models.CharField(
        max_length=16, blank=True, help_text="The user; blank where nobody was signed in."
    )
    last_seq = models.BigIntegerField(help_text="The last entry of the ledger that was reviewed.")
    entries = models.PositiveIntegerField(help_text="How many entries stood behind the signal.")
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    words = models.TextField()
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="signal_reviews")

    class Meta:
        ordering: ClassVar = ["-last_seq", "-id"]
        indexes: ClassVar = [models.Index(fields=["force", "rule", "about_ref", "-last_seq"])]


class CaseLooks(Case):
    """The looks at a case: who may read them is another question than who may open the case."""

    class Meta:
        proxy = True

    @property
    def case(self) -> Case:
        """The case itself, by which the ledger files the look."""
        return self
