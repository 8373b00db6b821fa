"""What the gaps analysis says: no record in the data supplied, never more."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from fourfold.evidence.analyses.gaps.days import ANY, FAMILIES, Days, day_of, day_start, day_text
from fourfold.evidence.analyses.gaps.expiry import Expiring
from fourfold.evidence.analyses.gaps.settings import Settings
from fourfold.evidence.model.case import Case
from fourfold.evidence.model.finding import Finding, Value, Where
from fourfold.evidence.model.limits import FINDING_ROW_IDS
from fourfold.evidence.model.protocols import Tables
from fourfold.evidence.support.clock import iso_utc

_CAVEATS: Final = (
    "No record in the data supplied is neither proof that nothing happened nor that a device"
    " was off: a source may not have been asked for, supplied or read.",
    "Days are whole days by the clock of the display zone.",
)
_METHOD: Final = (
    "Days between the first and the latest record of any device of the persons, on which no"
    " call, message, session, fix, photo, post, visit or device event of a device attributed to"
    " the person is recorded. A kind of record counts as not covered from {family_days} days on."
)


@dataclass(frozen=True)
class Work:
    """What the findings are made from.

    period: first and last day of the case, if any. left_out: days too far off to count.
    """

    name: str
    version: str
    question: str
    settings: Settings
    period: tuple[int, int] | None
    left_out: int
    families: dict[tuple[str, str], Days]
    lost: list[Expiring]


def write(tables: Tables, case: Case, work: Work, holders: list[str]) -> list[Finding]:
    """Return the findings: per holder, silences of sources, what will be lost."""
    if work.period is None:
        return [
            _finding(
                work,
                kind="not_covered",
                title="No records of anybody's devices",
                statement="The data supplied hold no dated record of any device.",
                method=_METHOD.format(**work.settings.shown()),
            )
        ]
    found = [_coverage(tables, case, work, holder) for holder in holders]
    return [*found, _silences(tables, work), *_expiry(case, work)]


def _finding(work: Work, **content: Any) -> Finding:
    return Finding(
        analysis=work.name,
        version=work.version,
        question=work.question,
        settings=work.settings.shown(),
        **content,
    )


def _coverage(tables: Tables, case: Case, work: Work, holder: str) -> Finding:
    """Days with and without records of one holder, in all and around each mark."""
    first, last = work.period or (0, 0)
    records = _records_of(tables, holder)
    covered = {day for day in work.families[holder, ANY].first_us if first <= day <= last}
    total = last - first + 1
    values = [
        Value("days_in_period", total, "days", records),
        Value("days_with_records", len(covered), "days", records),
        Value("days_without_records", total - len(covered), "days", _gaps_of(holder, ANY)),
        *_family_values(tables, holder),
    ]
    marks = [m for m in _marks(case) if first <= m[1] <= last]
    sentences = [
        f"{_devices(case, holder)}: records on {len(covered)} of {total} days from"
        f" {day_text(first)} to {day_text(last)}; no record in the data supplied for"
        f" {_days(total - len(covered))}.",
    ]
    for name, day in marks:
        before = len([d for d in covered if d < day])
        after = len([d for d in covered if d > day])
        values.append(Value(f"days_before_{name}", before, "days", _cut(records, "<", case, day)))
        values.append(
            Value(f"days_after_{name}", after, "days", _cut(records, ">=", case, day + 1))
        )
        sentences.append(
            f"Before {name.replace('_', ' ')} ({day_text(day)}): records on {before} of"
            f" {day - first} days; after: on {after} of {last - day} days."
        )
    return _finding(
        work,
        kind="coverage",
        title=f"Days with and without records: {_devices(case, holder)}",
        statement=" ".join(sentences),
        method=_METHOD.format(**work.settings.shown()),
        values=values,
        period=_period(case, first, last + 1),
        where=_gaps_of(holder, None),
        row_ids=_row_ids(tables, holder),
        caveats=[*_CAVEATS, *_left_out(work), *_not_read(tables)],
        counts_tried={"days": total, "kinds_of_record": len(FAMILIES)},
    )


def _devices(case: Case, holder: str) -> str:
    return f"Devices attributed to {holder}" if case.people else f"Identifier {holder}"


def _left_out(work: Work) -> list[str]:
    if not work.left_out:
        return []
    return [
        f"{_days(work.left_out)} with records more than {work.settings.furthest_days:,} days from"
        " the middle one are left out: dates so far off are most often wrong."
    ]


def _not_read(tables: Tables) -> list[str]:
    found = tables.rows(
        "select coalesce(x.ref, x.exhibit_file) as ref from exhibits as x"
        " where x.state <> 'read' and x.copy_of is null order by ref"
    )
    if not found:
        return []
    return [f"Exhibits that could not be read are not counted: {', '.join(r for (r,) in found)}."]


def _family_values(tables: Tables, holder: str) -> list[Value]:
    """Days in the listed stretches that hold no record of a kind."""
    found = dict(
        tables.rows(
            "select source, cast(sum(days) as bigint) as days from gaps"
            " where kind = 'not_covered' and person = ? group by source",
            [holder],
        )
    )
    return [
        Value(
            f"days_not_covered_by_{family.replace(' ', '_')}",
            found.get(family, 0),
            "days",
            _gaps_of(holder, family),
        )
        for family in FAMILIES
        if family != ANY
    ]


def _marks(case: Case) -> list[tuple[str, int]]:
    """Moments that divide the case: told to stop, and each order served."""
    zone = case.display_zone
    told = [
        (f"{person}_was_told_to_stop", day_of(moment, zone))
        for person in case.suspects
        if (moment := case.told_to_stop_at(person)) is not None
    ]
    served = [(f"service_of_order_{o.key}", day_of(o.served_at, zone)) for o in case.orders]
    return [*told, *served]


def _records_of(tables: Tables, holder: str) -> Where:
    """The events of a holder's devices, as a selection."""
    found = tables.rows(
        "select distinct r.subject_id from gaps_records as r where r.holder = ?"
        " order by r.subject_id",
        [holder],
    )
    return Where("events", [("subject_id", "in", [subject for (subject,) in found])])


