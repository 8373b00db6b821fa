"""Forms of the lead authority, the interval, and a letter."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from fourfold.web.exhibits.forms.choosing import OneOf
from fourfold.web.exhibits.forms.moments import day_field
from fourfold.web.supercomplaints.actions.letters import LetterFacts
from fourfold.web.supercomplaints.forms.complaints import writing
from fourfold.web.supercomplaints.models import Organisation

LONGEST_DAYS = 730


class LeadForm(forms.Form):
    """The authority that leads the work."""

    lead = OneOf(label="Lead authority", required=False)

    def __init__(self, *args: Any, authorities: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["lead"]
        field.offer(authorities, lambda each: each.name)


class CollatorForm(forms.Form):
    """Who collates what the addressees say."""

    collator = OneOf(label="Who collates the progress report", required=False)

    def __init__(self, *args: Any, offered: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["collator"]
        field.offer(offered, lambda each: each.name)


class IntervalForm(forms.Form):
    """How often progress is reported."""

    every_days = forms.IntegerField(
        label="Every so many days",
        required=False,
        min_value=1,
        max_value=LONGEST_DAYS,
        help_text="For example 90. Leave empty to choose none: then no day is due.",
        error_messages={
            "invalid": "Enter a whole number of days, such as 90.",
            "min_value": "Enter 1 day or more.",
            "max_value": f"Enter at most {LONGEST_DAYS} days.",
        },
    )


class LetterForm(forms.Form):
    """A letter."""

    on = day_field("Date of the letter", required=True)
    text = writing("Text", required="Write the letter.")

    def clean_on(self) -> Any:
        """Refuse a day to come."""
        on = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError("This lies in the future. Check the date.")
        return on

    def facts(self) -> LetterFacts:
        """Return what was entered."""
        return LetterFacts(**self.cleaned_data)
