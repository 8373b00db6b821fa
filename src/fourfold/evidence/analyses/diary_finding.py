"""The outcome of an entry as a finding and as a row of diary_checks."""

import json
from typing import Any, Final, NamedTuple

from fourfold.evidence.analyses.diary_candidates import Candidate
from fourfold.evidence.analyses.diary_entries import Asked
from fourfold.evidence.analyses.diary_outcome import Judgement, helps
from fourfold.evidence.analyses.diary_positions import (
    CELL_REACH_M,
    FAR_M,
    LEAST_EXCLUDED_SHARE,
    SPEED_M_PER_S,
)
from fourfold.evidence.analyses.diary_presence import AT_PLACE_M
from fourfold.evidence.analyses.diary_windows import SHOWN_H, WIDENED_MIN, printed
from fourfold.evidence.analyses.diary_words import IN_PERSON, VEHICLE, printed_table
from fourfold.evidence.model.finding import Finding, Value, Where
from fourfold.evidence.model.protocols import Tables
from fourfold.evidence.support.clock import from_micros, iso_utc

NAME: Final = "diary"
VERSION: Final = "1"
QUESTION: Final = "Do other records support what the diary says?"

CANDIDATES_SHOWN: Final = 60  # the best ranked; how many there were is stated
METHOD: Final = (
    "The words of each entry are read as an interval by a printed table of rules and widened by a"
    " constant. Keywords decide which kinds of record can support it. Every such record of the"
    " people concerned is listed and judged. The chance rate is the share of windows at the same"
    " hours of other days, within the period of the sources, that would hold such a record too."
)
CAVEATS: Final = (
    "Records that agree with an entry do not show that the entry is true; other happenings of the"
    " same kind may lie in the same hours, which the chance rate measures.",
    "Absence of a record is absence in the data supplied, nothing more.",
    "A device is not a person; use of a device by a person rests on the attributions of the case.",
    "The keyword table knows words, not meaning: read the entry itself.",
)


class Chance(NamedTuple):
    """How many of the day-shifted windows hold a supporting record."""

    hits: int
    trials: int

    @property
    def rate(self) -> float | None:
        """The share, or None when no window could be shifted."""
        return self.hits / self.trials if self.trials else None


class Checked(NamedTuple):
    """One entry with everything that was found out about it."""

    asked: Asked
    judgement: Judgement
    candidates: list[Candidate]
    chance: Chance


def export_checks(tables: Tables, checked: list[Checked]) -> None:
    """Write the table diary_checks: one row per entry, candidates as JSON text."""
    tables.run(
        "create or replace table diary_checks (row_ids varchar[], entry_no bigint,"
        " exhibit_id varchar, entry_row_id varchar, words varchar, time_words varchar,"
        " from_at timestamp, to_at timestamp, outcome varchar, reason varchar,"
        " is_private boolean, chance_rate double, chance_trials bigint, candidates varchar)"
    )
    for item in checked:
        tables.run(
            "insert into diary_checks values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                _all_rows(item),
                item.asked.entry.entry_no,
                item.asked.entry.exhibit_id,
                item.asked.entry.row_id,
                item.asked.entry.words or None,
                item.asked.entry.time_words,
                from_micros(item.asked.window.from_us).replace(tzinfo=None),
                from_micros(item.asked.window.to_us).replace(tzinfo=None),
                item.judgement.outcome,
                item.judgement.reason,
                item.asked.entry.is_private,
                item.chance.rate,
                item.chance.trials,
                json.dumps(
                    [_candidate(c) for c in item.candidates[:CANDIDATES_SHOWN]], ensure_ascii=False
                ),
            ],
        )
    tables.export("diary_checks")


def _candidate(candidate: Candidate) -> dict[str, Any]:
    return {
        "label": candidate.label,
        "started_at": iso_utc(candidate.started_us),
        "helps": helps(candidate),
        "why": candidate.why,
        "row_ids": list(candidate.row_ids),
    }


