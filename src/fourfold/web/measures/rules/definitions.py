"""Definitions of measures: versioned files, each with its question, its words and its SQL.

`definitions/<name>/v<number>.toml` says what is counted and `v<number>.sql` counts it. A version
that has been used is never changed: a change is a new version. A measure whose data the program
does not hold has `not_measurable_because` and no SQL.
"""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).parent.parent / "definitions"


class UnknownMeasureError(LookupError):
    """There is no measure of this name or version."""


class Kind(StrEnum):
    """How rows become a figure, and which columns a row has."""

    SHARE = "share"  # ref, counts: 1 where it is in the numerator, else 0
    WITHIN_DAYS = "share_within_days"  # ref, from_at, to_at: at most `within_days` apart
    MEDIAN_DAYS = "median_days"  # ref, from_at, to_at: both there
    COUNT = "count"  # ref

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns of a row, in order."""
        if self == Kind.SHARE:
            return ("ref", "counts")
        return ("ref",) if self == Kind.COUNT else ("ref", "from_at", "to_at")

    @property
    def is_share(self) -> bool:
        """Return whether the figure is a share."""
        return self in (Kind.SHARE, Kind.WITHIN_DAYS)

    @property
    def unit(self) -> str:
        """Return the unit in which charts show it."""
        if self.is_share:
            return "share"
        return "days" if self == Kind.MEDIAN_DAYS else "count"

    @property
    def words(self) -> str:
        """Return the kind in plain words."""
        return {
            Kind.SHARE: "Share",
            Kind.WITHIN_DAYS: "Share done in time",
            Kind.MEDIAN_DAYS: "Median number of days",
            Kind.COUNT: "Count",
        }[self]


@dataclass(frozen=True)
class Break:
    """A day from which figures do not compare with those before it, with its source."""

    on: date
    words: str
    source: str


@dataclass(frozen=True)
class Definition:
    """One version of a measure."""

    name: str
    version: int
    title: str
    question: str
    kind: Kind
    counts: str = ""
    numerator: str = ""
    denominator: str = ""
    whole: str = ""
    unit: str = ""
    period_rule: str = ""
    within_days: int | None = None
    tables: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    breaks: tuple[Break, ...] = ()
    recommendations: tuple[int, ...] = ()
    recommendation_note: str = ""
    signer: str = ""
    sql: str = ""
    sql_sha256: str = ""
    not_measurable_because: str = ""

    @property
    def is_measurable(self) -> bool:
        """Return whether the program holds the data."""
        return not self.not_measurable_because

    def breaks_within(self, from_on: date, to_on: date) -> tuple[Break, ...]:
        """Return the breaks that part a period in two."""
        return tuple(each for each in self.breaks if from_on < each.on <= to_on)


def newest() -> list[Definition]:
    """Return the newest version of every measure, by title."""
    return sorted((versions[-1] for versions in _every().values()), key=lambda each: each.title)


def versions_of(name: str) -> tuple[Definition, ...]:
    """Return the versions of a measure, oldest first.

    Raises:
        UnknownMeasureError: there is none of this name.
    """
    try:
        return _every()[name]
    except KeyError as missing:
        raise UnknownMeasureError(f"there is no measure “{name}”") from missing


def find(name: str, version: int | None = None) -> Definition:
    """Return a version of a measure; the newest where none is named.

    Raises:
        UnknownMeasureError: there is none of this name or version.
    """
    found = versions_of(name)
    if version is None:
        return found[-1]
    named = [each for each in found if each.version == version]
    if not named:
        raise UnknownMeasureError(f"the measure “{name}” has no version {version}")
    return named[0]


@cache
def _every() -> Mapping[str, tuple[Definition, ...]]:
    breaks = _breaks()
    found: dict[str, list[Definition]] = {}
    for path in sorted(FOLDER.glob("*/v*.toml")):
        definition = _read(path, breaks)
        found.setdefault(definition.name, []).append(definition)
    return {
        name: tuple(sorted(versions, key=lambda each: each.version))
        for name, versions in found.items()
    }


def _breaks() -> dict[str, Break]:
    """Return the breaks that the field knows, by their key."""
    told = tomllib.loads((FOLDER / "breaks.toml").read_text("utf-8"))
    return {key: Break(**facts) for key, facts in told.items()}


def _read(path: Path, breaks: Mapping[str, Break]) -> Definition:
    facts: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    beside = path.with_suffix(".sql")
    sql = beside.read_text("utf-8").strip() + "\n" if beside.exists() else ""
    for name in ("tables", "caveats", "recommendations"):
        facts[name] = tuple(facts.get(name, ()))
    facts["breaks"] = tuple(breaks[key] for key in facts.get("breaks", ()))
    facts["kind"] = Kind(facts["kind"])
    return Definition(
        **facts,
        name=path.parent.name,
        version=int(path.stem.removeprefix("v")),
        sql=sql,
        sql_sha256=hashlib.sha256(sql.encode()).hexdigest() if sql else "",
    )
