"""Check the ledger of a live database; `chain.check` does the same for a copy of it."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.db import DEFAULT_DB_ALIAS, OperationalError, connections

from fourfold.web.accountability import chain
from fourfold.web.accountability.chain import FIELDS, Head, Result, Row
from fourfold.web.accountability.models import TABLE, LedgerEntry

PAGE_ROWS: Final = 2_000  # a page at a time: no long transaction, no memory to speak of
NO_TEXT: Final = "Could not decode to UTF-8"  # SQLite keeps any bytes as text, if told so

# Texts as they stand in the database, so that nothing is repaired on the way to the check.
_MOMENT: Final = {
    "sqlite": "replace(CAST(\"at\" AS text), ' ', 'T')",
    "postgresql": "to_char(\"at\" AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US')",
}
_NAMES: Final = (*FIELDS, "hash")


def verify(
    entries: Iterable[LedgerEntry] | None = None,
    head: Head | None = None,
    *,
    using: str = DEFAULT_DB_ALIAS,
) -> Result:
    """Check entries, or all that the database holds; stop at the first that is wrong."""
    rows = stored_rows(using=using) if entries is None else map(row_of, entries)
    return chain.check(rows, head)


def row_of(entry: LedgerEntry) -> Row:
    """Return the fields of an entry as they are hashed, and its hash."""
    row: dict[str, Any] = {name: getattr(entry, name) for name in _NAMES}
    return {**row, "at": chain.moment_text(entry.at)}


def stored_rows(first_seq: int | None = None, *, using: str = DEFAULT_DB_ALIAS) -> Iterator[Row]:
    """Yield the rows of the table by their number; a row that cannot be read is empty."""
    after = None if first_seq is None else first_seq - 1
    page_rows = PAGE_ROWS
    while True:
        try:
            page = _page(after, page_rows, using)
        except OperationalError as error:
            if NO_TEXT not in str(error):
                raise
            if page_rows == 1:
                yield {}
                return
            page_rows = 1
            continue
        for cells in page:
            yield _row(cells)
        if len(page) < page_rows:
            return
        after = page[-1][_NAMES.index("seq")]


def _page(after: int | None, page_rows: int, using: str) -> list[tuple[Any, ...]]:
    connection = connections[using]
    special = {"at": _MOMENT[connection.vendor], "detail": 'CAST("detail" AS text)'}
    columns = ", ".join(special.get(name, f'"{name}"') for name in _NAMES)
    where, values = ("", [page_rows]) if after is None else ("WHERE seq > %s", [after, page_rows])
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {TABLE} {where} ORDER BY seq LIMIT %s", values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _row(cells: tuple[Any, ...]) -> Row:
    row = dict(zip(_NAMES, cells, strict=True))
    try:
        return {**row, "at": _six_decimals(row["at"]), "detail": chain.load(str(row["detail"]))}
    except ValueError:
        return {}


def _six_decimals(at: object) -> str:
    """Return a stored moment as it is hashed: SQLite leaves out decimals that are all zero."""
    text = str(at)
    return (text if "." in text else text + ".000000") + "Z"
