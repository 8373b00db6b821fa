"""The words that plans use, from `reference/plan_headings.toml`."""

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any, Final

MONTH: Final = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
DATED: Final = re.compile(
    rf"\([^)]*\)|\b\d{{1,2}}[/.\-]\d{{1,2}}[/.\-]\d{{2,4}}\b|"
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?{MONTH}\s+\d{{4}}\b|\bq[1-4]\s+\d{{4}}\b",
    re.IGNORECASE,
)
WORDLESS: Final = frozenset({"statuses", "positions", "posts"})


@cache
def _table() -> dict[str, dict[str, Any]]:
    text = resources.files("fourfold.web.recommendations.reference").joinpath("plan_headings.toml")
    return tomllib.loads(text.read_text(encoding="utf-8"))


def plain(label: str) -> str:
    """Return a label as it is compared: no capitals, no punctuation, single spaces."""
    text = re.sub(r"[^\w#&/]+", " ", label.casefold().replace("/", " "))
    return " ".join(text.split())


@cache
def field_words() -> dict[str, str]:
    """Return which field each known heading means."""
    return {
        plain(word): name
        for name, held in _table().items()
        if name not in WORDLESS
        for word in held["words"]
    }


@cache
def values_of(name: str) -> dict[str, str]:
    """Return which value each known word means, of "statuses" or "positions"."""
    return {plain(word): value for value, words in _table()[name].items() for word in words}


@cache
def posts() -> re.Pattern[str]:
    """Return what finds the name of a post."""
    words = sorted(_table()["posts"]["words"], key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b", re.IGNORECASE)


def bare(label: str) -> str:
    """Return a label as it is compared, without the days, months and asides that stand in it."""
    return plain(DATED.sub(" ", label)) or plain(label)


def is_known(label: str) -> bool:
    """Say whether a label is the known heading of a field."""
    return plain(label) in field_words() or bare(label) in field_words()
