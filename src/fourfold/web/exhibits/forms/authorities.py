"""What may be recorded of an authority, and which exhibits cite it."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django import forms

from fourfold.web.cases.models import Case
from fourfold.web.exhibits.actions.authorities import AuthorityFacts
from fourfold.web.exhibits.forms.choosing import OneOf, SomeOf, authority_label
from fourfold.web.exhibits.forms.custody import exhibit_label
from fourfold.web.exhibits.forms.moments import ClockField, MomentsForm, day_field, initial_of
from fourfold.web.exhibits.models import Authority, Exhibit


class AuthorityForm(MomentsForm):
    """An authority: its own number, kind, period and scope."""

    reference = forms.CharField(
        label="Reference",
        max_length=100,
        help_text="As the authority itself is numbered.",
        error_messages={"required": "Enter the number of the authority."},
    )
    kind = forms.ChoiceField(
        label="Kind",
        choices=Authority.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the kind of authority."},
    )
    grade = forms.CharField(
        label="Grade", required=False, max_length=50, help_text="If it has one."
    )
    from_on = day_field("Period starts on", hint="Leave empty if it has no start.")
    from_time = ClockField(
        label="Time the period starts",
        help_text="Leave empty for the start of that day.",
    )
    to_on = day_field("Period ends on", hint="Leave empty if it is open.")
    to_time = ClockField(
        label="Time the period ends",
        help_text="Leave empty for the end of that day. This minute itself is outside.",
    )
    scope = forms.CharField(
        label="Scope",
        required=False,
        max_length=500,
        widget=forms.Textarea,
        help_text="Numbers, accounts or devices that it covers, one on each line.",
    )

    def __init__(
        self, *args: Any, case: Case, authority: Authority | None = None, **kwargs: Any
    ) -> None:
        if authority is not None:
            kwargs.setdefault("initial", _initial(authority))
        super().__init__(*args, **kwargs)
        self.case, self.authority = case, authority

    def clean_reference(self) -> str:
        """Refuse a reference that another authority of the case has."""
        reference = str(self.cleaned_data["reference"])
        twins = Authority.objects.filter(case=self.case, reference=reference)
        if self.authority is not None:
            twins = twins.exclude(pk=self.authority.pk)
        if twins.exists():
            raise forms.ValidationError("This case has an authority of this reference already.")
        return reference

    def clean(self) -> dict[str, Any]:
        """Join days and times: an end without a time is the end of that day."""
        given = super().clean() or {}
        given["from_at"] = self.moment("from")
        if given.get("to_on") and not given.get("to_time") and "to_time" not in self.errors:
            given["to_on"], given["to_time"] = given["to_on"] + timedelta(days=1), time()
        given["to_at"] = self.moment("to")
        if given["from_at"] and given["to_at"] and given["to_at"] <= given["from_at"]:
            self.add_error("to_on", "The period ends before it starts. Check both days.")
        return given

    def facts(self) -> AuthorityFacts:
        """Return what was entered."""
        names = AuthorityFacts.__dataclass_fields__
        return AuthorityFacts(**{name: self.cleaned_data[name] for name in names})


def _initial(authority: Authority) -> dict[str, Any]:
    plain = ("reference", "kind", "grade", "scope")
    initial = {name: getattr(authority, name) for name in plain}
    return {
        **initial,
        **initial_of("from", authority.from_at),
        **_last_moment(authority.to_at),
    }


def _last_moment(to_at: datetime | None) -> dict[str, Any]:
    """Show an end at midnight as the day before without a time, as it is typed."""
    shown = initial_of("to", to_at)
    if shown.get("to_time") == "00:00":
        return {"to_on": shown["to_on"] - timedelta(days=1)}
    return shown


class CiteForm(forms.Form):
    """Exhibits that cite no authority, and the authority that they shall cite."""

    authority = OneOf(
        label="Authority",
        error_messages={"required": "Choose the authority that they cite."},
    )
    exhibits = SomeOf(
        label="Exhibits that cite none",
        error_messages={"required": "Choose at least one exhibit."},
    )

    def __init__(
        self,
        *args: Any,
        authorities: Sequence[Authority],
        owing: Sequence[Exhibit],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["authority"].offer(authorities, authority_label)
        fields["exhibits"].offer(owing, exhibit_label)
