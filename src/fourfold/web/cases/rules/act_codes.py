"""The examples of acts that the law lists, by jurisdiction and day: reference/act_codes.toml."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Final

FILE: Final = "act_codes.toml"


@dataclass(frozen=True)
class ActCode:
    """One example of the list: its code, its letter in the law, and plain words."""

    code: str
    letter: str
    words: str
    hint: str


@dataclass(frozen=True)
class CodeList:
    """The list of one jurisdiction, from when to when, and where it stands."""

    jurisdiction: str
    title: str
    from_on: date
    to_on: date | None
    source: str
    codes: tuple[ActCode, ...]


@cache
def lists() -> tuple[CodeList, ...]:
    """Return every list of the reference file."""
    text = resources.files("fourfold.web.cases").joinpath("reference", FILE).read_text("utf-8")
    return tuple(
        CodeList(
            jurisdiction=each["jurisdiction"],
            title=each["title"],
            from_on=each["from_on"],
            to_on=each.get("to_on"),
            source=each["source"],
            codes=tuple(ActCode(**{"hint": "", **code}) for code in each["code"]),
        )
        for each in tomllib.loads(text)["list"]
    )


def list_of(jurisdiction: str, on: date) -> CodeList | None:
    """Return the list that a jurisdiction uses on a day; None where there is none."""
    for each in lists():
        is_in_force = each.from_on <= on and (each.to_on is None or on < each.to_on)
        if each.jurisdiction == jurisdiction and is_in_force:
            return each
    return None


@cache
def by_code() -> dict[str, ActCode]:
    """Return every code ever listed, so that an old act keeps its words."""
    return {code.code: code for each in lists() for code in each.codes}


def words_of(code: str) -> str:
    """Return the plain words of a code, or the code itself where no list has it."""
    found = by_code().get(code)
    return f"{found.words}" if found else f"Local code {code}"
