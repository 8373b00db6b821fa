"""The thresholds of the gaps analysis, printed with its findings."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Settings:
    """Whole days by the clock on the wall."""

    family_days: int = 3  # a kind of record is not covered from this many days on
    silence_days: int = 3  # a source is silent from this many days on
    dense_share: float = 0.5  # only sources with records on this share of their days can be silent
    furthest_days: int = 1_830  # days further than this from the middle one do not count

    def shown(self) -> dict[str, Any]:
        """All settings, for a finding."""
        return asdict(self)
