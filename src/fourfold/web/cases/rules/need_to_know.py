"""Who may see and change a case, by rules that have a name and a sentence; the first one decides.

The order is the law of this page: another force's case does not exist; a declared interest closes
a case even to those assigned; a sealed case opens to nobody but those assigned by name; then
assignment, the team's supervisor, the force's single point of contact, a live break-glass.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from fourfold.web.cases.models import Case
from fourfold.web.users.models import Role, User
from fourfold.web.users.policy import Decision

REVIEWING: Final = frozenset({"case.break_glass_review"})
BY_POINTER: Final = frozenset({"case.find", "report.join"})  # show and use the pointer alone
ASKING: Final = frozenset({"case.break_glass"})  # asked because nothing else opens the case
LOOKING_BY_BREAK_GLASS: Final = frozenset(
    {"case.open", "case.open_contact", "act.list", "act.open", "occasion.list", "course.open",
     "exhibit.list", "exhibit.open", "expiry.list", "run.list", "run.open", "finding.list",
     "finding.open", "finding.trace", "workbook.open", "proposal.list", "case.list",
     "report.list", "report.open"}
)  # fmt: skip
SUPERVISING: Final = Role.SUPERVISOR
FORCE_WIDE: Final = Role.SINGLE_POINT_OF_CONTACT
REVIEWING_FORCE_WIDE: Final = Role.AUDITOR

ASSIGNABLE: Final = frozenset(
    {Role.INVESTIGATOR, Role.SUPERVISOR, Role.SINGLE_POINT_OF_CONTACT, Role.ADVOCATE, Role.ANALYST}
)
BREAK_GLASS_LASTS: Final = timedelta(hours=8)
REASON_WORDS_MIN: Final = 5

RULES: Final[dict[str, str]] = {
    "other-force": "There is no such case.",
    "declared-interest": "Something you declared in the register of interests matches this case. "
    "A supervisor can clear a match that is not the same person or thing.",
    "assigned": "You are assigned to this case.",
    "sealed": "This case is sealed: only people assigned by name may open it.",
    "team-supervisor": "You supervise the team that has this case.",
    "single-point-of-contact": "You are the force’s single point of contact for stalking.",
    "break-glass": "You opened this case by break-glass.",
    "need-to-know": "You are not assigned to this case. Ask its team, or open it by break-glass "
    "with a reason; its supervisor and the auditor are told.",
    "own-force": "It is a case of your force.",
    "auditor": "You are an auditor of this force.",
    "not-reviewer": "A break-glass is reviewed by a supervisor of the case’s team or an auditor.",
    "own-act": "Somebody else must do this: it is about something you did yourself.",
}


@dataclass(frozen=True)
class Standing:
    """How a user stands to a case, as the database says it now."""

    has_conflict: bool
    is_assigned: bool
    has_break_glass: bool


def yes(rule: str) -> Decision:
    """Return a decision that allows, by a rule of this page."""
    return Decision(True, rule, RULES[rule])


def no(rule: str) -> Decision:
    """Return a decision that refuses, by a rule of this page."""
    return Decision(False, rule, RULES[rule], is_other_force=rule == "other-force")


def judge(actor: User, action: str, case: Case, standing: Standing) -> Decision:
    """Decide by the first rule that speaks. The role's table has been asked before."""
    if case.force_id != actor.force_id:
        return no("other-force")
    if standing.has_conflict:
        return no("declared-interest")
    if action in REVIEWING:
        return _reviewing(actor, case)
    if action in BY_POINTER | ASKING and not case.is_sealed:
        return yes("own-force")
    return _need(actor, action, case, standing)


def _reviewing(actor: User, case: Case) -> Decision:
    if actor.role == REVIEWING_FORCE_WIDE:
        return yes("auditor")
    if supervises(actor, case):
        return yes("team-supervisor")
    return no("not-reviewer")


def _need(actor: User, action: str, case: Case, standing: Standing) -> Decision:
    if standing.is_assigned:
        return yes("assigned")
    if case.is_sealed:
        return no("sealed")
    if supervises(actor, case):
        return yes("team-supervisor")
    if actor.role == FORCE_WIDE:
        return yes("single-point-of-contact")
    if action in LOOKING_BY_BREAK_GLASS and standing.has_break_glass:
        return yes("break-glass")
    return no("need-to-know")


def supervises(actor: User, case: Case) -> bool:
    """Return whether the user is a supervisor of the case's team."""
    return actor.role == SUPERVISING and actor.team_id == case.team_id


def has_enough_words(text: str) -> bool:
    """Return whether a reason says something."""
    return len(text.split()) >= REASON_WORDS_MIN
