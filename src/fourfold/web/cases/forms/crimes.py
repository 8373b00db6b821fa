"""Forms about recorded crimes and the course of conduct."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from fourfold.web.base.widgets import DayField
from fourfold.web.cases.actions.crimes import CrimeFacts
from fourfold.web.cases.models import Case, Offence, RecordedCrime

CONTINUES = [
    ("yes", "Yes, it continues an earlier case"),
    ("no", "No, it is a course of conduct of its own"),
]


class OffenceChoice(forms.ModelChoiceField[Offence]):
    """An offence by its title."""

    def label_from_instance(self, obj: Any) -> str:
        """Name the offence."""
        return str(obj.title)


class OffenceChoices(forms.ModelMultipleChoiceField[Offence]):
    """Offences by their titles."""

    def label_from_instance(self, obj: Any) -> str:
        """Name the offence."""
        return str(obj.title)


class CrimeForm(forms.Form):
    """A crime as it is recorded."""

    crime_number = forms.CharField(label="Crime number", max_length=50)
    recorded_on = DayField(label="Recorded on")
    principal = OffenceChoice(
        label="Principal offence",
        queryset=Offence.objects.none(),
        to_field_name="code",
        empty_label="Choose an offence",
        error_messages={"required": "Choose the principal offence."},
    )
    harassment_reason = forms.CharField(
        label="If harassment: why is it not stalking?",
        required=False,
        widget=forms.Textarea,
        help_text="Against FOUR (fixated, obsessive, unwanted, repeated) and the acts of "
        "section 2A(3). You can save without it; it then stands as owed.",
    )
    registrar_note = forms.CharField(
        label="Crime registrar’s note", required=False, widget=forms.Textarea
    )

    def __init__(self, *args: Any, offences: QuerySet[Offence], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["principal"].queryset = offences  # type: ignore[attr-defined]

    def facts(self) -> CrimeFacts:
        """Return what was told."""
        names = (
            "crime_number", "principal", "recorded_on", "registrar_note", "harassment_reason",
        )  # fmt: skip
        return CrimeFacts(**{name: self.cleaned_data[name] for name in names})

    @staticmethod
    def told_of(crime: RecordedCrime) -> dict[str, Any]:
        """Return what stands there now."""
        names = ("crime_number", "recorded_on", "harassment_reason", "registrar_note")
        told = {name: getattr(crime, name) for name in names}
        return told | {"principal": crime.principal.code}


class NewCrimeForm(CrimeForm):
    """A new crime with the offences it includes."""

    included = OffenceChoices(
        label="Included offences",
        queryset=Offence.objects.none(),
        to_field_name="code",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Everything else that the conduct shows. Included offences are found by search.",
    )
    field_order = (
        "crime_number", "recorded_on", "principal", "harassment_reason", "included",
        "registrar_note",
    )  # fmt: skip

    def __init__(self, *args: Any, offences: QuerySet[Offence], **kwargs: Any) -> None:
        super().__init__(*args, offences=offences, **kwargs)
        self.fields["included"].queryset = offences  # type: ignore[attr-defined]


class IncludeForm(forms.Form):
    """One more included offence."""

    offence = OffenceChoice(
        label="Offence to include",
        queryset=Offence.objects.none(),
        to_field_name="code",
        empty_label="Choose an offence",
        error_messages={"required": "Choose an offence."},
    )

    def __init__(self, *args: Any, offences: QuerySet[Offence], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["offence"].queryset = offences  # type: ignore[attr-defined]


class RemoveForm(forms.Form):
    """Why an included offence is taken out."""

    reason = forms.CharField(
        label="Why it is taken out",
        max_length=1_000,
        widget=forms.Textarea,
        help_text="The offence and this reason stay in the versions of the crime.",
        error_messages={"required": "Say why the offence is taken out."},
    )


class CourseForm(forms.Form):
    """Whether a case continues an earlier one."""

    same = forms.ChoiceField(
        label="Is it the same course of conduct as an earlier case?",
        choices=CONTINUES,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes or no."},
    )
    earlier = forms.ChoiceField(label="Which case does it continue?", required=False)
    reason = forms.CharField(
        label="Why",
        widget=forms.Textarea,
        help_text="For example, the same victim and suspect without a break such as a charge.",
        error_messages={"required": "Say why it is, or is not, the same course of conduct."},
    )

    def __init__(self, *args: Any, cases: list[Case], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cases = {case.ref: case for case in cases}
        choices = [(ref, f"{ref} {case.operation_name}") for ref, case in self.cases.items()]
        self.fields["earlier"].choices = [("", "Choose a case"), *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask which case, where it continues one."""
        given = super().clean() or {}
        if given.get("same") == "yes" and not given.get("earlier"):
            self.add_error("earlier", "Choose the case that this one continues.")
        return given

    def continues(self) -> Case | None:
        """Return the earlier case, if there is one."""
        given = self.cleaned_data
        return self.cases[given["earlier"]] if given["same"] == "yes" else None
