"""The window of an entry, fixed before any record is looked at, and its day-shifted twins."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import timedelta
from typing import Final, NamedTuple

from fourfold.evidence.support.clock import (
    DAY_US,
    SECOND_US,
    from_micros,
    from_wall_clock,
    to_wall_clock,
)

MINUTE_US: Final = 60 * SECOND_US
WIDENED_MIN: Final = 15  # every interval of words is widened by this much on both sides
SHOWN_H: Final = 3  # records this far outside the window are shown too; they do not support


class Window(NamedTuple):
    """UTC microseconds; from_us is inside, to_us is not."""

    from_us: int
    to_us: int

    def holds(self, started_us: int, ended_us: int | None = None) -> bool:
        """Tell whether something that starts and ends then has a moment in the window."""
        return started_us < self.to_us and max(started_us, ended_us or started_us) >= self.from_us

    @property
    def shown(self) -> "Window":
        """The window with the margin within which records are shown."""
        margin = SHOWN_H * 60 * MINUTE_US
        return Window(self.from_us - margin, self.to_us + margin)

    @property
    def middle_us(self) -> int:
        """The moment halfway."""
        return (self.from_us + self.to_us) // 2


ALWAYS: Final = Window(-(2**62), 2**62)


def window_of(from_us: int, to_us: int) -> Window:
    """Return the window of an interval of words."""
    return Window(from_us - WIDENED_MIN * MINUTE_US, to_us + WIDENED_MIN * MINUTE_US)


def printed(window: Window, zone: str) -> str:
    """Print a window in a zone's wall clock and in UTC."""
    first, last = (to_wall_clock(at, zone) for at in window)
    utc = " to ".join(f"{from_micros(at):%Y-%m-%d %H:%M}Z" for at in window)
    return f"{first:%Y-%m-%d %H:%M} to {last:%Y-%m-%d %H:%M} {zone} ({utc})"


def twins(window: Window, first_us: int, last_us: int, zone: str) -> list[Window]:
    """Return the same hours of the clock on all other days of [first_us, last_us].

    A twin is shifted by whole days of the wall clock, at least by the window's own
    length, and lies inside the period.
    """
    own_days = max(1, -(-(window.to_us - window.from_us) // DAY_US))
    starts, ends = (to_wall_clock(at, zone) for at in window)
    found = []
    back = (window.from_us - first_us) // DAY_US + 2
    onward = (last_us - window.to_us) // DAY_US + 2
    for days in range(-back, onward + 1):
        if abs(days) < own_days:
            continue
        shift = timedelta(days=days)
        twin = Window(
            from_wall_clock(starts + shift, zone).at, from_wall_clock(ends + shift, zone).at
        )
        if first_us <= twin.from_us and twin.to_us <= last_us:
            found.append(twin)
    return found


def count_with(windows: Sequence[Window], moments: Sequence[int], needed: int = 1) -> int:
    """Return how many windows hold at least `needed` of the sorted moments."""
    return sum(
        bisect_left(moments, w.to_us) - bisect_left(moments, w.from_us) >= needed for w in windows
    )


def count_overlapping(windows: Sequence[Window], spans: Sequence[tuple[int, int]]) -> int:
    """Return how many windows overlap at least one (start, end) span."""
    return sum(any(w.holds(start, end) for start, end in spans) for w in windows)


def local_days(window: Window, zone: str) -> set[str]:
    """Return the local days, as YYYY-MM-DD, that a window touches."""
    first = to_wall_clock(window.from_us, zone).date()
    last = to_wall_clock(window.to_us - 1, zone).date()
    return {str(first + timedelta(days=n)) for n in range((last - first).days + 1)}
