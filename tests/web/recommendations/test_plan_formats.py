"""Export and import give the same plan, in every format; the same facts, the same bytes."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from fourfold.web.recommendations.rules import plan_csv, plan_html, plan_json
from fourfold.web.recommendations.rules.imports import placing, proposing, reading
from fourfold.web.recommendations.rules.plan_schema import (
    POSITION_WORDS,
    STATUS_WORDS,
    PlanDocument,
    PlanEvidence,
    PlanLine,
    PlanUpdate,
    one_line,
    order,
    tidy,
)

FORMATS: dict[str, Callable[[PlanDocument], bytes]] = {
    "csv": plan_csv.write,
    "json": plan_json.write,
    "html": plan_html.write,
}
WORDS = st.text(
    st.sampled_from("aB7 .:;,\n<>&\"'=+-@|/’é£\u00a0\u202e\ufeff\x00\x1f\x85\r\tRecomndatiOwerUp5")
    | st.characters(),
    max_size=40,
)
PROSE = WORDS.map(tidy)
SOME = PROSE.filter(bool)
LINE = WORDS.map(one_line)
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31)).map(date.isoformat)
UPDATES = st.builds(PlanUpdate, DAYS, SOME, st.sampled_from(["", *STATUS_WORDS]))
EVIDENCE = st.builds(
    PlanEvidence, LINE.filter(bool),
    st.sampled_from(["", "https://teasel.example.org/a?b=1&c=%20d", "http://example.org/é"]),
)  # fmt: skip
CODES = ("7", "7.1", "7.2", "7.10", "10")


@st.composite
def plan_line(draw: st.DrawFn, code: str) -> PlanLine:
    day = st.just("") | DAYS
    return PlanLine(
        int(code.partition(".")[0]), code if "." in code else "", draw(PROSE),
        draw(st.sampled_from(["", *STATUS_WORDS])), draw(st.sampled_from(["", *POSITION_WORDS])),
        draw(PROSE), draw(PROSE), draw(day), draw(PROSE), draw(LINE), draw(LINE), draw(LINE),
        draw(day), tuple(draw(st.lists(UPDATES, max_size=2))),
        tuple(draw(st.lists(EVIDENCE, max_size=2))), draw(PROSE),
    )  # fmt: skip


@st.composite
def plans(draw: st.DrawFn) -> PlanDocument:
    codes = draw(st.lists(st.sampled_from(CODES), unique=True, max_size=3))
    lines = [draw(plan_line(code)) for code in codes]
    return PlanDocument(
        draw(LINE), draw(LINE), draw(LINE), draw(PROSE), draw(st.just("") | DAYS),
        tuple(sorted(lines, key=order)),
    )  # fmt: skip


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=25, deadline=None)
@given(plan=plans())
def test_export_then_import_gives_the_same_plan(name: str, plan: PlanDocument) -> None:
    found = reading.read(FORMATS[name](plan))
    assert found.document == plan
    result = placing.place(found, placing.Choices({}), CODES)
    assert (result.lines, result.left) == (plan.lines, [])


@settings(max_examples=25, deadline=None)
@given(text=WORDS)
def test_a_tidy_text_is_tidy(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@settings(max_examples=40, deadline=None)
@given(text=WORDS)
def test_a_guarded_cell_is_no_formula_and_comes_back(text: str) -> None:
    cell = plan_csv.guarded(text)
    assert plan_csv.unguarded(cell) == text
    assert cell.lstrip(" ")[:1] not in ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d")


PLAN = PlanDocument(
    "Our action plan", "Teasel Constabulary", "The police response to stalking",
    "What we do.\n\nAnd when.", "2025-03-27",
    (
        PlanLine(7, "", "Seek a change.", "in_progress", "accepted", "Accepted.", "Ask.",
                 "2025-12-01", owner="Head of Records",
                 updates=(PlanUpdate("2025-03-27", "Asked <again>.\nTwice."),)),
        PlanLine(7, "7.1", "Guidance.", "no_date_possible", no_date_reason="The system is shared.",
                 evidence=(PlanEvidence("Guidance", "https://teasel.example.org/g"),
                           PlanEvidence("Minutes"))),
    ),
)  # fmt: skip


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_facts_give_the_same_bytes(name: str) -> None:
    assert FORMATS[name](PLAN) == FORMATS[name](PLAN)


def test_the_fragment_brings_nothing_that_clashes() -> None:
    tree = html.fromstring(plan_html.write(PLAN).decode())
    assert not tree.xpath("//@id|//script|//style|//@style|//@*[starts-with(name(), 'on')]|//h1")
    assert all(each.startswith("ff-plan") for each in tree.xpath("//@class"))
    assert tree.xpath("//table/caption") and tree.xpath("//th[@scope='col']")
    assert "Asked <again>." in tree.text_content()


def test_a_website_that_strips_the_marks_still_gives_the_plan() -> None:
    tree = html.fromstring(plan_html.write(PLAN).decode())
    for element in tree.iter():
        for name in [each for each in element.attrib if each.startswith("data-")]:
            del element.attrib[name]
    found = reading.read(b"<html><body><h1>Police</h1>" + html.tostring(tree) + b"</body></html>")
    assert found.document is None
    targets = {each.key: each.target for each in proposing.propose(found.records)}
    result = placing.place(found, placing.Choices(targets), {"7", "7.1"})
    assert result.placed_count >= 0.95 * found.cell_count(), result.left
    assert {line.code: line.status for line in result.lines} == {
        "7": "in_progress", "7.1": "no_date_possible",
    }  # fmt: skip


def test_a_file_of_ours_that_was_tampered_with_is_checked() -> None:
    text = plan_json.write(PLAN).decode()
    text = text.replace("in_progress", "splendid").replace("2025-12-01", "soon")
    text = text.replace("https://teasel.example.org/g", "javascript:alert(1)")
    result = placing.place(reading.read(text.encode()), placing.Choices({}), {"7", "7.1"})
    assert result.lines[0].status == "" and result.lines[0].due_on == ""
    assert len(result.left) == 3
