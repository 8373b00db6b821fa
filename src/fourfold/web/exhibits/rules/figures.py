"""How values of findings are written on a page. Nothing is computed: the engine's own figures."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from fourfold.evidence.model.finding import Finding, Value

CLASS_WORDS: Final = {
    "A": "Class A: fixes of two devices agree in time and place",
    "B": "Class B: records of two devices name the same cell",
    "C": "Class C: cells of neighbouring sites; for investigation only",
}
SERIES_WORDS: Final = {
    "by_pair": "By pair",
    "by_day": "By day",
    "by_hour": "By hour of the day",
    "by_weekday": "By day of the week",
    "by_channel": "By channel",
    "by_call_outcome": "By outcome of the call",
    "by_identifier": "By number or account",
    "by_strength": "By strength of attribution",
}
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d:\d\d(?:\.\d+)?Z?)?")
PICTURED: Final = frozenset({"by_day", "by_hour", "by_weekday", "by_channel", "by_call_outcome"})


@dataclass(frozen=True)
class Shown:
    """A value as it is shown."""

    code: str
    name: str
    text: str
    unit: str


@dataclass(frozen=True)
class Series:
    """A named list of values; a picture of bars where all are counts along one line."""

    name: str
    label: str
    values: list[Shown]
    numbers: list[int]

    @property
    def is_pictured(self) -> bool:
        """Whether bars say more than the list alone."""
        return self.name in PICTURED and len(self.numbers) == len(self.values) > 1


def shown(value: Value) -> Shown:
    """Return a value in words and figures."""
    return Shown(value.code, words(value.name), number(value.value), value.unit)


def words(name: str) -> str:
    """Return a name of the engine as words; identifiers and sentences stay as they are."""
    return name.replace("_", " ") if " " not in name and ":" not in name else name


def number(value: Any) -> str:
    """Return a figure with commas, at the precision the engine gave it."""
    if value is None:
        return "not known"
    if isinstance(value, bool | str):
        return _moment(str(value))
    if isinstance(value, int) or value == int(value):
        return f"{int(value):,}"
    return f"{value:,.4g}" if abs(value) < 1 else f"{value:,.3f}".rstrip("0").rstrip(".")


def _moment(text: str) -> str:
    """Return a day or a moment of the engine as people read it; other text as it stands."""
    if not _MOMENT.fullmatch(text):
        return text
    at = datetime.fromisoformat(text)
    clock = f", {at:%H:%M:%S}" if len(text) > len("2026-10-11") else ""
    return f"{at.day} {at:%B %Y}{clock}"


def series_of(finding: Finding) -> list[Series]:
    """Return the series of a finding, in the order of their codes."""
    return [
        Series(
            name,
            SERIES_WORDS.get(name, words(name).capitalize()),
            [shown(value) for value in finding.series[name]],
            [v.value for v in finding.series[name] if isinstance(v.value, int)],
        )
        for name in sorted(finding.series)
    ]


def settings_of(finding: Finding) -> list[tuple[str, str]]:
    """Return the settings of a finding as lines."""
    return [(words(name), _setting(value)) for name, value in sorted(finding.settings.items())]


def _setting(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_setting(item)}" for key, item in value.items())
    if isinstance(value, list):
        return ", ".join(map(_setting, value))
    return number(value)
