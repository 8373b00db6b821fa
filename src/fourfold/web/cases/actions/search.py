"""Search the cases of the force: who searched and how much was found is recorded, not the words."""

from fourfold.web.cases.rules.interests import names_interest
from fourfold.web.cases.rules.search import Asked
from fourfold.web.cases.selectors.search import find
from fourfold.web.cases.selectors.search_pages import Shown, shown
from fourfold.web.users import access
from fourfold.web.users.models import User


def search_cases(*, actor: User, asked: Asked) -> Shown:
    """Return one page of what is found, and record the look with its counts."""
    decision = access.require(actor, "search.case", actor.force)
    answer = find(actor, asked)
    detail: dict[str, object] = {
        "opened": sum(len(part.open) for part in answer.parts),
        "pointed_to": sum(len(part.closed) for part in answer.parts),
        "reports": len(answer.reports),
        "page": asked.page,
    }
    if asked.offence:
        detail["offence"] = asked.offence
    if _names_own_interest(actor, asked.words):
        detail["meets_interest"] = True  # the auditor’s view reads it; the words stay unsaid
    page = shown(answer, asked)
    access.record_look(actor, "search.case", actor.force, decision, detail=detail)
    return page


def _names_own_interest(actor: User, words: str) -> bool:
    declared = actor.declared_interests.values_list("kind", "normalised")
    return any(names_interest(kind, normalised, words) for kind, normalised in declared)
