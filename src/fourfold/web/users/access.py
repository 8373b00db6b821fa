"""The one door: every page, API call and action asks here, and what was asked is recorded."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponseBase

from fourfold.web.accountability import ledger
from fourfold.web.users import policy
from fourfold.web.users.models import User
from fourfold.web.users.policy import Decision

View = Callable[..., HttpResponseBase]
V = TypeVar("V", bound=View)
LOOKS = ("GET", "HEAD")


class Refused(PermissionDenied):  # noqa: N818 - PermissionDenied sets the pattern
    """The policy said no. Carries the decision, for the page that explains it."""

    def __init__(self, decision: Decision, subject: Model) -> None:
        super().__init__(decision.reason)
        self.decision = decision
        self.subject = subject


def actor_of(request: HttpRequest) -> User:
    """Return the signed-in user of a request."""
    return cast(User, request.user)


def see(actor: User, action: str, subject: Model, purpose: str = "") -> Decision:
    """Decide without recording: to show or hide a control."""
    return policy.decide(actor, action, subject, purpose)


def require(actor: User, action: str, subject: Model, purpose: str = "") -> Decision:
    """Decide; record and raise a refusal. What is allowed, `record_act` records at its end."""
    decision = policy.decide(actor, action, subject, purpose)
    if not decision:
        refuse(actor, action, subject, decision)
    return decision


def refuse(actor: User, action: str, subject: Model, decision: Decision) -> None:
    """Record a refusal and raise it: 404 for what belongs to another force."""
    _record(actor, action, subject, decision, outcome="refused", detail=None)
    if decision.is_other_force:
        raise Http404("There is no such record.")
    raise Refused(decision, subject)


def record_look(
    actor: User,
    action: str,
    subject: Model,
    decision: Decision,
    *,
    detail: dict[str, Any] | None = None,
) -> None:
    """Record that a user looked at something."""
    with transaction.atomic():
        _record(actor, action, subject, decision, outcome="done", detail=detail)


def record_act(
    actor: User,
    action: str,
    subject: Model,
    *,
    decision: Decision | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    """Record what an action did; call it last, inside the action's transaction."""
    _record(actor, action, subject, decision, outcome="done", detail=detail)


def _record(
    actor: User,
    action: str,
    subject: Model,
    decision: Decision | None,
    *,
    outcome: str,
    detail: dict[str, Any] | None,
) -> None:
    ledger.record(
        ledger.Entry(
            act=action,
            actor_ref=actor.ref,
            actor_role=actor.role,
            force_ref=actor.force.ref,
            subject_kind=type(subject)._meta.model_name or "",
            subject_ref=str(getattr(subject, "ref", "")),
            case_ref=case_ref_of(subject),
            outcome=outcome,
            rule=decision.rule if decision else "",
            purpose=decision.rule if decision and decision.allowed else "",
            detail=detail,
        )
    )


def case_ref_of(subject: Model) -> str:
    """Return the reference of the case that an object belongs to, or an empty text."""
    if type(subject)._meta.label == "cases.Case":
        return str(getattr(subject, "ref", ""))
    return str(getattr(getattr(subject, "case", None), "ref", ""))


def needs(action: str, load: Callable[..., Model] | None = None) -> Callable[[View], View]:
    """Require a permission of a view, and record the look.

    Args:
        action: name of the act (accountability/acts.py).
        load: takes the URL's arguments and returns the object, or raises Http404. Without it the
            actor's force is the object, and the view is called without one.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, /, **kwargs: Any) -> HttpResponseBase:
            actor = actor_of(request)
            subject = load(**kwargs) if load else actor.force
            decision = require(actor, action, subject)
            if request.method in LOOKS:
                record_look(actor, action, subject, decision)
            if load:
                return view(request, subject, **kwargs)
            return view(request, **kwargs)

        guarded.permission = action  # type: ignore[attr-defined]
        return guarded

    return decorate


def open_to(reason: str) -> Callable[[View], View]:
    """Mark a view that asks for no permission, and say why."""

    def decorate(view: View) -> View:
        view.open_to = reason  # type: ignore[attr-defined]
        return view

    return decorate
