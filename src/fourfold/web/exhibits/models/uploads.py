"""An upload on its way: parts arrive, the whole is hashed, an exhibit comes of it."""

from typing import ClassVar

from django.db import models

from fourfold.web.base.models import Referenced
from fourfold.web.cases.models import Case
from fourfold.web.users.models import User


class Upload(Referenced):
    """One file being uploaded. The bytes lie in FILES_ROOT/incoming/<ref> until it is finished."""

    PREFIX = "UP"

    class State(models.TextChoices):
        """How far it is."""

        RECEIVING = "receiving", "Receiving"
        FINISHED = "finished", "Finished"
        ABANDONED = "abandoned", "Abandoned"
        REFUSED = "refused", "Refused"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="uploads")
    name = models.CharField(max_length=1000, help_text="Path inside the folder that was handed in.")
    size_bytes = models.BigIntegerField()
    sha256_stated = models.CharField(
        max_length=64, blank=True, help_text="SHA-256 that the browser computed before sending."
    )
    received_bytes = models.BigIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVING)
    refusal = models.CharField(
        max_length=200, blank=True, help_text="Code of the reason; its words: rules/refusals.py."
    )
    facts = models.JSONField(
        default=dict, help_text="What was said of the file when it was sent, for its exhibit."
    )
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="uploads")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["case", "state"])]