def _cut(where: Where, operator: str, case: Case, day: int) -> Where:
    moment = day_start(day, case.display_zone).isoformat(sep=" ")
    return Where(where.table, [*where.conditions, ("started_at", operator, moment)])


def _gaps_of(holder: str, source: str | None) -> Where:
    conditions: list[tuple[str, str, Any]] = [("person", "=", holder)]
    if source is not None:
        conditions += [("kind", "=", "not_covered"), ("source", "=", source)]
    return Where("gaps", conditions)


def _row_ids(tables: Tables, holder: str) -> list[str]:
    found = tables.rows(
        "select distinct g.row_id from (select unnest(row_ids) as row_id from gaps"
        f" where person = ?) as g order by g.row_id limit {FINDING_ROW_IDS + 1}",
        [holder],
    )
    return [row_id for (row_id,) in found] if len(found) <= FINDING_ROW_IDS else []


def _silences(tables: Tables, work: Work) -> Finding:
    """Pauses inside sources that otherwise have records on most days."""
    count, days, longest = tables.rows(
        "select count(*), coalesce(cast(sum(days) as bigint), 0), coalesce(max(days), 0)"
        " from gaps where kind = 'silence'"
    )[0]
    where = Where("gaps", [("kind", "=", "silence")])
    return _finding(
        work,
        kind="silences",
        title="Silences inside sources",
        statement=(
            f"{count} stretches of at least {_days(work.settings.silence_days)} without a record"
            f" inside sources that otherwise have records on most days, {_days(days)} in all; the"
            f" longest lasts {_days(longest)}."
        ),
        method="Per exhibit and person, between its own first and last record; only exhibits"
        f" with records on at least {work.settings.dense_share:.0%} of those days.",
        values=[
            Value("silences", count, "stretches", where),
            Value("silent_days", days, "days", where),
            Value("longest_silence", longest, "days", where),
        ],
        where=where,
        caveats=list(_CAVEATS),
    )


def _expiry(case: Case, work: Work) -> list[Finding]:
    """One finding on all that others hold only for a time, if anything is left to ask for."""
    if not work.lost or work.period is None:
        return []
    latest = day_text(work.period[1])
    values, sentences = [], []
    for lost in work.lost:
        source, (least, most) = lost.keeping.source, lost.keeping.kept_days
        kept = f"{least} days" if least == most else f"{least} to {most} days"
        where = Where("gaps", [("kind", "=", "expires"), ("source", "=", source)])
        name = source.replace(" ", "_")
        values.append(Value(f"days_to_ask_for_{name}", lost.end - lost.start, "days", where))
        values.append(Value(f"ask_by_{name}", day_text(lost.ask_by), "date", where))
        gone = f"; {_days(lost.gone)} before that: commonly gone by then" if lost.gone else ""
        sentences.append(
            f"{source} (commonly kept {kept}): not supplied for {day_text(lost.start)} to"
            f" {day_text(lost.end - 1)}; ask by {day_text(lost.ask_by)}{gone}."
        )
    return [
        _finding(
            work,
            kind="expires",
            title="What others hold only for a time",
            statement=f"Reckoned from the latest record, {latest}. " + " ".join(sentences),
            method="Per kind of data: the days after the latest supplied, or since the case"
            " began, that would still be held on the day of the latest record at the shortest"
            " common period; ask_by is the day on which the first of them is lost.",
            values=values,
            period=_period(case, work.period[0], work.period[1] + 1),
            where=Where("gaps", [("kind", "=", "expires")]),
            caveats=[
                "Periods are common practice, to be verified with each holder.",
                "Reckoned from the records alone, not from the date of this run: what has been"
                " asked for since is not known here.",
            ],
        )
    ]


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number:,} days"


def _period(case: Case, first: int, end: int) -> tuple[str, str]:
    start: datetime = day_start(first, case.display_zone)
    return iso_utc(start), iso_utc(day_start(end, case.display_zone))
