"""What a template needs to know of a form field, and a date in three boxes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.datastructures import MultiValueDict

FIRST_YEAR, LAST_YEAR = 1900, 2199  # beyond them clocks and time zones cannot be counted with
BOXES = ("day", "month", "year")
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip


class DayBoxes(forms.Widget):
    """Three text boxes: day, month, year. What was typed comes back as it was typed."""

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> dict[str, str]:
        """Return the three texts."""
        return {box: str(data.get(f"{name}-{box}", "")).strip() for box in BOXES}

    def value_omitted_from_data(
        self, data: Mapping[str, Any], files: Mapping[str, Any], name: str
    ) -> bool:
        """Say whether none of the boxes was sent."""
        return not any(f"{name}-{box}" in data for box in BOXES)


class DayField(forms.Field):
    """A day, typed in three boxes; the month as a number or a word."""

    widget = DayBoxes
    default_error_messages = {  # noqa: RUF012 - Django merges these by class
        "required": "Enter the date.",
        "part": "The date must have a %(parts)s.",
        "unreal": "That date does not exist. Check the day and the month.",
        "far": f"Enter a year from {FIRST_YEAR} to {LAST_YEAR}.",
    }

    def to_python(self, value: Any) -> date | None:
        """Return the day, nothing where all boxes are empty, or say what is wrong."""
        if value in self.empty_values or isinstance(value, date):
            return value or None
        if not any(value.values()):
            return None
        lacking = [box for box in BOXES if not value[box]]
        if lacking:
            parts = " and a ".join(lacking)
            raise ValidationError(self.error_messages["part"], "part", {"parts": parts})
        try:
            day = date(int(value["year"]), _month(value["month"]), int(value["day"]))
        except (ValueError, OverflowError) as error:
            raise ValidationError(self.error_messages["unreal"], "unreal") from error
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(self.error_messages["far"], "far")
        return day

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Say whether the boxes differ from the day that stood there."""
        return _texts(initial) != _texts(data)


def _month(text: str) -> int:
    found = [
        at for at, name in enumerate(MONTHS, 1) if len(text) >= 3 and name.startswith(text.lower())
    ]
    return found[0] if found else int(text)


def _texts(value: Any) -> dict[str, str]:
    if isinstance(value, date):
        return {"day": str(value.day), "month": str(value.month), "year": str(value.year)}
    given = value if isinstance(value, Mapping) else {}
    return {box: str(given.get(box, "")) for box in BOXES}


@dataclass(frozen=True)
class Choice:
    """One choice of a select, a set of radios or checkboxes."""

    value: str
    label: str
    is_chosen: bool
    group: str = ""


KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (DayBoxes, "date"),
    (forms.HiddenInput, "hidden"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.SelectMultiple, "checkboxes"),
    (forms.Select, "select"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Textarea, "textarea"),
    (forms.FileInput, "file"),
    (forms.PasswordInput, "password"),
)
REQUIRED = {
    "radios": "Choose an answer to",
    "checkboxes": "Choose an answer to",
    "select": "Choose an answer to",
    "checkbox": "Tick",
    "file": "Choose a file for",
}


def kind(bound: BoundField) -> str:
    """Return which component shows this field."""
    widget = bound.field.widget
    return next((name for type_, name in KINDS if isinstance(widget, type_)), "text")


def shown_value(bound: BoundField) -> str:
    """Return what stands in a text field."""
    value = bound.field.widget.format_value(bound.value())
    return "" if value is None else str(value)


def boxes(bound: BoundField) -> dict[str, str]:
    """Return the texts of the three boxes of a date."""
    return _texts(bound.value())


def first_box(bound: BoundField) -> str:
    """Return the id an error leads to."""
    base = str(bound.auto_id)
    if not isinstance(bound.field.widget, DayBoxes):
        return base
    texts = boxes(bound)
    return f"{base}-{next((box for box in BOXES if not texts[box]), 'day')}"


def error_words(bound: BoundField) -> list[str]:
    """Return what is wrong with a field; where Django says only "required", name the field."""
    bare = str(forms.Field.default_error_messages["required"])
    named = f"{REQUIRED.get(kind(bound), 'Fill in')} “{str(bound.label).rstrip('.')}”."
    return [named if str(error) == bare else str(error) for error in bound.errors]


def choices(bound: BoundField) -> list[Choice]:
    """Return the choices of a field, each with whether it is chosen."""
    value = bound.value()
    several = isinstance(value, list | tuple | set)
    chosen = {_key(each) for each in (value if several else [value])}
    widget: Any = bound.field.widget
    return list(_flat(widget.choices, chosen, ""))


def _key(value: Any) -> str:
    if value is None:
        return ""
    return str(getattr(value, "pk", value))


def _flat(pairs: Iterable[tuple[Any, Any]], chosen: set[str], group: str) -> Iterable[Choice]:
    for value, label in pairs:
        if isinstance(label, list | tuple):
            yield from _flat(label, chosen, str(value))
        else:
            key = _key(getattr(value, "value", value))
            yield Choice(value=key, label=str(label), is_chosen=key in chosen, group=group)
