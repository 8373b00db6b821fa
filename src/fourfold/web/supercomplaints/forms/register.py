"""Forms of the register: organisations, designations, revocations, and what lists show."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from fourfold.web.exhibits.forms.choosing import OneOf
from fourfold.web.exhibits.forms.moments import day_field
from fourfold.web.supercomplaints.actions.register import (
    DesignationFacts,
    OrganisationFacts,
    RevocationFacts,
)
from fourfold.web.supercomplaints.forms.complaints import line
from fourfold.web.supercomplaints.models import Organisation
from fourfold.web.supercomplaints.models.organisations import Regime
from fourfold.web.supercomplaints.reference import register as reference
from fourfold.web.users.models import Force

ANY = [("", "Any")]


class FilterForm(forms.Form):
    """Which super-complaints a list shows."""

    state = forms.ChoiceField(label="State", required=False)

    def __init__(self, *args: Any, states: Iterable[tuple[Any, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["state"]
        field.choices = [*ANY, *states]

    def chosen(self) -> dict[str, str]:
        """Return what was chosen; what is not known is not chosen."""
        if not self.is_valid():
            return {}
        return {name: value for name, value in self.cleaned_data.items() if value}

    def chosen_words(self) -> list[tuple[str, str]]:
        """Return what was chosen in words, each with the address that takes it out."""
        labels: dict[str, str] = dict(self.fields["state"].choices)  # type: ignore[attr-defined]
        return [(f"State: {labels[value]}", "?") for value in self.chosen().values()]


class KindForm(forms.Form):
    """Which organisations a list shows."""

    kind = forms.ChoiceField(
        label="Kind", required=False, choices=[*ANY, *Organisation.Kind.choices]
    )

    def chosen(self) -> str:
        """Return the kind that was chosen, or nothing."""
        return str(self.cleaned_data["kind"]) if self.is_valid() else ""


class OrganisationForm(forms.Form):
    """An organisation of the register."""

    name = line("Name", required="Enter the name.", most=150)
    kind = forms.ChoiceField(label="Kind", choices=Organisation.Kind.choices)
    authority = forms.ChoiceField(
        label="Does it decide together with others?",
        help_text="Only for the offices that decide on super-complaints.",
        choices=[("", "No"), *Organisation.Authority.choices],
        required=False,
    )
    region = line("Region", most=100)
    website = forms.URLField(label="Website", required=False, assume_scheme="https")
    polices_for = OneOf(
        label="Its commissioner or mayor", required=False, help_text="Of a territorial force."
    )
    tenant = OneOf(
        label="Whose people sign in for it here?",
        required=False,
        help_text="They then draft, decide or answer in its name. Each team belongs to one.",
    )
    is_invented = forms.BooleanField(
        label="It is invented, for a demonstration",
        required=False,
        help_text="Invented statements may hang on invented organisations only.",
    )

    def __init__(
        self,
        *args: Any,
        offices: Sequence[Organisation],
        tenants: Sequence[Force],
        organisation: Organisation | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        fields: dict[str, Any] = self.fields
        fields["polices_for"].offer(offices, lambda each: each.name)
        fields["tenant"].offer(tenants, lambda each: each.name)

    def clean_name(self) -> str:
        """Refuse a name that another organisation has."""
        name = str(self.cleaned_data["name"])
        twins = Organisation.objects.filter(name__iexact=name)
        if self.organisation is not None:
            twins = twins.exclude(pk=self.organisation.pk)
        if twins.exists():
            raise forms.ValidationError("An organisation of this name is in the register already.")
        return name

    def facts(self) -> OrganisationFacts:
        """Return what was entered."""
        return OrganisationFacts(**self.cleaned_data)


class DesignationForm(forms.Form):
    """A designation."""

    organisation = OneOf(
        label="Body", error_messages={"required": "Choose the body that is designated."}
    )
    regime = forms.ChoiceField(
        label="Regime", choices=Regime.choices, widget=forms.RadioSelect, initial=Regime.POLICE
    )
    designated_on = day_field("Designated on", hint="Leave empty if the day is not known.")
    designated_words = line(
        "Designated, as known",
        "Where the day is not known: “June 2018”. The body then counts as designated from the"
        " month after.",
        most=100,
    )
    instrument = line("Instrument", "For example SI 2018/748.", most=150)
    criteria = forms.MultipleChoiceField(
        label="Criteria found fulfilled", required=False, widget=forms.CheckboxSelectMultiple
    )
    source_url = forms.URLField(
        label="Source", required=False, max_length=400, assume_scheme="https"
    )
    note = line("Note", most=500)

    def __init__(self, *args: Any, bodies: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["organisation"].offer(bodies, lambda each: each.name)
        seen: dict[str, str] = {}
        for each in reference.criteria():
            seen.setdefault(each.code, f"{each.words} ({_basis(each)})")
        fields["criteria"].choices = list(seen.items())

    def clean(self) -> dict[str, Any]:
        """Ask for a day, or for what is known of it."""
        given = super().clean() or {}
        is_known = given.get("designated_on") or given.get("designated_words")
        if not is_known and "designated_on" not in self.errors:
            self.add_error(
                "designated_words", "Enter the day, or what is known of it, such as June 2018."
            )
        return given

    def facts(self) -> DesignationFacts:
        """Return what was entered."""
        given = {**self.cleaned_data, "criteria": tuple(self.cleaned_data["criteria"])}
        return DesignationFacts(**given)


def _basis(each: reference.Line) -> str:
    if each.basis == "law":
        return each.source
    return "text not seen; service police regime"


class RevocationForm(forms.Form):
    """A revocation."""

    revoked_on = day_field("Revoked on", required=True)
    grounds = forms.MultipleChoiceField(
        label="Grounds (SI 2018/412 reg. 4, law)",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one ground."},
    )
    instrument = line("Instrument", most=150)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["grounds"]
        field.choices = [(each.code, each.words) for each in reference.grounds()]

    def facts(self) -> RevocationFacts:
        """Return what was entered."""
        given = self.cleaned_data
        return RevocationFacts(given["revoked_on"], tuple(given["grounds"]), given["instrument"])
