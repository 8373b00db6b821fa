"""What is not yet recorded of an act, and which decision needs it. Never a reason not to save."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from fourfold.web.cases.models.acts import Act
from fourfold.web.cases.models.answers import Answer, Precision
from fourfold.web.cases.rules.law import Law


@dataclass(frozen=True)
class Gap:
    """A field without an answer, what is missing, and what needs it."""

    field: str
    missing: str
    needed_for: str


def needed_for(law: Law) -> dict[str, str]:
    """Return which decision needs each field, under a jurisdiction's law."""
    return {
        "victim_words": "the case file: what happened comes first in the victim’s own words",
        "fear_of_violence": law.fear,
        "alarm": law.distress,
        "distress": law.distress,
        "effect_words": law.effect,
        "when": "grouping acts into occasions, and the dates of a charge",
        "codes": law.kinds,
        "means": "finding the records that may show it",
        "actor_kind": "counting the act as the suspect’s",
        "proxy_basis": law.proxy,
        "sources": "disclosure: where the act is known from",
    }


def _is_proxy_without_basis(act: Any) -> bool:
    return bool(act.actor_kind == Act.ActorKind.PROXY and not act.proxy_basis.strip())


Check = Callable[[Any], bool]
CHECKS: Final[tuple[tuple[str, str, Check], ...]] = (
    ("victim_words", "The victim’s words", lambda act: not act.victim_words.strip()),
    ("fear_of_violence", "Whether there was fear of violence",
     lambda act: act.fear_of_violence == Answer.NOT_ASKED),
    ("alarm", "Whether there was alarm", lambda act: act.alarm == Answer.NOT_ASKED),
    ("distress", "Whether there was distress", lambda act: act.distress == Answer.NOT_ASKED),
    ("effect_words", "What changed in daily life", lambda act: not act.effect_words.strip()),
    ("when", "When it happened", lambda act: act.precision == Precision.UNKNOWN),
    ("codes", "What kind of act it is", lambda act: not act.codes),
    ("means", "By what means", lambda act: act.means == Act.Means.NOT_KNOWN),
    ("actor_kind", "Who did it", lambda act: act.actor_kind == Act.ActorKind.UNKNOWN),
    ("proxy_basis", "Why the act counts as the suspect’s", _is_proxy_without_basis),
)  # fmt: skip


def gaps_of(act: Any, *, sources: int, law: Law) -> list[Gap]:
    """Return what is missing, in the order of the form."""
    needed = needed_for(law)
    found = [Gap(field, missing, needed[field]) for field, missing, check in CHECKS if check(act)]
    if not sources:
        found.append(Gap("sources", "Where it is known from", needed["sources"]))
    return found
