"""Dates in three boxes, and what a template is told of a field."""

from datetime import date

import pytest
from django import forms

from fourfold.web.base import widgets
from fourfold.web.base.widgets import DayField


class DayForm(forms.Form):
    day = DayField(label="When it happened", required=False)


def typed(*texts: str, before: date | None = None) -> DayForm:
    data = dict(zip(("day-day", "day-month", "day-year"), texts, strict=True))
    return DayForm(data, initial={"day": before})


@pytest.mark.parametrize("month", ["3", "03", "March", "mar", " MAR "])
def test_month_is_a_number_or_a_word(month: str) -> None:
    form = typed("14", month, "2026")
    assert form.is_valid()
    assert form.cleaned_data["day"] == date(2026, 3, 14)


def test_empty_boxes_are_no_date() -> None:
    form = typed("", "", "")
    assert form.is_valid()
    assert form.cleaned_data["day"] is None


@pytest.mark.parametrize(
    ("boxes", "message"),
    [
        (("14", "", "2026"), "The date must have a month."),
        (("", "", "2026"), "The date must have a day and a month."),
        (("31", "2", "2026"), "That date does not exist. Check the day and the month."),
        (("x", "2", "2026"), "That date does not exist. Check the day and the month."),
        (("1", "ma", "2026"), "That date does not exist. Check the day and the month."),
    ],
)
def test_what_is_wrong_is_said(boxes: tuple[str, str, str], message: str) -> None:
    assert typed(*boxes).errors["day"] == [message]


def test_wrong_date_comes_back_as_typed() -> None:
    form = typed("31", "feb", "2026")
    assert widgets.boxes(form["day"]) == {"day": "31", "month": "feb", "year": "2026"}


def test_error_leads_to_the_box_that_is_empty() -> None:
    assert widgets.first_box(typed("14", "", "2026")["day"]) == "id_day-month"


def test_same_day_is_no_change() -> None:
    assert not typed("14", "3", "2026", before=date(2026, 3, 14)).has_changed()


class Stage(forms.Form):
    stage = forms.TypedChoiceField(choices=[(1, "One"), ("More", [(2, "Two")])], coerce=int)


def test_choice_is_chosen_whatever_its_type() -> None:
    chosen = [c for c in widgets.choices(Stage(initial={"stage": 2})["stage"]) if c.is_chosen]
    assert [(c.label, c.group) for c in chosen] == [("Two", "More")]


def test_bare_required_names_the_field() -> None:
    form = Stage({})
    assert widgets.error_words(form["stage"]) == ["Choose an answer to “Stage”."]
