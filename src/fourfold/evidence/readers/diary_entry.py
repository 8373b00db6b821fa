"""What a diary or incident log states in one entry, and its meaning as an event.

Both diary readers hand entries here, so that the same words mean the same in every file.
"""

from collections.abc import Iterable
from datetime import date
from typing import Final, NamedTuple

from fourfold.evidence.model.exhibit import Source
from fourfold.evidence.model.row import Event
from fourfold.evidence.model.tables import PRIVATE_NOTE
from fourfold.evidence.support.labelled import join_labelled
from fourfold.evidence.support.vague_time.dates import (
    EITHER_ORDER,
    Setting,
    day_first_evidence,
    read_days,
)
from fourfold.evidence.support.vague_time.plain import plain
from fourfold.evidence.support.vague_time.reading import Reading, read_time

PRIVATE_VERBATIM: Final = "[private note: text withheld]"


class DiaryEntry(NamedTuple):
    """One entry in the writer's words. A private entry carries no words but its time."""

    date_words: str = ""
    time_words: str = ""
    what: str = ""
    where: str = ""
    how: str = ""
    words_used: str = ""
    witnesses: str = ""
    evidence: str = ""
    written_on: str = ""
    is_private: bool = False
    is_edited: bool = False

    @property
    def time_text(self) -> str:
        """The words for the time, verbatim: date | time."""
        return " | ".join(text for text in (self.date_words, self.time_words) if text)

    @property
    def is_blank(self) -> bool:
        """Tell whether nothing is said about what happened, when or where."""
        return not (self.date_words or self.time_words or self.what or self.where)


def withheld(entry: DiaryEntry) -> DiaryEntry:
    """Return a private entry without its words: they are never tested and never exported."""
    return DiaryEntry(
        date_words=entry.date_words,
        time_words=entry.time_words,
        written_on=entry.written_on,
        is_private=True,
    )


def written_day(text: str) -> date | None:
    """Return the day on which an entry was written, as far as the text states one."""
    days = read_days(plain(text), Setting())
    return days.first if days else None


def file_day_first(date_texts: Iterable[str]) -> bool | None:
    """Return how a file orders day and month; None when nothing in it decides, or it is mixed."""
    seen = {day_first_evidence(plain(text)) for text in date_texts} - {None}
    return seen.pop() if len(seen) == 1 else None


def interval_of(entry: DiaryEntry, zone: str, day_first: bool | None) -> Reading:
    """Return the interval that the words of an entry name."""
    setting = Setting(written_day(entry.written_on), day_first)
    return read_time(entry.date_words, entry.time_words, zone, setting)


def note_of(entry: DiaryEntry, reading: Reading, more: str = "") -> str:
    """Return rule, notes and the entry's other words as labelled text (`support.labelled`)."""
    return join_labelled(
        {
            "time rule": " + ".join(reading.rules),
            "time notes": "; ".join((*reading.notes, *([more] if more else []))),
            "kept": PRIVATE_NOTE if entry.is_private else None,
            "where": entry.where,
            "how": entry.how,
            "words used": entry.words_used,
            "seen by": entry.witnesses,
            "evidence": entry.evidence,
            "written on": entry.written_on,
        }
    )


def warn_of_order(reading: Reading, source: Source) -> None:
    """Warn of the whole file where nothing in it tells day and month apart."""
    if EITHER_ORDER in reading.notes:
        source.warn(f"in some entries {EITHER_ORDER}")


def statement_of(
    entry: DiaryEntry, reading: Reading, source: Source, *, zone: str, basis: str
) -> Event:
    """Return the event of an entry: words within an interval, of the exhibit's owner."""
    owner = source.exhibit.owner_id
    return Event(
        kind="statement",
        channel="diary",
        started_at=reading.from_at,
        ended_at=reading.to_at,
        time_relation="within",
        time_text=entry.time_text,
        zone_used=zone,
        time_basis=basis,
        is_clock_change_hour=reading.is_clock_change_hour,
        subject_id=owner,
        from_id=owner,
        text=entry.what or None,
        state="edited" if entry.is_edited else "intact",
        decode_note=note_of(entry, reading),
    )
