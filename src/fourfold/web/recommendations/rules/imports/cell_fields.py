"""Put the words of a cell into a field of a line: days, statuses, posts, prose, evidence."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from fourfold.web.base.web_addresses import web_address
from fourfold.web.recommendations.rules.imports import dates, values
from fourfold.web.recommendations.rules.imports.synonyms import plain
from fourfold.web.recommendations.rules.plan_schema import (
    FIELDS,
    POSITION_WORDS,
    PROSE,
    STATUS_WORDS,
    WORDS,
    PlanEvidence,
    PlanLine,
    PlanUpdate,
    one_line,
    tidy,
)

POSTS: Final = ("owner", "executive_lead", "operational_lead")
POST_CHARS: Final = 200
TITLE_CHARS: Final = 200
URL_CHARS: Final = 400
NOTHING: Final = frozenset(
    {"", "n/a", "na", "n a", "none", "nil", "not applicable", "tbc", "tba", "blank", "see above"}
)
KEPT_WORDS: Final = "Its words are kept in “{}”."


class Trouble(ValueError):  # noqa: N818 - it is listed beside a cell, not raised to anybody
    """A cell cannot be placed; the message is the reason that is listed."""


@dataclass
class Draft:
    """A line as it grows."""

    number: int
    part: str = ""
    single: dict[str, str] = field(default_factory=dict)
    prose: dict[str, list[str]] = field(default_factory=dict)
    updates: list[PlanUpdate] = field(default_factory=list)
    evidence: list[PlanEvidence] = field(default_factory=list)

    def add_prose(self, name: str, text: str) -> None:
        """Add a paragraph; the same words are not said twice."""
        held = self.prose.setdefault(name, [])
        if text not in held:
            held.append(text)

    def add_update(self, update: PlanUpdate) -> None:
        """Add an update once."""
        if update not in self.updates:
            self.updates.append(update)

    def set(self, name: str, value: str) -> None:
        """Set a field that holds one value; another one is trouble."""
        if self.single.setdefault(name, value) != value:
            raise Trouble(f"Another cell gives “{WORDS[name]}” otherwise.")

    def line(self) -> PlanLine:
        """Return the line."""
        prose = {name: "\n\n".join(parts) for name, parts in self.prose.items()}
        return PlanLine(
            self.number,
            self.part,
            **{**self.single, **prose},
            updates=tuple(sorted(self.updates, key=lambda each: each.on)),
            evidence=tuple(self.evidence),
        )


def is_nothing(text: str) -> bool:
    """Say whether a cell says by its own words that there is nothing."""
    return plain(text) in NOTHING or not text.strip(" -–—.\n")


def put(draft: Draft, target: str, text: str, statuses: Mapping[str, str]) -> str:
    """Put a cell into a field; return a note where more than the field took its words.

    Raises:
        Trouble: it cannot be placed.
    """
    if is_nothing(text):
        return "It says that there is nothing; the field stays empty."
    if target in ("number", "part"):
        return _number(draft, text)
    if target in PROSE:
        return _prose(draft, target, text)
    if target == "status":
        return _status(draft, text, statuses)
    how = {"position": _position, "evidence": _evidence}.get(target)
    if how is not None:
        return how(draft, text)
    return _post(draft, target, text) if target in POSTS else _day(draft, target, text)


def put_repeat(draft: Draft, target: str, text: str) -> None:
    """Put a merged cell into a further line that it reaches to, where it is short."""
    if target in POSTS:
        draft.single.setdefault(target, one_line(text)[:POST_CHARS])
    elif target == "due_on" and (on := dates.day_of(text)) is not None:
        draft.single.setdefault(target, on.isoformat())


def _number(draft: Draft, text: str) -> str:
    found = values.number_of(text)
    if found is None:
        raise Trouble("It holds no number of a recommendation.")
    if found.rest:
        draft.add_prose("text", tidy(found.rest))
    return ""


def _prose(draft: Draft, target: str, text: str) -> str:
    draft.add_prose(target, text)
    return ""


def _post(draft: Draft, target: str, text: str) -> str:
    said = one_line(text)
    held = draft.single.get(target, "")
    joined = said if not held or held == said else f"{held}; {said}"
    if len(joined) > POST_CHARS:
        raise Trouble(f"It is longer than {POST_CHARS} characters.")
    draft.single[target] = joined
    return ""


def _status(draft: Draft, text: str, statuses: Mapping[str, str]) -> str:
    meant, chosen = values.status_of(text), statuses.get(one_line(text), "")
    value = chosen or (meant.value if meant else "")
    if not value:
        raise Trouble("No status of ours is known to say this. Choose one.")
    draft.set("status", value)
    label = STATUS_WORDS[value]
    if meant is not None and meant.is_exact and meant.value == value:
        same = plain(text) == plain(label)
        return "" if same else f"Read as “{label}”. The words stay with this import."
    name = "no_date_reason" if value == "no_date_possible" else "plan"
    draft.add_prose(name, text if name == "no_date_reason" else f"Status as written: “{text}”")
    return f"Read as “{label}”. {KEPT_WORDS.format(WORDS[name])}"


def _position(draft: Draft, text: str) -> str:
    meant = values.position_of(text)
    if meant is None:
        raise Trouble("It is not clear whether the recommendation is accepted. Enter it by hand.")
    draft.set("position", meant.value)
    if meant.is_exact:
        return ""
    draft.add_prose("initial_response", text)
    return f"Read as “{POSITION_WORDS[meant.value]}”. {KEPT_WORDS.format('Initial response')}"


def _evidence(draft: Draft, text: str) -> str:
    found = values.evidence_of(text)
    if any(len(each.title) > TITLE_CHARS or len(each.url) > URL_CHARS for each in found):
        raise Trouble(f"A title of evidence holds at most {TITLE_CHARS} characters.")
    draft.evidence += [each for each in found if each not in draft.evidence]
    return ""


def _day(draft: Draft, target: str, text: str) -> str:
    on = dates.day_of(text)
    if target == "update_on":
        if on is None or on.isoformat() not in {update.on for update in draft.updates}:
            raise Trouble("It is no day of an update that stands beside it.")
        return ""
    if on is not None:
        draft.set(target, on.isoformat())
        return ""
    if target == "answered_on":
        raise Trouble("It is no day. A month or a quarter does not say when it was answered.")
    said = text if values.NO_DATE.search(text) else f"Due date as written: “{text}”"
    draft.add_prose("no_date_reason", said)
    return f"It is no day. {KEPT_WORDS.format(WORDS['no_date_reason'])}"


def cells_of(line: PlanLine) -> list[tuple[str, str]]:
    """Return what a line holds as cells: label and text."""
    held = [(each.words, getattr(line, each.name)) for each in FIELDS if getattr(line, each.name)]
    held += [("Updates", f"{each.on} {each.text}") for each in line.updates]
    return held + [("Evidence", f"{each.title} {each.url}".strip()) for each in line.evidence]


def checked(line: PlanLine) -> tuple[PlanLine, list[tuple[str, str, str]]]:
    """Return a line of a file of ours without what the schema does not hold, and that, with why."""
    bad: list[tuple[str, str, str]] = []
    emptied: dict[str, str] = {}
    for name, held in (("status", STATUS_WORDS), ("position", POSITION_WORDS)):
        if getattr(line, name) and getattr(line, name) not in held:
            bad.append((WORDS[name], getattr(line, name), "It is no value of the schema."))
            emptied[name] = ""
    for name in ("due_on", "answered_on"):
        if getattr(line, name) and not _is_day(getattr(line, name)):
            bad.append((WORDS[name], getattr(line, name), "It is no day."))
            emptied[name] = ""
    for name in POSTS:
        if len(getattr(line, name)) > POST_CHARS:
            reason = f"It is longer than {POST_CHARS} characters."
            bad.append((WORDS[name], getattr(line, name), reason))
            emptied[name] = ""
    updates = tuple(each for each in line.updates if _is_sound(each))
    bad += [
        ("Updates", f"{each.on} {each.text}", "It has no day, no text or no known status.")
        for each in line.updates
        if each not in updates
    ]
    evidence = tuple(each for each in line.evidence if _is_shown(each))
    bad += [
        ("Evidence", f"{each.title} {each.url}", "Its title or address cannot be kept.")
        for each in line.evidence
        if each not in evidence
    ]
    return replace(line, **emptied, updates=updates, evidence=evidence), bad  # type: ignore[arg-type]


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_sound(update: PlanUpdate) -> bool:
    has_status = not update.status or update.status in STATUS_WORDS
    return bool(update.text) and _is_day(update.on) and has_status


def _is_shown(evidence: PlanEvidence) -> bool:
    is_address = not evidence.url or web_address(evidence.url) == evidence.url
    is_short = len(evidence.title) <= TITLE_CHARS and len(evidence.url) <= URL_CHARS
    return bool(evidence.title) and is_address and is_short
