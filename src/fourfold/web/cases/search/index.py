"""The index over the words of search documents: FTS5 on SQLite, GIN on PostgreSQL.

This is the only module that knows how either database does it. Both keep the index by
themselves, in the transaction that writes the document.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from fourfold.web.cases.models import SearchDocument

USING: Final = "default"
CASES_MAX: Final = 200  # as many cases can be named in one question to SQLite
_COLUMNS = "d.id, d.case_id, d.report_id, d.kind, d.subject_ref"
_LEXEMES = "array_to_tsvector(string_to_array(words, ' '))"

SQLITE: Final = (
    """CREATE VIRTUAL TABLE cases_searchindex USING fts5(
        words, scope, content='', columnsize=0, tokenize="unicode61 remove_diacritics 0")""",
    """CREATE TRIGGER cases_search_insert AFTER INSERT ON cases_searchdocument BEGIN
        INSERT INTO cases_searchindex(rowid, words, scope) VALUES
        (new.id, new.words, 'f' || new.force_id || ' c' || coalesce(new.case_id, 0)); END""",
    """CREATE TRIGGER cases_search_delete AFTER DELETE ON cases_searchdocument BEGIN
        INSERT INTO cases_searchindex(cases_searchindex, rowid, words, scope) VALUES ('delete',
        old.id, old.words, 'f' || old.force_id || ' c' || coalesce(old.case_id, 0)); END""",
    """CREATE TRIGGER cases_search_update AFTER UPDATE ON cases_searchdocument BEGIN
        INSERT INTO cases_searchindex(cases_searchindex, rowid, words, scope) VALUES ('delete',
        old.id, old.words, 'f' || old.force_id || ' c' || coalesce(old.case_id, 0));
        INSERT INTO cases_searchindex(rowid, words, scope) VALUES
        (new.id, new.words, 'f' || new.force_id || ' c' || coalesce(new.case_id, 0)); END""",
)
POSTGRESQL: Final = (
    f"CREATE INDEX cases_searchindex ON cases_searchdocument USING gin ({_LEXEMES})",
)
SQLITE_DROP: Final = (
    "DROP TRIGGER IF EXISTS cases_search_insert",
    "DROP TRIGGER IF EXISTS cases_search_delete",
    "DROP TRIGGER IF EXISTS cases_search_update",
    "DROP TABLE IF EXISTS cases_searchindex",
)
POSTGRESQL_DROP: Final = ("DROP INDEX IF EXISTS cases_searchindex",)


@dataclass(frozen=True)
class Hit:
    """A document in which all words stand."""

    document: int
    case: int | None
    report: int | None
    kind: str
    subject_ref: str


def make(connection: BaseDatabaseWrapper) -> None:
    """Put the index in place (a migration that rebuilds the table on SQLite calls it again)."""
    _run(connection, SQLITE if connection.vendor == "sqlite" else POSTGRESQL)


def drop(connection: BaseDatabaseWrapper) -> None:
    """Remove the index."""
    _run(connection, SQLITE_DROP if connection.vendor == "sqlite" else POSTGRESQL_DROP)


def _run(connection: BaseDatabaseWrapper, statements: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def hits(
    groups: Sequence[Sequence[str]], *, force: int, cases: Sequence[int] | None, most: int
) -> list[Hit]:
    """Return the newest documents of a force in which one word of each group stands.

    Args:
        groups: words in their plain form (`words.question_words`); one of each group must stand.
        force: key of the force.
        cases: keys of at most CASES_MAX cases to look in; None looks in the whole force.
        most: how many documents at most; the work is bounded by it.
    """
    if not groups or not all(groups) or (cases is not None and not cases):
        return []
    connection = connections[USING]
    ask = _sqlite if connection.vendor == "sqlite" else _postgresql
    statement, values = ask(groups, force, cases)
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, most])
        return [Hit(*row) for row in cursor.fetchall()]


def _sqlite(
    groups: Sequence[Sequence[str]], force: int, cases: Sequence[int] | None
) -> tuple[str, list[Any]]:
    words = " AND ".join(
        "(" + " OR ".join(f'words : "{word}"' for word in group) + ")" for group in groups
    )
    named = (f"c{key}" for key in cases) if cases is not None else (f"f{force}",)
    scope = " OR ".join(f'scope : "{name}"' for name in named)
    statement = (
        f"SELECT {_COLUMNS} FROM cases_searchindex i CROSS JOIN cases_searchdocument d "
        "ON d.id = i.rowid WHERE i.cases_searchindex MATCH %s AND d.force_id = %s "
        "ORDER BY i.rowid DESC LIMIT %s"
    )
    return statement, [f"({words}) AND ({scope})", force]


def _postgresql(
    groups: Sequence[Sequence[str]], force: int, cases: Sequence[int] | None
) -> tuple[str, list[Any]]:
    asked = " & ".join("(" + " | ".join(f"'{word}'" for word in group) + ")" for group in groups)
    values: list[Any] = [asked, force]
    within = ""
    if cases is not None:
        within = "AND d.case_id = ANY(%s) "
        values.append(list(cases))
    statement = (
        f"SELECT {_COLUMNS} FROM {SearchDocument._meta.db_table} d "
        f"WHERE {_LEXEMES.replace('words', 'd.words')} @@ %s::tsquery AND d.force_id = %s "
        f"{within}ORDER BY d.id DESC LIMIT %s"
    )
    return statement, values
