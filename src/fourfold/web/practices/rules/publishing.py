"""What must stand before an entry or an adoption goes to the public, in words for the page."""

from datetime import date
from typing import Protocol


class EntryFacts(Protocol):
    """What is asked of an entry."""

    does_it_work: str
    rating_reasons: str
    aim: str
    description: str
    sources: list[str]


class AdoptionFacts(Protocol):
    """What is asked of an adoption."""

    state: str
    since_on: date | None
    local_changes: str
    stopped_because: str


def missing_of_entry(entry: EntryFacts) -> list[str]:
    """Return what an entry still lacks for publishing."""
    asked = {
        "The reasons for the rating, also where no rating was seen.": entry.rating_reasons,
        "The aim.": entry.aim,
        "The description.": entry.description,
        "At least one source.": entry.sources,
    }
    return [words for words, value in asked.items() if not value]


def missing_of_adoption(adoption: AdoptionFacts, *, is_entry_published: bool) -> list[str]:
    """Return what an adoption still lacks for publishing."""
    missing = [] if is_entry_published else ["The practice itself is not published."]
    if adoption.state != "considering" and adoption.since_on is None:
        missing.append("The day since when.")
    if adoption.state == "adapted" and not adoption.local_changes:
        missing.append("What was changed locally.")
    if adoption.state == "stopped" and not adoption.stopped_because:
        missing.append("Why it was stopped.")
    return missing
