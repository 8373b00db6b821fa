"""What may be entered of a recommendation."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms

from fourfold.web.base.widgets import DayField
from fourfold.web.exhibits.forms.choosing import SomeOf
from fourfold.web.recommendations.actions.drafting import Draft
from fourfold.web.recommendations.models import Recommendation
from fourfold.web.recommendations.rules.drafts import KIND_WORDS, WHOLE_KINDS, open_fields
from fourfold.web.supercomplaints.models import Organisation

LARGEST_NUMBER: Final = 999
TEXT_CHARACTERS: Final = 20_000
MEASURES: Final = 20


class RecommendationForm(forms.Form):
    """A recommendation: number, text, whom it addresses, by when, and how it is measured."""

    number = forms.IntegerField(
        label="Number", min_value=1, max_value=LARGEST_NUMBER,
        error_messages={"required": "Enter the number of the recommendation."},
    )  # fmt: skip
    theme = forms.CharField(label="Theme", required=False, max_length=100)
    text = forms.CharField(
        label="Text", required=False, max_length=TEXT_CHARACTERS, widget=forms.Textarea
    )
    confidence = forms.ChoiceField(
        label="How surely text and number are known",
        choices=Recommendation.Confidence.choices,
        widget=forms.RadioSelect,
    )
    addressee_words = forms.CharField(
        label="Addressees, in the words of the report", required=False, max_length=300
    )
    addressee_kinds = forms.MultipleChoiceField(
        label="Whole kinds of organisation",
        required=False,
        choices=[(kind.value, KIND_WORDS[kind]) for kind in WHOLE_KINDS],
        widget=forms.CheckboxSelectMultiple,
        help_text="All organisations of the kind that are in the register on the day of issue.",
    )
    addressees = SomeOf(label="Single organisations", required=False)
    due_basis = forms.ChoiceField(
        label="Deadline", choices=Recommendation.DueBasis.choices, widget=forms.RadioSelect
    )
    due_on = DayField(label="Date that the recommendation names", required=False)
    measures = forms.CharField(
        label="Measures", required=False, max_length=2000, widget=forms.Textarea,
        help_text="Names of measures, one on each line.",
    )  # fmt: skip
    note = forms.CharField(
        label="Note", required=False, max_length=2000, widget=forms.Textarea,
        help_text="What is not known, and where it was looked for. The note is published.",
    )  # fmt: skip
    source_url = forms.URLField(
        label="Address of the source", required=False, max_length=400, assume_scheme="https"
    )

    def __init__(
        self,
        *args: Any,
        offered: Sequence[Organisation],
        recommendation: Recommendation | None = None,
        **kwargs: Any,
    ) -> None:
        if recommendation is not None:
            kwargs.setdefault("initial", _initial(recommendation))
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["addressees"].offer(offered, lambda each: each.name)
        self.allowed = (
            None
            if recommendation is None
            else open_fields(
                is_issued=recommendation.issued_on is not None,
                confidence=recommendation.confidence,
            )
        )
        if self.allowed is not None:  # what stands is shown, not sent
            for name in set(fields) - self.allowed:
                del fields[name]

    def clean_measures(self) -> tuple[str, ...]:
        """Return one name for each line."""
        lines = [line.strip() for line in str(self.cleaned_data["measures"]).splitlines()]
        names = tuple(dict.fromkeys(filter(None, lines)))
        if len(names) > MEASURES:
            raise forms.ValidationError(f"Name at most {MEASURES} measures.")
        return names

    def clean(self) -> dict[str, Any]:
        """A date belongs to a dated deadline alone."""
        given = super().clean() or {}
        dated = given.get("due_basis") == Recommendation.DueBasis.DATED
        if given.get("due_on") and not dated and "due_basis" in self.fields:
            self.add_error(
                "due_on", "Choose “A date that the recommendation names”, or take the date out."
            )
        return given

    def draft(self, number: int = 0) -> Draft:
        """Return what was entered; `number` stands where it may not change."""
        given = {name: self.cleaned_data[name] for name in self.fields}
        for name in ("addressee_kinds", "addressees"):
            if name in given:
                given[name] = tuple(given[name])
        return Draft(**{"number": number, **given})


class PartForm(forms.Form):
    """A numbered part of a recommendation."""

    code = forms.RegexField(
        label="Number of the part", regex=r"^[0-9]{1,3}(\.[0-9]{1,3}){1,2}$", max_length=10,
        help_text="Such as 7.1.",
        error_messages={
            "required": "Enter the number of the part.",
            "invalid": "Enter a number such as 7.1.",
        },
    )  # fmt: skip
    text = forms.CharField(
        label="Text of the part", max_length=TEXT_CHARACTERS, widget=forms.Textarea,
        error_messages={"required": "Enter the text of the part."},
    )  # fmt: skip


def _initial(found: Recommendation) -> dict[str, Any]:
    plain = (
        "number", "theme", "text", "confidence", "addressee_words", "addressee_kinds",
        "due_basis", "note", "source_url",
    )  # fmt: skip
    return {
        **{name: getattr(found, name) for name in plain},
        "addressees": [each.ref for each in found.addressees.all()] if found.pk else [],
        "due_on": found.due_on if found.due_basis == found.DueBasis.DATED else None,
        "measures": "\n".join(found.measures),
    }
