"""For which period a measure is computed, and who signs a figure in which post."""

from typing import Any

from django import forms
from django.utils import timezone

from fourfold.web.base.words import UK
from fourfold.web.measures.actions.computing import Signing
from fourfold.web.measures.rules import periods
from fourfold.web.measures.rules.periods import Period, PeriodError


class ComputeForm(forms.Form):
    """A period of whole months."""

    first = forms.CharField(
        label="First month",
        max_length=7,
        help_text="For example, 2026-01.",
        error_messages={"required": "Enter the first month, such as 2026-01."},
    )
    last = forms.CharField(
        label="Last month",
        max_length=7,
        required=False,
        help_text="Leave empty for one month.",
    )

    def clean(self) -> dict[str, Any]:
        """Read the months; what has not begun cannot be counted."""
        given = super().clean() or {}
        first, last = given.get("first", "").strip(), given.get("last", "").strip()
        if not first:
            return given
        try:
            period = periods.parse(f"{first}..{last}" if last else first)
        except PeriodError as error:
            self.add_error("first", f"{str(error).capitalize()}.")
            return given
        if period.from_on > timezone.now().astimezone(UK).date():
            self.add_error("first", "The period has not begun. Choose an earlier month.")
        given["period"] = period
        return given

    def period(self) -> Period:
        """Return the period entered."""
        entered: Period = self.cleaned_data["period"]
        return entered


class SignForm(forms.Form):
    """The post of the person who signs, and what a reader must know."""

    post = forms.CharField(
        label="Your post",
        max_length=150,
        help_text="As it stands under the figure, in public too. Your name stays inside.",
        error_messages={"required": "Enter the post in which you sign."},
    )
    words = forms.CharField(
        label="What must be known to read the figure",
        required=False,
        max_length=2000,
        widget=forms.Textarea,
        help_text="For the force and the authorities; it is not published. Name no person.",
    )

    def signing(self) -> Signing:
        """Return what was entered."""
        return Signing(self.cleaned_data["post"].strip(), self.cleaned_data["words"].strip())
