"""Reminders that were sent. The program sends none by itself: it keeps that one was."""

from typing import ClassVar

from django.db import models

from fourfold.web.base.models import WrittenOnce
from fourfold.web.supercomplaints.models import Organisation, SuperComplaint
from fourfold.web.users.models import User


class Reminder(WrittenOnce):
    """One reminder or escalation: to whom, which step, for which recommendations."""

    supercomplaint = models.ForeignKey(
        SuperComplaint, on_delete=models.PROTECT, related_name="reminders"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="reminders"
    )
    step = models.CharField(max_length=30, help_text="A code of reference/reminders.toml.")
    due_on = models.DateField(help_text="The deadline that it is about.")
    sent_on = models.DateField()
    sent_to = models.CharField(max_length=300)
    numbers = models.JSONField(default=list, help_text="Numbers of the recommendations owed.")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="reminders")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["sent_on", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["supercomplaint", "organisation", "step", "due_on"],
                name="reminder_step_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.supercomplaint} {self.organisation} {self.step}"
