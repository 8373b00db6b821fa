"""Forms that make a survey: the survey itself, sections, questions, files of questions."""

from typing import Any

from django import forms

from fourfold.web.base.widgets import DayField
from fourfold.web.surveys.actions.building import SurveyFacts
from fourfold.web.surveys.models import Question, Survey, SurveySection
from fourfold.web.surveys.rules import questions
from fourfold.web.surveys.rules.kinds import COUNTED, Kind
from fourfold.web.surveys.rules.questions import QuestionSpec, SectionSpec
from fourfold.web.surveys.selectors.sheets import Sheet

FROM_NOTHING, FROM_TEMPLATE, FROM_SURVEY = "", "template", "survey"
PLAIN = ("text", "help_text", "kind", "unit", "is_required", "may_not_know", "may_not_hold",
         "show_if_answer", "publish")  # fmt: skip


class SurveyForm(forms.Form):
    """What a survey says of itself."""

    title = forms.CharField(label="Title", max_length=200)
    introduction = forms.CharField(
        label="Introduction", required=False, max_length=10_000, widget=forms.Textarea,
        help_text="What a force reads first: why it is asked, and what becomes of its answers.",
    )  # fmt: skip
    contact = forms.CharField(
        label="Whom a force can ask", required=False, max_length=300,
        help_text="A post, a mailbox or a number. It stands in letters and on the reply.",
    )  # fmt: skip
    opens_on = DayField(label="Opens on", required=False, help_text="For example 4 8 2023")
    closes_on = DayField(
        label="Closes on", required=False,
        help_text="The last day on which a reply is in time. No law fixes it: the published"
        " survey was open from 4 August to 4 September 2023 (practice).",
    )  # fmt: skip
    public_note = forms.CharField(
        label="Note above the published tables", required=False, max_length=5_000,
        widget=forms.Textarea,
    )  # fmt: skip

    def __init__(self, *args: Any, survey: Survey | None = None, **kwargs: Any) -> None:
        if survey is not None:
            names = SurveyFacts.__dataclass_fields__
            kwargs.setdefault("initial", {name: getattr(survey, name) for name in names})
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Refuse a survey that closes before it opens."""
        given = super().clean() or {}
        opens, closes = given.get("opens_on"), given.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", "The survey closes before it opens. Check both days.")
        return given

    def facts(self) -> SurveyFacts:
        """Return what was entered."""
        names = SurveyFacts.__dataclass_fields__
        return SurveyFacts(**{name: self.cleaned_data[name] for name in names})


class NewSurveyForm(SurveyForm):
    """A new survey: empty, from the template, or from an earlier survey."""

    start = forms.ChoiceField(
        label="Begin with", required=False, widget=forms.RadioSelect, choices=[]
    )

    def __init__(self, *args: Any, earlier: list[Survey], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.earlier = {survey.ref: survey for survey in earlier}
        start: Any = self.fields["start"]
        start.choices = [
            (FROM_NOTHING, "No questions"),
            (FROM_TEMPLATE, "The template: headings of the stalking survey of 2023"),
            *((ref, f"A copy of {survey.title} ({ref})") for ref, survey in self.earlier.items()),
        ]


class SectionForm(forms.Form):
    """A section of a survey."""

    heading = forms.CharField(label="Heading", max_length=200)
    introduction = forms.CharField(
        label="Introduction", required=False, max_length=5_000, widget=forms.Textarea
    )

    def __init__(self, *args: Any, section: SurveySection | None = None, **kwargs: Any) -> None:
        if section is not None:
            initial = {"heading": section.heading, "introduction": section.introduction}
            kwargs.setdefault("initial", initial)
        super().__init__(*args, **kwargs)


class LinesField(forms.CharField):
    """Texts, one on each line."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> Any:
        """Return the lines that are not empty."""
        text = super().to_python(value)
        return tuple(line.strip() for line in (text or "").splitlines() if line.strip())

    def prepare_value(self, value: Any) -> Any:
        """Return the lines as text."""
        return "\n".join(value) if isinstance(value, list | tuple) else value


