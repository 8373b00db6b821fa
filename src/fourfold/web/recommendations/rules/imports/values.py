"""What cells say: numbers of recommendations, statuses, positions, evidence, dated updates."""

import re
from dataclasses import dataclass
from typing import Final

from fourfold.web.recommendations.rules.imports import dates
from fourfold.web.recommendations.rules.imports.synonyms import plain, values_of
from fourfold.web.recommendations.rules.plan_schema import PlanEvidence, PlanUpdate

WORD: Final = r"(?:recommendations?|recs?|r)"
NUMBERED: Final = re.compile(
    rf"^\W{{0,3}}(?:(?P<word>{WORD})(?![a-z])\.?\s*(?:number|no\.?|ref\.?|#)?\s*:?\s*)?"
    r"(?P<number>\d{1,3})(?:\s?\.\s?(?P<sub>\d{1,2})|\s?\((?P<bracket>[0-9a-z])\)|(?P<letter>[a-h]))?"
    r"(?![\d%/])(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
PART_WORD: Final = re.compile(
    r"^[\s,]*(?:part\s+)?(?P<code>\d{1,3}\.\d{1,2})(?P<rest>.*)$", re.DOTALL | re.I
)
LATER: Final = re.compile(
    r"\b(?:not|no|never|cannot|expected|will|to be|due to|yet|incomplete|aim|aims|hope|until|once|"
    r"when|before|nearly|almost)\b",
    re.IGNORECASE,
)
COLOURS: Final = re.compile(
    r"^(?:rag\s*)?(?:green|amber|red|blue|grey|gray|yellow)\b[\s:–\-]*", re.I
)
URL: Final = re.compile(r"<?\b(https?://[^\s<>\"]+)>?", re.IGNORECASE)
NO_DATE: Final = re.compile(
    r"\b(?:no|cannot|could not|can not|unable to)\b[^.]{0,40}\bdate\b|"
    r"\bdate\b[^.]{0,40}\b(?:cannot|could not|can not|not)\b[^.]{0,20}"
    r"\b(?:given|known|provided|set|confirmed)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Number:
    """The number of a recommendation, its part, and the words that stand behind it."""

    number: int
    part: str = ""
    rest: str = ""
    is_named: bool = False

    @property
    def code(self) -> str:
        """Return how it is cited."""
        return self.part or str(self.number)


@dataclass(frozen=True)
class Meant:
    """What a cell in free words is taken to mean, why, and whether it says just that."""

    value: str
    reason: str
    is_exact: bool = True


def number_of(text: str) -> Number | None:
    """Return the recommendation that a text begins with: 7, 7.1, "Recommendation 7(1): ..."."""
    match = NUMBERED.match(text.strip())
    if match is None or not int(match["number"]):
        return None
    number, rest = int(match["number"]), match["rest"]
    behind = match["sub"] or match["bracket"]
    part = (
        f"{number}.{behind}" if behind else f"{number}{match['letter']}" if match["letter"] else ""
    )
    if not part and (more := PART_WORD.match(rest)) and more["code"].startswith(f"{number}."):
        part, rest = more["code"], more["rest"]
    return Number(number, part.lower(), rest.strip(" \t\n.:;,–—-)"), bool(match["word"]))


def is_bare_number(text: str) -> bool:
    """Say whether a text is the number of a recommendation and nothing else."""
    found = number_of(text)
    return found is not None and not found.rest


def status_of(text: str) -> Meant | None:
    """Return the status that free words mean, or nothing where that would be a guess."""
    if NO_DATE.search(text):
        exact = plain(text) in values_of("statuses")
        return Meant("no_date_possible", "It says that no date can be given.", exact)
    return _meant(text, "statuses")


def position_of(text: str) -> Meant | None:
    """Return the position that free words mean."""
    return _meant(text, "positions")


def _meant(text: str, name: str) -> Meant | None:
    known, said = values_of(name), plain(COLOURS.sub("", text.strip()))
    if said in known:
        is_exact = said == plain(text)
        return Meant(known[said], f"“{said}” is a known word for it.", is_exact)
    phrases = sorted(known, key=len, reverse=True)
    first = next((phrase for phrase in phrases if said.startswith(phrase + " ")), "")
    if first and not LATER.search(said[len(first) :][:40]) and len(first) > 3:
        return Meant(known[first], f"It begins with “{first}”.", is_exact=False)
    if len(said.split()) <= 8 and not LATER.search(said):
        inner = next((p for p in phrases if len(p) > 3 and f" {p} " in f" {said} "), "")
        if inner:
            return Meant(known[inner], f"It holds the words “{inner}”.", is_exact=False)
    return None


@dataclass(frozen=True)
class Updates:
    """Dated updates of a cell, and the words in it that have no day."""

    dated: tuple[PlanUpdate, ...]
    undated: str = ""


def updates_of(text: str, heading_day: str = "") -> Updates:
    """Return the updates of a cell: each line that begins with a day starts one."""
    found: list[tuple[str, list[str]]] = []
    loose: list[str] = []
    for line in text.split("\n"):
        start = dates.front(line)
        if start is not None:
            found.append((start.on.isoformat(), [start.rest] if start.rest else []))
        elif found:
            found[-1][1].append(line)
        else:
            loose.append(line)
    undated = "\n".join(loose).strip()
    if undated and heading_day:
        found.insert(0, (heading_day, [undated]))
        undated = ""
    made = [_update(on, "\n".join(lines).strip()) for on, lines in found]
    return Updates(tuple(each for each in made if each.text), undated)


def _update(on: str, text: str) -> PlanUpdate:
    return PlanUpdate(on, text)


def evidence_of(text: str) -> tuple[PlanEvidence, ...]:
    """Return the evidence of a cell: a line each, with its address where one stands."""
    found = []
    for line in text.split("\n"):
        match = URL.search(line)
        title = URL.sub("", line).strip(" \t-–•*:;,()")
        url = match[1].rstrip(").,;") if match else ""
        if title or url:
            found.append(PlanEvidence(title or url, url))
    return tuple(found)
