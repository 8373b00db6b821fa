"""The analysis itself: days without records, silences, and what is about to be lost."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from fourfold.evidence.analyses.gaps import findings
from fourfold.evidence.analyses.gaps.days import (
    ANY,
    FAMILIES,
    Days,
    day_start,
    day_text,
    family_days,
    make_records,
    source_days,
)
from fourfold.evidence.analyses.gaps.expiry import Expiring, expiring
from fourfold.evidence.analyses.gaps.settings import Settings
from fourfold.evidence.model.case import Case
from fourfold.evidence.model.finding import Finding
from fourfold.evidence.model.protocols import Tables

NAME: Final = "gaps"
VERSION: Final = "1"
QUESTION: Final = "What do the data supplied not cover, and what may soon be lost?"
NOT_COVERED, SILENCE, EXPIRES = "not_covered", "silence", "expires"

_TABLE: Final = """
    create table gaps (gap_no bigint, person varchar, source varchar, from_at timestamp,
        to_at timestamp, days bigint, kind varchar, ask_by varchar, row_ids varchar[])
"""


@dataclass(frozen=True)
class Gap:
    """Days [start, end) of a holder without records in a source, or that will be lost.

    bounds: UTC microseconds of the records that bound it.
    """

    kind: str
    holder: str | None
    source: str
    start: int
    end: int
    bounds: tuple[int, ...]
    ask_by: int | None = None


def run(tables: Tables, case: Case, settings: Settings | None = None) -> list[Finding]:
    """Find days without any record per person, silences of sources, and data that expire.

    Args:
        tables: events, exhibits, the view events_us and the table parties are there.
        case: persons, knowledge, orders and the display zone.
        settings: in whole days; by default those of settings.py.

    Returns:
        One finding per person, one on silences, one on what others hold only for a time.
        Exports `gaps`. Nothing depends on today's clock.

    References:
        College of Policing, Management of Police Information (periods: expiry.py).
    """
    settings = settings or Settings()
    holders = make_records(tables, case)
    families, sources = family_days(tables, holders), source_days(tables, holders)
    period, left_out = _period(families, settings)
    gaps: list[Gap] = []
    lost: list[Expiring] = []
    if period:
        gaps = [*_not_covered(families, period, settings), *_silences(sources, period, settings)]
        lost = expiring(tables, *period)
        gaps += [_expires(e, families, period) for e in lost]
    _export(tables, gaps, case.display_zone)
    work = findings.Work(NAME, VERSION, QUESTION, settings, period, left_out, families, lost)
    return findings.write(tables, case, work, holders)


def _period(
    families: dict[tuple[str, str], Days], settings: Settings
) -> tuple[tuple[int, int] | None, int]:
    """Return the first and last day of the case, and how many days are too far off to count.

    One record with a wild date must not stretch the case over decades.
    """
    every = sorted(
        day for (_, family), days in families.items() if family == ANY for day in days.first_us
    )
    if not every:
        return None, 0
    middle = every[len(every) // 2]
    counted = [day for day in every if abs(day - middle) <= settings.furthest_days]
    return (counted[0], counted[-1]), len(every) - len(counted)


def _not_covered(
    families: dict[tuple[str, str], Days], period: tuple[int, int], settings: Settings
) -> list[Gap]:
    """Return the stretches of the case's period without a record, per holder and kind."""
    return [
        Gap(NOT_COVERED, holder, family, start, end, tuple(days.bounds(start, end)))
        for (holder, family), days in families.items()
        for start, end in days.stretches_without(*period)
        if end - start >= (1 if family == ANY else settings.family_days)
    ]


def _silences(sources: list[Days], period: tuple[int, int], settings: Settings) -> list[Gap]:
    """Return the pauses inside sources that otherwise have records on most days."""
    gaps = []
    for days in sources:
        seen = [day for day in days.first_us if period[0] <= day <= period[1]]
        if not seen:
            continue
        first, last = min(seen), max(seen)
        if len(seen) < settings.dense_share * (last - first + 1):
            continue
        gaps += [
            Gap(SILENCE, days.holder, days.source, start, end, tuple(days.bounds(start, end)))
            for start, end in days.stretches_without(first, last)
            if end - start >= settings.silence_days
        ]
    return gaps


def _expires(lost: Expiring, families: dict[tuple[str, str], Days], period: tuple[int, int]) -> Gap:
    """Return the days to ask for, bound by the latest record of the case."""
    last = max(d.last_us[period[1]] for d in families.values() if period[1] in d.last_us)
    return Gap(EXPIRES, None, lost.keeping.source, lost.start, lost.end, (last,), lost.ask_by)


def _export(tables: Tables, gaps: list[Gap], zone: str) -> None:
    """Make and export the table `gaps` (docs/contracts.md); ask_by is YYYY-MM-DD."""
    tables.run("drop table if exists gaps")
    tables.run(_TABLE)
    for number, gap in enumerate(gaps, 1):
        tables.run(
            "insert into gaps values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            _record(tables, number, gap, zone),
        )
    tables.export("gaps")


def _record(tables: Tables, number: int, gap: Gap, zone: str) -> list[Any]:
    start: datetime = day_start(gap.start, zone)
    return [
        number, gap.holder, gap.source, start, day_start(gap.end, zone), gap.end - gap.start,
        gap.kind, None if gap.ask_by is None else day_text(gap.ask_by), _rows(tables, gap),
    ]  # fmt: skip


def _rows(tables: Tables, gap: Gap) -> list[str]:
    """Return the rows of the records that bound a gap."""
    row_ids: set[str] = set()
    for moment in gap.bounds:
        conditions = FAMILIES.get(gap.source, "1 = 1")
        found = tables.rows(
            "select e.row_ids from gaps_records as r join events as e on e.event_id = r.event_id"
            " left join exhibits as x on x.exhibit_id = r.exhibit_id"
            f" where r.started_us = ? and {conditions}"
            " and (? is null or r.holder = ?)"
            " and (? <> 'silence' or coalesce(x.ref, r.exhibit_id) = ?)"
            " order by r.event_id limit 1",
            [moment, gap.holder, gap.holder, gap.kind, gap.source],
        )
        row_ids.update(row_id for (rows,) in found for row_id in rows)
    return sorted(row_ids)
