"""How much each person looked at, by day and by busy hour: counted by the database.

Days that are over do not change any more, because the ledger is written once. So their figures
are kept in memory and only the running day is counted when a page opens.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from django.db import connection
from django.db.models import Case, CharField, Count, F, Func, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable

from fourfold.web.accountability.models import LedgerEntry
from fourfold.web.oversight.rules import thresholds as limit
from fourfold.web.oversight.rules.browsing import BUSY_CASES_MIN, BUSY_SEARCHES_MIN, UK
from fourfold.web.oversight.rules.lines import (
    ASSIGNED,
    LOOKING,
    NOT_OPENED,
    SEARCHING,
    BusyHour,
    DayFigures,
)

Looks = QuerySet[LedgerEntry, Any]
Changes = list[tuple[datetime, int]]

Key = tuple[str, datetime, datetime]

KEPT_MAX: Final = 64
SETTLES: Final = timedelta(hours=1)  # the longest that a transaction may take to be seen
DAY_LETTERS: Final = 10
COLUMNS: Final = (
    "actor_ref", "actor_role", "when", "cases", "searches", "unassigned", "at_night", "interests",
)  # fmt: skip
SQLITE_FORMS: Final = {"day": "%Y-%m-%d", "hour": "%Y-%m-%dT%H", "clock": "%H"}
POSTGRESQL_FORMS: Final = {"day": "YYYY-MM-DD", "hour": 'YYYY-MM-DD"T"HH24', "clock": "HH24"}
NIGHT_HOURS: Final = tuple(
    f"{hour:02}"
    for hour in range(24)
    if hour >= limit.NIGHT_FROM.hour or hour < limit.NIGHT_TO.hour
)
RECORD: Final = Case(
    When(act__in=NOT_OPENED, then=None),
    When(case_ref__gt="", then=F("case_ref")),
    When(act="report.open", then=F("subject_ref")),
    output_field=CharField(),
)


@dataclass(frozen=True)
class Window:
    """A stretch of time; it includes its start and excludes its end."""

    from_at: datetime
    until_at: datetime


@dataclass(frozen=True)
class Figures:
    """What was counted in a window."""

    days: tuple[DayFigures, ...]
    hours: tuple[BusyHour, ...]

    def split(self, day: date) -> tuple["Figures", "Figures"]:
        """Return what lies before a day, and the rest."""
        return (
            Figures(
                tuple(one for one in self.days if one.day < day),
                tuple(one for one in self.hours if one.day < day),
            ),
            Figures(
                tuple(one for one in self.days if one.day >= day),
                tuple(one for one in self.hours if one.day >= day),
            ),
        )


_kept: dict[Key, Figures] = {}


def window_until(until_at: datetime) -> Window:
    """Return the window that ends at a moment and begins at a midnight in the United Kingdom."""
    return Window(_midnight(until_at - limit.WINDOW), until_at)


def figures(force_ref: str, window: Window) -> Figures:
    """Return the figures of a force within a window."""
    settled = max(_midnight(window.until_at - SETTLES), window.from_at)
    key = (force_ref, window.from_at, settled)
    before = _kept.get(key)
    now = _count(force_ref, settled if before else window.from_at, window.until_at)
    if before is None:
        before, now = now.split(settled.astimezone(UK).date())
        _keep(key, before)
    return Figures(before.days + now.days, before.hours + now.hours)


def _keep(key: Key, before: Figures) -> None:
    if len(_kept) >= KEPT_MAX:
        _kept.clear()
    _kept[key] = before


def _midnight(at: datetime) -> datetime:
    return at.astimezone(UK).replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)


def _count(force_ref: str, from_at: datetime, until_at: datetime) -> Figures:
    if from_at >= until_at:
        return Figures((), ())
    looks = LedgerEntry.objects.filter(
        force_ref=force_ref,
        outcome=LedgerEntry.Outcome.DONE,
        at__gte=from_at,
        at__lt=until_at,
        op__in=LOOKING,
    ).order_by()
    changes = _clock_changes(from_at, until_at)
    rows = list(_by_day(looks, changes).union(_by_hour(looks, changes), all=True))
    days = [row for row in rows if len(row[2]) == DAY_LETTERS]
    hours = [row for row in rows if len(row[2]) > DAY_LETTERS]
    return Figures(tuple(map(_day, days)), tuple(map(_hour, hours)))


def _by_day(looks: Looks, changes: Changes) -> Looks:
    return (
        looks.annotate(when=_local("day", changes), clock=_local("clock", changes))
        .values("actor_ref", "actor_role", "when")
        .annotate(
            cases=_records(),
            searches=Value(0),
            unassigned=_records(~Q(rule=ASSIGNED)),
            at_night=_records(Q(clock__in=NIGHT_HOURS)),
            interests=Count("seq", filter=Q(act="search.case", detail__meets_interest=True)),
        )
        .values_list(*COLUMNS)
    )


def _by_hour(looks: Looks, changes: Changes) -> Looks:
    return (
        looks.annotate(when=_local("hour", changes))
        .values("actor_ref", "actor_role", "when")
        .annotate(
            cases=_records(),
            searches=Count("seq", filter=Q(act__in=SEARCHING)),
            unassigned=Value(0),
            at_night=Value(0),
            interests=Value(0),
        )
        .filter(Q(cases__gt=BUSY_CASES_MIN) | Q(searches__gt=BUSY_SEARCHES_MIN))
        .values_list(*COLUMNS)
    )


def _day(row: tuple[Any, ...]) -> DayFigures:
    actor_ref, actor_role, when, cases, _, *others = row
    return DayFigures(actor_ref, actor_role, date.fromisoformat(when), cases, *others)


def _hour(row: tuple[Any, ...]) -> BusyHour:
    at = datetime.fromisoformat(row[2])
    return BusyHour(row[0], at.date(), at.hour, row[3], row[4])


def _records(only: Q | None = None) -> Count:
    return Count(RECORD, distinct=True, filter=only)


def _local(form: str, changes: Changes) -> Combinable:
    """Return a moment's day or hour by the clock in the United Kingdom, as text.

    Django's own functions call Python for every row on SQLite: ten times slower.
    """
    if connection.vendor == "postgresql":
        local = Func(Value(str(UK)), F("at"), function="timezone")
        return _text(local, Value(POSTGRESQL_FORMS[form]), function="to_char")
    pattern = Value(SQLITE_FORMS[form])
    ways = [
        When(at__lt=until, then=_text(pattern, F("at"), _minutes(offset), function="strftime"))
        for until, offset in changes[:-1]
    ]
    last = _text(pattern, F("at"), _minutes(changes[-1][1]), function="strftime")
    return Case(*ways, default=last, output_field=CharField()) if ways else last


def _text(*arguments: Any, function: str) -> Func:
    return Func(*arguments, function=function, output_field=CharField())


def _minutes(offset: int) -> Value:
    return Value(f"+{offset} minutes")


def _clock_changes(from_at: datetime, until_at: datetime) -> Changes:
    """Return the offsets from UTC in minutes, in order, and until when each holds."""
    found: list[tuple[datetime, int]] = []
    at = from_at.replace(minute=0, second=0, microsecond=0)
    while at < until_at:
        offset, after = _offset(at), at + timedelta(hours=1)
        if found and found[-1][1] == offset:
            found.pop()
        found.append((after, offset))
        at = after
    return found


def _offset(at: datetime) -> int:
    shift = at.astimezone(UK).utcoffset() or timedelta()
    return int(shift.total_seconds()) // 60
