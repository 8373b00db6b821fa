"""The form of a section of a reply: a field for each question, and what was sent as answers."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict

from fourfold.web.base.widgets import BOXES, DayBoxes
from fourfold.web.surveys.models import Question
from fourfold.web.surveys.rules.answers import AnswerError, kept
from fourfold.web.surveys.rules.kinds import LONG_MAX, NONE, SHORT_MAX, Given, Kind, State

BESIDE = {State.NOT_KNOWN: "not-known", State.NOT_HELD: "not-held"}


class TypedDay(forms.Field):
    """A day as it was typed in three boxes; a draft keeps what no calendar has."""

    widget = DayBoxes

    def to_python(self, value: Any) -> str:
        """Return the boxes as 31/2/2024."""
        texts = [str((value or {}).get(box, ""))[:20].replace("/", "-") for box in BOXES]
        return "/".join(texts) if any(texts) else ""


class Cells(forms.Widget):
    """Text boxes in rows and columns."""

    def __init__(self, rows: Sequence[str], columns: Sequence[str]) -> None:
        super().__init__()
        self.rows, self.columns = rows, columns

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> list[list[str]]:
        """Return the texts."""
        return [
            [str(data.get(f"{name}-{r}-{c}", "")) for c in range(len(self.columns))]
            for r in range(len(self.rows))
        ]


class CellsField(forms.Field):
    """A table to fill in."""

    widget: Any = Cells


class SectionAnswers(forms.Form):
    """The answers to some questions. Nothing is required: a draft takes what there is."""

    def __init__(
        self, *args: Any, questions: Iterable[Question], answers: Mapping[int, Given], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions = list(questions)
        for question in self.questions:
            given = answers.get(question.pk, NONE)
            self.fields[question.ref] = _field(question, given)
            if not _is_radio(question):
                self._beside(question, given)

    def _beside(self, question: Question, given: Given) -> None:
        for state, suffix in BESIDE.items():
            if state in question.shape.states:
                words = "We do not know" if state == State.NOT_KNOWN else "We do not hold this"
                self.fields[f"{question.ref}-{suffix}"] = forms.BooleanField(
                    label=words, required=False, initial=given.state == state
                )

    def beside(self, question: Question) -> list[forms.BoundField]:
        """Return the boxes “not known” and “not held” of a question."""
        names = [f"{question.ref}-{suffix}" for suffix in BESIDE.values()]
        return [self[name] for name in names if name in self.fields]

    def cells(self, question: Question) -> list[tuple[str, list[tuple[str, str, str]]]]:
        """Return the rows of a table: its label, and for each cell its name, label and text."""
        held = self[question.ref].value() or []
        texts = {
            (r, c): text for r, row in enumerate(held) for c, text in enumerate(row)
        }  # fewer cells than boxes: the rest is empty
        return [
            (
                row,
                [
                    (f"{question.ref}-{r}-{c}", f"{row}, {column}", str(texts.get((r, c), "")))
                    for c, column in enumerate(question.columns)
                ],
            )
            for r, row in enumerate(question.rows)
        ]

    def clean(self) -> dict[str, Any]:
        """Read what was sent as answers; what cannot be kept is said beside its field."""
        super().clean()
        self.given: dict[int, Given] = {}
        self.ticked_in_vain: list[Question] = []
        for question in self.questions:
            if question.kind == Kind.FILE or question.ref in self.errors:
                continue
            try:
                self.given[question.pk] = self._given(question)
            except AnswerError as error:
                self.add_error(question.ref, ValidationError(str(error)))
        return self.cleaned_data

    def _given(self, question: Question) -> Given:
        value, ticked = self.cleaned_data.get(question.ref), self._ticked(question)
        if value in (State.NOT_KNOWN, State.NOT_HELD) and _is_radio(question):
            return kept(question.shape, value, "")
        given = kept(question.shape, "", value or "")
        if given and ticked:
            self.ticked_in_vain.append(question)
        return given or (kept(question.shape, ticked, "") if ticked else NONE)

    def _ticked(self, question: Question) -> str:
        for state, suffix in BESIDE.items():
            if self.cleaned_data.get(f"{question.ref}-{suffix}"):
                return state
        return ""


def _is_radio(question: Question) -> bool:
    return question.kind in (Kind.YES_NO, Kind.ONE)


def _field(question: Question, given: Given) -> forms.Field:
    made = _made(question, given)
    made.label, made.help_text, made.required = question.text, question.help_text, False
    return made


def _made(question: Question, given: Given) -> forms.Field:
    shape, value = question.shape, given.value if given.state == State.ANSWERED else ""
    if _is_radio(question):
        choices = [(each, each) for each in shape.choices]
        choices += [(each, State(each).label) for each in shape.states if each in BESIDE]
        if given:
            choices.append(("", "Take the answer away"))
        chosen = value if given.state == State.ANSWERED else given.state or None
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, initial=chosen)
    if question.kind == Kind.MANY:
        return forms.MultipleChoiceField(
            choices=[(each, each) for each in shape.choices],
            widget=forms.CheckboxSelectMultiple,
            initial=value or [],
        )
    if question.kind == Kind.DAY:
        texts = dict(zip(BOXES, str(value).split("/"), strict=False)) if value else None
        return TypedDay(initial=texts)
    if question.kind == Kind.TABLE:
        return CellsField(widget=Cells(question.rows, question.columns), initial=value or [])
    if question.kind == Kind.FILE:
        return forms.FileField(allow_empty_file=True)
    is_long = question.kind == Kind.LONG
    return forms.CharField(
        max_length=LONG_MAX if is_long else SHORT_MAX,
        widget=forms.Textarea() if is_long else forms.TextInput(),
        initial=value,
    )
