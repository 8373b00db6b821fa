"""Forms of the procedure: acknowledging, a view on eligibility, moving on, recording."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from fourfold.web.exhibits.forms.choosing import OneOf
from fourfold.web.exhibits.forms.moments import ClockField, MomentsForm, day_field, initial_of
from fourfold.web.supercomplaints.actions.deciding import ViewFacts
from fourfold.web.supercomplaints.actions.moving import Move
from fourfold.web.supercomplaints.actions.recording import RecordFacts, StepFacts
from fourfold.web.supercomplaints.forms.complaints import line, writing
from fourfold.web.supercomplaints.models import EligibilityView, Organisation, SuperComplaint
from fourfold.web.supercomplaints.models.organisations import Regime
from fourfold.web.supercomplaints.rules.procedure import Event

STATES = [each for each in SuperComplaint.State.choices if each[0] != "preparing"]


class AcknowledgeForm(MomentsForm):
    """When the acknowledgement was sent."""

    at_on = day_field("Day the acknowledgement is sent", required=True)
    at_time = ClockField(label="Time")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = initial_of("at", timezone.now())
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Join day and time."""
        given = super().clean() or {}
        given["at"] = self.moment("at")
        return given


class ViewForm(forms.Form):
    """What the authority holds on eligibility."""

    is_form_met = forms.TypedChoiceField(
        label="Is regulation 4 fulfilled (the form of a complaint)?",
        choices=[("yes", "Yes"), ("no", "No")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether regulation 4 is fulfilled."},
    )
    bar = forms.ChoiceField(
        label="Does a bar of regulation 6(3) or (4) apply?",
        choices=EligibilityView.Bar.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether a bar applies."},
    )
    repeats = OneOf(
        label="Which one does it repeat?",
        required=False,
        help_text="Only where a bar applies.",
    )
    reasons = writing(
        "Reasons, in writing",
        "For a bar: what is repeated, and whether circumstances have changed materially since.",
        required="Give the reasons in writing.",
    )

    def __init__(self, *args: Any, others: Sequence[SuperComplaint], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["repeats"]
        field.offer(others, lambda each: f"{each.title} ({each.body.name})")

    def facts(self) -> ViewFacts:
        """Return what was entered."""
        return ViewFacts(**self.cleaned_data)


class DecideForm(forms.Form):
    """The joint decision."""

    on = day_field("Day of the decision", required=True)


class MoveForm(forms.Form):
    """A later step: which, on which day, in which words."""

    event = forms.ChoiceField(
        label="What happened?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what happened."},
    )
    on = day_field("On which day?", required=True)
    words = line("In words", "As it stands in the timeline.", most=500)
    responses_due_on = day_field(
        "Responses expected by",
        hint="Only when responses begin to be awaited: 56 days after publication in practice.",
    )

    def __init__(self, *args: Any, events: Sequence[Event], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["event"]
        field.choices = [(each.code, each.name) for each in events]
        if not any(each.code == "await_responses" for each in events):
            del self.fields["responses_due_on"]

    def move(self) -> Move:
        """Return the move that was entered."""
        given = self.cleaned_data
        due_on = given.get("responses_due_on")
        changes = {"responses_due_on": due_on} if due_on else {}
        return Move(given["event"], given["on"], given["words"], changes=changes)


def _lines(value: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in value.splitlines() if each.strip())


class RecordForm(forms.Form):
    """A super-complaint known from public sources."""

    title = line("Title", required="Enter a title.")
    body = OneOf(label="Made by", error_messages={"required": "Choose who made it."})
    regime = forms.ChoiceField(
        label="Regime", choices=Regime.choices, widget=forms.RadioSelect, initial=Regime.POLICE
    )
    with_whom = line("Together with", most=500)
    subject = writing("What it is about")
    state = forms.ChoiceField(label="State now", choices=STATES)
    made_on = day_field("Made on", hint="Leave empty if the day was not seen.")
    made_words = line("Made, as known", "Where the day was not seen: “Nov 2022”.", most=100)
    decided_on = day_field("Eligibility decided on", hint="Leave empty if it was not seen.")
    published_on = day_field("Report published on", hint="Leave empty if it was not seen.")
    responses_due_on = day_field("Responses expected by")
    report_title = line("Title of the report")
    lead = OneOf(label="Lead authority", required=False)
    gaps = writing("What is not known", "One on each line.")
    sources = writing("Sources", "One on each line: addresses of public pages.")

    def __init__(
        self,
        *args: Any,
        bodies: Sequence[Organisation],
        leads: Sequence[Organisation],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["body"].offer(bodies, lambda each: each.name)
        fields["lead"].offer(leads, lambda each: each.name)

    def facts(self) -> RecordFacts:
        """Return what was entered."""
        given = dict(self.cleaned_data)
        for name in ("gaps", "sources"):
            given[name] = _lines(given[name])
        return RecordFacts(**given)


class StepForm(forms.Form):
    """A step as public sources tell it."""

    on = day_field("Day", hint="Leave empty if the day was not seen.")
    on_words = line("When, as known", "Where the day was not seen.", most=100)
    words = line("What happened", required="Say what happened.", most=500)
    source = line("Source", required="Say where it was seen.", most=300)

    def facts(self) -> StepFacts:
        """Return what was entered."""
        return StepFacts(**self.cleaned_data)
