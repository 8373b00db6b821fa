"""Forms of a draft: nothing but the first words must be given; nothing blocks saving."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from fourfold.web.exhibits.forms.choosing import OneOf, SomeOf
from fourfold.web.exhibits.forms.moments import day_field
from fourfold.web.supercomplaints.actions.complaints import (
    DraftFacts,
    FactFacts,
    FeatureFacts,
    HarmFacts,
    TalkFacts,
)
from fourfold.web.supercomplaints.actions.public_record import Choice
from fourfold.web.supercomplaints.models import Document, Organisation
from fourfold.web.supercomplaints.models.organisations import Regime
from fourfold.web.supercomplaints.selectors.public_documents import Candidate

LONG = 20_000
READ_MADE = "I have read the public version through"
READ_AS_IT_IS = (
    "I have read it. Nothing withheld stands in it, and nothing names the person to contact"
)


def writing(label: str, hint: str = "", *, required: str = "") -> forms.CharField:
    """Return a box of several lines; `required` is what is said where it is empty."""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=LONG,
        required=bool(required),
        widget=forms.Textarea,
        error_messages={"required": required} if required else {},
    )


def line(label: str, hint: str = "", *, required: str = "", most: int = 200) -> forms.CharField:
    """Return a box of one line."""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=most,
        required=bool(required),
        error_messages={"required": required} if required else {},
    )


class DraftForm(forms.Form):
    """The whole of a complaint."""

    needed: ClassVar[dict[str, str]] = {
        "contact_name": "regulation 4 (law): a named person who can be contacted",
        "contact_details": "regulation 4 (law): a named person who can be contacted",
    }
    title = line("Title", "A few words, as it would stand in a list.", required="Enter a title.")
    regime = forms.ChoiceField(
        label="Which super-complaint is it?",
        choices=Regime.choices,
        widget=forms.RadioSelect,
        initial=Regime.POLICE,
        error_messages={"required": "Choose which super-complaint it is."},
    )
    with_whom = line("Together with", "Other bodies and people who join in making it.", most=500)
    subject = writing(
        "What it is about", "In plain words, for somebody who knows nothing of it yet."
    )
    contact_name = line("Contact person", "Who represents your organisation in this.", most=150)
    contact_details = line("How to reach that person", "Email or telephone.", most=300)

    def facts(self) -> DraftFacts:
        """Return what was entered."""
        return DraftFacts(**self.cleaned_data)


class FeatureForm(forms.Form):
    """A feature of policing."""

    needed: ClassVar[dict[str, str]] = {
        "why_harmful": "regulation 4 (law): why it is, or appears to be, significantly harming"
    }
    text = writing(
        "The feature of policing",
        "What one or more forces do, or fail to do.",
        required="Say what the feature of policing is.",
    )
    why_harmful = writing(
        "Why is it, or does it appear to be, significantly harming the interests of the public?"
    )
    forces_words = line(
        "Forces responsible, in words", "For example: all forces of England and Wales.", most=300
    )
    forces = SomeOf(label="Forces responsible, by name", required=False)

    def __init__(self, *args: Any, forces: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["forces"]
        field.offer(forces, lambda each: each.name)

    def facts(self) -> FeatureFacts:
        """Return what was entered."""
        return FeatureFacts(**self.cleaned_data)


class HarmForm(forms.Form):
    """A harm of a feature."""

    needed: ClassVar[dict[str, str]] = {
        "scale": "the structure that guidance asks for",
        "groups": "the structure that guidance asks for",
    }
    nature = writing("The harm", "What happens to people.", required="Say what the harm is.")
    scale = writing("Its scale", "How many people, how often, where; with the figures you have.")
    groups = writing(
        "Groups", "Are particular groups vulnerable to it? If none stands out, say so."
    )

    def facts(self) -> HarmFacts:
        """Return what was entered."""
        return HarmFacts(**self.cleaned_data)


class FactForm(forms.Form):
    """A documented fact."""

    text = writing("The fact", required="Enter the fact.")
    source = line(
        "Its source",
        "Title, author, date and page, or the address of a public page.",
        required="Say where it is documented.",
        most=500,
    )
    document = OneOf(label="Document that holds it", required=False)

    def __init__(self, *args: Any, documents: Sequence[Document], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["document"]
        field.offer(documents, lambda each: each.title)

    def facts(self) -> FactFacts:
        """Return what was entered."""
        return FactFacts(**self.cleaned_data)


class TalkForm(forms.Form):
    """A talk before submission."""

    on = day_field("Day of the talk", required=True)
    with_whom = line("With whom", required="Say with whom.", most=300)
    advice = writing("What was said and advised", required="Write what was said.")

    def facts(self) -> TalkFacts:
        """Return what was entered."""
        return TalkFacts(**self.cleaned_data)


class SureForm(forms.Form):
    """Nothing to fill in: the button says it all."""


class PublishRecordForm(forms.Form):
    """Which documents go public with the record, under which title; nothing else to fill in."""

    def __init__(self, *args: Any, candidates: Sequence[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.candidates = candidates
        fields: dict[str, Any] = self.fields
        for each in candidates:
            fields[f"go-{each.ref}"] = forms.BooleanField(
                label=f"Publish {each.record.ref}", required=False, initial=each.record.is_public
            )
            fields[f"title-{each.ref}"] = forms.CharField(
                label="Title for the public", required=False, max_length=200, initial=each.title
            )
            fields[f"read-{each.ref}"] = forms.BooleanField(
                label=READ_MADE if each.is_made else READ_AS_IT_IS, required=False
            )

    def chosen(self) -> list[Choice]:
        """Return the documents that were chosen."""
        given = self.cleaned_data
        return [
            Choice(each.ref, given[f"title-{each.ref}"], given[f"read-{each.ref}"])
            for each in self.candidates
            if given[f"go-{each.ref}"]
        ]


class SubmitForm(forms.Form):
    """The sending of a complaint."""

    is_sure = forms.BooleanField(
        label="I submit this on behalf of the organisation. It cannot be changed afterwards.",
        error_messages={"required": "Tick the box to submit it."},
    )
