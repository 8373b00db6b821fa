"""When two records speak of the same number, name or thing, and in which words that is said.

Equality of normal forms (users/identifiers.py), and one cautious variant for names: the same
words but for one letter. There is no score: matches are put in order by how many identifiers are
the same, then by how many names are similar, then by date, newest first.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from string import ascii_lowercase
from typing import Final

from fourfold.web.users.models import IdentifierKind

NAME_LETTERS_MIN: Final = 8  # below it, one letter makes a different name too often
SUSPECT, VICTIM, OTHER = "suspect", "victim", "other"
WORDS_OF_KIND: Final = {
    IdentifierKind.PHONE: "phone number",
    IdentifierKind.EMAIL: "email address",
    IdentifierKind.ACCOUNT: "online account",
    IdentifierKind.VEHICLE: "vehicle registration",
    IdentifierKind.ADDRESS: "address",
    IdentifierKind.NAME: "name",
    IdentifierKind.DEVICE: "device",
    IdentifierKind.SIM: "SIM",
    IdentifierKind.CARD: "card",
}
WORDS_OF_WHOSE: Final = {SUSPECT: "the suspect's", VICTIM: "the victim's", OTHER: "somebody else's"}
SWAPPED: Final = (
    "What is said to be the suspect's in one record is said to be the victim's in the other. "
    "This can be a counter-allegation. Read both accounts before you decide anything."
)


@dataclass(frozen=True)
class Known:
    """An identifier in its normal form, and whose it is said to be (nobody, one or several)."""

    kind: str
    normalised: str
    whose: frozenset[str]
    is_sensitive: bool = False


@dataclass(frozen=True)
class Reason:
    """One identifier that two records share."""

    kind: str
    whose_here: frozenset[str]
    whose_there: frozenset[str]
    is_similar: bool = False
    is_guarded: bool = False

    @property
    def is_swapped(self) -> bool:
        """Say whether it is the suspect's on one side and the victim's on the other."""
        here, there = self.whose_here, self.whose_there
        return (SUSPECT in here and VICTIM in there) or (VICTIM in here and SUSPECT in there)

    @property
    def words(self) -> str:
        """Return the reason as a sentence without any of its content."""
        what = WORDS_OF_KIND[IdentifierKind(self.kind)]
        if self.is_similar:
            return f"Similar {what}, one letter different: {self._whose()}."
        return f"Same {what}: {self._whose()}."

    def _whose(self) -> str:
        if self.whose_here == self.whose_there:
            return f"{_said(self.whose_here)} in both"
        return f"{_said(self.whose_here)} here, {_said(self.whose_there)} there"

    def as_record(self) -> dict[str, object]:
        """Return what is kept with a joining: kinds and whose, never content."""
        return {
            "kind": self.kind,
            "here": sorted(self.whose_here),
            "there": sorted(self.whose_there),
            "is_similar": self.is_similar,
        }


def _said(whose: frozenset[str]) -> str:
    if not whose:
        return "not said whose"
    return "said to be " + " and ".join(WORDS_OF_WHOSE[one] for one in sorted(whose))


def compare(here: Iterable[Known], there: Iterable[Known]) -> list[Reason]:
    """Return a reason for each identifier that both sides hold; same ones first."""
    ours, theirs = _gathered(here), _gathered(there)
    reasons = []
    for known in ours:
        for other in theirs:
            same = known.kind == other.kind and known.normalised == other.normalised
            if same or _is_similar(known, other):
                guarded = other.is_sensitive and not (
                    VICTIM in known.whose and VICTIM in other.whose
                )
                reasons.append(
                    Reason(known.kind, known.whose, other.whose, not same, is_guarded=guarded)
                )
    return sorted(reasons, key=lambda reason: reason.is_similar)


def _gathered(side: Iterable[Known]) -> list[Known]:
    """Return each identifier of a side once, with everybody whose it is said to be."""
    found: dict[tuple[str, str], Known] = {}
    for known in side:
        if not known.normalised:
            continue
        key = (known.kind, known.normalised)
        before = found.get(key, Known(*key, frozenset()))
        found[key] = Known(
            *key, before.whose | known.whose, before.is_sensitive or known.is_sensitive
        )
    return list(found.values())


def may_point(reasons: Iterable[Reason]) -> bool:
    """Say whether a record that stays closed may be pointed to at all.

    Where all that matches is kept to protect a victim, a pointer would tell whoever typed it that
    it is right. It is given only where both records say that it is the victim's.
    """
    return any(not reason.is_guarded for reason in reasons)


def order_of(reasons: Sequence[Reason], at: datetime) -> tuple[int, int, float]:
    """Return the place of a match in the list: most identifiers first, then newest."""
    same = sum(not reason.is_similar for reason in reasons)
    return -same, same - len(reasons), -at.timestamp()


def _is_similar(here: Known, there: Known) -> bool:
    if here.kind != IdentifierKind.NAME or there.kind != IdentifierKind.NAME:
        return False
    return here.normalised != there.normalised and there.normalised in set(
        similar_names(here.normalised)
    )


def similar_names(name: str) -> Iterator[str]:
    """Yield names that differ in one letter: added, left out, changed, or swapped with the next.

    `name` is in its normal form. Only names of two words or more and of NAME_LETTERS_MIN letters
    or more, and never the first letter of a word: a different initial is a different name.
    """
    words = name.split(" ")
    if len(words) < 2:
        return
    for at, word in enumerate(words):
        for changed in _one_letter(word):
            variant = " ".join(sorted([*words[:at], changed, *words[at + 1 :]]))
            if _letters(variant) >= NAME_LETTERS_MIN <= _letters(name) and variant != name:
                yield variant


def _letters(name: str) -> int:
    return len(name.replace(" ", ""))


def _one_letter(word: str) -> set[str]:
    """Return what a word becomes by one letter; a letter outside a-z is never put in or out."""
    variants: set[str] = set()
    for at in range(1, len(word) + 1):
        head, rest = word[:at], word[at:]
        variants.update(head + letter + rest for letter in ascii_lowercase)
        if rest and rest[0] in ascii_lowercase:
            variants.add(head + rest[1:])
            variants.update(head + letter + rest[1:] for letter in ascii_lowercase)
        if len(rest) >= 2:
            variants.add(head + rest[1] + rest[0] + rest[2:])
    return variants - {word}
