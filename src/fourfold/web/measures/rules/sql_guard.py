"""What the SQL of a measure may say: one SELECT over named columns, and nothing else.

A small language, so that the check can be whole: every table stands as `FROM table AS alias`,
every column as `alias.column`, keywords in capitals, names small. Whatever is not allowed here is
refused; the database refuses a second time (selectors/running.py).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from fourfold.web.measures.rules.definitions import Definition

COLUMNS: Final[Mapping[str, frozenset[str]]] = {
    "cases_report": frozenset(
        {"id", "ref", "force_id", "case_id", "taken_at", "channel", "is_by_victim", "fixated",
         "obsessive", "unwanted", "repeated", "in_danger_now", "fear_of_violence",
         "relationship", "classification"}
    ),
    "cases_case": frozenset(
        {"id", "ref", "force_id", "team_id", "state", "opened_at", "closed_at", "continues_id"}
    ),
    "cases_joining": frozenset({"id", "report_id", "case_id", "joined_at"}),
    "cases_recordedcrime": frozenset(
        {"id", "ref", "case_id", "principal_id", "recorded_on", "harassment_reason"}
    ),
    "cases_includedoffence": frozenset({"id", "crime_id", "offence_id", "added_at"}),
    "cases_offence": frozenset(
        {"id", "code", "jurisdiction", "is_stalking", "is_harassment", "is_breach"}
    ),
    "cases_occasion": frozenset({"id", "case_id", "state"}),
    "cases_act": frozenset({"id", "case_id", "state", "occurred_from_at"}),
    "cases_knowledgeevent": frozenset({"id", "case_id", "at", "created_at"}),
    "cases_assignment": frozenset({"id", "case_id", "user_id", "from_at", "to_at"}),
    "users_user": frozenset({"id", "role"}),
}  # fmt: skip
PARAMETERS: Final = frozenset({"force_id", "from_at", "to_at", "from_on", "until_on"})
FUNCTIONS: Final = frozenset({"COUNT", "MIN", "MAX", "COALESCE"})
KEYWORDS: Final = FUNCTIONS | {
    "SELECT", "FROM", "LEFT", "JOIN", "ON", "WHERE", "AND", "OR", "NOT", "EXISTS", "CASE", "WHEN",
    "THEN", "ELSE", "END", "AS", "IN", "IS", "NULL", "BETWEEN", "GROUP", "BY", "HAVING",
    "DISTINCT",
}  # fmt: skip
TOKEN: Final = re.compile(
    r"\s+|(?P<word>[A-Za-z_][A-Za-z0-9_]*)|(?P<number>\d+)|(?P<text>'[a-z0-9_ ]*')"
    r"|:(?P<parameter>[a-z_]+)|(?P<mark><>|<=|>=|[=<>(),.])"
)
Token = tuple[str, str]


class ForbiddenSqlError(ValueError):
    """The SQL says more than a measure may."""


@dataclass(frozen=True)
class Read:
    """What a query reads: its tables, by alias, and the columns of its rows."""

    aliases: Mapping[str, str]
    columns: tuple[str, ...]


def check(definition: Definition) -> Read:
    """Return what the SQL of a definition reads.

    Raises:
        ForbiddenSqlError: it says something that is not allowed, or reads other tables than the
            definition declares, or returns other columns than its kind has, or asks no force.
    """
    read = check_sql(definition.sql)
    if set(read.aliases.values()) != set(definition.tables):
        raise ForbiddenSqlError("the tables read are not the tables declared")
    if read.columns != definition.kind.columns:
        raise ForbiddenSqlError("the columns returned are not those of the kind")
    return read


def check_sql(sql: str) -> Read:
    """Return what a query reads.

    Raises:
        ForbiddenSqlError: it says something that is not allowed.
    """
    tokens = list(_tokens(sql))
    if not tokens or tokens[0] != ("word", "SELECT"):
        raise ForbiddenSqlError("it does not begin with SELECT")
    aliases = _aliases(tokens)
    columns = _columns(tokens)
    for place, token in enumerate(tokens):
        _check(tokens, place, token, aliases)
    if ("parameter", "force_id") not in tokens:
        raise ForbiddenSqlError("it does not ask for one force")
    return Read(aliases, columns)


def _tokens(sql: str) -> Iterator[Token]:
    """Cut the text into words; what is no word of the language is refused."""
    place, depth = 0, 0
    while place < len(sql):
        found = TOKEN.match(sql, place)
        if found is None:
            raise ForbiddenSqlError(f"“{sql[place]}” is not allowed at character {place + 1}")
        place = found.end()
        if found.lastgroup is None:
            continue
        text = found.group(found.lastgroup)
        depth += {"(": 1, ")": -1}.get(text, 0)
        if depth < 0:
            raise ForbiddenSqlError("a parenthesis closes that was not opened")
        yield found.lastgroup, text
    if depth:
        raise ForbiddenSqlError("a parenthesis is not closed")


def _aliases(tokens: Sequence[Token]) -> dict[str, str]:
    """Return the tables by alias; every FROM and JOIN names one, and nothing stands beside it."""
    found: dict[str, str] = {}
    for place, (_, text) in enumerate(tokens):
        if text not in ("FROM", "JOIN"):
            continue
        table, as_, alias, after = (_at(tokens, place + step) for step in (1, 2, 3, 4))
        if table[1] not in COLUMNS:
            raise ForbiddenSqlError(f"the table “{table[1]}” is not open to measures")
        if as_[1] != "AS" or alias[0] != "word" or alias[1] in found or alias[1] in KEYWORDS:
            raise ForbiddenSqlError(f"the table “{table[1]}” needs an alias of its own")
        if after[1] == ",":
            raise ForbiddenSqlError("tables are joined by JOIN, not by a comma")
        found[alias[1]] = table[1]
    return found


def _columns(tokens: Sequence[Token]) -> tuple[str, ...]:
    """Return the names of the outermost columns."""
    depth, names = 0, []
    for place, (_, text) in enumerate(tokens):
        depth += {"(": 1, ")": -1}.get(text, 0)
        if depth == 0 and text == "FROM":
            break
        if depth == 0 and text == "AS":
            names.append(_at(tokens, place + 1)[1])
    return tuple(names)


def _check(tokens: Sequence[Token], place: int, token: Token, aliases: Mapping[str, str]) -> None:
    """Refuse a word that has no business where it stands."""
    kind, text = token
    before, after = _at(tokens, place - 1), _at(tokens, place + 1)
    if kind == "parameter" and text not in PARAMETERS:
        raise ForbiddenSqlError(f"there is no parameter “{text}”")
    if text == "SELECT" and place and before[1] != "(":
        raise ForbiddenSqlError("a second statement")
    if kind != "word" or text in KEYWORDS:
        return
    if after[1] == "(":
        raise ForbiddenSqlError(f"the function “{text}” is not allowed")
    if after[1] == "." and text in aliases:
        return
    table = aliases.get(_at(tokens, place - 2)[1], "")
    if before[1] == "." and text in COLUMNS.get(table, ()):
        return
    if before[1] in ("FROM", "JOIN", "AS"):
        return
    raise ForbiddenSqlError(f"the word “{text}” is not allowed here")


def _at(tokens: Sequence[Token], place: int) -> Token:
    return tokens[place] if 0 <= place < len(tokens) else ("", "")
