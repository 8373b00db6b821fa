"""The form of a knowledge event: what the suspect was told."""

from typing import Any

from django import forms

from fourfold.web.cases.actions.knowledge import KnowledgeFacts
from fourfold.web.cases.forms.moments import MomentForm, initial_of
from fourfold.web.cases.models import KnowledgeEvent, Person
from fourfold.web.cases.rules import moments


class KnowledgeForm(MomentForm):
    """Who was told what, when, by whom, how, and what shows it."""

    person = forms.ChoiceField(
        label="Who was told?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who was told."},
    )
    by = forms.CharField(
        max_length=100,
        required=False,
        label="Who told?",
        help_text="The victim, police, a solicitor, a court.",
    )
    how = forms.CharField(
        max_length=100,
        required=False,
        label="How?",
        help_text="By text, in person, by blocking, by letter, by an order.",
    )
    words = forms.CharField(
        required=False,
        max_length=10_000,
        widget=forms.Textarea,
        label="In which words?",
        help_text="As they were said or written.",
    )
    proof = forms.CharField(
        required=False,
        max_length=2_000,
        widget=forms.Textarea,
        label="What shows it?",
        help_text="An exhibit, a statement, body-worn video, a delivery receipt.",
    )

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("until_on", "until_clock"):
            del self.fields[name]
        self.fields["on"].required = True
        self.fields["on"].error_messages["required"] = (
            "Enter the date. If only the month is known, leave the day empty."
        )
        self.people = {person.ref: person for person in people}
        field = self.fields["person"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                (ref, f"{person.get_role_display()}: {person.name or 'name not known'}")
                for ref, person in self.people.items()
            ]

    def facts(self) -> KnowledgeFacts:
        """Return what was told."""
        values = self.cleaned_data
        span: moments.Span = values["span"]
        if span.from_at is None:
            raise ValueError("a knowledge event has a date")
        return KnowledgeFacts(
            person=self.people[values["person"]],
            at=span.from_at,
            precision=span.precision,
            by=values["by"],
            how=values["how"],
            words=values["words"],
            proof=values["proof"],
        )


def initial_of_event(event: KnowledgeEvent) -> dict[str, Any]:
    """Return what the form shows of an event that stands."""
    shown = {name: getattr(event, name) for name in ("by", "how", "words", "proof")}
    return {**shown, "person": event.person.ref, **initial_of(event.at, None, event.precision)}
