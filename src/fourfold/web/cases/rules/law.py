"""What each jurisdiction's law of stalking asks for, in the words that pages use for gaps."""

from dataclasses import dataclass
from typing import Final

from fourfold.web.cases.models.answers import Jurisdiction


@dataclass(frozen=True)
class Law:
    """Which provision needs which part of the record; `fears_needed` is 0 where none is set."""

    fear: str
    effect: str
    distress: str
    knowledge: str
    kinds: str
    proxy: str
    fears_needed: int
    has_time_limit: bool


ENGLAND_AND_WALES: Final = Law(
    fear="section 4A(1)(b)(i): fear of violence on two occasions",
    effect="section 4A(1)(b)(ii): effect on usual day-to-day activities",
    distress="section 4A(1)(b)(ii): serious alarm or distress",
    knowledge="the knowledge test, section 1(2) and section 4A(2)",
    kinds="showing that acts are ones associated with stalking, section 2A(2)(b)",
    proxy="counting the act as the suspect’s, section 7(3A)",
    fears_needed=2,
    has_time_limit=True,
)
NORTHERN_IRELAND: Final = Law(
    fear="section 1 of the 2022 Act: fear, alarm or substantial distress",
    effect="section 1 of the 2022 Act: how substantial the distress was",
    distress="section 1 of the 2022 Act: fear, alarm or substantial distress",
    knowledge="section 1(2)(b) of the 2022 Act: what was known, or ought to have been",
    kinds="showing conduct of the kinds listed in section 1(4) of the 2022 Act",
    proxy="counting the act as the suspect’s",
    fears_needed=0,
    has_time_limit=False,
)
SCOTLAND: Final = Law(
    fear="section 39 of the 2010 Act: fear or alarm",
    effect="section 39 of the 2010 Act: fear or alarm",
    distress="section 39 of the 2010 Act: fear or alarm",
    knowledge="section 39 of the 2010 Act: what was known, or ought to have been",
    kinds="showing conduct of the kinds listed in section 39(6) of the 2010 Act",
    proxy="counting the act as the suspect’s",
    fears_needed=0,
    has_time_limit=False,
)
LAWS: Final = {
    Jurisdiction.ENGLAND_AND_WALES: ENGLAND_AND_WALES,
    Jurisdiction.NORTHERN_IRELAND: NORTHERN_IRELAND,
    Jurisdiction.SCOTLAND: SCOTLAND,
}


def law_of(jurisdiction: str) -> Law:
    """Return the law of a jurisdiction."""
    return LAWS[Jurisdiction(jurisdiction)]
