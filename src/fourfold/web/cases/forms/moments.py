"""Fields for a moment that is known more or less exactly, and from answers to a span in UTC."""

from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from fourfold.web.base.widgets import DayField
from fourfold.web.cases.models.answers import Precision
from fourfold.web.cases.rules import moments
from fourfold.web.cases.rules.moments import NOT_TOLD, Span, Told

WHICH_HOUR: Final = (
    (moments.FIRST, "The first time, before the clocks went back (BST)"),
    (moments.SECOND, "The second time, after the clocks went back (GMT)"),
    (moments.EITHER, "Not known which"),
)
HOW_EXACTLY: Final = (
    (Precision.EXACT, "To the minute"),
    (Precision.HOUR, "To the hour"),
    (Precision.DAY, "Only the day"),
    (Precision.MONTH, "Only the month"),
    (Precision.UNKNOWN, "Not known"),
)
EARLIEST_YEAR: Final = 1900


class MonthOrDayField(DayField):
    """A day, or only its month: the day's box may stay empty."""

    def to_python(self, value: Any) -> Any:
        """Return what was told, or nothing."""
        if value in self.empty_values or isinstance(value, Told):
            return value or None
        has_day = bool(value.get("day"))
        is_empty = not any(value.values())
        first = super().to_python(value if has_day or is_empty else {**value, "day": "1"})
        if first is None:
            return None
        if first.year < EARLIEST_YEAR:
            raise ValidationError("Enter the year with four digits.", "year")
        return Told(first.year, first.month, first.day if has_day else None)


class MomentForm(forms.Form):
    """When something happened, in local UK time; `span` of the cleaned data is in UTC."""

    precision = forms.ChoiceField(
        choices=HOW_EXACTLY,
        widget=forms.RadioSelect,
        required=False,
        label="How exactly is the time known?",
        help_text="Without an answer, the date and time you give decide.",
    )
    on = MonthOrDayField(
        required=False,
        label="Date",
        help_text="For example, 27 3 2026. Leave the day empty if only the month is known.",
    )
    clock = forms.CharField(
        required=False,
        max_length=10,
        label="Time",
        help_text="As a clock in the United Kingdom showed it. For example, 21:10 or 9.10pm.",
    )
    which_hour = forms.ChoiceField(
        choices=WHICH_HOUR,
        widget=forms.RadioSelect,
        required=False,
        label="Which of the two?",
        help_text="The clocks went back that night, so this time came twice.",
    )
    until_on = MonthOrDayField(
        required=False, label="Until (date)", help_text="Leave empty if it was the same day."
    )
    until_clock = forms.CharField(required=False, max_length=10, label="Until (time)")

    def clean(self) -> dict[str, Any]:
        """Add the span; every error stands at its field."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors:
            cleaned["span"] = self._span(cleaned)
        return cleaned

    @property
    def asks_which_hour(self) -> bool:
        """Whether the question about the hour of October belongs on the page."""
        return bool(self["which_hour"].errors or self["which_hour"].value())

    def _span(self, cleaned: dict[str, Any]) -> Span:
        told: Told | None = cleaned.get("on")
        at = self._clock("clock")
        precision = cleaned.get("precision") or ""
        if told is None:
            return self._without_day(at)
        if precision == Precision.UNKNOWN:
            self.add_error(
                "precision", "You gave a date. Choose how exactly it is known, or take it out."
            )
            return NOT_TOLD
        span = self._started(told, at, precision)
        self._check_past(span)
        return self._ended(span, told)

    def _without_day(self, at: time | None) -> Span:
        if at is not None:
            self.add_error("on", "Enter the date of this time, or keep the time in words only.")
        return NOT_TOLD

    def _clock(self, name: str) -> time | None:
        text = self.cleaned_data.get(name, "").strip()
        if not text:
            return None
        try:
            return moments.clock_of(text)
        except moments.NotAClockTimeError:
            self.add_error(name, "Enter a time such as 21:10 or 9.10pm.")
            return None

    def _started(self, told: Told, at: time | None, precision: str) -> Span:
        if told.day is None or precision == Precision.MONTH:
            return moments.month(told.first())
        if at is None or precision == Precision.DAY:
            return moments.day(told.first())
        make = moments.hour if precision == Precision.HOUR else moments.moment
        local = datetime.combine(told.first(), at)
        try:
            return make(local, self.cleaned_data.get("which_hour", ""))
        except moments.AmbiguousHourError:
            self.add_error(
                "which_hour",
                f"The clocks went back that night, so {at:%H:%M} came twice. Say which one it was.",
            )
        except moments.NoSuchMomentError:
            self.add_error(
                "clock",
                f"No clock showed {at:%H:%M} that night: at 01:00 the clocks went forward to "
                "02:00. Check the time, or keep it in words and choose “Only the day”.",
            )
        return NOT_TOLD

    def _check_past(self, span: Span) -> None:
        if span.from_at is not None and span.from_at > timezone.now():
            self.add_error("on", "This lies in the future. Check the date and the time.")

    def _ended(self, span: Span, told: Told) -> Span:
        until = self._clock("until_clock")
        until_on: Told | None = self.cleaned_data.get("until_on")
        if until is None and until_on is None:
            return span
        if span.precision != Precision.EXACT or span.from_at is None or until is None:
            if not self.errors:
                self.add_error(
                    "until_clock", "Enter both times, start and end, or neither of the end."
                )
            return span
        return self._with_end(span, (until_on or told).first(), until, is_told=until_on is not None)

    def _with_end(self, span: Span, on: date, until: time, *, is_told: bool) -> Span:
        local = datetime.combine(on, until)
        start = span.from_at.astimezone(moments.UK) if span.from_at else None
        if start and not is_told and local.time() < start.time():
            local += timedelta(days=1)  # it went past midnight
        try:
            end = moments.to_utc(local, self.cleaned_data.get("which_hour") or moments.SECOND)
        except moments.NoSuchMomentError:
            self.add_error("until_clock", "No clock showed this time that night. Check it.")
            return span
        if span.from_at is not None and end < span.from_at:
            self.add_error("until_clock", "The end lies before the start. Check both.")
            return span
        return Span(span.from_at, end, span.precision)


def initial_of(from_at: datetime | None, to_at: datetime | None, precision: str) -> dict[str, Any]:
    """Return what the fields show of a moment that stands."""
    if from_at is None:
        return {"precision": precision if precision == Precision.UNKNOWN else ""}
    local = from_at.astimezone(moments.UK)
    shown: dict[str, Any] = {"precision": precision, "on": _boxes(local.date())}
    if precision == Precision.MONTH:
        shown["on"]["day"] = ""
    if precision in (Precision.EXACT, Precision.HOUR):
        shown["clock"] = f"{local:%H:%M}"
        if moments.happens_twice(local.replace(tzinfo=None, fold=0)):
            shown["which_hour"] = _which(from_at, to_at, precision)
    if precision == Precision.EXACT and to_at is not None:
        until = to_at.astimezone(moments.UK)
        shown |= {"until_on": _boxes(until.date()), "until_clock": f"{until:%H:%M}"}
    return shown


def _which(from_at: datetime, to_at: datetime | None, precision: str) -> str:
    is_both = precision == Precision.HOUR and to_at == from_at + timedelta(hours=2)
    if is_both:
        return moments.EITHER
    return moments.SECOND if from_at.astimezone(moments.UK).fold else moments.FIRST


def _boxes(day: date) -> dict[str, str]:
    return {"day": str(day.day), "month": str(day.month), "year": str(day.year)}
