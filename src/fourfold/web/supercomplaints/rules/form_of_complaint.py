"""The form of a complaint: the five items of regulation 4, and what guidance asks for besides."""

from dataclasses import dataclass
from typing import Final

from fourfold.web.supercomplaints.rules.procedure import GUIDANCE, LAW

REGULATION_4: Final = "SI 2018/748 reg. 4"
GUIDANCE_SOURCE: Final = "Guidance under SI 2018/412 reg. 5"


@dataclass(frozen=True)
class FeatureTold:
    """What is written of one feature of policing."""

    number: int
    text: str
    why_harmful: str
    harms: int = 0
    harms_with_scale: int = 0
    harms_with_groups: int = 0
    has_forces: bool = False
    facts: int = 0


@dataclass(frozen=True)
class Told:
    """What a complaint says, as far as its form asks."""

    is_in_writing: bool
    contact_name: str
    contact_details: str
    evidence_count: int
    features: tuple[FeatureTold, ...] = ()


@dataclass(frozen=True)
class Item:
    """One item of the form: whether it is met, and what to do where it is not."""

    words: str
    is_met: bool
    to_do: str
    basis: str
    source: str


def statutory(told: Told) -> tuple[Item, ...]:
    """Return the five items of regulation 4."""
    features = [each for each in told.features if each.text.strip()]
    silent = [each.number for each in features if not each.why_harmful.strip()]
    return (
        _law("It is in writing", told.is_in_writing, "Put it in writing: this draft does that."),
        _law(
            "It states the feature or features of policing", bool(features),
            "Add at least one feature under Features and harms.",
        ),
        _law(
            "It explains why each is, or appears to be, significantly harming the interests of"
            " the public", bool(features) and not silent,
            f"Say why for {_numbers(silent)}." if silent else "Add a feature, and say why.",
        ),
        _law(
            "It includes the evidence relied on", told.evidence_count > 0,
            "Upload the evidence under Documents.",
        ),
        _law(
            "It names an individual who represents the body and can be contacted",
            bool(told.contact_name.strip() and told.contact_details.strip()),
            "Enter a name, and how to reach that person, in the draft.",
        ),
    )  # fmt: skip


def structure(told: Told) -> tuple[Item, ...]:
    """Return what guidance asks for: features → harms → documented facts."""
    return (
        _guided(
            "Each feature has a list of harms", _every(told, "harms"),
            _to_do(told, "harms", "Add at least one harm to"),
        ),
        _guided(
            "Each feature has a harm whose scale is given", _every(told, "harms_with_scale"),
            _to_do(told, "harms_with_scale", "Say how many people, how often, for"),
        ),
        _guided(
            "It says whether particular groups are vulnerable", _every(told, "harms_with_groups"),
            _to_do(told, "harms_with_groups", "Name groups, or say that none stands out, for"),
        ),
        _guided(
            "It says which forces are responsible", _every(told, "has_forces"),
            _to_do(told, "has_forces", "Choose forces, or say which, for"),
        ),
        _guided(
            "Each feature stands on documented facts", _every(told, "facts"),
            _to_do(told, "facts", "Add a fact with its source to"),
        ),
    )  # fmt: skip


def is_form_met(told: Told) -> bool:
    """Return whether all items of regulation 4 are met as far as a program can tell."""
    return all(item.is_met for item in statutory(told))


def _law(words: str, is_met: bool, to_do: str) -> Item:
    return Item(words, is_met, "" if is_met else to_do, LAW, REGULATION_4)


def _guided(words: str, is_met: bool, to_do: str) -> Item:
    return Item(words, is_met, "" if is_met else to_do, GUIDANCE, GUIDANCE_SOURCE)


def _every(told: Told, name: str) -> bool:
    return bool(told.features) and all(getattr(each, name) for each in told.features)


def _to_do(told: Told, name: str, words: str) -> str:
    without = [each.number for each in told.features if not getattr(each, name)]
    return f"{words} {_numbers(without)}." if without else "Add a feature first."


def _numbers(numbers: list[int]) -> str:
    if len(numbers) == 1:
        return f"feature {numbers[0]}"
    return "features " + ", ".join(map(str, numbers))
