"""A figure as it was computed, who signed it, and what of it went to the public."""

from typing import ClassVar

from django.db import models

from fourfold.web.base.models import Referenced, WrittenOnce
from fourfold.web.users.models import Force, User


class ComputedFigure(WrittenOnce, Referenced):
    """What a definition gave for a force and a period, with the rows it was counted from."""

    PREFIX = "FG"
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="figures")
    measure = models.CharField(max_length=60)
    definition_version = models.PositiveIntegerField()
    sql_sha256 = models.CharField(max_length=64)
    from_on = models.DateField()
    to_on = models.DateField(help_text="The last day of the period.")
    numerator = models.PositiveIntegerField(null=True, blank=True)
    denominator = models.PositiveIntegerField(null=True, blank=True)
    value = models.FloatField(null=True, blank=True)
    row_count = models.PositiveIntegerField()
    computed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="figures_computed")
    computed_at = models.DateTimeField()
    # last in the table too (see the migration), so that others are read without them
    parameters = models.JSONField(default=dict)
    rows = models.JSONField(default=list, help_text="References counted; never published.")

    class Meta:
        ordering: ClassVar = ["measure", "from_on", "to_on", "id"]
        indexes: ClassVar = [
            models.Index(fields=["measure", "force", "-to_on", "-computed_at"]),
        ]


class FigureSignature(WrittenOnce):
    """That a named person of the force stands by a figure, in which post."""

    figure = models.OneToOneField(
        ComputedFigure, on_delete=models.PROTECT, related_name="signature"
    )
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="figures_signed")
    post = models.CharField(max_length=150)
    words = models.TextField(blank=True, help_text="What must be known to read the figure.")
    signed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.figure} signed"


class FigureRelease(WrittenOnce):
    """That a figure went to the public: as it stands, or withheld and why."""

    figure = models.OneToOneField(ComputedFigure, on_delete=models.PROTECT, related_name="release")
    is_suppressed = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True)
    released_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="figures_released")
    released_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.figure} released"
