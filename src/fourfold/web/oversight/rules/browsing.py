"""Rules about how much one person looked at: browsing, looking without working, nights."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from fourfold.web.base.words import plural, uk_date
from fourfold.web.oversight.rules import thresholds as limit
from fourfold.web.oversight.rules.lines import (
    ASSIGNED,
    NOBODY,
    SEARCHING,
    WORKING,
    BusyHour,
    DayFigures,
    Evidence,
    Line,
    Occurrence,
    bursts,
    counted,
    distinct,
    occurrence,
)

UK = ZoneInfo("Europe/London")
HALF_DAY = timedelta(hours=12)
CASES = ("different case", "different cases")


@dataclass(frozen=True)
class Usual:
    """What is usual for a role: half of the days of its other people had more cases."""

    days: int
    median: float

    @property
    def most(self) -> float:
        """More than this in one day is a signal."""
        return max(limit.PEER_CASES_MIN, limit.PEER_TIMES * self.median)


class Peers:
    """The days of each role on which anybody of it opened a case."""

    def __init__(self, days: Iterable[DayFigures]) -> None:
        self._by_role: dict[str, list[tuple[int, str]]] = {}
        self._known: dict[tuple[str, str], Usual | None] = {}
        for figures in days:
            if figures.cases:
                of_role = self._by_role.setdefault(figures.actor_role, [])
                of_role.append((figures.cases, figures.actor_ref))

    def usual_for(self, actor: str, role: str) -> Usual | None:
        """Return what is usual among the other people of a role; None where there are none."""
        key = (actor, role)
        if key not in self._known:
            others = [cases for cases, by in self._by_role.get(role, ()) if by != actor]
            self._known[key] = Usual(len(others), median(others)) if others else None
        return self._known[key]


def day_of(at: datetime) -> date:
    """Return the day of a moment by the clock in the United Kingdom."""
    return at.astimezone(UK).date()


def bulk_browse(evidence: Evidence) -> Iterator[Occurrence]:
    """More cases opened in an hour, in a day, or against the role's median, than stated."""
    peers = Peers(evidence.days)
    for actor, lines in evidence.by_actor().items():
        opened = [line for line in lines if line.record]
        if actor == NOBODY or not opened:
            continue
        usual = peers.usual_for(actor, opened[-1].actor_role)
        words = _median_words(usual)
        for within, most, span in (
            (limit.HOUR, limit.HOUR_CASES_MAX, "60 minutes"),
            (limit.DAY, limit.DAY_CASES_MAX, "24 hours"),
        ):
            for run in bursts(opened, within, most, _record):
                said = f"More than {most} within {span}. {words}"
                yield occurrence("bulk_browse", run, [distinct(run, _record, *CASES)], said)
        yield from _against_peers(opened, usual)


def _against_peers(opened: Sequence[Line], usual: Usual | None) -> Iterator[Occurrence]:
    """Yield the days with more cases than four times the role's median."""
    if usual is None:
        return
    for day, lines in _by_day(opened).items():
        if len({line.record for line in lines}) > usual.most:
            said = f"On {uk_date(day)}, more than {usual.most:g} in a day. {_median_words(usual)}"
            yield occurrence("bulk_browse", lines, [distinct(lines, _record, *CASES)], said)


def _median_words(usual: Usual | None) -> str:
    if usual is None:
        return "There is nobody else of this role to compare with."
    return (
        f"The median of the others of this role in the force is "
        f"{plural_g(usual.median, 'case')} a day ({plural(usual.days, 'day')} with a case "
        f"opened); {limit.PEER_TIMES} times that is {limit.PEER_TIMES * usual.median:g}."
    )


def plural_g(number: float, one: str) -> str:
    """Return a number that may be a half, with its noun."""
    return f"{number:g} {one if number == 1 else one + 's'}"


def unworked(evidence: Evidence) -> Iterator[Occurrence]:
    """Cases opened where the person is not assigned, and did nothing that day."""
    for actor, lines in evidence.by_actor().items():
        for day_lines in _by_day(lines).values():
            worked = {line.case_ref for line in day_lines if line.op in WORKING and line.is_done}
            idle = [
                line
                for line in day_lines
                if line.record and line.rule != ASSIGNED and line.record not in worked
            ]
            if actor == NOBODY or len({line.record for line in idle}) <= limit.UNWORKED_CASES_MAX:
                continue
            yield occurrence("unworked", idle, [distinct(idle, _record, *CASES)])


def many_searches(evidence: Evidence) -> Iterator[Occurrence]:
    """More searches within an hour than stated."""
    for lines in evidence.by_actor().values():
        searched = [line for line in lines if line.act in SEARCHING and line.is_done]
        for run in bursts(searched, limit.HOUR, limit.HOUR_SEARCHES_MAX, _seq):
            yield occurrence("many_searches", run, [counted(run, "search", "searches")])


