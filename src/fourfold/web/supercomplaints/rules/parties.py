"""Who sees what of a super-complaint: the rules, in plain English, without a database."""

from dataclasses import dataclass
from typing import Final

from fourfold.web.users.models import Role
from fourfold.web.users.policy import Decision

OFFICER: Final = Role.COMPLAINTS_OFFICER
PREPARING: Final = "preparing"
PUBLIC_ROLES: Final = frozenset({Role.RESPONDER, Role.AUDITOR, Role.SUPERVISOR})


@dataclass(frozen=True)
class Standing:
    """How a user stands to a super-complaint."""

    role: str
    is_body: bool
    state: str
    is_shared: bool
    is_published: bool


def judge(standing: Standing) -> Decision:
    """Decide whether a user may do to a super-complaint what the role includes."""
    if standing.role == Role.COMPLAINANT:
        return _of_body(standing)
    if standing.role == OFFICER:
        return _of_authority(standing)
    if standing.role in PUBLIC_ROLES and standing.is_published:
        return Decision(True, "published", "The report is published.")
    return hidden()


def _of_body(standing: Standing) -> Decision:
    if standing.is_body:
        return Decision(True, "own-complaint", "Your organisation makes this super-complaint.")
    if standing.is_published:
        return Decision(True, "published", "The report is published.")
    return hidden()


def _of_authority(standing: Standing) -> Decision:
    if standing.state != PREPARING:
        return Decision(True, "authority", "The authorities decide and investigate together.")
    if standing.is_shared:
        return Decision(True, "shared-draft", "The body has shared its draft for a talk.")
    return hidden()


def hidden() -> Decision:
    """Refuse as if the record did not exist."""
    return Decision(
        False, "not-a-party", "It is not yet open to your organisation.", is_other_force=True
    )
