"""What is asked: the filter of the bank, an entry, an adoption."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms

from fourfold.web.base.widgets import DayField
from fourfold.web.practices.models import Adoption, Practice
from fourfold.web.practices.rules.serving import PARTS

LONG: Final = 10_000
LINE: Final = 500
LINES_MOST: Final = 100


class LinesField(forms.CharField):
    """Several short texts, one on each line."""

    widget = forms.Textarea

    def __init__(self, **more: Any) -> None:
        super().__init__(required=False, max_length=LONG, **more)

    def prepare_value(self, value: object) -> object:
        """Show a list as lines."""
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: object) -> Any:
        """Return the lines that hold something."""
        lines = [line.strip() for line in str(super().clean(value)).splitlines() if line.strip()]
        if len(lines) > LINES_MOST or any(len(line) > LINE for line in lines):
            raise forms.ValidationError(
                f"Enter up to {LINES_MOST} lines of up to {LINE} characters each."
            )
        return lines


def _line(label: str, help_text: str = "", most: int = 300) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=most)


def _words(label: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=False, max_length=LONG, widget=forms.Textarea
    )


class FilterForm(forms.Form):
    """Which entries are wanted."""

    focus = forms.ChoiceField(label="Focus", required=False)
    topic = forms.ChoiceField(label="Topic", required=False)
    stage = forms.ChoiceField(label="Stage", required=False)
    rating = forms.ChoiceField(
        label="Does it work?", required=False, choices=[("", "All"), *Practice.Rating.choices]
    )

    def __init__(self, *args: Any, words: dict[str, Sequence[str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        for name, found in words.items():
            fields[name].choices = [("", "All"), *((word, word) for word in found)]


class PracticeForm(forms.Form):
    """An entry of the bank."""

    title = forms.CharField(
        label="Title", max_length=200, error_messages={"required": "Give the practice a title."}
    )
    does_it_work = forms.ChoiceField(
        label="Does it work?", choices=Practice.Rating.choices, widget=forms.RadioSelect,
        initial=Practice.Rating.NOT_SEEN,
        error_messages={"required": "Choose a rating, or say that none was seen."},
    )  # fmt: skip
    rating_reasons = _words("Reasons for the rating", "Who rates it so, on what evidence.")
    focus = LinesField(label="Focus", help_text="One on each line: prevention, reoffending.")
    topic = LinesField(label="Topic", help_text="One on each line.")
    organisation = _line("Organisation")
    region = _line("Region", most=200)
    partners = LinesField(label="Partners", help_text="One on each line.")
    stage = _line("Stage", "How far it is tested: untested, evaluated locally.", most=100)
    started = _line("Start", "As known: a year will do.", most=200)
    scale = _line("Scale")
    target_group = _line("Target group")
    aim = _words("Aim")
    outcome = _words("Outcome")
    description = _words("Description")
    evaluation = _words("Evaluation", "Method and result; “none seen” where there is none.")
    lessons = _words("Lessons")
    unconfirmed = LinesField(
        label="Unconfirmed statements",
        help_text="One on each line, each with how it is known. They are shown apart.",
    )
    served_by = forms.MultipleChoiceField(
        label="Served by these parts of this program", required=False,
        choices=[(code, part.words) for code, part in PARTS.items()],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    sources = LinesField(label="Sources", help_text="One on each line, with its date.")


class AdoptionForm(forms.Form):
    """How the own organisation stands to a practice."""

    state = forms.ChoiceField(
        label="How far is it?", choices=Adoption.State.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choose how far it is."},
    )  # fmt: skip
    since_on = DayField(label="Since", required=False, help_text="The first day of use.")
    local_changes = _words("Local changes", "What you do differently from the description.")
    evaluation_method = _words("Local evaluation: method", "What was compared with what, and when.")
    evaluation_result = _words(
        "Local evaluation: result", "Numbers with their units, and what they cannot show."
    )
    evidence = LinesField(
        label="Evidence", help_text="Documents or addresses, one on each line. Not published."
    )
    stopped_on = DayField(label="Stopped on", required=False, help_text="If it was stopped.")
    stopped_because = _words("Why it was stopped")

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the beginning."""
        given = super().clean() or {}
        since, stopped = given.get("since_on"), given.get("stopped_on")
        if since and stopped and stopped < since:
            self.add_error("stopped_on", "It ends before it begins. Check both days.")
        return given


def initial_of(record: Practice | Adoption, form: type[forms.Form]) -> dict[str, Any]:
    """Return what a form shows of a record."""
    return {name: getattr(record, name) for name in form.base_fields}
