"""What is known about a case: the contents of case.toml, or of a bare folder."""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path

STRENGTHS = ("accepted", "disputed", "assumed")


@dataclass(frozen=True)
class Person:
    """A person of the case. role: suspect, victim or third_party."""

    key: str
    role: str
    name: str | None = None


@dataclass(frozen=True)
class Attribution:
    """An identifier said to be a person's, for a period, on a basis."""

    identifier: str
    person: str
    strength: str
    basis: str = ""
    from_at: datetime | None = None
    to_at: datetime | None = None


@dataclass(frozen=True)
class Place:
    """A place of the case, WGS84 degrees. A sensitive place never leaves in a served copy."""

    key: str
    lat: float
    lon: float
    label: str = ""
    radius_m: float = 50.0
    whose: str | None = None
    is_sensitive: bool = False


@dataclass(frozen=True)
class Knowledge:
    """A moment at which a suspect was told to stop."""

    person: str
    at: datetime
    by: str = ""
    how: str = ""
    words: str = ""


@dataclass(frozen=True)
class TermException:
    """Contact that a term permits; all given conditions must hold."""

    text: str
    person: str | None = None
    identifier: str | None = None
    channel: str | None = None
    days: tuple[str, ...] = ()
    from_time: time | None = None
    to_time: time | None = None


@dataclass(frozen=True)
class Term:
    """One term of an order, as data."""

    key: str
    kind: str
    text: str
    shape: str | None = None
    lat: float | None = None
    lon: float | None = None
    radius_m: float | None = None
    points: tuple[tuple[float, float], ...] = ()
    distance_m: float | None = None
    notified: tuple[str, ...] = ()
    within_days: int | None = None
    done_at: datetime | None = None
    exceptions: tuple[TermException, ...] = ()


@dataclass(frozen=True)
class Order:
    """A protection or other order; binding from served_at to until."""

    key: str
    kind: str
    defendant: str
    protected: tuple[str, ...]
    served_at: datetime
    made_at: datetime | None = None
    until: datetime | None = None
    court: str = ""
    service: str = ""
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True)
class Authority:
    """What permits the use of an exhibit's rows, and for which period."""

    ref: str
    kind: str = ""
    from_at: datetime | None = None
    to_at: datetime | None = None
    scope: tuple[str, ...] = ()


@dataclass(frozen=True)
class ExhibitFacts:
    """What case.toml says about one file."""

    file: str
    ref: str | None = None
    producer: str | None = None
    received_at: datetime | None = None
    authority: tuple[str, ...] = ()
    format: str | None = None
    time_zone: str | None = None
    person: str | None = None
    device: str | None = None
    identifier: str | None = None
    sha256: str | None = None


@dataclass(frozen=True)
class Case:
    """The case as known before any exhibit is opened. All times are aware."""

    folder: Path
    reference: str
    title: str = ""
    jurisdiction: str = "england-and-wales"
    display_zone: str = "Europe/London"
    has_case_file: bool = False
    people: tuple[Person, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    places: tuple[Place, ...] = ()
    knowledge: tuple[Knowledge, ...] = ()
    orders: tuple[Order, ...] = ()
    authorities: tuple[Authority, ...] = ()
    exhibits: tuple[ExhibitFacts, ...] = ()
    notes: tuple[str, ...] = ()  # unknown keys and other oddities, reported, not fatal

    @property
    def suspects(self) -> tuple[str, ...]:
        """Keys of the suspects, in the order of case.toml."""
        return tuple(p.key for p in self.people if p.role == "suspect")

    @property
    def victims(self) -> tuple[str, ...]:
        """Keys of the victims, in the order of case.toml."""
        return tuple(p.key for p in self.people if p.role == "victim")

    def told_to_stop_at(self, suspect: str) -> datetime | None:
        """Return the earliest moment at which this suspect was told to stop, in UTC."""
        moments = [k.at.astimezone(UTC) for k in self.knowledge if k.person == suspect]
        return min(moments) if moments else None
