"""Reminders, who owes what, letters. Steps are data of this program, not law."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourfold.web.recommendations.actions.reminding import NothingDueError, record_reminder
from fourfold.web.recommendations.models import Reminder
from fourfold.web.recommendations.rules import letters, reminders
from fourfold.web.recommendations.selectors import owed
from fourfold.web.recommendations.selectors.letters import facts_for
from lib import recommendation_world as rw
from lib.site_walk import client_of

DUE = date(2024, 11, 22)
STEPS = reminders.table()[1]


@pytest.mark.parametrize(
    ("today", "sent", "code"),
    [
        (date(2024, 11, 7), (), None),
        (date(2024, 11, 8), (), "before_due"),
        (date(2024, 11, 22), ("before_due",), "due"),
        (date(2024, 11, 29), (), "late_7"),
        (date(2024, 12, 20), ("late_7",), "late_28"),
        (date(2025, 6, 1), ("late_28",), None),
    ],
)
def test_the_newest_step_that_has_come_is_due(
    today: date, sent: tuple[str, ...], code: str | None
) -> None:
    step = reminders.due_step(DUE, today, sent=sent, steps=STEPS)
    assert (step.code if step else None) == code


@given(st.integers(-60, 120))
def test_each_step_is_due_or_to_come_or_past(days: int) -> None:
    today = DUE + timedelta(days=days)
    step = reminders.due_step(DUE, today, sent=(), steps=STEPS)
    following = reminders.next_step(DUE, today, steps=STEPS)
    assert step is None or step.on(DUE) <= today
    assert following is None or following.on(DUE) > today
    assert reminders.due_step(None, today, sent=(), steps=STEPS) is None


def test_the_table_says_that_it_is_a_choice_and_refuses_nonsense() -> None:
    assert reminders.table()[0] == "choice of this program"
    step = '[[step]]\ncode="a"\ndays=1\nwords="w"\nto=["nobody"]\nletter="reminder"\n'
    with pytest.raises(reminders.ReminderTableError):
        reminders.read('basis = "x"\n' + step)


@pytest.fixture
def world(db: None) -> rw.World:
    return rw.make((1, 2), with_part=False)


def test_who_owes_what_and_a_reminder_once(world: rw.World) -> None:
    world.sent(1, 0)
    today = date(2024, 12, 20)
    rows = {row.organisation.name: row for row in owed.of_complaint(world.supercomplaint, today)}
    assert rows["Teasel Constabulary"].numbers == (2,)
    assert rows["Sedge Police"].numbers == (1, 2)
    first = rows["Teasel Constabulary"]
    assert (first.days_late, first.step and first.step.code) == (28, "late_28")
    assert first.to_whom == (
        "Teasel Constabulary", "Commissioner for Teasel", "Bulrush Inspectorate",
    )  # fmt: skip
    asked = {"actor": world.officer, "supercomplaint": world.supercomplaint,
             "organisation": world.organisations[0], "step": "late_28", "today": today}  # fmt: skip
    record_reminder(**asked)
    assert Reminder.objects.get().numbers == [2]
    with pytest.raises(NothingDueError):
        record_reminder(**asked)


def test_a_letter_states_the_record_and_nothing_unsent(world: rw.World) -> None:
    world.sent(1, 0)
    world.written(2, 0, plan="Unsent-plan-6627")
    on = date(2024, 12, 20)
    asked = {"on": on, "address": "https://example.org/x"}
    late = facts_for(world.supercomplaint, world.organisations[0], letters.ESCALATION, **asked)
    text = letters.text(late)
    assert "2. Do the thing of number 2." in text
    assert "Status: Not answered, 28 days late" in text
    assert "number 1" not in text
    assert "Commissioner for Teasel" in text
    assert "practice and not a limit in law" in text
    thanks = letters.text(
        facts_for(world.supercomplaint, world.organisations[0], letters.THANKS, **asked)
    )
    assert "Status: Planned" in thanks
    assert "6627" not in text + thanks


def test_letters_and_the_worklist_by_role(world: rw.World) -> None:
    within = f"/super-complaints/{world.supercomplaint.ref}/"
    path = f"{within}letters/{world.organisations[0].ref}/reminder/"
    officer = client_of(world.officer)
    page = officer.get(within + "owed/").content.decode()
    assert "Choice of this program" in page
    assert officer.get(path).status_code == 200
    assert officer.get(path + "pdf/").content.startswith(b"%PDF")
    assert "Teasel" in officer.get(path + "text/").content.decode()
    assert client_of(world.responders[0]).get(path).status_code == 200
    assert client_of(world.responders[1]).get(path).status_code == 404
    assert client_of(world.responders[1]).get(within + "owed/").status_code == 403
