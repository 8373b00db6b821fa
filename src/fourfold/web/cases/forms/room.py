"""The filter of the case list, and the forms of the case itself."""

from typing import Any

from django import forms

from fourfold.web.cases.actions.room import CaseFacts
from fourfold.web.cases.models import Case
from fourfold.web.cases.models.answers import Jurisdiction
from fourfold.web.cases.selectors.room import Wanted
from fourfold.web.users.forms import TeamChoice
from fourfold.web.users.models import Team


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


class CaseForm(forms.Form):
    """What may change about a case as such."""

    operation_name = forms.CharField(
        label="Operation name",
        max_length=100,
        help_text="A neutral name. Never a person’s name: it stands in lists and addresses.",
    )
    jurisdiction = forms.ChoiceField(label="Law that applies", choices=Jurisdiction.choices)
    team = TeamChoice(label="Team", queryset=Team.objects.none(), to_field_name="ref")

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = Team.objects.filter(force=case.force_id)  # type: ignore[attr-defined]

    def facts(self) -> CaseFacts:
        """Return what was told."""
        return CaseFacts(**self.cleaned_data)

    @staticmethod
    def told_of(case: Case) -> dict[str, Any]:
        """Return what stands there now."""
        return {
            "operation_name": case.operation_name,
            "jurisdiction": case.jurisdiction,
            "team": case.team.ref,
        }


class ClosingForm(forms.Form):
    """Why a case is closed."""

    reason = forms.CharField(
        label="Why the case is closed",
        widget=forms.Textarea,
        help_text="The outcome, and what the victim was told.",
        error_messages={"required": "Say why the case is closed."},
    )
