"""Stamp ids on what the readers staged, apply authorities, and keep the ledger balanced."""

from collections.abc import Iterable
from datetime import datetime

from fourfold.evidence.errors import LedgerImbalanceError
from fourfold.evidence.model.case import Case
from fourfold.evidence.model.exhibit import Exhibit
from fourfold.evidence.model.tables import (
    EVENTS,
    STAGED_DEFAULTS,
    STAGED_EVENTS,
    STAGED_ROWS,
    Schema,
)
from fourfold.evidence.model.work import SourceReport
from fourfold.evidence.store.casestore import CaseStore, create_statement, ndjson
from fourfold.evidence.store.engine import quoted
from fourfold.evidence.support import clock

_WITH_SOURCE: Schema = {"s": "BIGINT"}
_ROW_DIGITS = 16


def open_staging(store: CaseStore) -> None:
    """Create the empty staging tables for all sources of a run."""
    store.run(create_statement("all_rows", _WITH_SOURCE | STAGED_ROWS))
    store.run(create_statement("all_events", _WITH_SOURCE | STAGED_EVENTS))


def open_source(store: CaseStore) -> None:
    """Create the empty staging tables that a bulk reader fills for one source."""
    store.run(create_statement("staged_rows", STAGED_ROWS).replace("table", "temp table", 1))
    store.run(create_statement("staged_events", STAGED_EVENTS).replace("table", "temp table", 1))


def close_source(store: CaseStore, report: SourceReport) -> None:
    """Move what a bulk reader staged into the tables of the run; count its rows."""
    prefix = quoted(f"{report.part}#" if report.part else "")
    store.run(
        f"insert into all_rows by name select {report.ordinal} as s, * replace"
        f" ({prefix} || locator as locator) from staged_rows"
    )
    store.run(f"insert into all_events by name select {report.ordinal} as s, * from staged_events")
    report.rows = store.value("select count(*) from staged_rows")


def load_staged(store: CaseStore, reports: Iterable[SourceReport]) -> None:
    """Load the staged files of row readers, all at once."""
    reports = list(reports)
    filled = ", ".join(f"coalesce({c}, {default}) as {c}" for c, default in STAGED_DEFAULTS.items())
    for table, schema, columns, files in (
        ("all_rows", STAGED_ROWS, "*", [r.rows_file for r in reports]),
        ("all_events", STAGED_EVENTS, f"* replace ({filled})", [r.events_file for r in reports]),
    ):
        paths = [path for path in files if path and path.exists() and path.stat().st_size]
        if paths:
            source = ndjson(paths, _WITH_SOURCE | schema)
            store.run(f"insert into {table} by name select {columns} from {source}")


def add_refused(store: CaseStore, reports: Iterable[SourceReport]) -> None:
    """Give every archive member that was not opened its line in the ledger."""
    schema = _WITH_SOURCE | STAGED_ROWS
    records = []
    for report in reports:
        report.rows = 1
        records.append(
            {
                "s": report.ordinal,
                "n": 1,
                "locator": report.part,
                "verbatim": "",
                "state": "set_aside",
                "reason": report.state,
                "note": report.note,
            }
        )
    store.append("all_rows", schema, records)


def stamp(
    store: CaseStore, case: Case, exhibits: tuple[Exhibit, ...], reports: list[SourceReport]
) -> None:
    """Fill rows, ledger and events from the staging tables.

    Raises:
        LedgerImbalanceError: a row was lost or counted twice on the way.
    """
    _sources(store, exhibits, reports)
    _apply_authorities(store, case, exhibits)
    store.step(
        "stamped_rows",
        f"""select r.*, x.exhibit_no, x.exhibit_id, x.exhibit_file, x.reader, x.reader_version,
        substr(sha256(x.sha256 || chr(10) || r.locator), 1, {_ROW_DIGITS}) as row_id,
        row_number() over (partition by x.exhibit_no order by r.s, r.n) as ordinal
        from all_rows as r join sources as x on x.s = r.s""",
    )
    _fill_rows(store)
    _fill_events(store, case.display_zone)
    _fill_ledger(store)
    check_balance(store)


def _sources(store: CaseStore, exhibits: tuple[Exhibit, ...], reports: list[SourceReport]) -> None:
    schema = {
        "s": "BIGINT", "exhibit_no": "BIGINT", "exhibit_id": "VARCHAR", "exhibit_file": "VARCHAR",
        "sha256": "VARCHAR", "reader": "VARCHAR", "reader_version": "VARCHAR",
    }  # fmt: skip
    known = {e.exhibit_id: (number, e) for number, e in enumerate(exhibits, start=1)}
    store.run(create_statement("sources", schema))
    store.append(
        "sources",
        schema,
        (
            {
                "s": report.ordinal,
                "exhibit_no": known[report.exhibit_id][0],
                "exhibit_id": report.exhibit_id,
                "exhibit_file": known[report.exhibit_id][1].exhibit_file,
                "sha256": known[report.exhibit_id][1].sha256,
                "reader": report.reader,
                "reader_version": report.reader_version,
            }
            for report in reports
        ),
    )