def _all_rows(item: Checked) -> list[str]:
    """Return the entry's row, the rows behind the outcome, and those of every candidate shown."""
    rows = [item.asked.entry.row_id, *item.judgement.row_ids]
    rows += [row for c in item.candidates[:CANDIDATES_SHOWN] for row in c.row_ids]
    return list(dict.fromkeys(rows))


def finding_of(item: Checked) -> Finding:
    """Return the finding of one entry; its words stay out of the sentences made here."""
    entry, judgement = item.asked.entry, item.judgement
    where = Where("diary_checks", [("entry_no", "=", entry.entry_no)])
    caveats = list(CAVEATS)
    if notes := entry.labels.get("time notes"):
        caveats.append(f"Reading of the time: {notes}.")
    if VEHICLE in item.asked.claim.kinds:
        caveats.append("A vehicle may be driven by anybody, and telephones may stay behind.")
    return Finding(
        analysis=NAME,
        version=VERSION,
        kind="diary_check",
        question=QUESTION,
        title=f"Diary entry {entry.entry_no}: {judgement.outcome.replace('_', ' ')}",
        statement=_statement(item),
        method=METHOD,
        settings=_settings(item),
        values=_values(item, where),
        period=(iso_utc(item.asked.window.from_us), iso_utc(item.asked.window.to_us)),
        row_ids=_all_rows(item),
        where=where,
        caveats=caveats,
        counts_tried={
            "day-shifted windows": item.chance.trials,
            "records shown": len(item.candidates),
        },
        details={
            "entry_no": entry.entry_no,
            "outcome": judgement.outcome,
            "reason": judgement.reason,
        },
    )


def _statement(item: Checked) -> str:
    if item.asked.entry.is_private:
        return f"Diary entry {item.asked.entry.entry_no} is a private note and has not been tested."
    helping = sum(helps(c) for c in item.candidates)
    text = (
        f"Diary entry {item.asked.entry.entry_no}, read as"
        f" {printed(item.asked.window, item.asked.case.display_zone)}:"
        f" {item.judgement.outcome.replace('_', ' ')}; {item.judgement.reason}."
        f" Records shown beside it: {len(item.candidates)}, of which {helping} help."
    )
    if item.chance.rate is not None:
        text += (
            f" Of {item.chance.trials} windows at the same hours of other days,"
            f" {item.chance.hits} ({item.chance.rate:.0%}) would hold such records too."
        )
    return text


def _settings(item: Checked) -> dict[str, Any]:
    is_presence = IN_PERSON in item.asked.claim.kinds
    settings: dict[str, Any] = {
        "time rule": item.asked.entry.labels.get("time rule", "not stated"),
        "interval widened by, minutes": WIDENED_MIN,
        "records shown beyond the window, hours": SHOWN_H,
        "candidates kept": CANDIDATES_SHOWN,
        "keyword rules that fired": list(item.asked.claim.rules),
        "keyword table": printed_table(),
    }
    if is_presence:
        settings |= {
            "conflict from, metres": FAR_M,
            "speed allowed, km/h": round(SPEED_M_PER_S * 3.6),
            "share of the window to be excluded": LEAST_EXCLUDED_SHARE,
            "reach of a cell, metres": CELL_REACH_M,
            "fix counts up to beyond the radius of a place, metres": AT_PLACE_M,
        }
    return settings


def _values(item: Checked, where: Where) -> list[Value]:
    helping = [c for c in item.candidates if helps(c)]
    rows = list(dict.fromkeys(row for c in helping for row in c.row_ids))
    own = [item.asked.entry.row_id]
    return [
        Value("outcome", item.judgement.outcome, "", row_ids=[*own, *item.judgement.row_ids]),
        Value("records shown", len(item.candidates), "records", where=where),
        Value("records that help", len(helping), "records", row_ids=rows or own),
        Value("chance rate", item.chance.rate, "share of windows", where=where),
        Value("windows tried", item.chance.trials, "windows", where=where),
    ]
