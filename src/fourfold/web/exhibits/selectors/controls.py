"""What the actor may do on a page of a case: one answer per action, few questions."""

from typing import Final

from django.db.models import Model

from fourfold.web.cases.rules.need_to_know import LOOKING_BY_BREAK_GLASS
from fourfold.web.users import access
from fourfold.web.users.models import User
from fourfold.web.users.permissions import may
from fourfold.web.users.policy import Decision

INCLUDED: Final = Decision(True, "role", "Your role includes this.")


def controls(actor: User, subject: Model, *actions: str) -> dict[str, Decision]:
    """Decide each action about something of a case.

    The case's policy tells looking from working and nothing finer, so that actions the role may
    do share the answer of the first of their kind.
    """
    known: dict[bool, Decision] = {}
    answers: dict[str, Decision] = {}
    for action in actions:
        if not may(actor.role, action):
            answers[action] = access.see(actor, action, subject)
            continue
        is_look = action in LOOKING_BY_BREAK_GLASS
        if is_look not in known:
            known[is_look] = access.see(actor, action, subject)
        answers[action] = known[is_look]
    return answers


def controls_by_role(actor: User, subject: Model, *actions: str) -> dict[str, Decision]:
    """Decide by the role alone, for pages that ask much already: the page behind decides fully.

    Whoever may only look (break-glass) is then refused there, with the rule that says so.
    """
    return {
        action: INCLUDED if may(actor.role, action) else access.see(actor, action, subject)
        for action in actions
    }
