"""What is typed about a report. Nothing is required: what is missing is said on its page."""

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.db.models import TextChoices
from django.forms import BaseFormSet, formset_factory

from fourfold.web.base.widgets import DayField
from fourfold.web.cases.actions.reports import IdentifierFacts, ReportFacts
from fourfold.web.cases.models import Report
from fourfold.web.cases.models.answers import Answer, Jurisdiction
from fourfold.web.cases.models.reports import ReportIdentifier
from fourfold.web.cases.rules.identifying import kind_of, read_pasted
from fourfold.web.cases.rules.reports import FOUR
from fourfold.web.users.models import IdentifierKind

ROWS: Final = 4
ROWS_MORE: Final = 4
ROWS_MAX: Final = 100
Whose = ReportIdentifier.Whose


def _one_of(
    choices: type[TextChoices], default: str, widget: type[forms.Widget] = forms.RadioSelect,
    **more: Any,
) -> forms.TypedChoiceField:  # fmt: skip
    """Return a choice that may be left out: then it is the default."""
    return forms.TypedChoiceField(
        choices=choices.choices,
        required=False,
        empty_value=default,
        initial=default,
        widget=widget,
        **more,
    )


def _words(label: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, required=False, widget=forms.Textarea)


class ReportForm(forms.Form):
    """The report itself, in the order in which it is taken: the victim's words first."""

    victim_words = _words(
        "What happened, in the victim's own words",
        "Write what is said, as it is said. Dates and details can follow later.",
    )
    effect_words = _words(
        "How it affects the victim",
        "For example: fear, sleep, work, children, changed routes or routine, security added.",
    )
    in_danger_now = _one_of(Answer, Answer.NOT_ASKED, label="Is anybody in danger now?")
    fear_of_violence = _one_of(
        Answer, Answer.NOT_ASKED, label="Does the victim fear that violence will be used?"
    )
    relationship = _one_of(
        Report.Relationship,
        Report.Relationship.NOT_ASKED,
        label="What is this person to the victim?",
    )
    channel = _one_of(
        Report.Channel, Report.Channel.CALL, forms.Select, label="How the report came"
    )
    is_by_victim = forms.ChoiceField(
        label="Who is telling?",
        choices=(("yes", "The victim"), ("no", "Somebody else")),
        required=False,
        initial="yes",
        widget=forms.RadioSelect,
    )
    jurisdiction = _one_of(
        Jurisdiction, Jurisdiction.ENGLAND_AND_WALES, forms.Select, label="Whose law applies"
    )
    classification = _one_of(
        Report.Classification,
        Report.Classification.UNDECIDED,
        label="What is it treated as for now?",
    )
    classification_reason = _words("Why")
    pasted = _words(
        "Paste numbers, addresses and accounts",
        "One thing to a line. Phone numbers, emails, registrations, addresses with a postcode, "
        "accounts (instagram: name), IMEI numbers and names are recognised. Other lines go into "
        "the notes.",
    )
    pasted_whose = _one_of(Whose, Whose.SUSPECT, forms.Select, label="Whose are they?")
    notes = _words("Notes", "Anything else that was told.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for prompt in FOUR:
            self.fields[prompt.field] = _one_of(
                Answer, Answer.NOT_ASKED, label=prompt.question, help_text=prompt.hint
            )

    def clean_is_by_victim(self) -> bool:
        """Return whether the victim is telling; left out, it is the victim."""
        return str(self.cleaned_data["is_by_victim"]) != "no"

    @property
    def four(self) -> list[tuple[str, forms.BoundField]]:
        """The four prompts, each with its word."""
        return [(prompt.word, self[prompt.field]) for prompt in FOUR]


class IdentifierForm(forms.Form):
    """One number, name or thing, and whose it is said to be. Without a text the row is empty."""

    whose = _one_of(Whose, Whose.SUSPECT, forms.Select, label="Whose")
    kind = forms.ChoiceField(
        label="What it is",
        choices=[("", "Recognise it"), *IdentifierKind.choices],
        required=False,
    )
    text = forms.CharField(label="Number, name or address", max_length=300, required=False)
    is_sensitive = forms.BooleanField(label="Keep safe", required=False)

    def facts(self) -> IdentifierFacts | None:
        """Return what was typed; None where nothing was, or where its kind is not known."""
        told = self.cleaned_data
        if not told.get("text"):
            return None  # a row that nobody touched
        kind = told["kind"] or kind_of(told["text"])
        if not kind:
            return None
        return IdentifierFacts(told["whose"], kind, told["text"], told["is_sensitive"])

    @property
    def unread(self) -> str:
        """The text of a row whose kind is not known; it is kept in the notes."""
        return "" if self.facts() else str(self.cleaned_data.get("text", ""))


def identifier_rows(data: Any = None, report: Report | None = None, more: int = 0) -> Any:
    """Return the rows of identifiers: those that stand, and some empty ones."""
    initial = [
        {
            "whose": row.whose,
            "kind": row.kind,
            "text": row.text,
            "is_sensitive": row.is_sensitive,
        }
        for row in (report.identifiers.all() if report else ())
    ]
    extra = ROWS_MORE if initial or more else ROWS
    rows = formset_factory(
        IdentifierForm, formset=BaseFormSet, extra=extra, max_num=ROWS_MAX, absolute_max=ROWS_MAX
    )
    return rows(data, initial=initial, prefix="identifiers")


def facts_of(form: ReportForm, rows: Iterable[IdentifierForm]) -> ReportFacts:
    """Return what was typed as the facts of a report; nothing that was typed is lost."""
    told = dict(form.cleaned_data)
    pasted, whose = told.pop("pasted"), told.pop("pasted_whose")
    read, left = read_pasted(pasted)
    typed = list(rows)
    identifiers = [facts for row in typed if (facts := row.facts())]
    identifiers += [IdentifierFacts(whose, one.kind, one.text) for one in read]
    left += [row.unread for row in typed if row.unread]
    told["notes"] = "\n".join(filter(None, [told["notes"].rstrip(), *left]))
    return ReportFacts(**told, identifiers=tuple(dict.fromkeys(identifiers)))


def initial_of(report: Report) -> dict[str, Any]:
    """Return what stands in a report as the form shows it."""
    names = [name for name in ReportForm().fields if hasattr(report, name)]
    told = {name: getattr(report, name) for name in names}
    return told | {"is_by_victim": "yes" if report.is_by_victim else "no"}


class FilterForm(forms.Form):
    """Which reports the list shows."""

    state = forms.ChoiceField(
        label="Which",
        choices=(("open", "In no case yet"), ("joined", "In a case"), ("all", "All")),
        required=False,
        widget=forms.RadioSelect,
    )
    owed = forms.ChoiceField(
        label="Only those",
        choices=(
            ("", "No further filter"),
            ("danger", "where somebody is in danger"),
            ("four", "with a prompt of FOUR not asked"),
            ("harassment", "treated as harassment without a reason"),
        ),
        required=False,
        widget=forms.RadioSelect,
    )
    mine = forms.BooleanField(label="Taken by me", required=False)
    from_on = DayField(label="Taken from", required=False)
    to_on = DayField(label="Taken up to", required=False)
