"""Read out of a package what it proposes: contacts from suspect to victim, and diary entries."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from fourfold.evidence import pipeline
from fourfold.evidence.model.case import Case
from fourfold.web.cases.models import Act
from fourfold.web.exhibits.rules import proposals as rules
from fourfold.web.exhibits.rules.proposals import Candidate, Contact, Side

CONTACT_CODES = ("b",)  # PHA 1997 s.2A(3)(b): contacting, or attempting to contact
CONTACT_COLUMNS = (
    "occurrence_id", "from_party", "to_party", "from_id", "to_id", "kind", "channel", "outcome",
    "is_withheld", "started_at", "lasted_s", "local_day", "text", "row_ids",
)  # fmt: skip
OCCURRENCE_COLUMNS = (
    "occurrence_id", "from_strength", "to_strength", "strength", "is_clock_change_hour",
    "time_precision_s",
)  # fmt: skip
Row = dict[str, Any]


def candidates_of(package: Path) -> list[Candidate]:
    """Return every act that a package proposes, in the order of time."""
    case = pipeline.load_case(package / "originals")
    found = [*_contacts(package, case), *_entries(package, case)]
    return sorted(found, key=lambda c: (c.occurred_from_at or _FIRST, c.trace_code))


_FIRST = datetime.min.replace(tzinfo=UTC)


def _contacts(package: Path, case: Case) -> Iterator[Candidate]:
    zone = ZoneInfo(case.display_zone)
    bases = _Bases(pipeline.rows_of_table(package, "attributions"))
    occurrences = {
        row["occurrence_id"]: row
        for row in pipeline.rows_of_table(package, "occurrences", OCCURRENCE_COLUMNS)
    }
    seen: set[str] = set()
    for row in pipeline.rows_of_table(package, "contacts", CONTACT_COLUMNS):
        is_towards = row["from_party"] in case.suspects and row["to_party"] in case.victims
        if not is_towards or row["occurrence_id"] in seen or row["started_at"] is None:
            continue
        contact = _contact(row, occurrences[row["occurrence_id"]], bases)
        if rules.is_proposed(contact.from_side.identifier, contact.from_side.strength):
            seen.add(row["occurrence_id"])
            yield _of_contact(row, contact, zone, bases)


def _contact(row: Row, occurrence: Row, bases: "_Bases") -> Contact:
    at = _aware(row["started_at"])
    to = bases.find(row["to_id"], row["to_party"], row["channel"], at)
    to_strength = to["strength"] if to else str(occurrence["to_strength"] or "")
    return Contact(
        kind=row["kind"],
        channel=row["channel"] or "",
        outcome=row["outcome"] or "",
        at=at,
        precision_s=float(occurrence["time_precision_s"] or 0),
        lasted_s=row["lasted_s"],
        is_withheld=bool(row["is_withheld"]),
        is_clock_change_hour=bool(occurrence["is_clock_change_hour"]),
        from_side=Side(row["from_id"], row["from_party"], str(occurrence["from_strength"] or "")),
        to_side=Side(row["to_id"], row["to_party"], to_strength),
    )


def _of_contact(row: Row, contact: Contact, zone: ZoneInfo, bases: "_Bases") -> Candidate:
    held = bases.find(row["from_id"], row["from_party"], row["channel"], contact.at)
    lasted = timedelta(seconds=contact.lasted_s or 0)
    return Candidate(
        question="contact",
        trace_code=row["occurrence_id"],
        row_ids=tuple(row["row_ids"]),
        words=rules.contact_words(contact, zone),
        means=rules.means_of(contact),
        codes=CONTACT_CODES,
        occurred_from_at=contact.at,
        occurred_to_at=contact.at + lasted if lasted else None,
        occurred_on=_day(row["local_day"]),
        identifier_text=row["from_id"][:200],
        quoted_words=row["text"] or "",
        attribution_basis=(held["basis"] if held else "")[:1000],
        strength=contact.from_side.strength,
    )


class _Bases:
    """On which basis, and how firmly, an identifier is a person's at a moment."""

    def __init__(self, rows: list[Row]) -> None:
        self.by_key: dict[tuple[str, str], list[Row]] = {}
        for row in rows:
            self.by_key.setdefault((_key(row["identifier"]), row["person"]), []).append(row)

    def find(self, identifier: str, person: str, channel: str | None, at: datetime) -> Row | None:
        """Return the attribution that holds; a name also takes its service's."""
        keys = [_key(identifier)]
        if identifier.startswith("name:"):
            keys.append(f"name:{channel}:{identifier.split(':', 2)[-1]}")
        for key in keys:
            for row in self.by_key.get((key, person), []):
                starts, ends = row["from_at"], row["to_at"]
                if (not starts or _aware(starts) <= at) and (not ends or at < _aware(ends)):
                    return row
        return None


def _key(identifier: str) -> str:
    return identifier[:19] if identifier.startswith("imei:") else identifier


def _entries(package: Path, case: Case) -> Iterator[Candidate]:
    """Yield the victim's diary entries: her words first, what other records say beside them."""
    checks = pipeline.rows_of_table(package, "diary_checks")
    if not checks:
        return
    exhibits = {
        row["exhibit_id"]: row
        for row in pipeline.rows_of_table(package, "exhibits", ("exhibit_id", "ref", "person"))
    }
    codes = {
        row_id: tuple(row["act_codes"] or ())
        for row in pipeline.rows_of_table(package, "chronology", ("kind", "row_ids", "act_codes"))
        if row["kind"] == "statement"
        for row_id in row["row_ids"] or ()
    }
    for row in checks:
        exhibit = exhibits[row["exhibit_id"]]
        if row["words"] and not row["is_private"] and exhibit["person"] in case.victims:
            yield _of_entry(row, exhibit, codes.get(row["entry_row_id"], ()), case)


def _of_entry(row: Row, exhibit: Row, codes: tuple[str, ...], case: Case) -> Candidate:
    starts = _aware(row["from_at"]) if row["from_at"] else None
    ends = _aware(row["to_at"]) if row["to_at"] else None
    middle = starts + (ends - starts) / 2 if starts and ends else starts
    return Candidate(
        question="diary",
        trace_code=row["entry_row_id"],
        row_ids=(row["entry_row_id"],),
        words=rules.diary_words(exhibit["ref"], row["entry_no"], row["outcome"] or ""),
        means=Act.Means.NOT_KNOWN,
        codes=codes,
        occurred_from_at=starts,
        occurred_to_at=ends,
        occurred_on=middle.astimezone(ZoneInfo(case.display_zone)).date() if middle else None,
        when_text=(row["time_words"] or "")[:200],
        quoted_words=row["words"],
    )


def _aware(naive: datetime) -> datetime:
    return naive.replace(tzinfo=UTC)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
