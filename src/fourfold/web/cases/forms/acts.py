"""The form of an act: what the victim says and how it affected her come first."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django import forms

from fourfold.web.cases.actions.acts import ActFacts, SourceFacts
from fourfold.web.cases.forms.moments import MomentForm, initial_of
from fourfold.web.cases.models import Act, ActSource, Case
from fourfold.web.cases.models.answers import Answer
from fourfold.web.cases.rules import act_codes
from fourfold.web.cases.rules.act_gaps import needed_for
from fourfold.web.cases.rules.law import law_of
from fourfold.web.cases.rules.moments import Span
from fourfold.web.cases.selectors.acts import FormChoices
from fourfold.web.cases.selectors.knowledge import when_words
from fourfold.web.cases.selectors.timeline import NO_CODE, NO_SOURCE

PLAIN: Final = (
    "victim_words", "effect_words", "fear_of_violence", "alarm", "distress", "when_text", "means",
    "place_text", "actor_kind", "proxy_basis", "target", "summary",
)  # fmt: skip
LONG: Final = 20_000
NEITHER: Final = ("", "Nobody chosen")


def _words(label: str, hint: str = "", *, most: int = LONG) -> forms.CharField:
    return forms.CharField(
        required=False, max_length=most, widget=forms.Textarea, label=label, help_text=hint
    )


def _answer(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        choices=Answer.choices,
        widget=forms.RadioSelect,
        required=False,
        initial=Answer.NOT_ASKED,
        label=label,
    )


class SourceForm(forms.Form):
    """Where an act is known from."""

    source_kind = forms.ChoiceField(
        choices=[
            ("", "Not recorded yet"),
            *[choice for choice in ActSource.Kind.choices if choice[0] != ActSource.Kind.ENGINE],
        ],
        widget=forms.RadioSelect,
        required=False,
        label="Where is it known from?",
    )
    source_report = forms.ChoiceField(required=False, label="Which report?")
    source_words = forms.CharField(
        required=False,
        max_length=500,
        label="Which statement or record, in a few words",
        help_text="For example, first account of 4 May, page 2.",
    )

    def __init__(self, *args: Any, choices: FormChoices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reports = {report.ref: report for report in choices.reports}
        options = [("", "No report chosen")]
        options += [
            (ref, f"{ref}, {report.taken_at:%d %B %Y}") for ref, report in self.reports.items()
        ]
        self._choice("source_report").choices = options

    def _choice(self, name: str) -> forms.ChoiceField:
        found = self.fields[name]
        if not isinstance(found, forms.ChoiceField):
            raise TypeError(name)
        return found

    def source(self) -> SourceFacts | None:
        """Return the source, or nothing where none was given."""
        values = self.cleaned_data
        report = self.reports.get(values["source_report"])
        kind = values["source_kind"]
        if report is not None and not kind:
            kind = ActSource.Kind.REPORT
        if values["source_words"] and not kind:
            kind = ActSource.Kind.OTHER
        if not kind:
            return None
        return SourceFacts(kind=kind, report=report, words=values["source_words"])


class ActForm(MomentForm, SourceForm):
    """An act, with nothing required."""

    victim_words = _words(
        "What happened, in the victim’s own words",
        "Write it as she or he says it. Do not tidy it up.",
    )
    effect_words = _words(
        "What changed because of it",
        "Sleep, health, work, route, who collects the children, locks, moving house.",
    )
    fear_of_violence = _answer("Did the victim fear that violence would be used?")
    alarm = _answer("Was the victim alarmed?")
    distress = _answer("Was the victim distressed?")
    when_text = forms.CharField(
        required=False,
        max_length=200,
        label="When, as it was told",
        help_text="For example, the evening before my birthday.",
    )
    codes = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, label="What kind of act is it?"
    )
    means = forms.ChoiceField(
        choices=Act.Means.choices,
        required=False,
        initial=Act.Means.NOT_KNOWN,
        label="By what means?",
    )
    place_text = forms.CharField(
        required=False,
        max_length=300,
        label="Place, as it was told",
        help_text="Leave out an address that keeps somebody safe.",
    )
    actor_kind = forms.ChoiceField(
        choices=Act.ActorKind.choices,
        widget=forms.RadioSelect,
        required=False,
        initial=Act.ActorKind.SUSPECT,
        label="Who did it?",
    )
    actor_person = forms.ChoiceField(required=False, label="Which person?")
    proxy_basis = _words(
        "Why does it count as the suspect’s?",
        "What shows that the suspect had it done or helped: a message, a payment, an account.",
    )
    target = forms.ChoiceField(
        choices=Act.Target.choices,
        widget=forms.RadioSelect,
        required=False,
        initial=Act.Target.VICTIM,
        label="Whom or what was it aimed at?",
    )
    target_person = forms.ChoiceField(required=False, label="Which person was it aimed at?")
    known_unwelcome = forms.ChoiceField(
        required=False,
        label="Which earlier event told the suspect that this is unwelcome?",
        help_text="Acts after a recorded event are marked by themselves. Choose one to name it.",
    )
    summary = _words("Summary in neutral words", "One or two sentences, for lists and tables.")

    def __init__(
        self, *args: Any, case: Case, choices: FormChoices, on: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, choices=choices, **kwargs)
        self.people = {person.ref: person for person in choices.people}
        self.knowledge = {event.ref: event for event in choices.knowledge}
        people = [
            (ref, f"{person.get_role_display()}: {person.name or 'name not known'}")
            for ref, person in self.people.items()
        ]
        self._choice("actor_person").choices = [NEITHER, *people]
        self._choice("target_person").choices = [NEITHER, *people]
        self._choice("known_unwelcome").choices = [
            ("", "None chosen"),
            *[(ref, f"{when_words(event)}: {event.how}") for ref, event in self.knowledge.items()],
        ]
        self.decisions = needed_for(law_of(case.jurisdiction))
        self.code_list = act_codes.list_of(case.jurisdiction, on)
        self._choice("codes").choices = code_choices(self.code_list, self.initial.get("codes", ()))

    def facts(self) -> ActFacts:
        """Return what was told."""
        values = self.cleaned_data
        span: Span = values["span"]
        plain = {name: values[name] for name in PLAIN if values[name]}
        plain.setdefault("actor_kind", Act.ActorKind.UNKNOWN)
        return ActFacts(
            **plain,
            occurred_from_at=span.from_at,
            occurred_to_at=span.to_at,
            precision=span.precision,
            codes=values["codes"],
            actor_person=self.people.get(values["actor_person"]),
            target_person=self.people.get(values["target_person"]),
            known_unwelcome=self.knowledge.get(values["known_unwelcome"]),
        )

    def code_hints(self) -> dict[str, str]:
        """Return the examples below each kind of act."""
        return {code.code: code.hint for code in self.code_list.codes} if self.code_list else {}

    def needed(self) -> dict[str, str]:
        """Return the decision that needs each field that is not filled in."""
        missing: dict[str, str] = {}
        for name, decision in self.decisions.items():
            field = {"when": "on", "sources": "source_kind"}.get(name, name)
            if name != "proxy_basis" and not self._has_answer(field):
                missing[field] = decision
        if self["actor_kind"].value() == Act.ActorKind.PROXY and not self["proxy_basis"].value():
            missing["proxy_basis"] = self.decisions["proxy_basis"]
        return missing

    def _has_answer(self, name: str) -> bool:
        value = self[name].value()
        if isinstance(value, dict):
            return any(value.values())
        is_empty = value in ("", None, Answer.NOT_ASKED, Act.Means.NOT_KNOWN) or value == []
        return not is_empty and not (name == "actor_kind" and value == "unknown")


class ActChangeForm(ActForm):
    """A new version of an act: with the version seen before, so that nobody writes over another."""

    why = forms.CharField(
        required=False,
        max_length=100,
        label="Why are you changing it?",
        help_text="A few words, kept with the new version. For example, second account.",
    )
    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("source_kind", "source_report", "source_words"):
            del self.fields[name]

    def _has_answer(self, name: str) -> bool:
        return name not in self.fields or super()._has_answer(name)


class ReasonForm(forms.Form):
    """A reason that stays in the record."""

    reason = forms.CharField(
        max_length=2_000,
        widget=forms.Textarea,
        label="Why?",
        error_messages={"required": "Say why. The reason stays in the record."},
    )


class FilterForm(forms.Form):
    """Which acts the timeline shows; what it does not know of is left out without a word."""

    code = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, label="Kind of act"
    )
    means = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="Means",
        choices=Act.Means.choices,
    )
    source = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="Source",
        choices=[*ActSource.Kind.choices, (NO_SOURCE, "No source recorded")],
    )
    state = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="State",
        choices=Act.State.choices,
    )

    def __init__(self, *args: Any, case: Case, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        if isinstance(field, forms.ChoiceField):
            listed = act_codes.list_of(case.jurisdiction, on)
            field.choices = [*code_choices(listed, ()), (NO_CODE, "No kind recorded")]


def code_choices(listed: act_codes.CodeList | None, kept: Sequence[str]) -> list[tuple[str, str]]:
    """Return the codes of a list, and those that an act keeps from another list."""
    codes = listed.codes if listed else ()
    own = [(code.code, f"{code.letter} {code.words}") for code in codes]
    known = {code for code, _ in own}
    return own + [(code, act_codes.words_of(code)) for code in kept if code not in known]


def initial_of_act(act: Act, version: int | None) -> dict[str, Any]:
    """Return what the form shows of an act that stands."""
    shown = {name: getattr(act, name) for name in PLAIN}
    pointed = {
        name: getattr(getattr(act, name), "ref", "")
        for name in ("actor_person", "target_person", "known_unwelcome")
    }
    moment = initial_of(act.occurred_from_at, act.occurred_to_at, act.precision)
    return {**shown, **pointed, **moment, "codes": act.codes, "seen_version": version}
