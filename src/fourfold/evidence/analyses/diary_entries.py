"""The diary entries of a case as stored, each with its window, its claim and its places."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from fourfold.evidence.analyses.diary_windows import Window, window_of
from fourfold.evidence.analyses.diary_words import Claim, claim_of, places_named
from fourfold.evidence.model.case import Case, Place
from fourfold.evidence.model.protocols import Tables
from fourfold.evidence.model.tables import PRIVATE_NOTE
from fourfold.evidence.support.labelled import split_labelled


@dataclass(frozen=True)
class Entry:
    """One diary entry. owner: person key of the writer, "" if nobody is named.

    labels: the labelled texts of its decode note (support.diary_entry.note_of).
    """

    entry_no: int
    exhibit_id: str
    row_id: str
    owner: str
    words: str
    time_words: str
    labels: dict[str, str]
    window: Window

    @property
    def is_private(self) -> bool:
        """Tell whether the writer kept it to herself: it is never tested."""
        return self.labels.get("kept") == PRIVATE_NOTE


@dataclass(frozen=True)
class Asked:
    """What is asked of the records for one entry; fixed before any record is looked at."""

    entry: Entry
    case: Case

    @property
    def window(self) -> Window:
        """The interval of the words, widened by the constant."""
        return self.entry.window

    @property
    def owner(self) -> str:
        """Person key of the writer."""
        return self.entry.owner

    @cached_property
    def claim(self) -> Claim:
        """What the words claim; nothing for a private note."""
        labels = self.entry.labels
        if self.entry.is_private:
            return Claim()
        return claim_of(
            self.entry.words, labels.get("how", ""), labels.get("words used", ""), self.case
        )

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """The places named under "where", else those of the text."""
        where = places_named(self.entry.labels.get("where", ""), self.owner, self.case)
        return where or places_named(self.entry.words, self.owner, self.case)

    @cached_property
    def every_place(self) -> tuple[Place, ...]:
        """All places that any of the words can mean: a conflict must hold for each of them."""
        words = f"{self.entry.labels.get('where', '')} {self.entry.words}"
        return places_named(words, self.owner, self.case)


def entries_of(tables: Tables, case: Case) -> list[Entry]:
    """Return all diary entries in the order of exhibits and rows."""
    rows = tables.dicts(
        """select e.event_id, e.exhibit_id, e.row_ids[1] as row_id, e.started_us, e.ended_us,
            e.text, e.time_text, e.decode_note, min(p.person) as person, min(l.code) as code
        from events_us as e
            left join parties as p on p.identifier = e.subject_id
                and p.channel = coalesce(e.channel, '')
                and e.started_us >= p.from_us and e.started_us < p.to_us
            left join ledger as l on l.row_id = e.row_ids[1]
        where e.kind = 'statement' and e.channel = 'diary' and e.started_us is not null
        group by e.event_id, e.exhibit_id, e.row_ids[1], e.started_us, e.ended_us, e.text,
            e.time_text, e.decode_note
        order by e.event_id"""
    )
    rows.sort(key=lambda row: (_code_key(row["code"]), row["event_id"]))
    only_victim = case.victims[0] if len(case.victims) == 1 else ""
    return [_entry(n, row, row["person"] or only_victim) for n, row in enumerate(rows, start=1)]


def _code_key(code: str | None) -> tuple[int, ...]:
    """Return the numbers of a trace code R<exhibit>.<ordinal>, so that R2 comes before R10."""
    return tuple(int(part) for part in (code or "").lstrip("R").split(".") if part.isdigit())


def _entry(number: int, row: dict[str, Any], owner: str) -> Entry:
    return Entry(
        entry_no=number,
        exhibit_id=row["exhibit_id"],
        row_id=row["row_id"],
        owner=owner,
        words=row["text"] or "",
        time_words=row["time_text"] or "",
        labels=split_labelled(row["decode_note"]),
        window=window_of(row["started_us"], row["ended_us"]),
    )
