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
_LEXEMES = (  # "~" stands in no word: what follows it says whose and which record it is
    "array_to_tsvector(string_to_array(words || ' f~' || force_id::text || "
    "' c~' || coalesce(case_id, 0)::text || ' k~' || kind, ' '))"
)

_SCOPE = "'f' || {0}.force_id || ' c' || coalesce({0}.case_id, 0) || ' k' || {0}.kind"

SQLITE: Final = (
    """CREATE VIRTUAL TABLE cases_searchindex USING fts5(
        words, scope, content='', columnsize=0, tokenize="unicode61 remove_diacritics 0")""",
    f"""CREATE TRIGGER cases_search_insert AFTER INSERT ON cases_searchdocument BEGIN
        INSERT INTO cases_searchindex(rowid, words, scope) VALUES
        (new.id, new.words, {_SCOPE.format("new")}); END""",
    f"""CREATE TRIGGER cases_search_delete AFTER DELETE ON cases_searchdocument BEGIN
        INSERT INTO cases_searchindex(cases_searchindex, rowid, words, scope) VALUES ('delete',
        old.id, old.words, {_SCOPE.format("old")}); END""",
    f"""CREATE TRIGGER cases_search_update AFTER UPDATE ON cases_searchdocument BEGIN
        INSERT INTO cases_searchindex(cases_searchindex, rowid, words, scope) VALUES ('delete',
        old.id, old.words, {_SCOPE.format("old")});
        INSERT INTO cases_searchindex(rowid, words, scope) VALUES
        (new.id, new.words, {_SCOPE.format("new")}); END""",
)
POSTGRESQL: Final = (  # kept, not worked out: frequent words read the newest rows one by one
    "ALTER TABLE cases_searchdocument "
    f"ADD COLUMN lexemes tsvector GENERATED ALWAYS AS ({_LEXEMES}) STORED",
    "CREATE INDEX cases_searchindex ON cases_searchdocument USING gin (lexemes)",
)
SQLITE_DROP: Final = (
    "DROP TRIGGER IF EXISTS cases_search_insert",
    "DROP TRIGGER IF EXISTS cases_search_delete",
    "DROP TRIGGER IF EXISTS cases_search_update",
    "DROP TABLE IF EXISTS cases_searchindex",
)
POSTGRESQL_DROP: Final = ("ALTER TABLE cases_searchdocument DROP COLUMN IF EXISTS lexemes",)


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


@dataclass(frozen=True)
class Scope:
    """Where to look: a force, and in it certain cases or kinds of record (None: all)."""

    force: int
    cases: Sequence[int] | None = None
    kinds: Sequence[str] | None = None


def hits(groups: Sequence[Sequence[str]], scope: Scope, *, most: int) -> list[Hit]:
    """Return the newest documents in which one word of each group stands.

    Args:
        groups: words in their plain form (`words.question_words`); one of each group must stand.
        scope: where to look; at most CASES_MAX cases.
        most: how many documents at most; the work is bounded by it.
    """
    if not groups or not all(groups) or (scope.cases is not None and not scope.cases):
        return []
    connection = connections[USING]
    ask = _sqlite if connection.vendor == "sqlite" else _postgresql
    with connection.cursor() as cursor:
        cursor.execute(*ask(groups, scope, most))
        return [Hit(*row) for row in cursor.fetchall()]


def _named(scope: Scope, mark: str) -> list[list[str]]:
    """Return the scope as groups of words that the index holds beside the record's own."""
    named = [[f"f{mark}{scope.force}"]]
    if scope.cases is not None:
        named.append([f"c{mark}{key}" for key in scope.cases])
    if scope.kinds is not None:
        named.append([f"k{mark}{kind}" for kind in scope.kinds])
    return named


def _sqlite(groups: Sequence[Sequence[str]], scope: Scope, most: int) -> tuple[str, list[Any]]:
    def asked(column: str, words: Sequence[str]) -> str:
        return "(" + " OR ".join(f'{column} : "{word}"' for word in words) + ")"

    parts = [asked("words", group) for group in groups]
    parts += [asked("scope", group) for group in _named(scope, "")]
    statement = (
        f"SELECT {_COLUMNS} FROM cases_searchindex i CROSS JOIN cases_searchdocument d "
        "ON d.id = i.rowid WHERE i.cases_searchindex MATCH %s ORDER BY i.rowid DESC LIMIT %s"
    )
    return statement, [" AND ".join(parts), most]


def _postgresql(groups: Sequence[Sequence[str]], scope: Scope, most: int) -> tuple[str, list[Any]]:
    parts = [
        "(" + " | ".join(f"'{word}'" for word in group) + ")"
        for group in (*groups, *_named(scope, "~"))
    ]
    statement = (
        f"SELECT {_COLUMNS} FROM {SearchDocument._meta.db_table} d "
        "WHERE d.lexemes @@ %s::tsquery ORDER BY d.id DESC LIMIT %s"
    )
    return statement, [" & ".join(parts), most]
