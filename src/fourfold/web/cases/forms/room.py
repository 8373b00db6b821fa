"""The filter of the case list."""

from typing import Any

from django import forms

from fourfold.web.cases.models import Case
from fourfold.web.cases.selectors.room import Wanted


class FilterForm(forms.Form):
    """State, team, mine, text of the reference or the operation's name."""

    state = forms.ChoiceField(
        label="State", required=False, choices=[("", "All"), *Case.State.choices]
    )
    team = forms.ChoiceField(label="Team", required=False)
    mine = forms.BooleanField(label="Assigned to me", required=False)
    text = forms.CharField(
        label="Reference or operation",
        required=False,
        max_length=50,
        strip=True,
        help_text="Part of it is enough. Not a person’s name.",
    )

    def __init__(self, *args: Any, teams: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = [("", "All"), *teams]  # type: ignore[attr-defined]

    def wanted(self, sort: str) -> Wanted:
        """Return what is asked for; a part that is not understood is left out."""
        self.is_valid()
        given = self.cleaned_data
        return Wanted(
            state=given.get("state", ""),
            team_ref=given.get("team", ""),
            is_mine=given.get("mine", False),
            text=given.get("text", ""),
            sort=sort,
        )
