"""Forms about people, sessions and declared interests."""

from typing import Any

from django import forms

from fourfold.web.users import granting
from fourfold.web.users.identifiers import normalise
from fourfold.web.users.models import Force, IdentifierKind, Role, Team, User


class TeamChoice(forms.ModelChoiceField[Team]):
    """A team by its name (a team's text form is its reference)."""

    def label_from_instance(self, obj: Any) -> str:
        """Name the team."""
        return str(obj.name)


class RoleForm(forms.Form):
    """Role and team of a person."""

    role = forms.ChoiceField(
        label="Role", choices=Role.choices, help_text="One account has one role."
    )
    team = TeamChoice(
        label="Team", queryset=Team.objects.none(), required=False, empty_label="No team"
    )

    def __init__(self, *args: Any, force: Force, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = granting.choices(force)  # type: ignore[attr-defined]
        self.fields["team"].queryset = Team.objects.filter(force=force)  # type: ignore[attr-defined]


class InvitationForm(RoleForm):
    """A new person."""

    name = forms.CharField(label="Full name", max_length=150)
    email = forms.EmailField(label="Work email address")
    field_order = ("name", "email", "role", "team")

    def clean_email(self) -> str:
        """Refuse an address that has an account."""
        email = str(self.cleaned_data["email"]).lower()
        if User.objects.filter(email=email).exists():
            raise forms.ValidationError("There is an account with this email address.")
        return email


class TeamForm(forms.Form):
    """A new team."""

    team_name = forms.CharField(label="Name of the team", max_length=100)

    def __init__(self, *args: Any, force: Force, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.force = force

    def clean_team_name(self) -> str:
        """Refuse a name that the force has."""
        name = str(self.cleaned_data["team_name"])
        if Team.objects.filter(force=self.force, name=name).exists():
            raise forms.ValidationError("Your force has a team of this name.")
        return name


class InterestForm(forms.Form):
    """Something of one's own life that must not meet one's cases."""

    kind = forms.ChoiceField(label="What it is", choices=IdentifierKind.choices)
    text = forms.CharField(label="The number, name, address, account or vehicle", max_length=300)
    relation = forms.ChoiceField(
        label="Whose it is",
        choices=[
            (word, word.capitalize())
            for word in ("own", "partner", "former partner", "relative", "friend", "neighbour")
        ],
    )

    def clean(self) -> dict[str, Any]:
        """Refuse what leaves nothing to compare."""
        cleaned = super().clean() or {}
        kind, text = cleaned.get("kind"), cleaned.get("text")
        if kind and text and not normalise(kind, text):
            self.add_error("text", "Enter something that can be compared: letters or digits.")
        return cleaned


class ApiTokenForm(forms.Form):
    """A name by which a person knows the program that will use a key."""

    name = forms.CharField(label="Which program will use it", max_length=60)
