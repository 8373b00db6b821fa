"""A day in three boxes and a time beside it, as a clock in the United Kingdom showed it."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from fourfold.web.base.widgets import DayField
from fourfold.web.cases.rules import moments

TIME_HINT = "Use a 24-hour clock, such as 09:30. Leave empty if only the day is known."


class ClockField(forms.CharField):
    """A time of day, as people type it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=10, **{"required": False, "help_text": TIME_HINT, **kwargs})

    def clean(self, value: Any) -> Any:
        """Return the time, nothing where the box is empty, or say what is wrong."""
        text = super().clean(value)
        try:
            return moments.clock_of(text) if text else None
        except moments.NotAClockTimeError as error:
            raise ValidationError("Enter a time such as 09:30 or 21:05.") from error


def day_field(label: str, *, required: bool = False, hint: str = "") -> DayField:
    """Return a day in three boxes."""
    return DayField(label=label, required=required, help_text=hint)


class MomentsForm(forms.Form):
    """A form whose pairs `<name>_on` and `<name>_time` together give a moment."""

    def moment(self, name: str, *, at_empty: time = time()) -> datetime | None:
        """Return the moment of a pair; adds an error to the form where there is none."""
        day, clock = self.cleaned_data.get(f"{name}_on"), self.cleaned_data.get(f"{name}_time")
        if day is None:
            if clock is not None and f"{name}_on" not in self.errors:
                self.add_error(f"{name}_on", "Enter the day that this time belongs to.")
            return None
        try:
            return moments.to_utc(datetime.combine(day, clock or at_empty), moments.FIRST)
        except moments.NoSuchMomentError:
            self.add_error(
                f"{name}_time",
                "Clocks went forward over this time, so none showed it. Check the time.",
            )
            return None

    def not_later_than_now(self, name: str, moment: datetime | None) -> None:
        """Add an error where a moment of the past lies in the future."""
        if moment is not None and moment > timezone.now():
            self.add_error(f"{name}_on", "This lies in the future. Check the day and the time.")


def initial_of(name: str, moment: datetime | None) -> dict[str, Any]:
    """Return what stands in the boxes of a pair."""
    if moment is None:
        return {}
    local = moment.astimezone(moments.UK)
    return {f"{name}_on": local.date(), f"{name}_time": f"{local:%H:%M}"}
