"""Collate what organisations said, recommendation by recommendation. Counts, never "about".

What was not published by the day of the report is not read here: it counts as not answered (within
a super-complaint of the public record: as not recorded here), or, where it was sent, as sent and
not published.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from fourfold.web.base.words import plural
from fourfold.web.publication import content
from fourfold.web.recommendations.rules.standing import (
    NOT_ANSWERED,
    NOT_RECORDED,
    SILENT,
    STATES,
    state_of,
)

SENT: Final = "sent_not_published"
STATE_WORDS: Final[dict[str, str]] = {
    **{state.code: state.word for state in STATES if state.code not in SILENT},
    SENT: "Sent, not published",
    NOT_ANSWERED: "Not answered",
    NOT_RECORDED: "Not recorded here",
}


@dataclass(frozen=True)
class Asked:
    """One answer that is owed: to which recommendation or part, by whom; whether it was sent."""

    ref: str
    number: int
    part: str
    organisation: str
    is_sent: bool = False

    @property
    def code(self) -> str:
        """Return how it is cited."""
        return self.part or str(self.number)


@dataclass(frozen=True)
class Quote:
    """Words of an organisation as it published them, and the day they bear ("" where none)."""

    key: str
    code: str
    organisation: str
    on: str
    what: str
    text: str


@dataclass(frozen=True)
class Stand:
    """How one organisation stands to one line, and what it published."""

    asked: Asked
    state: str
    said: content.Answer | None = None

    @property
    def words(self) -> str:
        """Return the state in words."""
        return STATE_WORDS[self.state]

    def quotes(self) -> tuple[Quote, ...]:
        """Return what can be quoted."""
        if self.said is None:
            return ()
        given = (("Response", self.said.answered_on, self.said.initial_response),
                 ("Plan", self.said.answered_on, self.said.plan),
                 *(("Update", each.on, each.text) for each in self.said.updates))  # fmt: skip
        return tuple(self._quote(what, on, text) for what, on, text in given if text)

    def _quote(self, what: str, on: str, text: str) -> Quote:
        digest = hashlib.sha256(f"{what}\0{on}\0{text}".encode()).hexdigest()[:12]
        asked = self.asked
        return Quote(f"{asked.ref}:{digest}", asked.code, asked.organisation, on, what, text)


@dataclass
class Line:
    """A recommendation or a part of one, with every organisation that it addresses."""

    number: int
    part: str
    text: str
    stands: list[Stand] = field(default_factory=list)
    silence: str = NOT_ANSWERED

    @property
    def code(self) -> str:
        """Return how it is cited."""
        return self.part or str(self.number)

    @property
    def counts(self) -> dict[str, int]:
        """Return how many stand in each state; every state is there, a nought too."""
        counted = Counter(stand.state for stand in self.stands)
        return {state: counted[state] for state in states_with(self.silence)}

    def sentence(self) -> str:
        """Say the counts with their denominator."""
        said = [
            f"{STATE_WORDS[state]} {number:,}"
            for state, number in self.counts.items()
            if number or state in ("no_date_possible", self.silence)
        ]
        addressed = plural(len(self.stands), "organisation is", "organisations are")
        return f"{addressed} asked for an answer: {'; '.join(said)}."


def states_with(silence: str) -> tuple[str, ...]:
    """Return the states that are counted: of the two silences, the one that is meant."""
    return tuple(state for state in STATE_WORDS if state == silence or state not in SILENT)


@dataclass(frozen=True)
class Change:
    """A line of an organisation that stands otherwise than in the report before."""

    code: str
    organisation: str
    before: str
    now: str


def collate(
    asked: Iterable[Asked],
    said: Mapping[str, content.Answer],
    texts: Mapping[str, str],
    silence: str = NOT_ANSWERED,
) -> list[Line]:
    """Return every line with how each organisation stands, in the order of numbers."""
    lines: dict[tuple[int, str], Line] = {}
    for each in asked:
        key = (each.number, each.part)
        line = lines.setdefault(key, Line(*key, texts.get(each.code, ""), silence=silence))
        words = said.get(each.ref)
        if words is not None:
            stand = Stand(each, state_of(words.status, words.position), words)
        else:
            stand = Stand(each, SENT if each.is_sent else silence)
        line.stands.append(stand)
    for line in lines.values():
        line.stands.sort(key=lambda stand: stand.asked.organisation)
    return [lines[key] for key in sorted(lines, key=_order)]


def _order(key: tuple[int, str]) -> tuple[int, int, str]:
    number, part = key
    behind = part.partition(".")[2]
    return number, int(behind) if behind.isdecimal() else -1, part


def standing_of(lines: Iterable[Line]) -> dict[str, str]:
    """Return the state of every answer, kept for the next report."""
    return {stand.asked.ref: stand.state for line in lines for stand in line.stands}


def changes(lines: Iterable[Line], before: Mapping[str, str]) -> list[Change]:
    """Return what stands otherwise than before; what was not asked then stands as a silence."""
    return [
        Change(line.code, stand.asked.organisation, STATE_WORDS[was], stand.words)
        for line in lines
        for stand in line.stands
        if (was := before.get(stand.asked.ref, line.silence)) != stand.state and was in STATE_WORDS
    ]
