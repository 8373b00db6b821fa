"""Read the files of this folder: organisations, designations, criteria, grounds."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class Line:
    """A criterion of designation or a ground of revocation, with its tag and source."""

    code: str
    words: str
    basis: str
    source: str
    regime: str = ""


def read(name: str) -> dict[str, Any]:
    """Return a file of this folder."""
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def criteria() -> tuple[Line, ...]:
    """Return the criteria of designation, of both regimes."""
    return tuple(Line(**each) for each in read("designation.toml")["criterion"])


@lru_cache(maxsize=1)
def grounds() -> tuple[Line, ...]:
    """Return the grounds on which a designation may be revoked."""
    return tuple(Line(**each) for each in read("designation.toml")["ground"])


@lru_cache(maxsize=1)
def missing() -> dict[str, str]:
    """Return what is said of designated bodies whose names were not in the sources, by regime."""
    found: dict[str, str] = read("organisations.toml")["missing"]
    return found


def words_of(codes: list[str], lines: tuple[Line, ...]) -> list[str]:
    """Return the words of codes; a code that is not known here stands as it is."""
    known = {line.code: line.words for line in lines}
    return [known.get(code, code) for code in codes]
