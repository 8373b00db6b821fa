"""What is recorded of evidence that others will delete."""

from typing import Any

from django import forms

from fourfold.web.cases.models import Case
from fourfold.web.exhibits.forms.choosing import OneOf
from fourfold.web.exhibits.forms.custody import exhibit_label
from fourfold.web.exhibits.forms.moments import ClockField, MomentsForm, day_field
from fourfold.web.exhibits.models import Exhibit

EXHIBITS_SHOWN = 500
LONGEST_DAYS = 36_500


class StartForm(forms.Form):
    """The day from which the usual clocks are counted."""

    from_on = day_field(
        "Counted from",
        required=True,
        hint="The day of the incident that the evidence would show, not the day you write this.",
    )


class ClockForm(forms.Form):
    """One more thing that will expire."""

    source = forms.CharField(
        label="What may expire",
        error_messages={"required": "Enter what may expire."},
        max_length=100,
        help_text="And who holds it, such as CCTV of the bus company.",
    )
    counted_from_on = day_field("Day that the evidence would show", required=True)
    typical_life_days = forms.IntegerField(
        label="Days it is usually kept",
        error_messages={"required": "Enter how many days it is usually kept."},
        min_value=1,
        max_value=LONGEST_DAYS,
        help_text="Ask the holder. If nobody knows, take the shortest that you know of.",
    )
    ask_by_on = day_field("Ask for it by", required=True)

    def clean(self) -> dict[str, Any]:
        """Asking comes after the day that the evidence would show."""
        given = super().clean() or {}
        start, by = given.get("counted_from_on"), given.get("ask_by_on")
        if start and by and by < start:
            self.add_error("ask_by_on", "This lies before the day that the evidence would show.")
        return given


class AskForm(MomentsForm):
    """Of whom and when it was asked for."""

    asked_of = forms.CharField(
        label="Whom you asked",
        max_length=200,
        help_text="The company or person who holds it.",
        error_messages={"required": "Enter whom you asked."},
    )
    asked_on = day_field("Day you asked", required=True)
    asked_time = ClockField(label="Time you asked")

    def clean(self) -> dict[str, Any]:
        """Join day and time."""
        given = super().clean() or {}
        given["asked_at"] = self.moment("asked")
        self.not_later_than_now("asked", given["asked_at"])
        return given


class ReceiveForm(forms.Form):
    """As which exhibit it came."""

    exhibit = OneOf(
        label="The exhibit that came of it",
        required=False,
        help_text="Upload the file first if it is not in the list. You can choose it later.",
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["exhibit"]
        newest = Exhibit.objects.filter(case=case).order_by("-pk")
        field.offer(list(newest[:EXHIBITS_SHOWN]), exhibit_label)


class WaiveForm(forms.Form):
    """Why it is not needed."""

    reason = forms.CharField(
        label="Why it is not needed",
        error_messages={"required": "Enter why it is not needed."},
        max_length=300,
        widget=forms.Textarea,
        help_text="For example: the journey is on another exhibit; nobody filmed there.",
    )