class QuestionForm(forms.Form):
    """A question, its kind of answer, and when it is asked."""

    text = forms.CharField(label="Question", max_length=500, widget=forms.Textarea)
    help_text = forms.CharField(label="Help", required=False, max_length=500)
    kind = forms.ChoiceField(label="Kind of answer", choices=Kind.choices, widget=forms.RadioSelect)
    options = LinesField(
        label="Answers to choose from", required=False, max_length=9_000,
        help_text="One on each line.",
    )  # fmt: skip
    unit = forms.CharField(
        label="Unit", required=False, max_length=40, help_text="Such as officers, days, records."
    )
    rows = LinesField(label="Rows", required=False, max_length=9_000, help_text="One on each line.")
    columns = LinesField(
        label="Columns", required=False, max_length=9_000, help_text="One on each line."
    )
    is_required = forms.BooleanField(
        label="An answer is needed for sign-off", required=False,
        help_text="Saving a draft is never blocked.",
    )  # fmt: skip
    may_not_know = forms.BooleanField(label="“Not known” is an answer", required=False)
    may_not_hold = forms.BooleanField(
        label="“Not held” is an answer", required=False,
        help_text="The force does not hold the information.",
    )  # fmt: skip
    show_if = forms.ChoiceField(label="Ask only after an answer to", required=False, choices=[])
    show_if_answer = forms.CharField(
        label="That answer", required=False, max_length=200,
        help_text="Exactly as it is offered, such as Yes.",
    )  # fmt: skip
    publish = forms.ChoiceField(
        label="In the published annex", choices=Question.Publish.choices, widget=forms.RadioSelect
    )

    def __init__(
        self, *args: Any, sheet: Sheet, section: SurveySection, question: Question | None = None,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        if question is not None:
            kwargs.setdefault("initial", _initial(question))
        else:
            new = {"kind": Kind.YES_NO, "may_not_know": True, "publish": Question.Publish.COUNTS}
            kwargs.setdefault("initial", new)
        super().__init__(*args, **kwargs)
        self.question = question
        self.before = {each.ref: each for each in _before(sheet, section, question)}
        numbers = sheet.numbers
        show_if: Any = self.fields["show_if"]
        show_if.choices = [
            ("", "Always asked"),
            *((r, f"{numbers[q.pk]} {q.text[:80]}") for r, q in self.before.items()),
        ]

    def clean(self) -> dict[str, Any]:
        """Check the question as an import does."""
        given = super().clean() or {}
        for name, words in questions.problems_of(self.spec()).items():
            if name not in self.errors:
                self.add_error(name, words)
        waited = self.waited()
        if waited is not None:
            shape = waited.shape
            words = questions.waiting_problem(
                waited.kind, shape.choices, shape.states, given.get("show_if_answer", "")
            )
            if words:
                self.add_error("show_if_answer", words)
        return given

    def waited(self) -> Question | None:
        """Return the question whose answer this one waits for."""
        return self.before.get(self.cleaned_data.get("show_if", ""))

    def spec(self) -> QuestionSpec:
        """Return what was entered."""
        given = self.cleaned_data
        facts = {name: given[name] for name in PLAIN if name in given}
        lines = {name: given.get(name, ()) for name in ("options", "rows", "columns")}
        if not given.get("show_if"):
            facts["show_if_answer"] = ""
        origin = self.question.origin if self.question is not None else ""
        if self.question is not None and facts.get("text") != self.question.text:
            origin = ""  # other words: no longer those of the template
        return QuestionSpec(**{"text": "", **facts, **lines, "origin": origin})


def _initial(question: Question) -> dict[str, Any]:
    initial = {name: getattr(question, name) for name in (*PLAIN, "options", "rows", "columns")}
    initial["show_if"] = question.show_if.ref if question.show_if else ""
    return initial


def _before(sheet: Sheet, section: SurveySection, question: Question | None) -> list[Question]:
    """Return the questions with choices that stand before one, or before the section's end."""
    found: list[Question] = []
    for part in sheet.parts:
        for each in part.questions:
            if question is not None and each.pk == question.pk:
                return found
            if each.kind in COUNTED:
                found.append(each)
        if part.section.pk == section.pk:
            break
    return found


class QuestionFileForm(forms.Form):
    """A file of questions, as another survey gives it away."""

    file = forms.FileField(
        label="File of questions",
        help_text="JSON, as “Export the questions” gives it. At most 1 MB.",
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
    )

    def clean_file(self) -> tuple[SectionSpec, ...]:
        """Read the file."""
        file = self.cleaned_data["file"]
        try:
            return questions.from_json(file.read(questions.MOST_BYTES + 1))
        except questions.QuestionFileError as error:
            raise forms.ValidationError(str(error)) from error
