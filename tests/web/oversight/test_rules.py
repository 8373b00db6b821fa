"""Each rule at its threshold and one below: tables of lines, no database, no clock."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from fourfold.evidence.model.wording import forbidden_words
from fourfold.web.oversight.rules import browsing, marks
from fourfold.web.oversight.rules.catalogue import KINDS, all_occurrences
from fourfold.web.oversight.rules.lines import BusyHour, DayFigures, Evidence, Line, Opening
from fourfold.web.oversight.rules.standing import split
from web.oversight.lines import NOON, line

ME = "U-0000000001"
MINUTE = timedelta(minutes=1)
NIGHT = NOON + timedelta(hours=14)


def many(count: int, **more: Any) -> list[Line]:
    return [line(seq, **more) for seq in range(1, count + 1)]


def refused(seq: int, **more: Any) -> Line:
    return line(seq, **{"outcome": "refused", "rule": "need-to-know", **more})


def searched(seq: int, **more: Any) -> Line:
    return line(seq, act="search.case", case_ref="", **more)


def days(*cases: int, role: str = "supervisor", **more: Any) -> tuple[DayFigures, ...]:
    return tuple(
        DayFigures(f"U-{n:010}", role, date(2026, 11, 1), count, **more)
        for n, count in enumerate(cases, 100)
    )


CASES: dict[str, tuple[str, Sequence[Line], bool]] = {
    "sixteen cases in an hour": ("bulk_browse", many(16), True),
    "fifteen cases in an hour": ("bulk_browse", many(15), False),
    "one case sixteen times": ("bulk_browse", many(16, case_ref="C-0000000001"), False),
    "reports in no case count": (
        "bulk_browse",
        [line(n, act="report.open", case_ref="", subject_ref=f"R-{n:010}") for n in range(16)],
        True,
    ),
    "who looked is not opening": ("bulk_browse", many(16, act="case.looks"), False),
    "refused is not opening": ("bulk_browse", [refused(n) for n in range(16)], False),
    "sixty-one cases over a day": (
        "bulk_browse",
        [line(n, at=NOON + n * 20 * MINUTE) for n in range(61)],
        True,
    ),
    "eleven cases without work": ("unworked", many(11, rule="team-supervisor"), True),
    "ten cases without work": ("unworked", many(10, rule="team-supervisor"), False),
    "eleven cases of one's own": ("unworked", many(11), False),
    "eleven cases, work in one": (
        "unworked",
        [*many(11, rule="team-supervisor"), line(12, act="act.add", op="collect",
                                                 case_ref="C-0000000003")],
        False,
    ),
    "five refusals": ("refusals", [refused(n) for n in range(5)], True),
    "four refusals": ("refusals", [refused(n) for n in range(4)], False),
    "five refusals over five hours": (
        "refusals", [refused(n, at=NOON + n * 60 * MINUTE) for n in range(5)], False,
    ),
    "three cases at night": ("night_looks", many(3, at=NIGHT), True),
    "two cases at night": ("night_looks", many(2, at=NIGHT), False),
    "three cases by day": ("night_looks", many(3), False),
    "contact, not assigned": (
        "contact_unassigned", [line(1, act="case.open_contact", rule="team-supervisor")], True,
    ),
    "contact, assigned": ("contact_unassigned", [line(1, act="case.open_contact")], False),
    "six exports": ("exports", many(6, act="export.csv", op="export"), True),
    "five exports": ("exports", many(5, act="export.csv", op="export"), False),
    "a package, not assigned": (
        "exports", [line(1, act="package.download", op="export", rule="team-supervisor")], True,
    ),
    "a package, assigned": ("exports", [line(1, act="package.download", op="export")], False),
    "forty-one searches": ("many_searches", [searched(n) for n in range(41)], True),
    "forty searches": ("many_searches", [searched(n) for n in range(40)], False),
    "ten failed sign-ins": (
        "sign_in_failures",
        [refused(n, act="sign_in.failed", actor_ref="") for n in range(10)],
        True,
    ),
    "nine failed sign-ins": (
        "sign_in_failures",
        [refused(n, act="sign_in.failed", actor_ref="") for n in range(9)],
        False,
    ),
    "three failed confirmations": (
        "sign_in_failures", [refused(n, act="step_up.failed") for n in range(3)], True,
    ),
    "a search that matches": ("declared_interest", [searched(1, meets_interest=True)], True),
    "a search that does not": ("declared_interest", [searched(1)], False),
    "a refused case that matches": (
        "declared_interest", [refused(1, rule="declared-interest")], True,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_rule_fires_at_its_threshold(name: str) -> None:
    rule, lines, fires = CASES[name]

    found = {one.rule for one in KINDS[rule].find(Evidence(lines=lines))}

    assert found == ({rule} if fires else set())


@pytest.mark.parametrize(
    ("relations", "fires"), [({"former partner"}, True), ({"relative"}, False), (set(), False)]
)
def test_search_of_who_declared_a_former_partner(relations: set[str], fires: bool) -> None:
    evidence = Evidence(
        lines=[searched(1, meets_interest=True)], relations={ME: frozenset(relations)}
    )

    assert bool(list(marks.former_partner(evidence))) is fires
    assert bool(list(marks.declared_interest(evidence))) is not fires


def test_refused_case_counts_by_what_the_case_holds() -> None:
    tried = refused(1, rule="declared-interest", case_ref="C-0000000009")
    evidence = Evidence(
        lines=[tried],
        relations={ME: frozenset({"former partner", "relative"})},
        matched={(ME, "C-0000000009"): frozenset({"relative"})},
    )

    assert list(marks.former_partner(evidence)) == []


@pytest.mark.parametrize(("shift", "fires"), [(MINUTE, True), (-MINUTE, False)])
def test_case_opened_after_its_interest_was_withdrawn(shift: timedelta, fires: bool) -> None:
    evidence = Evidence(lines=[line(1, at=NOON + shift)], withdrawn={(ME, "C-0000000001"): NOON})

    assert bool(list(marks.withdrawn_interest(evidence))) is fires


@pytest.mark.parametrize(("others", "fires"), [((3, 3, 3), True), ((4, 4, 4), False)])
def test_browse_against_the_median_of_the_role(others: tuple[int, ...], fires: bool) -> None:
    spread = [line(n, at=NOON + n * 10 * MINUTE) for n in range(14)]

    found = list(browsing.bulk_browse(Evidence(lines=spread, days=days(*others))))

    assert bool(found) is fires
    for said in found:
        assert (
            "The median of the others of this role in the force is 3 cases a day" in said.compared
        )
        assert "4 times that is 12" in said.compared


def test_own_days_are_not_what_one_is_compared_with() -> None:
    spread = [line(n, at=NOON + n * 10 * MINUTE) for n in range(14)]
    own = tuple(DayFigures(ME, "supervisor", date(2026, 11, day), 40) for day in range(1, 10))

    (said,) = browsing.bulk_browse(Evidence(lines=spread, days=(*days(3), *own)))

    assert "3 cases a day (1 day with a case opened)" in said.compared


def test_night_worker_is_no_signal() -> None:
    usual = tuple(
        DayFigures(ME, "supervisor", date(2026, 11, day), 5, at_night=2) for day in (3, 5, 7)
    )

    assert list(browsing.night_looks(Evidence(lines=many(3, at=NIGHT), days=usual))) == []


@pytest.mark.parametrize(("count", "fires"), [(3, False), (4, True)])
def test_break_glass_again_and_again(count: int, fires: bool) -> None:
    openings = [Opening(ME, NOON - n * timedelta(days=7), True) for n in range(count)]

    found = list(marks.break_glass_often(Evidence(openings=openings, until=NOON + MINUTE)))

    assert bool(found) is fires


def test_unreviewed_break_glass_stands_however_old() -> None:
    openings = [Opening(ME, NOON - timedelta(days=400), False), Opening(ME, NOON, True)]

    (found,) = marks.break_glass_unreviewed(Evidence(openings=openings, until=NOON))

    assert found.figures[0].number == 1


def test_hours_that_may_hide_a_browse_are_read() -> None:
    hours = [BusyHour(ME, date(2026, 11, 18), 23, 8, 0), BusyHour(ME, date(2026, 11, 19), 0, 8, 0)]

    assert browsing.to_read((), hours) == {(ME, date(2026, 11, 18)), (ME, date(2026, 11, 19))}


def test_review_covers_entries_up_to_its_last_and_the_next_stands_anew() -> None:
    occurrences = list(all_occurrences(Evidence(lines=[refused(n) for n in range(1, 6)])))
    more = list(all_occurrences(Evidence(lines=[refused(n) for n in range(1, 7)])))
    reviewed_to = {("refusals", ME): 5}

    assert [len(part) for part in split(occurrences, reviewed_to)] == [0, 1]
    assert [len(part) for part in split(more, reviewed_to)] == [1, 0]


def test_words_of_the_rules_say_nothing_forbidden() -> None:
    for kind in KINDS.values():
        assert forbidden_words(f"{kind.title} {kind.sentence}") == []
