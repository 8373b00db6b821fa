"""Who may do what, on which object, and why: one answer for pages, API and lists.

Two questions, one truth. `decide` answers for one object and names the rule; `permitted` cuts a
queryset down to the objects for which `decide` says yes. A policy per model gives both; property
tests hold them together. Policies register here from their app's `policies.py`, so that this
module knows no app above it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from django.db.models import Model, Q, QuerySet

from fourfold.web.users.models import Force, Team, User
from fourfold.web.users.permissions import may

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Decision:
    """Whether an act is allowed, by which rule, and the sentence that a page shows."""

    allowed: bool
    rule: str
    reason: str
    is_other_force: bool = False

    def __bool__(self) -> bool:
        return self.allowed


class Policy(Protocol):
    """The rules of one model. The role's table and the account have been asked before."""

    def decide(self, actor: User, action: str, subject: Any, purpose: str) -> Decision:
        """Decide about one object."""

    def permitted(self, actor: User, action: str, purpose: str) -> Q:
        """Return the condition under which `decide` says yes."""


_policies: dict[type[Model], Policy] = {}


def register(model: type[Model], policy: Policy) -> None:
    """Set the policy of a model; each model has one."""
    if model in _policies:
        raise ValueError(f"{model.__name__} has a policy already")
    _policies[model] = policy


def registered() -> dict[type[Model], Policy]:
    """Return every policy by model (tests walk it)."""
    return dict(_policies)


def decide(actor: User, action: str, subject: Model, purpose: str = "") -> Decision:
    """Decide whether an actor may do something to an object; a policy must exist for it."""
    role = general(actor, action)
    if not role:
        return role
    return _policies[type(subject)].decide(actor, action, subject, purpose)


def permitted(actor: User, action: str, queryset: QuerySet[M], purpose: str = "") -> QuerySet[M]:
    """Keep the objects of a queryset for which `decide` would say yes."""
    if not general(actor, action):
        return queryset.none()
    return queryset.filter(_policies[queryset.model].permitted(actor, action, purpose))


def general(actor: User, action: str) -> Decision:
    """Decide what account and role allow at all, before any object is asked."""
    if not actor.is_authenticated:
        return Decision(False, "signed-in", "Sign in first.")
    if not actor.is_active:
        return Decision(False, "account-closed", "This account is closed.")
    if not may(actor.role, action):
        return Decision(
            False, "role", f"The role “{actor.get_role_display()}” does not include this."
        )
    return Decision(True, "role", f"The role “{actor.get_role_display()}” includes this.")


@dataclass(frozen=True)
class OwnForce:
    """The policy of things that belong to a force: people of that force may, others may not."""

    path: str
    force_of: Callable[[Any], int]

    def decide(self, actor: User, action: str, subject: Any, purpose: str) -> Decision:
        """Allow within the actor's own force."""
        if self.force_of(subject) == actor.force_id:
            return Decision(True, "own-force", "It belongs to your force.")
        return Decision(False, "other-force", "It belongs to another force.", is_other_force=True)

    def permitted(self, actor: User, action: str, purpose: str) -> Q:
        """Return the same as a condition."""
        return Q(**{self.path: actor.force_id})


class UserPolicy(OwnForce):
    """The policy of people: of the own force, and nobody changes their own rights."""

    NOT_ONESELF = frozenset({"user.change_role", "user.close", "user.invite", "signal.review"})

    def decide(self, actor: User, action: str, subject: Any, purpose: str) -> Decision:
        """Decide as for the force; ask for somebody else where rights change."""
        decision = super().decide(actor, action, subject, purpose)
        if decision and action in self.NOT_ONESELF and subject.pk == actor.pk:
            return Decision(
                False, "not-oneself", "Somebody else must do this: it is your own account."
            )
        return decision

    def permitted(self, actor: User, action: str, purpose: str) -> Q:
        """Return the same as a condition."""
        own = super().permitted(actor, action, purpose)
        return own & ~Q(pk=actor.pk) if action in self.NOT_ONESELF else own


register(Force, OwnForce("pk", lambda force: force.pk))
register(Team, OwnForce("force", lambda team: team.force_id))
register(User, UserPolicy("force", lambda user: user.force_id))
