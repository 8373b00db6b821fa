"""Forms of the report: its title, a section, words to withhold, the sending, the publishing."""

from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from fourfold.web.exhibits.forms.moments import day_field
from fourfold.web.supercomplaints.actions.redactions import RedactionFacts
from fourfold.web.supercomplaints.actions.reports import SectionFacts
from fourfold.web.supercomplaints.forms.complaints import line
from fourfold.web.supercomplaints.models import Redaction, Section
from fourfold.web.supercomplaints.rules.redaction import problem_of

LONGEST_SECTION = 400_000
LONGEST_QUOTE = 5_000


class TitleForm(forms.Form):
    """The title of the report."""

    title = line("Title of the report", required="Enter a title.")


class SectionForm(forms.Form):
    """A section of the report."""

    kind = forms.ChoiceField(
        label="What is it?",
        choices=Section.Kind.choices,
        initial=Section.Kind.OTHER,
        help_text="Regulation 8 (law) wants four contents. Anything else is “Other”.",
    )
    heading = line("Heading", required="Enter a heading.")
    text = forms.CharField(
        label="Text",
        required=False,
        max_length=LONGEST_SECTION,
        widget=forms.Textarea,
        help_text="Plain text, an empty line between paragraphs. Where there is nothing to say,"
        " say that there is none.",
    )

    def facts(self) -> SectionFacts:
        """Return what was entered."""
        return SectionFacts(**self.cleaned_data)


class RedactionForm(forms.Form):
    """Words to withhold."""

    quote = forms.CharField(
        label="Words to withhold, wherever they stand",
        max_length=LONGEST_QUOTE,
        widget=forms.Textarea,
        help_text="As they stand in the full version. Case, spaces, accents, quotation marks and"
        " hidden characters do not count.",
        error_messages={"required": "Enter the words to withhold."},
    )
    is_whole_word = forms.BooleanField(
        label="Only where they stand by themselves, not as part of a longer word",
        required=False,
        help_text="For short names. Otherwise the whole longer word is withheld.",
    )
    ground = forms.ChoiceField(
        label="Ground",
        choices=Redaction.Ground.choices,
        widget=forms.RadioSelect,
        help_text="These two alone permit it (law: SI 2018/748).",
        error_messages={"required": "Choose the ground."},
    )
    reason = forms.CharField(
        label="Reason",
        max_length=2_000,
        widget=forms.Textarea,
        error_messages={"required": "Say why."},
    )

    def clean_quote(self) -> str:
        """Refuse words that say too little to be looked for."""
        quote = str(self.cleaned_data["quote"])
        if problem := problem_of(quote):
            raise forms.ValidationError(problem)
        return quote

    def facts(self) -> RedactionFacts:
        """Return what was entered."""
        return RedactionFacts(**self.cleaned_data)


class OnForm(forms.Form):
    """A day on which something was done."""

    on = day_field("Day", required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"on": timezone.localdate()})
        super().__init__(*args, **kwargs)

    def clean_on(self) -> Any:
        """Refuse a day to come."""
        on = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError("This lies in the future. Check the date.")
        return on


class ConfirmForm(forms.Form):
    """A grave step: one box to tick."""

    words: ClassVar[str] = ""
    is_sure = forms.BooleanField(error_messages={"required": "Tick the box to go on."})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_sure"].label = self.words


class AgreeForm(ConfirmForm):
    """That an authority agrees."""

    words = "My authority agrees this report, word for word, as it stands now."


class PublishForm(ConfirmForm):
    """The publishing."""

    words = "I have read the published version. Publish it, with what is marked withheld."
