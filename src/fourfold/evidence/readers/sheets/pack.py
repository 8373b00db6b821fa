"""A format pack: what the columns of one layout mean, as data in TOML."""

import re
import tomllib
from pathlib import Path
from typing import Any, Literal

import msgspec

from fourfold.evidence.errors import PackError
from fourfold.evidence.model.tables import KINDS, OUTCOMES, PLACE_KINDS

DateOrder = Literal["dmy", "mdy", "ymd", "iso", "epoch_s", "epoch_ms", "learn"]
Scheme = Literal["number", "name", "vrm", "imei", "imsi", "device", "camera"]
DurationFormat = Literal["seconds", "h:m:s", "m:s"]
BY_CALL_LEGS = "by_call_legs"  # an outcome worked out from forwarding, ring and duration


class Fingerprint(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What must stand in a file of this layout: header names, keys above the header."""

    headers: tuple[str, ...]
    preamble: tuple[str, ...] = ()


class When(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Where a moment stands: one column, or a date column and a time column."""

    column: str | None = None
    date: str | None = None
    time: str | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The header names that make up the moment, date first."""
        return tuple(c for c in (self.column, self.date, self.time) if c)


class Times(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """How times are read. zone: stated by the layout itself; without it the source's zone.

    order: order of day, month and year, or the kind of number; `learn` decides over the
    whole column and says so in every event where it cannot be decided.
    """

    start: When
    end: When | None = None
    order: DateOrder = "learn"
    zone: str | None = None


class Identity(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A column (or a key above the header) that names a line, device, vehicle or person.

    preamble_scheme: the key above the header that says what `preamble` is (IMEI, IMSI).
    """

    column: str | None = None
    preamble: str | None = None
    preamble_scheme: str | None = None
    scheme: Scheme = "number"


class Mapped(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A column whose values stand for words of ours."""

    column: str
    values: dict[str, str]


class Kind(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What one value of the kind column makes of a row.

    direction: as seen by the subject, where the subject is neither side of the record.
    """

    kind: str
    channel: str | None = None
    outcome: str | None = None
    direction: str | None = None
    time_relation: str = "at"


class Kinds(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The kind of event: by the value of a column, or `always` the same."""

    column: str | None = None
    values: dict[str, Kind] = {}
    always: Kind | None = None


class Position(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Where a record says it belongs, as supplied.

    pair: one column with both numbers, in `pair_order`. scale: what the numbers are
    multiplied by (1e-7 for whole numbers of ten-millionths of a degree). turns_latitude:
    the layout prints the latitude with the wrong sign. easting, northing: metres on the
    British national grid (EPSG:27700).
    """

    place_kind: str
    lat: str | None = None
    lon: str | None = None
    pair: str | None = None
    pair_order: Literal["lat lon", "lon lat"] = "lat lon"
    scale: float = 1.0
    turns_latitude: bool = False
    easting: str | None = None
    northing: str | None = None
    accuracy: str | None = None
    accuracy_meaning: str | None = None
    azimuth: str | None = None
    cell: str | None = None
    end_cell: str | None = None


class Duration(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A column with a length of time; `h:m:s` also takes more than 23 hours."""

    column: str
    format: DurationFormat = "seconds"


class Pack(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One layout. Names of columns are header names; spelling differences go to `aliases`.

    sample: a small invented file of this layout. expected_rows: how many of its rows are
    used, merged, set_aside. expected: columns of some of its events, by `locator`.
    """

    name: str
    version: str
    title: str
    fingerprint: Fingerprint
    times: Times
    kinds: Kinds
    aliases: dict[str, tuple[str, ...]] = {}
    running_numbers: tuple[str, ...] = ()
    merges_repetitions: bool = False
    decimal_comma: bool = False
    subject: Identity | None = None
    from_: Identity | None = msgspec.field(name="from", default=None)
    to: Identity | None = None
    other: Identity | None = None
    via: Identity | None = None
    direction: Mapped | None = None
    duration: Duration | None = None
    ring: Duration | None = None
    imei: str | None = None
    imsi: str | None = None
    text: tuple[str, ...] = ()
    media: str | None = None
    position: Position | None = None
    sample: str = ""
    expected_rows: dict[str, int] = {}
    expected: tuple[dict[str, Any], ...] = ()


def load(path: Path) -> Pack:
    """Read a pack from a TOML file.

    Raises:
        PackError: the file is not TOML, a key is unknown or missing, or a word is not
            of the closed lists of the model.
    """
    return parse(path.read_text(encoding="utf-8"), path.name)


def parse(text: str, origin: str) -> Pack:
    """Read a pack from TOML text; `origin` names it in errors.

    Raises:
        PackError: as for load.
    """
    try:
        pack = msgspec.convert(tomllib.loads(text), Pack)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise PackError(f"format pack {origin}: {error}") from error
    if trouble := _trouble(pack):
        raise PackError(f"format pack {origin}: {trouble}")
    return pack


def normalised(header: str) -> str:
    """Return a header name as it is compared: no case, no marks around it, single spaces."""
    return re.sub(r"[\s_]+", " ", header).strip(" :\ufeff").casefold()


def _trouble(pack: Pack) -> str:
    """Return the first thing that types alone cannot see, "" when there is none."""
    kinds = [*pack.kinds.values.values(), *([pack.kinds.always] if pack.kinds.always else [])]
    outcomes = (None, BY_CALL_LEGS, *OUTCOMES)
    checks = {
        "it names no kind of event": not kinds,
        "kinds.values needs kinds.column": bool(pack.kinds.values) and not pack.kinds.column,
        "it names a kind of event that does not exist": any(k.kind not in KINDS for k in kinds),
        "it names an outcome that does not exist": any(k.outcome not in outcomes for k in kinds),
        "it names a kind of place that does not exist": pack.position is not None
        and pack.position.place_kind not in PLACE_KINDS,
        "its fingerprint names no header": not pack.fingerprint.headers,
        "it names no column for the start": not pack.times.start.columns,
    }
    return next((fault for fault, is_so in checks.items() if is_so), "")
