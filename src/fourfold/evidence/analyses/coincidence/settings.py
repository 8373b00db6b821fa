"""The thresholds of the coincidence analysis, each printed with the findings it shapes."""

from dataclasses import dataclass
from typing import Any, Final

MINUTE_US: Final = 60_000_000
DAY_US: Final = 86_400_000_000


@dataclass(frozen=True)
class Settings:
    """Fixed before anybody looks at the data; the same for every case unless stated."""

    distance_m: float = 100.0  # class A: fixes at most this far apart, as stated
    window_min: int = 5  # class A: and at most this long apart
    pause_min: int = 30  # pairs join into one coincidence while the pause is this short
    cell_window_min: int = 30  # class B and C: records at most this long apart
    session_slack_min: int = 30  # how far before its start a session's cell may have been used
    site_distance_m: float = 1_000.0  # class C: listed sites at most this far apart
    site_list_limit: int = 200  # class C: coincidences listed; the rest are counted
    apart_m: float = 5_000.0  # contradictions: fixes in one window further apart than this
    apart_pause_min: int = 60  # stretches join while the pause is this short
    stretch_limit: int = 200  # contradictions listed, longest first
    frequent_days: int = 5  # a place or cell seen on this many other days is frequent
    shifts_days: tuple[int, ...] = (-28, -21, -14, -7, -3, -2, -1, 1, 2, 3, 7, 14, 21, 28)
    pair_limit: int = 100  # pairs of parties with a finding of their own; all are in the table
    comparison_limit: int = 50_000_000  # crowd guard: more candidates than this are refused
    site_comparison_limit: int = 10_000_000  # the same for class C, which is worth less

    @property
    def window_us(self) -> int:
        """Window of class A in microseconds."""
        return self.window_min * MINUTE_US

    @property
    def cell_window_us(self) -> int:
        """Window of classes B and C in microseconds."""
        return self.cell_window_min * MINUTE_US

    def limit_of(self, what: str) -> int:
        """The crowd guard's limit for a class or the contradictions."""
        return self.site_comparison_limit if what == "C" else self.comparison_limit

    def shown(self, *names: str) -> dict[str, Any]:
        """The named settings, for the finding that they shape."""
        return {name: getattr(self, name) for name in names}
