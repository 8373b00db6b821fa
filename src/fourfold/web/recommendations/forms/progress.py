"""What the writer of a progress report writes and chooses. No number is typed."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms

from fourfold.web.base.widgets import DayField
from fourfold.web.recommendations.actions.progress import ReportText
from fourfold.web.recommendations.models import ProgressReport
from fourfold.web.recommendations.rules.collating import Line, Quote

LONG: Final = 10_000
LABEL_CHARS: Final = 300


class StartForm(forms.Form):
    """A new report: its title and its day."""

    title = forms.CharField(
        label="Title", max_length=200, error_messages={"required": "Enter a title."}
    )
    as_of_on = DayField(
        label="As of", help_text="What was published after the end of this day is not in it."
    )
    introduction = forms.CharField(
        label="Introduction", required=False, max_length=LONG, widget=forms.Textarea,
        help_text="In your own words. The counts are made by the program.",
    )  # fmt: skip

    def text(self) -> ReportText:
        """Return what was entered."""
        return ReportText(**{name: self.cleaned_data[name] for name in StartForm.base_fields})


class ReportForm(StartForm):
    """The report: a foreword and chosen examples for each recommendation."""

    def __init__(
        self, *args: Any, report: ProgressReport, lines: Sequence[Line], **kwargs: Any
    ) -> None:
        initial = {name: getattr(report, name) for name in StartForm.base_fields}
        kwargs.setdefault("initial", initial)
        super().__init__(*args, **kwargs)
        self.numbers = list(dict.fromkeys(line.number for line in lines))
        fields: dict[str, Any] = self.fields
        for number in self.numbers:
            fields[f"foreword-{number}"] = forms.CharField(
                label=f"Your foreword to recommendation {number}", required=False,
                max_length=LONG, widget=forms.Textarea,
                initial=report.forewords.get(str(number), ""),
            )  # fmt: skip
            quotes = [q for line in lines if line.number == number
                      for stand in line.stands for q in stand.quotes()]  # fmt: skip
            if quotes:
                fields[f"examples-{number}"] = _choose(number, quotes, report.examples)

    def text(self) -> ReportText:
        """Return what was entered."""
        given = self.cleaned_data
        return ReportText(
            title=given["title"],
            as_of_on=given["as_of_on"],
            introduction=given["introduction"],
            forewords={str(n): given.get(f"foreword-{n}", "") for n in self.numbers},
            examples=[key for n in self.numbers for key in given.get(f"examples-{n}", [])],
        )


def _choose(number: int, quotes: list[Quote], chosen: list[str]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=f"Examples for recommendation {number}", required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(quote.key, _label(quote)) for quote in quotes],
        initial=[key for key in chosen if key in {quote.key for quote in quotes}],
        help_text="Published words, quoted whole.",
    )  # fmt: skip


def _label(quote: Quote) -> str:
    text = quote.text if len(quote.text) <= LABEL_CHARS else quote.text[:LABEL_CHARS] + " …"
    return f"{quote.organisation}, {quote.what.lower()} to {quote.code}: {text}"
