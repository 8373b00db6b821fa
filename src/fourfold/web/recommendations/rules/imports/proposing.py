"""What each label is taken to mean, and why: by its words first, then by what its cells hold."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from fourfold.web.recommendations.rules.imports import dates, synonyms, values
from fourfold.web.recommendations.rules.imports.cells import (
    ABOVE,
    ACROSS,
    BELOW,
    HEADING,
    OWN_WORDS,
    PAGE,
    UNDER,
    Cell,
    Record,
)

LEFT_OUT: Final = "left_out"
TARGETS: Final[dict[str, str]] = {
    "number": "Number of the recommendation",
    "part": "Part of the recommendation",
    "text": "What is recommended (compared, never changed)",
    "status": "Status",
    "position": "Position",
    "initial_response": "Initial response",
    "plan": "Plan",
    "due_on": "Due date",
    "no_date_reason": "Why there is no date",
    "owner": "Owner",
    "executive_lead": "Executive lead",
    "operational_lead": "Operational lead",
    "updates": "Dated updates",
    "update_on": "Date of the update",
    "evidence": "Evidence",
    "answered_on": "Answered on",
    "title": "Title of the plan",
    "introduction": "Introduction of the plan",
    LEFT_OUT: "Leave out",
}
MOST: Final = 0.7
EXAMPLES: Final = 3
EXAMPLE_CHARS: Final = 120


@dataclass(frozen=True)
class Meaning:
    """A label, what it is taken to mean, why, and some of its cells."""

    key: str
    label: str
    target: str
    reason: str
    count: int
    examples: tuple[str, ...] = ()


def key_of(label: str) -> str:
    """Return what a label is known by in a mapping."""
    return label if label in OWN_WORDS else synonyms.plain(label) or "(no label)"


def propose(records: Iterable[Record]) -> tuple[Meaning, ...]:
    """Return what each label is taken to mean, in the order in which labels come."""
    held: dict[str, list[Cell]] = {}
    for record in records:
        for cell in record.cells:
            held.setdefault(key_of(cell.label), []).append(cell)
    found = [_meaning(key, cells) for key, cells in held.items()]
    return tuple(_without_rivals(found))


def _meaning(key: str, cells: Sequence[Cell]) -> Meaning:
    label, texts = cells[0].label, [cell.text for cell in cells if not cell.is_repeat]
    target, reason = _own(label) or _by_words(label, texts) or _by_content(texts)
    examples = tuple(dict.fromkeys(text[:EXAMPLE_CHARS] for text in texts))[:EXAMPLES]
    return Meaning(
        key, OWN_WORDS.get(label, label.rstrip(": ")), target, reason, len(texts), examples
    )


def _own(label: str) -> tuple[str, str] | None:
    return {
        HEADING: ("number", "The heading names a recommendation."),
        PAGE: ("title", "It is the heading of the page."),
        ABOVE: ("introduction", "It stands above the first recommendation."),
        UNDER: ("initial_response", "It stands under a recommendation and has no label."),
        ACROSS: ("", "It reaches across the table and names no recommendation. Choose."),
        BELOW: ("", "It stands after a recommendation and belongs to none. Choose."),
    }.get(label)


def _by_words(label: str, texts: list[str]) -> tuple[str, str] | None:
    words, known = synonyms.plain(label), synonyms.field_words()
    if words in known:
        return _checked(known[words], f"“{label}” is a known heading for it.", texts)
    if synonyms.bare(label) in known:
        return _checked(known[synonyms.bare(label)], f"“{label}” is a known heading.", texts)
    parted = f" {words} "
    inner = max((p for p in known if len(p) > 3 and f" {p} " in parted), key=len, default="")
    if inner:
        return _checked(known[inner], f"The heading holds the word “{inner}”.", texts)
    return None


def _checked(target: str, reason: str, texts: list[str]) -> tuple[str, str]:
    """Return what a heading means, corrected by what stands below it."""
    if target == "number" and _share(texts, lambda t: values.number_of(t) is not None) < 0.5:
        return "text", f"{reason} But its cells hold words, not numbers."
    if target == "part" and _share(texts, lambda t: values.number_of(t) is not None) < 0.5:
        return "text", f"{reason} But its cells hold words, not numbers."
    if target == "updates" and _share(texts, lambda t: dates.day_of(t) is not None) > MOST:
        return "update_on", f"{reason} Its cells hold days and nothing else."
    if target == "status" and _share(texts, lambda t: len(t) > 200) > MOST:
        return "initial_response", f"{reason} But its cells hold long texts."
    return target, reason


def _by_content(texts: list[str]) -> tuple[str, str]:
    checks: tuple[tuple[str, str, Callable[[str], bool]], ...] = (
        ("number", "Most cells hold the number of a recommendation.", values.is_bare_number),
        ("due_on", "Most cells hold a day.", lambda t: dates.day_of(t) is not None),
        ("status", "Most cells hold the words of a status.", _is_status),
        ("updates", "Most cells begin with a day.", lambda t: dates.front(t) is not None),
        ("evidence", "Most cells hold an address.", lambda t: bool(values.URL.search(t))),
        ("owner", "Most cells name a post of an organisation.", _is_post),
    )
    for target, reason, test in checks:
        if _share(texts, test) >= MOST:
            return target, reason
    return "", "Neither its heading nor its cells say what it is. Choose."


def _share(texts: list[str], test: Callable[[str], bool]) -> float:
    return sum(1 for text in texts if test(text)) / len(texts) if texts else 0.0


def _is_status(text: str) -> bool:
    meant = values.status_of(text)
    return meant is not None and len(text) < 60


def _is_post(text: str) -> bool:
    return len(text) < 120 and bool(synonyms.posts().search(text))


def _without_rivals(found: list[Meaning]) -> list[Meaning]:
    """Let one label alone name the number; a second that could, with words behind, is the text."""
    numbers = [each for each in found if each.target == "number" and each.label not in OWN_WORDS]
    bare = [each for each in numbers if all(values.is_bare_number(t) for t in each.examples)]
    if len(numbers) < 2 or not bare:
        return found
    return [
        replace(each, target="text", reason="Another column holds the number; this one, the text.")
        if each in numbers and each not in bare
        else each
        for each in found
    ]
