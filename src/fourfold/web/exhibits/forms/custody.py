"""What may be recorded of an exhibit and of its hand-overs."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import available_timezones

from django import forms

from fourfold.web.cases.models import Person
from fourfold.web.exhibits.actions.custody import ExhibitFacts, HandOver
from fourfold.web.exhibits.forms.choosing import OneOf, SomeOf, authority_label
from fourfold.web.exhibits.forms.moments import ClockField, MomentsForm, day_field
from fourfold.web.exhibits.models import Authority, Exhibit
from fourfold.web.exhibits.selectors import exhibits as selectors


def person_label(person: Person) -> str:
    """Return a person as a choice: key, role and name."""
    words = [person.key, person.get_role_display(), person.name]
    return " – ".join(word for word in words if word)


def exhibit_label(exhibit: Exhibit) -> str:
    """Return an exhibit as a choice: its own reference where it has one, and its path."""
    return f"{exhibit.exhibit_reference or exhibit.ref} – {exhibit.path}"


class ExhibitForm(MomentsForm):
    """The facts of an exhibit."""

    exhibit_reference = forms.CharField(
        label="Exhibit reference",
        required=False,
        max_length=50,
        help_text="Producer’s initials and a number, such as ABC/1.",
    )
    description = forms.CharField(
        label="Description", required=False, max_length=500, widget=forms.Textarea
    )
    producer = forms.CharField(
        label="Produced by",
        required=False,
        max_length=200,
        help_text="Who will exhibit it in a statement.",
    )
    received_from = forms.CharField(label="Received from", required=False, max_length=200)
    received_on = day_field("Day it was received")
    received_time = ClockField(label="Time it was received")
    authorities = SomeOf(
        label="Authority for its use",
        required=False,
        help_text="Rows outside every chosen period are set aside by the engine.",
    )
    person = OneOf(label="Whose device or account it came from", required=False)
    device = forms.CharField(
        label="Device", required=False, max_length=100, help_text="Make, model or IMEI."
    )
    identifier_text = forms.CharField(
        label="Number or account it is about",
        required=False,
        max_length=200,
        help_text="Such as tel:+447700900123 or email:name@example.org.",
    )
    time_zone = forms.CharField(
        label="Time zone of times without one",
        required=False,
        max_length=50,
        help_text="Such as Europe/London or UTC. A zone inside the file wins.",
    )
    format_hint = forms.CharField(
        label="Format",
        required=False,
        max_length=50,
        help_text="A hint for the reader only; the content decides.",
    )
    parent = OneOf(
        label="Derived from",
        required=False,
        help_text="If it is a copy, an extract or a working file of another exhibit.",
    )

    def __init__(
        self, *args: Any, exhibit: Exhibit, authorities: Sequence[Authority], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.exhibit = exhibit
        fields: dict[str, Any] = self.fields
        people = Person.objects.filter(case=exhibit.case_id)
        fields["authorities"].offer(authorities, authority_label)
        fields["person"].offer(list(people), person_label)
        fields["parent"].offer(selectors.possible_parents(exhibit), exhibit_label)

    def clean_exhibit_reference(self) -> str:
        """Refuse a reference that another exhibit of the case has."""
        reference = str(self.cleaned_data["exhibit_reference"])
        twins = Exhibit.objects.filter(case=self.exhibit.case_id, exhibit_reference=reference)
        if reference and twins.exclude(pk=self.exhibit.pk).exists():
            raise forms.ValidationError(
                "Another exhibit of this case has this reference. Give this one the next number."
            )
        return reference

    def clean_time_zone(self) -> str:
        """Accept names of the time zone database only."""
        name = str(self.cleaned_data["time_zone"])
        if name and name not in available_timezones():
            raise forms.ValidationError("Enter a time zone such as Europe/London or UTC.")
        return name

    def clean(self) -> dict[str, Any]:
        """Join the day and time of receipt."""
        given = super().clean() or {}
        given["received_at"] = self.moment("received")
        self.not_later_than_now("received", given["received_at"])
        return given

    def facts(self) -> ExhibitFacts:
        """Return what was entered."""
        names = ExhibitFacts.__dataclass_fields__
        return ExhibitFacts(**{name: self.cleaned_data[name] for name in names})


class HandOverForm(MomentsForm):
    """One hand-over of an exhibit."""

    from_whom = forms.CharField(
        label="From", max_length=200, error_messages={"required": "Enter who handed it over."}
    )
    to_whom = forms.CharField(
        label="To", max_length=200, error_messages={"required": "Enter who took it."}
    )
    at_on = day_field("Day of the hand-over", required=True)
    at_time = ClockField(
        label="Time of the hand-over",
        required=True,
        help_text="Use a 24-hour clock, such as 09:30.",
        error_messages={"required": "Enter the time of the hand-over."},
    )
    reason = forms.CharField(
        label="Why it was handed over",
        error_messages={"required": "Enter why it was handed over."},
        max_length=300,
        help_text="Such as for download at the unit.",
    )
    seal = forms.CharField(
        label="Seal number",
        required=False,
        max_length=100,
        help_text="Of the bag or medium. Leave empty if there was none.",
    )

    def clean(self) -> dict[str, Any]:
        """Join day and time."""
        given = super().clean() or {}
        given["at"] = self.moment("at")
        self.not_later_than_now("at", given["at"])
        return given

    def hand_over(self) -> HandOver:
        """Return what was entered."""
        given = self.cleaned_data
        return HandOver(
            at=given["at"],
            from_whom=given["from_whom"],
            to_whom=given["to_whom"],
            reason=given["reason"],
            seal=given["seal"],
        )