def _apply_authorities(store: CaseStore, case: Case, exhibits: tuple[Exhibit, ...]) -> None:
    """Set aside rows whose times all lie outside every authority named for their exhibit."""
    schema = {"exhibit_id": "VARCHAR", "from_us": "BIGINT", "to_us": "BIGINT"}
    periods = {authority.ref: authority for authority in case.authorities}
    store.run(create_statement("authority_periods", schema))
    store.append(
        "authority_periods",
        schema,
        (
            {
                "exhibit_id": exhibit.exhibit_id,
                "from_us": _bound(periods[ref].from_at, -(2**62)),
                "to_us": _bound(periods[ref].to_at, 2**62),
            }
            for exhibit in exhibits
            for ref in exhibit.authority
        ),
    )
    store.step(
        "outside",
        """select e.s, e.n from all_events as e join sources as x on x.s = e.s
        join authority_periods as p on p.exhibit_id = x.exhibit_id
        group by e.s, e.n
        having not bool_or(e.started_at < p.to_us
            and coalesce(e.ended_at, e.started_at) >= p.from_us
            and (e.started_at >= p.from_us or coalesce(e.ended_at, e.started_at) > p.from_us))""",
    )
    if not store.value("select count(*) from outside"):
        return
    store.run(
        """update all_rows set state = 'set_aside', reason = 'outside_authority',
        note = 'outside the period of every authority named for this exhibit'
        from outside where outside.s = all_rows.s and outside.n = all_rows.n"""
    )
    store.run(
        """update all_rows set state = 'set_aside', reason = 'outside_authority',
        merged_into_n = null,
        note = 'repeats a row outside the period of every authority named for this exhibit'
        from outside where outside.s = all_rows.s and outside.n = all_rows.merged_into_n"""
    )
    store.run(
        "delete from all_events using outside"
        " where outside.s = all_events.s and outside.n = all_events.n"
    )


def _bound(moment: datetime | None, otherwise: int) -> int:
    return clock.micros(moment) if moment else otherwise


def _fill_rows(store: CaseStore) -> None:
    store.run(
        "insert into rows select row_id, verbatim from stamped_rows order by exhibit_no, ordinal"
    )


def _fill_events(store: CaseStore, zone: str) -> None:
    low, high = store.rows("select min(started_at), max(started_at) from all_events")[0]
    between = (low, high) if low is not None else None
    local = f"(e.started_at + {clock.sql_offset(zone, 'e.started_at', between)})"
    copied = [c for c in STAGED_EVENTS if c not in ("n", "k", "started_at", "ended_at")]
    listed = ", ".join(f"e.{column}" for column in copied)
    store.step(
        "stamped_events",
        f"""select r.exhibit_no, r.ordinal, e.k, r.row_id || '.' || e.k as event_id,
        [r.row_id] as row_ids, r.exhibit_id, r.reader, r.reader_version,
        make_timestamp(e.started_at) as started_at, make_timestamp(e.ended_at) as ended_at,
        strftime(make_timestamp({local}), '%Y-%m-%d') as local_day,
        cast(hour(make_timestamp({local})) as integer) as local_hour, {listed}
        from all_events as e join stamped_rows as r on r.s = e.s and r.n = e.n""",
    )
    store.run(
        f"insert into events select {', '.join(EVENTS)} from stamped_events"
        " order by started_at nulls last, exhibit_no, ordinal, k"
    )


def _fill_ledger(store: CaseStore) -> None:
    store.step(
        "events_of_row",
        """select exhibit_no, ordinal, list(event_id order by k) as event_ids
        from stamped_events group by exhibit_no, ordinal""",
    )
    store.run(
        """insert into ledger
        select r.row_id, 'R' || r.exhibit_no || '.' || r.ordinal as code, r.exhibit_id,
            r.exhibit_file, r.locator, r.state, r.reason, r.note, t.row_id as merged_into,
            coalesce(e.event_ids, []) as event_ids
        from stamped_rows as r
        left join stamped_rows as t on t.s = r.s and t.n = r.merged_into_n and r.state = 'merged'
        left join events_of_row as e on e.exhibit_no = r.exhibit_no
            and e.ordinal = coalesce(t.ordinal, r.ordinal)
        order by r.exhibit_no, r.ordinal"""
    )


def check_balance(store: CaseStore) -> None:
    """Compare the ledger with what was staged, exhibit by exhibit.

    Raises:
        LedgerImbalanceError: rows read are not used + merged + set aside; a used row
            bears no event, an event no used row; or two rows share an id.
    """
    checks = {
        "rows staged and rows in the ledger differ": "select count(*) from (select"
        " (select count(*) from all_rows) as a, (select count(*) from ledger) as b) as c"
        " where c.a <> c.b",
        "a row has no fate": "select count(*) from ledger where state is null or state not in"
        " ('used', 'merged', 'set_aside') or (state = 'set_aside') <> (reason is not null)",
        "a used row bears no event": "select count(*) from ledger"
        " where state = 'used' and len(event_ids) = 0",
        "a row set aside bears an event": "select count(*) from ledger"
        " where state = 'set_aside' and len(event_ids) > 0",
        "a merged row repeats nothing": "select count(*) from ledger"
        " where state = 'merged' and merged_into is null",
        "events staged and events kept differ": "select count(*) from (select"
        " (select count(*) from all_events) as a, (select count(*) from events) as b) as c"
        " where c.a <> c.b",
        "two rows share an id": "select count(*) - count(distinct row_id) from ledger",
    }
    for fault, query in checks.items():
        if count := store.value(query):
            raise LedgerImbalanceError(f"the ledger does not balance: {fault} ({count})")


def drop_staging(store: CaseStore) -> None:
    """Free the memory of the staging tables."""
    for table in ("stamped_rows", "stamped_events", "events_of_row", "outside", "all_rows",
                  "all_events", "sources", "authority_periods"):  # fmt: skip
        store.run(f"drop table if exists {table}")
