"""The ledger's chain: which bytes are hashed, and how a copy is checked.

Nothing here but the standard library, so that a copy can be checked on any machine without
Django and without a database. docs/ledger.md explains the same for strangers.

The bytes of one entry are `PREFIX` (the ASCII text `fourfold-ledger-1` and a line feed), followed
by one JSON object in canonical form (RFC 8785: keys in order, no spaces, UTF-8, nothing escaped
that need not be). The object holds exactly the keys of `FIELDS`. `seq` is an integer, `detail` an
object, all others are text; `at` is UTC with six decimals, as in `2026-11-21T20:56:00.123456Z`.
`previous_hash` is the hash of the entry before, 64 zeros for the first. The hash is the SHA-256
of these bytes in lower-case hexadecimal.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import IO, Any, Final

FORM: Final = "fourfold-ledger-1"
PREFIX: Final = FORM.encode() + b"\n"
FIRST_PREVIOUS_HASH: Final = "0" * 64
FIELDS: Final = (
    "act", "actor_ref", "actor_role", "at", "case_ref", "channel", "detail", "force_ref", "op",
    "outcome", "previous_hash", "purpose", "rule", "seq", "session_ref", "subject_kind",
    "subject_ref",
)  # fmt: skip
LINE_LIMIT_BYTES: Final = 64 * 1024  # an entry has at most about 20 KB

Row = Mapping[str, Any]

_SPOKEN: Final = re.compile(r"([0-9]{1,18}):([0-9a-f]{64})")
_KEYS: Final = frozenset((*FIELDS, "hash"))
_ENCODER: Final = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
)


class HeadError(Exception):
    """A head cannot be used: not a head, or not signed by the key that is expected."""


@dataclass(frozen=True)
class Head:
    """The end of the ledger at one moment: what a stranger keeps to find a rewritten ledger."""

    seq: int
    hash: str
    at: str = ""
    count: int = 0


def spoken_head(text: str) -> Head | None:
    """Return the head in a text such as `412:<hash>`, as noted on paper or read out."""
    found = _SPOKEN.fullmatch(text.strip())
    return Head(seq=int(found[1]), hash=found[2], count=int(found[1])) if found else None


@dataclass(frozen=True)
class Fault:
    """The first thing that is wrong with a ledger."""

    seq: int
    kind: str
    reason: str


@dataclass(frozen=True)
class Result:
    """What a check found: how far the ledger is whole, and the first fault."""

    count: int
    last_seq: int
    last_hash: str
    fault: Fault | None = None

    @property
    def is_intact(self) -> bool:
        """Whether nothing wrong was found."""
        return self.fault is None

    @property
    def wrong_seq(self) -> int | None:
        """The number of the first wrong entry."""
        return self.fault.seq if self.fault else None

    @property
    def reason(self) -> str:
        """Why it is wrong, in one sentence."""
        return self.fault.reason if self.fault else ""


def canonical(content: Mapping[str, Any]) -> bytes:
    """Return the one way to write this content as JSON.

    Raises:
        ValueError, TypeError: it holds something that has no canonical form here.
    """
    return _ENCODER.encode(content).encode()


def hash_of(row: Row) -> str:
    """Return the hash of an entry from its fields (a `hash` among them is left out)."""
    return sha256(PREFIX + canonical({name: row[name] for name in FIELDS})).hexdigest()


def moment_text(at: datetime) -> str:
    """Return a moment as it is hashed."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def check(rows: Iterable[Row], head: Head | None = None, *, first_seq: int = 1) -> Result:
    """Check entries in the order in which they come; stop at the first fault.

    Args:
        rows: entries with `FIELDS` and `hash`; they are read one at a time.
        head: an end of this ledger known from elsewhere. Without one, entries cut off at the end
            and a ledger rewritten as a whole cannot be seen.
        first_seq: number of the first entry, for a copy that does not begin at 1. Its link to the
            entry before is checked only where `head` is that entry.
    """
    seq, count = first_seq - 1, 0
    last_hash = FIRST_PREVIOUS_HASH if first_seq == 1 else ""
    if head and head.seq == seq:
        last_hash = head.hash
    for row in rows:
        fault = _fault(row, seq + 1, last_hash) or _rewritten(row, head)
        if fault:
            return Result(count, seq, last_hash, fault)
        seq, last_hash, count = seq + 1, row["hash"], count + 1
    return Result(count, seq, last_hash, _outside(head, seq, first_seq))


def _fault(row: Row, expected_seq: int, last_hash: str) -> Fault | None:
    """Say what is wrong with one entry, given what must come."""
    own_hash = _hash_or_nothing(row)
    if not own_hash:
        return Fault(expected_seq, "unreadable", f"entry {expected_seq} cannot be read as an entry")
    seq = row["seq"]
    if seq != expected_seq:
        return _misplaced(seq, expected_seq)
    if own_hash != row["hash"]:
        return Fault(seq, "changed", f"entry {seq} was changed after it was written")
    if last_hash and row["previous_hash"] != last_hash:
        return Fault(
            seq, "unlinked", f"entry {seq} does not continue entry {seq - 1}: one was replaced"
        )
    return None


def _hash_or_nothing(row: Row) -> str:
    if row.keys() != _KEYS or type(row["seq"]) is not int:
        return ""
    try:
        return hash_of(row)
    except (ValueError, TypeError, RecursionError):
        return ""


def _misplaced(seq: int, expected_seq: int) -> Fault:
    if seq < expected_seq:
        return Fault(seq, "order", f"entry {seq} stands where entry {expected_seq} belongs")
    missing = f"entry {expected_seq} is" if seq == expected_seq + 1 else (
        f"entries {expected_seq} to {seq - 1} are"
    )  # fmt: skip
    return Fault(expected_seq, "missing", f"{missing} missing before entry {seq}")


def _rewritten(row: Row, head: Head | None) -> Fault | None:
    if head and row["seq"] == head.seq and row["hash"] != head.hash:
        reason = f"entry {head.seq} is not the one in the head: the ledger was rewritten"
        return Fault(head.seq, "rewritten", reason)
    return None


def _outside(head: Head | None, last_seq: int, first_seq: int) -> Fault | None:
    """Say whether the head lies beyond the entries, or before them out of reach."""
    if not head or first_seq - 1 <= head.seq <= last_seq:
        return None
    if head.seq > last_seq:
        reason = (
            f"the ledger ends at entry {last_seq}, but the head names entry {head.seq}: "
            "entries were cut off"
        )
        return Fault(last_seq + 1, "cut off", reason)
    reason = f"the head (entry {head.seq}) lies before this copy, which begins at {first_seq}"
    return Fault(first_seq, "out of reach", reason)


def line_of(row: Row) -> bytes:
    """Return an entry as one line of an exported file."""
    return canonical(row) + b"\n"


def rows_of_file(file: IO[bytes]) -> Iterator[Row]:
    """Yield the entries of an exported file; an unreadable line is an empty entry."""
    while line := file.readline(LINE_LIMIT_BYTES):
        yield parse(line)


def parse(line: str | bytes) -> Row:
    """Return the object that a line of JSON holds, or an empty one where it holds none."""
    try:
        content = load(line)
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def load(text: str | bytes) -> Any:
    """Return what JSON holds.

    Raises:
        ValueError: it is not JSON, is nested beyond reading, or has a key twice.
    """
    try:
        return json.loads(text, object_pairs_hook=_without_repetition)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a key that stands twice: readers differ in which of the two they see."""
    content = dict(pairs)
    if len(content) != len(pairs):
        raise ValueError("a key stands twice")
    return content
