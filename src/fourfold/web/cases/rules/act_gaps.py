"""What is not yet recorded of an act, and which decision needs it. Never a reason not to save."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from fourfold.web.cases.models.acts import Act
from fourfold.web.cases.models.answers import Answer, Precision


@dataclass(frozen=True)
class Gap:
    """A field without an answer, what is missing, and what needs it."""

    field: str
    missing: str
    needed_for: str


NEEDED_FOR: Final[dict[str, str]] = {
    "victim_words": "the case file: what happened comes first in the victim's own words",
    "effect_words": "section 4A(1)(b)(ii): effect on daily life",
    "fear_of_violence": "section 4A(1)(b)(i): fear of violence on two occasions",
    "alarm": "section 4A(1)(b)(ii): serious alarm or distress",
    "distress": "section 4A(1)(b)(ii): serious alarm or distress",
    "when": "grouping acts into occasions, and the time limit",
    "codes": "showing that acts are ones associated with stalking, section 2A(2)(b)",
    "means": "finding the records that may show it",
    "actor_kind": "counting the act as the suspect's",
    "proxy_basis": "counting the act as the suspect's, section 7(3A)",
    "sources": "disclosure: where the act is known from",
}


def _is_proxy_without_basis(act: Any) -> bool:
    return bool(act.actor_kind == Act.ActorKind.PROXY and not act.proxy_basis.strip())


Check = Callable[[Any], bool]
CHECKS: Final[tuple[tuple[str, str, Check], ...]] = (
    ("victim_words", "The victim's words", lambda act: not act.victim_words.strip()),
    ("fear_of_violence", "Whether there was fear of violence",
     lambda act: act.fear_of_violence == Answer.NOT_ASKED),
    ("alarm", "Whether there was alarm", lambda act: act.alarm == Answer.NOT_ASKED),
    ("distress", "Whether there was distress", lambda act: act.distress == Answer.NOT_ASKED),
    ("effect_words", "What changed in daily life", lambda act: not act.effect_words.strip()),
    ("when", "When it happened", lambda act: act.precision == Precision.UNKNOWN),
    ("codes", "What kind of act it is", lambda act: not act.codes),
    ("means", "By what means", lambda act: act.means == Act.Means.NOT_KNOWN),
    ("actor_kind", "Who did it", lambda act: act.actor_kind == Act.ActorKind.UNKNOWN),
    ("proxy_basis", "Why the act counts as the suspect's", _is_proxy_without_basis),
)  # fmt: skip


def gaps_of(act: Any, *, sources: int) -> list[Gap]:
    """Return what is missing, in the order of the form."""
    found = [
        Gap(field, missing, NEEDED_FOR[field]) for field, missing, check in CHECKS if check(act)
    ]
    if not sources:
        found.append(Gap("sources", "Where it is known from", NEEDED_FOR["sources"]))
    return found
