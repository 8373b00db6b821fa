"""What may be asked of the matrix."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django import forms
from django.utils import timezone

from fourfold.web.base.widgets import DayField

WORDS: Final = {
    "number": ("Recommendation", "All"),
    "theme": ("Theme", "All"),
    "kind": ("Kind of addressee", "All"),
    "region": ("Region", "All"),
    "status": ("Status", "All"),
}


class FilterForm(forms.Form):
    """Filters over what the matrix holds; a choice that it does not hold is not offered."""

    late = forms.BooleanField(label="Late only", required=False)

    def __init__(
        self, *args: Any, choices: Mapping[str, tuple[tuple[str, str], ...]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = {}
        for name, (label, every) in WORDS.items():
            if choices.get(name):
                fields[name] = forms.ChoiceField(
                    label=label, required=False, choices=[("", every), *choices[name]]
                )
        self.fields = {**fields, **self.fields}


class DayForm(forms.Form):
    """A day in the past, or today."""

    on = DayField(
        label="As published on", error_messages={"required": "Enter the day to look back to."}
    )

    def clean_on(self) -> date:
        """Refuse a day that has not come."""
        on: date = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError("This day lies in the future. Enter today or earlier.")
        return on