def night_looks(evidence: Evidence) -> Iterator[Occurrence]:
    """Cases opened at night by somebody who is not usually there at night."""
    nights_of = usual_nights(evidence.days)
    for actor, lines in evidence.by_actor().items():
        opened = [line for line in lines if line.record and is_night(line.at)]
        for night, of_night in _by_night(opened).items():
            others = nights_of.get(actor, frozenset()) - {night, night + timedelta(days=1)}
            enough = len({line.record for line in of_night}) >= limit.NIGHT_CASES_MIN
            if enough and len(others) <= limit.OTHER_NIGHTS_MAX:
                said = f"Looked on {plural(len(others), 'other night')} of the window."
                figures = [distinct(of_night, _record, *CASES)]
                yield occurrence("night_looks", of_night, figures, said)


def usual_nights(days: Iterable[DayFigures]) -> dict[str, frozenset[date]]:
    """Return the days on which each person looked at night."""
    found: dict[str, set[date]] = {}
    for figures in days:
        if figures.at_night:
            found.setdefault(figures.actor_ref, set()).add(figures.day)
    return {actor: frozenset(nights) for actor, nights in found.items()}


def is_night(at: datetime) -> bool:
    """Return whether a moment is at night by the clock in the United Kingdom."""
    clock: time = at.astimezone(UK).time()
    return clock >= limit.NIGHT_FROM or clock < limit.NIGHT_TO


def to_read(days: Sequence[DayFigures], hours: Iterable[BusyHour]) -> frozenset[tuple[str, date]]:
    """Return the person-days whose lines must be read: a rule of this page may hold there.

    It may name too many, never too few.
    """
    peers, nights_of = Peers(days), usual_nights(days)
    wanted = {
        (one.actor_ref, one.day)
        for one in days
        if _is_worth_reading(one, peers) or _is_unusual_night(one, nights_of)
    }
    by_day = {(one.actor_ref, one.day): one.cases for one in days}
    for (actor, day), cases in by_day.items():
        following = (actor, day + timedelta(days=1))
        if cases + by_day.get(following, 0) > limit.DAY_CASES_MAX:
            wanted |= {(actor, day), following}
    return frozenset(wanted | _of_hours(hours))


def _is_worth_reading(one: DayFigures, peers: Peers) -> bool:
    if one.interests or one.unassigned > limit.UNWORKED_CASES_MAX:
        return True
    if one.cases <= limit.PEER_CASES_MIN:
        return False
    usual = peers.usual_for(one.actor_ref, one.actor_role)
    return usual is not None and one.cases > usual.most


def _is_unusual_night(one: DayFigures, nights_of: dict[str, frozenset[date]]) -> bool:
    """Return whether the person looked at night, on few days: a night has parts of two."""
    nights = len(nights_of.get(one.actor_ref, ()))
    return one.at_night > 0 and nights <= limit.OTHER_NIGHTS_MAX + 2


BUSY_CASES_MIN = limit.HOUR_CASES_MAX // 3
BUSY_SEARCHES_MIN = limit.HOUR_SEARCHES_MAX // 3


def _of_hours(hours: Iterable[BusyHour]) -> set[tuple[str, date]]:
    """Return the days of hours that, with the next, may hold more than an hour may.

    An hour that is not among them had at most the least of a busy hour.
    """
    known = {(one.actor_ref, one.day, one.hour): one for one in hours}
    wanted: set[tuple[str, date]] = set()
    for (actor, day, hour), one in known.items():
        for other_day, other_hour in (_hour_before(day, hour), _hour_after(day, hour)):
            other = known.get((actor, other_day, other_hour))
            cases = one.cases + (other.cases if other else BUSY_CASES_MIN)
            searches = one.searches + (other.searches if other else BUSY_SEARCHES_MIN)
            if cases > limit.HOUR_CASES_MAX or searches > limit.HOUR_SEARCHES_MAX:
                wanted |= {(actor, day), (actor, other_day)}
    return wanted


def _hour_before(day: date, hour: int) -> tuple[date, int]:
    return (day, hour - 1) if hour else (day - timedelta(days=1), 23)


def _hour_after(day: date, hour: int) -> tuple[date, int]:
    return (day, hour + 1) if hour < 23 else (day + timedelta(days=1), 0)


def _record(line: Line) -> str:
    return line.record


def _seq(line: Line) -> int:
    return line.seq


def _by_day(lines: Iterable[Line]) -> dict[date, list[Line]]:
    found: dict[date, list[Line]] = {}
    for line in lines:
        found.setdefault(day_of(line.at), []).append(line)
    return found


def _by_night(lines: Iterable[Line]) -> dict[date, list[Line]]:
    """Return lines by the day on which their night began."""
    found: dict[date, list[Line]] = {}
    for line in lines:
        found.setdefault(day_of(line.at - HALF_DAY), []).append(line)
    return found
