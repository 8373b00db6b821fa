"""Forms about people, identifiers, attributions and places. Nothing that is not known is asked."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from fourfold.web.base.widgets import DayField
from fourfold.web.cases.actions.people import (
    AttributionFacts,
    IdentifierFacts,
    PersonFacts,
    PlaceFacts,
)
from fourfold.web.cases.models import Attribution, Case, Identifier, Person, Place
from fourfold.web.cases.models.answers import Strength
from fourfold.web.cases.rules.people import day_end, day_start, first_day, last_day
from fourfold.web.users.identifiers import normalise
from fourfold.web.users.models import IdentifierKind

KEY = forms.RegexField(
    r"^[A-Za-z][A-Za-z0-9_-]{0,19}$",
    label="Short name in tables",
    required=False,
    help_text="Such as S, V or F2. Leave it empty and the next free one is given.",
    error_messages={"invalid": "Start with a letter; use letters, digits and hyphens."},
)


class PersonChoice(forms.ModelChoiceField[Person]):
    """A person of the case by part, short name and name."""

    def label_from_instance(self, obj: Any) -> str:
        """Name the person."""
        return person_words(obj)


def person_words(person: Person) -> str:
    """Return how a select names a person: Suspect S, A. Example."""
    words = f"{person.get_role_display()} {person.key}"
    return f"{words}, {person.name}" if person.name else words


class PersonForm(forms.Form):
    """A person of a case."""

    role = forms.ChoiceField(
        label="Part in the case", choices=Person.Role.choices, widget=forms.RadioSelect
    )
    name = forms.CharField(
        label="Name", required=False, max_length=200, help_text="Leave it empty if not known."
    )
    born_on = DayField(label="Date of birth", required=False, help_text="For example, 27 3 1990.")
    relationship = forms.CharField(
        label="Relationship",
        required=False,
        max_length=100,
        help_text="To the victim or the suspect, in plain words. For example, former partner.",
    )
    key = KEY

    def facts(self) -> PersonFacts:
        """Return what was told."""
        return PersonFacts(**self.cleaned_data)

    @staticmethod
    def told_of(person: Person) -> dict[str, Any]:
        """Return what stands there now."""
        names = ("role", "name", "born_on", "relationship", "key")
        return {name: getattr(person, name) for name in names}


class IdentifierForm(forms.Form):
    """A number, account, vehicle, address or name."""

    kind = forms.ChoiceField(label="Kind", choices=IdentifierKind.choices)
    text = forms.CharField(
        label="As it was given",
        max_length=300,
        help_text="Spaces, capitals and +44 or 0 make no difference when it is compared.",
    )
    is_sensitive = forms.BooleanField(
        label="Keep it hidden to protect the victim",
        required=False,
        help_text="For example, a new number or address that the suspect must not learn.",
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a text of which nothing is left to compare."""
        given = super().clean() or {}
        if given.get("text") and not normalise(given.get("kind", "name"), given["text"]):
            self.add_error("text", "Enter letters or digits that can be compared.")
        return given

    def facts(self) -> IdentifierFacts:
        """Return what was told."""
        given = self.cleaned_data
        return IdentifierFacts(given["kind"], given["text"], given["is_sensitive"])

    @staticmethod
    def told_of(identifier: Identifier) -> dict[str, Any]:
        """Return what stands there now."""
        return {name: getattr(identifier, name) for name in ("kind", "text", "is_sensitive")}


class AttributionForm(forms.Form):
    """Whose an identifier is said to be."""

    person = PersonChoice(label="Whose it is said to be", queryset=Person.objects.none())
    strength = forms.ChoiceField(
        label="How firmly",
        choices=Strength.choices,
        initial=Strength.ASSUMED,
        widget=forms.RadioSelect,
    )
    basis = forms.CharField(
        label="On what basis",
        required=False,
        max_length=500,
        widget=forms.Textarea,
        help_text="For example, subscriber check, handset seized, the victim’s contact list.",
    )
    from_on = DayField(label="From", required=False, help_text="Leave it empty if not known.")
    to_on = DayField(
        label="Until and including", required=False, help_text="Leave it empty if still so."
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = case.display_zone
        people: QuerySet[Person] = case.people.all()
        self.fields["person"].queryset = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        given = super().clean() or {}
        if given.get("from_on") and given.get("to_on") and given["to_on"] < given["from_on"]:
            self.add_error("to_on", "The last day must not be before the first.")
        return given

    def facts(self) -> AttributionFacts | None:
        """Return what was told; nothing where nobody was chosen."""
        given = self.cleaned_data
        if not given["person"]:
            return None
        return AttributionFacts(
            person=given["person"],
            basis=given["basis"],
            strength=given["strength"],
            from_at=day_start(given["from_on"], self.zone),
            to_at=day_end(given["to_on"], self.zone),
        )

    @staticmethod
    def told_of(attribution: Attribution) -> dict[str, Any]:
        """Return what stands there now."""
        zone = attribution.case.display_zone
        return {
            "person": attribution.person,
            "strength": attribution.strength,
            "basis": attribution.basis,
            "from_on": first_day(attribution.from_at, zone),
            "to_on": last_day(attribution.to_at, zone),
        }


class NewIdentifierForm(IdentifierForm, AttributionForm):  # type: ignore[misc]
    """An identifier, and whose it is said to be where that is known."""

    field_order = ("kind", "text", "is_sensitive", "person", "strength", "basis")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].required = False
        self.fields["person"].empty_label = "Not known yet"  # type: ignore[attr-defined]

    def whose(self) -> AttributionFacts | None:
        """Return whose it is said to be, if anybody's."""
        return AttributionForm.facts(self)

    def facts(self) -> IdentifierFacts:  # type: ignore[override]
        """Return the identifier."""
        return IdentifierForm.facts(self)


class PlaceForm(forms.Form):
    """A place of the case."""

    key = forms.RegexField(
        r"^[A-Za-z0-9][A-Za-z0-9 _-]*$",
        label="Short name",
        max_length=50,
        help_text="Such as home or work. It stands in tables and on maps.",
        error_messages={"invalid": "Use letters, digits, spaces and hyphens."},
    )
    label = forms.CharField(label="In words", required=False, max_length=200)
    lat = forms.FloatField(
        label="Latitude", min_value=-90, max_value=90, help_text="WGS84 degrees, such as 51.5014."
    )
    lon = forms.FloatField(
        label="Longitude", min_value=-180, max_value=180, help_text="Such as -0.1419."
    )
    radius_m = forms.FloatField(
        label="Radius in metres", min_value=1, max_value=50_000, initial=50.0
    )
    whose = PersonChoice(
        label="Whose place", queryset=Person.objects.none(), required=False, empty_label="Nobody’s"
    )
    is_sensitive = forms.BooleanField(label="Keep it hidden to protect the victim", required=False)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people: QuerySet[Person] = case.people.all()
        self.fields["whose"].queryset = people  # type: ignore[attr-defined]

    def facts(self) -> PlaceFacts:
        """Return what was told."""
        return PlaceFacts(**self.cleaned_data)

    @staticmethod
    def told_of(place: Place) -> dict[str, Any]:
        """Return what stands there now."""
        names = ("key", "label", "lat", "lon", "radius_m", "whose", "is_sensitive")
        return {name: getattr(place, name) for name in names}
