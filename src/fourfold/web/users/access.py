"""The one door: every page, API call and action asks here, and what was asked is recorded."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.functional import SimpleLazyObject

from fourfold.web.accountability import acts, context, ledger
from fourfold.web.users import policy
from fourfold.web.users.models import User
from fourfold.web.users.policy import Decision

View = Callable[..., HttpResponseBase]
V = TypeVar("V", bound=View)
S = TypeVar("S", bound=Model)
LOOKS = ("GET", "HEAD")
FAILED = Decision(False, "not-confirmed", "The passkey was not recognised.")
LOOKING = ("consult", "disclose", "export", "login")
COMBINED_BY_LOOKING = frozenset({"report.match"})  # the page itself compares

_told_of: dict[str, Callable[[User, Model], None]] = {}


class Refused(PermissionDenied):
    """The policy said no. Carries the decision, for the page that explains it."""

    def __init__(self, decision: Decision, subject: Model) -> None:
        super().__init__(decision.reason)
        self.decision = decision
        self.subject = subject


def actor_of(request: HttpRequest) -> User:
    """Return the signed-in user of a request."""
    user = request.user
    if isinstance(user, SimpleLazyObject):  # the policy asks for the type of what it is given
        bool(user.is_authenticated)
        user = user._wrapped
    return cast(User, user)


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
    _record(actor, action, subject, decision)
    if decision.rule in _told_of:
        _told_of[decision.rule](actor, subject)
    if decision.is_other_force:
        raise Http404("There is no such record.")
    raise Refused(decision, subject)


def tell_when_refused(rule: str, tell: Callable[[User, Model], None]) -> None:
    """Set who is told when a rule refuses: apps above register, as they do their policies."""
    _told_of[rule] = tell


def look_of(action: str, subject: Model) -> str:
    """Return the act of looking at the page of an action; "" where it shows nothing of anybody.

    A form that is only looked at has not done what it is for: the look is that at its subject.
    """
    if action in COMBINED_BY_LOOKING or acts.kind_of(action).op in LOOKING:
        return action
    opened = f"{type(subject)._meta.model_name}.open"
    if opened in acts.ACTS:
        return opened
    return "case.open" if case_ref_of(subject) else ""


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
        _record(actor, action, subject, decision, detail)


def record_act(
    actor: User,
    action: str,
    subject: Model,
    *,
    decision: Decision | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    """Record what an action did; call it last, inside the action's transaction."""
    _record(actor, action, subject, decision, detail)


def _record(
    actor: User,
    action: str,
    subject: Model,
    decision: Decision | None,
    detail: dict[str, Any] | None = None,
) -> None:
    """Write the ledger's entry; a decision that said no makes it a refusal."""
    is_refused = decision is not None and not decision
    ledger.record(
        ledger.Entry(
            act=action,
            actor_ref=actor.ref,
            actor_role=actor.role,
            force_ref=actor.force.ref,
            subject_kind=type(subject)._meta.model_name or "",
            subject_ref=str(getattr(subject, "ref", "")),
            case_ref=case_ref_of(subject),
            outcome="refused" if is_refused else "done",
            rule=decision.rule if decision is not None else "",
            purpose="" if is_refused or decision is None else decision.rule,
            detail=detail,
        )
    )


def case_ref_of(subject: Model) -> str:
    """Return the reference of the case that an object belongs to, or an empty text."""
    if type(subject)._meta.label == "cases.Case":
        return str(getattr(subject, "ref", ""))
    return str(getattr(getattr(subject, "case", None), "ref", ""))


def needs(
    action: str, load: Callable[..., Model] | None = None, *, look: str = ""
) -> Callable[[View], View]:
    """Require a permission of a view, and record the look.

    Args:
        action: name of the act (accountability/acts.py).
        load: takes the URL's arguments and returns the object, or raises Http404. Without it the
            actor's force is the object, and the view is called without one.
        look: the act that a GET is recorded as; without it, `look_of` says.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, /, **kwargs: Any) -> HttpResponseBase:
            actor = actor_of(request)
            subject = load_for(actor, action, load, kwargs) if load else actor.force
            decision = require(actor, action, subject)
            looked = look or look_of(action, subject)
            if request.method in LOOKS and looked:
                asked = {} if looked == action else {"for": action}
                record_look(actor, looked, subject, decision, detail=asked)
            if load:
                return view(request, subject, **kwargs)
            return view(request, **kwargs)

        guarded.permission = action  # type: ignore[attr-defined]
        return guarded

    return decorate


def load_for(actor: User, action: str, load: Callable[..., S], arguments: dict[str, Any]) -> S:
    """Return the object of a URL; a role that may not gets one answer, whether or not it exists."""
    try:
        return load(**arguments)
    except Http404:
        role = policy.general(actor, action)
        if not role:
            refuse(actor, action, actor.force, role)
        raise


def open_to(reason: str) -> Callable[[View], View]:
    """Mark a view that asks for no permission, and say why."""

    def decorate(view: View) -> View:
        view.open_to = reason  # type: ignore[attr-defined]
        return view

    return decorate


def record_login(request: HttpRequest, user: User, act: str) -> None:
    """Record a sign-in, sign-out or step-up of a user, under the session it belongs to."""
    with context.running(channel="page", session_ref=session_ref_of(request)):
        _record(user, act, user, FAILED if act.endswith(".failed") else None)


def record_failed_login(request: HttpRequest) -> None:
    """Record that somebody, nobody knows who, failed to sign in."""
    with context.running(channel="page", session_ref=session_ref_of(request)):
        ledger.record(
            ledger.Entry(
                act="sign_in.failed",
                actor_ref="",
                actor_role="",
                force_ref="",
                subject_kind="user",
                subject_ref="",
                outcome="refused",
            )
        )


def session_ref_of(request: HttpRequest) -> str:
    """Return what names a session in the ledger without opening it."""
    key = request.session.session_key or ""
    return hashlib.sha256(key.encode()).hexdigest()[:16] if key else ""
