"""The matrix: what each viewer may know, counts, own values, speed, days gone by."""

import csv
import io
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from fourfold.web.publication.actions.publishing import withdraw
from fourfold.web.recommendations.actions import answering
from fourfold.web.recommendations.rules.matrix import (
    LATE,
    Cell,
    Column,
    Filters,
    Row,
    arranged,
    filters_from,
)
from fourfold.web.recommendations.rules.standing import BY_CODE, CODES, state_of
from fourfold.web.recommendations.selectors.matrix import matrix_of
from fourfold.web.recommendations.selectors.past import published_on_day
from fourfold.web.users.models import Role, User
from lib import recommendation_world as rw
from lib.site_walk import client_of

TODAY = date(2026, 11, 22)
QUERIES = 15
OWN = ((1, ""), (1, "1.1"), (2, ""))
ROWS = tuple(
    Row((n, 0), f"RC-{n}", n, "", ("Calls", "Training")[n % 2], "Do.", True, None, "") for n in range(3)
)  # fmt: skip
COLUMNS = tuple(
    Column(n, f"ORG-{n}", f"Force {n}", ("a", "b")[n % 2], "K", ("N", "S")[n % 2]) for n in range(4)
)
CELLS = st.dictionaries(
    st.tuples(st.sampled_from([row.key for row in ROWS]), st.integers(0, 3)),
    st.builds(
        Cell,
        state=st.sampled_from(CODES),
        word=st.just("w"),
        shape=st.just("s"),
        marks=st.sampled_from([(), ("1 day late",)]),
    ),
)
FILTERS = st.builds(
    Filters,
    kind=st.sampled_from(["", "a", "b"]),
    region=st.sampled_from(["", "N"]),
    theme=st.sampled_from(["", "Calls"]),
    status=st.sampled_from(["", "complete", "not_answered"]),
    late=st.sampled_from(["", "yes"]),
    number=st.sampled_from(["", "1"]),
)


@given(CELLS, FILTERS)
@settings(max_examples=25, deadline=None)
def test_counts_equal_brute_force(cells: dict[Any, Cell], filters: Filters) -> None:
    found = arranged(ROWS, COLUMNS, cells, filters)
    rows, columns = {row.key: row for row in ROWS}, {column.key: column for column in COLUMNS}
    kept = {
        (row, column): cell
        for (row, column), cell in cells.items()
        if filters.kind in ("", columns[column].kind)
        and filters.region in ("", columns[column].region)
        and filters.theme in ("", rows[row].theme)
        and filters.number in ("", str(rows[row].number))
        and filters.status in ("", cell.state)
        and (not filters.late or cell.marks)
    }
    brute = Counter(cell.state for cell in kept.values())
    assert {code: found.totals[code] for code in CODES} == {code: brute[code] for code in CODES}
    assert found.totals[LATE] == sum(bool(cell.marks) for cell in kept.values())
    assert found.shown == len(kept)
    for line in found.lines:
        of_row = Counter(cell.state for (row, _), cell in kept.items() if row == line.row.key)
        assert all(line.counts[code] == of_row[code] for code in CODES)
    for column, counts in zip(found.columns, found.column_counts, strict=True):
        of_column = Counter(cell.state for (_, at), cell in kept.items() if at == column.key)
        assert all(counts[code] == of_column[code] for code in CODES)


def test_a_refusal_and_no_answer_are_states_of_their_own() -> None:
    assert state_of("answered", "not_accepted") == "not_accepted"
    assert state_of("", "") == "not_answered"
    assert {"not_answered", "no_date_possible", "not_accepted"} <= set(BY_CODE)
    assert len({state.shape for state in BY_CODE.values()}) == len(BY_CODE)


def test_a_query_that_makes_no_sense_filters_nothing() -> None:
    assert filters_from({"status": "'; drop", "number": "x", "nonsense": "1"}) == Filters()


@pytest.fixture
def world(db: None) -> rw.World:
    """Force 0 published, then wrote on; force 1 sent; force 2 only wrote."""
    world = rw.make((1, 2), with_part=True)
    world.published(1, 0, status="in_progress", plan="Public-plan-1001")
    text = answering.AnswerText(position="accepted", status="complete", plan="Later-plan-2002")
    answering.change_answer(actor=world.responders[0], answer=world.answer(1, 0), text=text)
    world.sent(1, 1, plan="Sent-plan-3003", status="no_date_possible", due_on=None,
               no_date_reason="Shared.")  # fmt: skip
    world.written(1, 2, plan="Unsent-plan-4004")
    return world


def states(world: rw.World, actor: User) -> tuple[str, ...]:
    """Return how recommendation 1 as a whole stands with each force, for an actor."""
    found = matrix_of(actor, world.supercomplaint, Filters(number="1"), TODAY)
    names = [column.name for column in found.columns]
    cells = found.lines[0].cells
    return tuple(
        cell.state for each in world.organisations if (cell := cells[names.index(each.name)])
    )


