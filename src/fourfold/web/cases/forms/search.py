"""What a person searches for."""

from typing import Any

from django import forms

from fourfold.web.cases.models import Offence
from fourfold.web.cases.models.answers import Jurisdiction
from fourfold.web.cases.rules.search import Asked
from fourfold.web.cases.search.words import question_words

WORDS_MAX = 200
PARTS = tuple(
    name + closed for name in ("all", "principal", "included", "text") for closed in ("", "-closed")
)


class SearchForm(forms.Form):
    """Words, an offence, or both; and which page of the answer."""

    words = forms.CharField(
        label="Words, numbers or references",
        help_text="A phone number, name, address, registration, account, crime number, reference, "
        "operation name, or words of an account. All words have to stand in one record.",
        max_length=WORDS_MAX,
        required=False,
        error_messages={"max_length": f"Use at most {WORDS_MAX} letters."},
    )
    offence = forms.ChoiceField(
        label="Offence",
        help_text="Finds it as the principal crime, as an included offence, and in accounts where "
        "it was probably missed.",
        required=False,
    )
    part = forms.ChoiceField(choices=[(name, name) for name in PARTS], required=False)
    page = forms.IntegerField(min_value=1, max_value=1_000, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grouped: dict[str, list[tuple[str, str]]] = {}
        for code, title, law in Offence.objects.values_list("code", "title", "jurisdiction"):
            grouped.setdefault(Jurisdiction(law).label, []).append((code, title))
        offence: Any = self.fields["offence"]
        offence.choices = [("", "Any offence"), *grouped.items()]

    def clean(self) -> dict[str, Any]:
        """Ask for something to look for."""
        told = super().clean() or {}
        if not self.errors and not told["offence"] and not question_words(told["words"]):
            raise forms.ValidationError(
                "Enter words, a number or a reference, or choose an offence."
            )
        return told

    def asked(self) -> Asked:
        """Return what was asked."""
        told = self.cleaned_data
        return Asked(told["words"], told["offence"], told["part"], told["page"] or 1)
