"""How many acts fall in each week, or in each month where there are too many weeks to draw."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from fourfold.web.cases.rules.moments import next_month

MOST_BARS: Final = 110  # two years of weeks; beyond that, months
WEEK: Final = "week"
MONTH: Final = "month"


@dataclass(frozen=True)
class Bar:
    """A period that starts on a day and ends before another, and how many acts fall in it."""

    from_on: date
    to_on: date
    number: int

    @property
    def key(self) -> str:
        """How an address names the period."""
        return f"{self.from_on.isoformat()}..{self.to_on.isoformat()}"


@dataclass(frozen=True)
class Rhythm:
    """Bars without a gap between them: an empty week has its bar of nought."""

    step: str
    bars: tuple[Bar, ...]

    @property
    def largest(self) -> int:
        """The number of the highest bar."""
        return max((bar.number for bar in self.bars), default=0)


def rhythm_of(days: Iterable[date]) -> Rhythm:
    """Return the bars from the first to the last of some days."""
    counted = Counter(days)
    if not counted:
        return Rhythm(WEEK, ())
    first, last = min(counted), max(counted)
    is_short = (last - first).days // 7 < MOST_BARS
    step = WEEK if is_short else MONTH
    bars = []
    from_on = _start(first, step)
    numbers: Counter[date] = Counter()
    for day, number in counted.items():
        numbers[_start(day, step)] += number
    while from_on <= last:
        to_on = _next(from_on, step)
        bars.append(Bar(from_on, to_on, numbers[from_on]))
        from_on = to_on
    return Rhythm(step, tuple(bars))


def period_of(key: str) -> tuple[date, date] | None:
    """Return the days of an address's period, or None where it names none."""
    first, _, last = key.partition("..")
    try:
        period = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        return None
    return period if period[0] < period[1] else None


def _start(day: date, step: str) -> date:
    return day - timedelta(days=day.weekday()) if step == WEEK else day.replace(day=1)


def _next(day: date, step: str) -> date:
    return day + timedelta(days=7) if step == WEEK else next_month(day)