def test_each_viewer_sees_the_own_row_and_of_others_what_is_theirs_to_see(world: rw.World) -> None:
    auditor = rw.user_of("Elsewhere", Role.AUDITOR)
    none = "not_answered"
    seen = {
        world.officer: ("in_progress", "no_date_possible", none, none),
        world.collator: ("in_progress", "no_date_possible", none, none),
        world.complainant: ("in_progress", none, none, none),
        auditor: ("in_progress", none, none, none),
        world.responders[0]: ("complete", none, none, none),
        world.responders[1]: ("in_progress", "no_date_possible", none, none),
        world.responders[2]: ("in_progress", none, "planned", none),
    }
    assert {actor: states(world, actor) for actor in seen} == seen


def test_no_planted_text_of_another_reaches_any_page_or_table(world: rw.World) -> None:
    within = f"/super-complaints/{world.supercomplaint.ref}/"
    ref = world.answer(1, 0).recommendation.ref
    refs = [world.answer(1, at).ref for at in range(3)]
    paths = [within + "matrix/", within + "matrix.csv", within + f"recommendations/{ref}/",
             within + "matrix/published/",
             *(f"/answers/{each}/" for each in refs),
             *(f"/answers/{each}/published/" for each in refs)]  # fmt: skip
    forbidden = {
        world.responders[1]: ("2002", "4004"),
        world.complainant: ("2002", "3003", "4004"),
        world.officer: ("2002", "4004"),
        world.responders[2]: ("2002", "3003"),
    }
    for actor, marks in forbidden.items():
        client = client_of(actor)
        pages = "".join(client.get(path).content.decode() for path in paths)
        assert [mark for mark in marks if f"plan-{mark}" in pages] == []
        assert "Public-plan-1001" in pages


def test_the_page_and_the_table_say_every_value_and_what_they_show(world: rw.World) -> None:
    within = f"/super-complaints/{world.supercomplaint.ref}/"
    client = client_of(world.officer)
    page = client.get(within + "matrix/").content.decode()
    for words in ("Not answered", "No date possible", 'scope="row"', 'scope="col"',
                  "What this page shows", "Counts"):  # fmt: skip
        assert words in page
    text = client.get(within + "matrix.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 3 * 4  # two recommendations and a part, four forces
    assert {row["status_code"] for row in rows} == {
        "in_progress", "no_date_possible", "not_answered",
    }  # fmt: skip
    assert {row["shows"] for row in rows} == {"Sent to those who collate", "Nothing seen"}
    late = client.get(within + "matrix/?status=not_answered&late=1").content.decode()
    assert "days late" in late


def test_the_page_answers_within_its_queries_whatever_its_size(world: rw.World) -> None:
    path = f"/super-complaints/{world.supercomplaint.ref}/matrix/"
    for actor in (world.officer, world.responders[0], world.collator):
        client = client_of(actor)
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        assert len(queries) <= QUERIES


def test_the_matrix_as_published_on_a_day(world: rw.World) -> None:
    today = timezone.localdate()
    now = published_on_day(world.supercomplaint, today)
    assert now.totals["in_progress"] == 1
    assert now.totals["not_answered"] == now.shown - 1
    assert published_on_day(world.supercomplaint, today - timedelta(days=1)).whole == 0
    withdraw(actor=world.officer, kind="answer", ref=world.answer(1, 0).ref)
    assert published_on_day(world.supercomplaint, today).totals["in_progress"] == 0
    assert states(world, world.complainant)[0] == "not_answered"


def test_matrices_lists_what_has_recommendations(world: rw.World) -> None:
    assert "Answering calls" in client_of(world.complainant).get("/matrices/").content.decode()


def test_programs_get_the_same_as_pages(world: rw.World) -> None:
    within = f"/api/super-complaints/{world.supercomplaint.ref}/"
    officer, other = client_of(world.officer), client_of(world.responders[2])
    found = officer.get(within + "matrix").json()
    assert found["counts"] == {
        **dict.fromkeys(CODES, 0), "in_progress": 1, "no_date_possible": 1, "not_answered": 10,
    }  # fmt: skip
    assert len(found["cells"]) == sum(found["counts"].values())
    assert "plan-" not in str(found)
    theirs = other.get(within + "matrix?number=1").json()["counts"]
    assert (theirs["no_date_possible"], theirs["planned"]) == (0, 1)
    assert [each["number"] for each in other.get(within + "recommendations").json()] == [1, 2]
    own = other.get("/api/answers").json()
    assert {each["ref"] for each in own} <= {world.answer(n, 2, p).ref for n, p in OWN}
    ref = world.answer(1, 2).ref
    said = {"status": "no_date_possible", "position": "accepted"}
    put = other.put(f"/api/answers/{ref}", said, content_type="application/json").json()
    assert "Say why no date can be given." in put["lacking"]
    theirs = world.answer(1, 0).ref
    assert (
        other.put(f"/api/answers/{theirs}", said, content_type="application/json").status_code
        == 404
    )
