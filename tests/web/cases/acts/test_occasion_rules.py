"""The rule that proposes occasions: every act in one group, whatever the order of input."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from fourfold.web.cases.rules import moments
from fourfold.web.cases.rules.occasions import SAME_DAY, Timed, counts, propose, reconcile

DAY = datetime(2026, 5, 3, tzinfo=moments.UK)


def at(key: int, hour: float, *, day: int = 0, until: float | None = None) -> Timed:
    start = (DAY + timedelta(days=day, hours=hour)).astimezone(UTC)
    end = None if until is None else (DAY + timedelta(days=day, hours=until)).astimezone(UTC)
    return Timed(key, start, end, "exact")


def on(key: int, day: int = 0) -> Timed:
    span = moments.day((DAY + timedelta(days=day)).date())
    return Timed(key, span.from_at, span.to_at, "day")


def in_month(key: int) -> Timed:
    span = moments.month(DAY.date())
    return Timed(key, span.from_at, span.to_at, "month")


def unknown(key: int) -> Timed:
    return Timed(key, None, None, "unknown")


def test_gaps_under_four_hours_make_one_occasion() -> None:
    assert propose([at(1, 9), at(2, 12.9), at(3, 16.8)]) == [(1, 2, 3)]


def test_a_gap_of_four_hours_makes_two() -> None:
    assert propose([at(1, 9), at(2, 13)]) == [(1,), (2,)]


def test_the_gap_runs_from_the_end_of_what_came_before() -> None:
    assert propose([at(1, 9, until=12), at(2, 15)]) == [(1, 2)]


def test_midnight_parts_two_occasions() -> None:
    assert propose([at(1, 23.5), at(2, 0.5, day=1)]) == [(1,), (2,)]


def test_the_day_is_the_local_one() -> None:
    """23:30 and 00:30 UTC in summer are half past midnight and half past one of one local day."""
    acts = [
        Timed(1, datetime(2026, 7, 1, 23, 30, tzinfo=UTC), None, "exact"),
        Timed(2, datetime(2026, 7, 2, 0, 30, tzinfo=UTC), None, "exact"),
    ]
    assert propose(acts) == [(1, 2)]


def test_an_act_known_by_its_day_joins_the_only_occasion_of_that_day() -> None:
    assert propose([at(1, 9), on(2)]) == [(2, 1)]


def test_an_act_known_by_its_day_stays_apart_where_the_day_has_several() -> None:
    assert propose([at(1, 9), at(2, 18), on(3), on(4)]) == [(3, 4), (1,), (2,)]


def test_acts_known_by_their_day_form_one_occasion_of_that_day() -> None:
    assert propose([on(1), on(2), on(3, day=1)]) == [(1, 2), (3,)]


def test_acts_known_by_month_or_not_at_all_stay_apart() -> None:
    assert propose([in_month(1), in_month(2), unknown(3), unknown(4)]) == [(1,), (2,), (3,), (4,)]


def test_a_proxy_act_counts_only_with_its_attribution() -> None:
    told = [
        counts(state="standing", actor_kind="proxy", proxy_basis=basis)
        for basis in ("", "  ", "He asked him to.")
    ]
    assert told == [False, False, True]


def test_what_is_withdrawn_or_joined_does_not_count() -> None:
    assert not any(
        counts(state=state, actor_kind="suspect", proxy_basis="")
        for state in ("withdrawn", "joined")
    )


def test_a_proposal_with_the_same_acts_stays() -> None:
    assert reconcile([(7, frozenset({1, 2})), (8, frozenset({3}))], [(2, 1), (3, 4)]) == (
        [8],
        [(3, 4)],
    )


@st.composite
def acts(draw: st.DrawFn) -> list[Timed]:
    number = draw(st.integers(0, 25))
    made = []
    for key in range(number):
        kind = draw(st.sampled_from(["exact", "exact", "long", "hour", "day", "month", "unknown"]))
        minutes = draw(st.integers(0, 4 * 24 * 60))
        start = (DAY + timedelta(minutes=minutes)).astimezone(UTC)
        local = start.astimezone(moments.UK)
        spans = {
            "exact": moments.Span(start, None, "exact"),
            "long": moments.Span(start, start + timedelta(hours=draw(st.integers(0, 30))), "exact"),
            "hour": moments.hour(local.replace(tzinfo=None)),
            "day": moments.day(local.date()),
            "month": moments.month(local.date()),
            "unknown": moments.NOT_TOLD,
        }
        span = spans[kind]
        made.append(Timed(key, span.from_at, span.to_at, span.precision))
    return made


@given(acts())
def test_every_act_stands_in_exactly_one_group(given_acts: list[Timed]) -> None:
    grouped = [key for group in propose(given_acts) for key in group]
    assert sorted(grouped) == [act.key for act in given_acts]


@given(acts(), st.randoms(use_true_random=False))
def test_the_order_of_input_does_not_matter(given_acts: list[Timed], chance: object) -> None:
    shuffled = list(given_acts)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert propose(shuffled) == propose(given_acts)


@given(acts())
def test_timed_acts_of_one_group_share_their_local_day(given_acts: list[Timed]) -> None:
    days = {
        act.key: moments.local_day(act.from_at)
        for act in given_acts
        if act.from_at and act.precision in ("exact", "hour", "day")
    }
    for group in propose(given_acts):
        assert len({days[key] for key in group if key in days}) <= 1


@given(acts())
def test_timed_occasions_of_one_day_are_four_hours_apart(given_acts: list[Timed]) -> None:
    timed = {act.key: act for act in given_acts if act.precision in ("exact", "hour")}
    groups = [[timed[key] for key in group if key in timed] for group in propose(timed.values())]
    for earlier in groups:
        for later in groups:
            starts, ends = min(each.from_at for each in later), max(each.until for each in earlier)  # type: ignore[type-var]
            first = min(each.from_at for each in earlier)  # type: ignore[type-var]
            same_day = moments.local_day(starts) == moments.local_day(first)  # type: ignore[arg-type]
            if earlier is not later and same_day and first < starts:  # type: ignore[operator]
                assert starts - ends >= SAME_DAY.gap  # type: ignore[operator]
