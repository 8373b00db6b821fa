"""When evidence others hold must be asked for: defaults as dated data, and how urgent it is."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Final

SOON_DAYS: Final = 3


@dataclass(frozen=True)
class Source:
    """A kind of evidence, how long it is typically kept, and how soon we ask for it."""

    key: str
    source: str
    ask_within_days: int
    typical_life_days: int
    life_words: str
    default: bool


@dataclass(frozen=True)
class Reference:
    """All kinds, as they were known on a day."""

    as_of: date
    source: str
    sources: tuple[Source, ...]

    @property
    def defaults(self) -> tuple[Source, ...]:
        """The kinds whose clocks start with a case."""
        return tuple(each for each in self.sources if each.default)


@cache
def reference() -> Reference:
    """Return the reference data."""
    file = resources.files("fourfold.web.exhibits.reference") / "expiry.toml"
    read = tomllib.loads(file.read_text(encoding="utf-8"))
    return Reference(read["as_of"], read["source"], tuple(Source(**row) for row in read["clock"]))


class Urgency(StrEnum):
    """How a clock stands, most pressing first."""

    OVERDUE = "overdue"
    SOON = "soon"
    LATER = "later"
    CHASE = "chase"
    ASKED = "asked"
    DONE = "done"


@dataclass(frozen=True)
class Standing:
    """How urgent a clock is, in words that need no colour."""

    urgency: Urgency
    words: str
    gone_about_on: date


def standing(
    *, state: str, ask_by_on: date, counted_from_on: date, life_days: int, today: date
) -> Standing:
    """Return how a clock stands on a day."""
    gone_on = counted_from_on + timedelta(days=life_days)
    if state == "to_ask":
        urgency, words = _to_ask((ask_by_on - today).days)
    elif state == "asked":
        urgency, words = _asked((gone_on - today).days)
    else:
        urgency, words = Urgency.DONE, "Received" if state == "received" else "Not needed"
    return Standing(urgency, words, gone_on)


def _to_ask(left_days: int) -> tuple[Urgency, str]:
    if left_days < 0:
        return Urgency.OVERDUE, f"Overdue by {days(-left_days)}"
    if left_days == 0:
        return Urgency.SOON, "Ask today"
    urgency = Urgency.SOON if left_days <= SOON_DAYS else Urgency.LATER
    return urgency, f"Ask within {days(left_days)}"


def _asked(left_days: int) -> tuple[Urgency, str]:
    if left_days < 0:
        return Urgency.CHASE, "Asked; may be gone by now"
    if left_days <= SOON_DAYS:
        return Urgency.CHASE, f"Asked; chase, may be gone in {days(left_days)}"
    return Urgency.ASKED, "Asked"


def days(number: int) -> str:
    """Return a number of days in words."""
    return "1 day" if number == 1 else f"{number:,} days"
