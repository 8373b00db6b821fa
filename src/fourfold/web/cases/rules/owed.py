"""What a case still owes, and which decision needs it. Never a reason not to save."""

from dataclasses import dataclass
from typing import Final

COURSE_OCCASIONS_MIN: Final = 2


@dataclass(frozen=True)
class CaseState:
    """Numbers about one case, from which the owed facts follow."""

    roles: frozenset[str] = frozenset()
    reports: int = 0
    reports_with_open_questions: int = 0
    acts: int = 0
    acts_without_time: int = 0
    acts_fear_not_asked: int = 0
    acts_without_effect: int = 0
    acts_by_proxy_without_basis: int = 0
    acts_outside_occasions: int = 0
    occasions_proposed: int = 0
    occasions_confirmed: int = 0
    knowledge_events: int = 0
    crimes: int = 0
    crimes_harassment_without_reason: int = 0


@dataclass(frozen=True)
class Owed:
    """One fact that is missing: the words, what needs it, and the tab where it is given."""

    words: str
    needed_for: str
    tab: str


def owed_of(state: CaseState) -> list[Owed]:
    """Return what is owed, in the order in which a case is built."""
    return [*_people(state), *_acts(state), *_course(state), *_crimes(state)]


def _people(state: CaseState) -> list[Owed]:
    found = []
    if "victim" not in state.roles:
        found.append(Owed("Nobody is recorded as the victim", "safeguarding", "people"))
    if "suspect" not in state.roles:
        found.append(
            Owed("Nobody is recorded as the suspect", "linking reports of other victims", "people")
        )
    if state.reports_with_open_questions:
        number = _number(state.reports_with_open_questions, "report has", "reports have")
        words = f"{number} questions of FOUR, danger or relationship that nobody asked"
        found.append(Owed(words, "deciding between stalking and harassment", "reports"))
    return found


def _acts(state: CaseState) -> list[Owed]:
    if not state.acts:
        return [Owed("No act is recorded", "every decision about the case", "acts")]
    lines = (
        (state.acts_without_time, "has no time", "have no time",
         "grouping acts into occasions, and the time limit"),
        (state.acts_fear_not_asked, "does not say whether fear of violence was asked about",
         "do not say whether fear of violence was asked about",
         "section 4A(1)(b)(i): fear of violence on two occasions"),
        (state.acts_without_effect, "does not say what it did to the victim",
         "do not say what they did to the victim",
         "section 4A(1)(b)(ii): effect on daily life"),
        (state.acts_by_proxy_without_basis, "by somebody else does not say why it counts",
         "by somebody else do not say why they count",
         "counting the act as the suspect’s, section 7(3A)"),
    )  # fmt: skip
    return [
        Owed(_number(number, f"act {one}", f"acts {many}"), needed_for, "acts")
        for number, one, many, needed_for in lines
        if number
    ]


def _course(state: CaseState) -> list[Owed]:
    found = []
    if state.occasions_proposed:
        words = _number(state.occasions_proposed, "proposed occasion is", "proposed occasions are")
        found.append(Owed(f"{words} not confirmed", "the course of conduct", "occasions"))
    if state.acts_outside_occasions:
        words = _number(state.acts_outside_occasions, "act is", "acts are")
        found.append(Owed(f"{words} in no occasion", "the course of conduct", "occasions"))
    if not state.knowledge_events:
        words = "Nothing is recorded about what the suspect was told"
        found.append(Owed(words, "showing knowledge, section 1(1)(b) and 1(2)", "knowledge"))
    return found


def _crimes(state: CaseState) -> list[Owed]:
    found = []
    if not state.crimes:
        found.append(Owed("No crime is recorded", "the Crime Recording Rules", "crimes"))
    if state.crimes_harassment_without_reason:
        words = _number(state.crimes_harassment_without_reason, "crime is", "crimes are")
        found.append(
            Owed(
                f"{words} recorded as harassment without a reason why it is not stalking",
                "the crime registrar, and charging advice",
                "crimes",
            )
        )
    return found


def _number(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
