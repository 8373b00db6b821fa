"""Where each invented person is at any moment: a daily round, and planted stays."""

from datetime import datetime, timedelta
from typing import Final, NamedTuple

from fourfold.demo_case.world import (
    CLOCKS_BACK,
    DAY_S,
    MOVED_AT,
    PLACES,
    SUSPECT,
    VICTIM,
    Xy,
    at_local,
)

HOUR: Final = 3_600
_MONDAY: Final = datetime(1970, 1, 5)


class Stay(NamedTuple):
    """A planted stay: from, to (epoch seconds), place. kind names the plan behind it."""

    person: str
    first: int
    last: int
    place: Xy
    kind: str


def _beside(place: str, east_m: float, north_m: float) -> Xy:
    x, y = PLACES[place]
    return x + east_m, y + north_m


_PLAN: Final = (
    ("wait_at_work", SUSPECT, "2026-08-05", "16:40", "17:12", _beside("v_work", 25, -15)),
    ("wait_at_work", VICTIM, "2026-08-05", "16:40", "17:12", PLACES["v_work"]),
    ("wait_at_work", SUSPECT, "2026-08-26", "16:50", "17:20", _beside("v_work", -20, 20)),
    ("wait_at_work", VICTIM, "2026-08-26", "16:50", "17:20", PLACES["v_work"]),
    ("loiter", SUSPECT, "2026-09-10", "21:35", "22:10", _beside("v_home", 30, 10)),
    ("loiter", VICTIM, "2026-09-10", "21:00", "22:30", PLACES["v_home"]),
    ("same_shop_by_chance", SUSPECT, "2026-09-19", "11:00", "11:25", PLACES["shop"]),
    ("same_shop_by_chance", VICTIM, "2026-09-19", "10:55", "11:20", _beside("shop", 35, 20)),
    ("loiter_after_order", SUSPECT, "2026-10-06", "21:05", "21:40", _beside("v_home", -25, 30)),
    ("loiter_after_order", VICTIM, "2026-10-06", "20:30", "22:00", PLACES["v_home"]),
    ("far_away", SUSPECT, "2026-08-11", "05:30", "21:00", PLACES["far_town"]),
)
STAYS: Final = tuple(
    Stay(person, at_local(f"{day}T{first}"), at_local(f"{day}T{last}"), place, kind)
    for kind, person, day, first, last, place in _PLAN
)


FAR: Final = STAYS[-1]
FAR_WAY_S: Final = 4_500  # the drive to the far town, and back


class Encounter(NamedTuple):
    """A planted stretch in which both devices stand within about 50 metres."""

    first: int
    last: int
    kind: str


def encounters() -> list[Encounter]:
    """Return the stretches in which planted stays of both overlap."""
    mine = [s for s in STAYS if s.person == SUSPECT and s.kind != "far_away"]
    hers = {s.kind + str(s.first // DAY_S): s for s in STAYS if s.person == VICTIM}
    pairs = [(s, hers[s.kind + str(s.first // DAY_S)]) for s in mine]
    return [Encounter(max(a.first, b.first), min(a.last, b.last), a.kind) for a, b in pairs]


def place_of(person: str, at: float) -> Xy:
    """Return where a person is: a planted stay, else the daily round."""
    for stay in STAYS:
        if stay.first <= at < stay.last and stay.person == person:
            return stay.place
    if person == SUSPECT and FAR.first - FAR_WAY_S <= at < FAR.last + FAR_WAY_S:
        until_s = FAR.first - at if at < FAR.first else at - FAR.last
        return _between(FAR.place, PLACES["s_home"], until_s / FAR_WAY_S)
    return _round(person, at)


def _round(person: str, at: float) -> Xy:
    """Work on weekdays, with two journeys; otherwise where the person lives."""
    lives, works, leaves, returns, takes_s = _habits(person, at)
    clock = at + (HOUR if at < CLOCKS_BACK else 0)
    second = clock % DAY_S
    is_weekend = (int(clock // DAY_S) - _days_to_monday()) % 7 >= 5
    if is_weekend or second < leaves or second >= returns + takes_s:
        return lives
    if second < leaves + takes_s:
        return _between(lives, works, (second - leaves) / takes_s)
    return works if second < returns else _between(works, lives, (second - returns) / takes_s)


def _habits(person: str, at: float) -> tuple[Xy, Xy, int, int, int]:
    if person == SUSPECT:
        return PLACES["s_home"], PLACES["s_work"], 8 * HOUR, 17 * HOUR + 1_800, 900
    lives = PLACES["v_home"] if at < MOVED_AT else PLACES["v_new"]
    return lives, PLACES["v_work"], 8 * HOUR + 900, 17 * HOUR + 900, 1_500


def _between(start: Xy, end: Xy, part: float) -> Xy:
    return start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part


def _days_to_monday() -> int:
    return (_MONDAY - datetime(1970, 1, 1)) // timedelta(days=1)
