"""What a person decides when a report is joined to a case, or opens one."""

from collections.abc import Sequence
from typing import Any

from django import forms

from fourfold.web.users.models import Team, User

FIRST_ACT = "Record the account of this report as an act of the case"


class JoinForm(forms.Form):
    """Which case, in the person's own words why, and whether the account becomes an act."""

    case = forms.CharField(label="Case", max_length=16, required=False)
    words = forms.CharField(
        label="Why you join them",
        help_text="You can add to the reasons shown. They are kept with the joining.",
        required=False,
        widget=forms.Textarea,
    )
    with_first_act = forms.BooleanField(label=FIRST_ACT, required=False)

    def clean_case(self) -> str:
        """Return a reference as it is written, however it was typed."""
        ref = str(self.cleaned_data["case"]).strip().upper()
        if not ref:
            raise forms.ValidationError("Choose a case, or enter the reference of one.")
        return ref


class OpenCaseForm(forms.Form):
    """The new case: its neutral name and its team."""

    operation_name = forms.CharField(
        label="Operation name",
        help_text="A neutral name. Never a person, a place or what happened.",
        max_length=100,
        error_messages={"required": "Enter an operation name, or keep the one proposed."},
    )
    team = forms.ChoiceField(
        label="Team", error_messages={"required": "Choose the team that has the case."}
    )
    words = forms.CharField(
        label="Why a new case",
        help_text="For example: no earlier report matches. You can leave it empty.",
        required=False,
        widget=forms.Textarea,
    )
    also = forms.MultipleChoiceField(
        label="Join these reports to it too",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    with_first_act = forms.BooleanField(label=FIRST_ACT, required=False)

    def __init__(self, *args: Any, actor: User, others: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        also: Any = self.fields["also"]
        also.choices = [(ref, f"Report {ref}") for ref in others]
        self.teams = {team.ref: team for team in Team.objects.filter(force=actor.force_id)}
        team: Any = self.fields["team"]
        team.choices = [(ref, team.name) for ref, team in self.teams.items()]
        own = next((ref for ref, team in self.teams.items() if team.pk == actor.team_id), "")
        team.initial = own

    def chosen_team(self) -> Team:
        """Return the team that was chosen."""
        return self.teams[self.cleaned_data["team"]]
