"""Who may see a case: assign, end, seal, clear a match, open by break-glass, review that."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from fourfold.web.cases.actions import notices
from fourfold.web.cases.actions.versions import keep
from fourfold.web.cases.models import Assignment, BreakGlass, Case, ConflictClearance, Notice
from fourfold.web.cases.policies import current, interests_met, live
from fourfold.web.cases.rules.need_to_know import (
    ASSIGNABLE,
    BREAK_GLASS_LASTS,
    has_enough_words,
    no,
)
from fourfold.web.users import access
from fourfold.web.users.models import DeclaredInterest, Role, User


class NotAssignableError(ValueError):
    """The person cannot be put on the need-to-know list."""


class NobodyLeftError(ValueError):
    """A sealed case must keep a supervisor assigned by name: nobody else could unseal it."""


class TooFewWordsError(ValueError):
    """A reason, or the words of consent, are missing or too short."""


class NothingToClearError(ValueError):
    """The interest does not match the case, or was cleared before."""


class AlreadyReviewedError(ValueError):
    """The break-glass was reviewed before."""


@dataclass(frozen=True)
class AssignmentFacts:
    """Who is assigned, why, and until when if that is known."""

    user: User
    words: str = ""
    to_at: datetime | None = None


def assign(*, actor: User, case: Case, facts: AssignmentFacts) -> Assignment:
    """Put a user on the need-to-know list of a case."""
    decision = access.require(actor, "case.assign", case)
    now = timezone.now()
    _check_assignable(case, facts, now)
    with transaction.atomic():
        assignment = Assignment(
            case=case,
            user=facts.user,
            assigned_by=actor,
            from_at=now,
            to_at=facts.to_at,
            words=facts.words,
        )
        keep(assignment, by=actor)
        if facts.user.pk != actor.pk:
            notices.tell(Notice.Kind.ASSIGNED, case, [facts.user], about_ref=actor.ref)
        access.record_act(
            actor, "case.assign", case, decision=decision,
            detail={"user": facts.user.ref, "role": facts.user.role},
        )  # fmt: skip
    return assignment


def _check_assignable(case: Case, facts: AssignmentFacts, now: datetime) -> None:
    user = facts.user
    if user.force_id != case.force_id or not user.is_active or user.role not in ASSIGNABLE:
        raise NotAssignableError("This person cannot be assigned to a case.")
    if current(case.assignments.filter(user=user), now).exists():
        raise NotAssignableError("This person is assigned already.")
    if user.role == Role.ADVOCATE and not facts.words.strip():
        raise TooFewWordsError("Say how and when the victim agreed to an advocate.")


def end_assignment(*, actor: User, case: Case, user: User) -> None:
    """Take a user off the need-to-know list of a case from now on."""
    decision = access.require(actor, "case.unassign", case)
    now = timezone.now()
    running = list(current(case.assignments.filter(user=user), now))
    if not running:
        raise NotAssignableError("This person is not assigned.")
    if case.is_sealed and not _supervisors(case, now).exclude(user=user).exists():
        raise NobodyLeftError("Assign another supervisor first: the case is sealed.")
    with transaction.atomic():
        for assignment in running:
            assignment.to_at = now
            keep(assignment, by=actor)
        access.record_act(
            actor, "case.unassign", case, decision=decision, detail={"user": user.ref}
        )


def seal(*, actor: User, case: Case, is_sealed: bool) -> Case:
    """Seal a case, so that only those assigned by name may open it, or unseal it."""
    decision = access.require(actor, "case.seal", case)
    if is_sealed and not _supervisors(case, timezone.now()).exists():
        raise NobodyLeftError("Assign a supervisor by name first: only they could unseal it.")
    with transaction.atomic():
        case.is_sealed = is_sealed
        keep(case, by=actor)
        access.record_act(actor, "case.seal", case, decision=decision, detail={"sealed": is_sealed})
    return case


def _supervisors(case: Case, now: datetime) -> QuerySet[Assignment]:
    return current(case.assignments.filter(user__role=Role.SUPERVISOR, user__is_active=True), now)


def clear_conflict(
    *, actor: User, case: Case, interest: DeclaredInterest, reason: str
) -> ConflictClearance:
    """Record that a match of a declared interest is not the same person or thing."""
    decision = access.require(actor, "conflict.clear", case)
    if interest.user_id == actor.pk:
        access.refuse(actor, "conflict.clear", case, no("own-act"))
    if not has_enough_words(reason):
        raise TooFewWordsError("Say in a sentence how you know that it is not the same.")
    if not interests_met(case).filter(pk=interest.pk, user__force=case.force_id).exists():
        raise NothingToClearError("There is no such match.")
    with transaction.atomic():
        clearance = ConflictClearance(case=case, interest=interest, reason=reason, cleared_by=actor)
        clearance.save()
        access.record_act(
            actor, "conflict.clear", case, decision=decision,
            detail={"interest": interest.ref, "user": interest.user.ref},
        )  # fmt: skip
    return clearance


def break_glass(*, actor: User, case: Case, reason: str) -> BreakGlass:
    """Open a case without being assigned, for a few hours; supervisors and auditors are told."""
    decision = access.require(actor, "case.break_glass", case)
    if not has_enough_words(reason):
        raise TooFewWordsError("Say in a sentence why you need to see this case now.")
    now = timezone.now()
    with transaction.atomic():
        opening = BreakGlass(
            case=case, user=actor, reason=reason, from_at=now, until_at=now + BREAK_GLASS_LASTS
        )
        keep(opening, by=actor)
        told = list(notices.watchers(case, but=actor))
        notices.tell(Notice.Kind.BREAK_GLASS, case, told, about_ref=opening.ref)
        access.record_act(
            actor, "case.break_glass", case, decision=decision,
            detail={"opening": opening.ref, "told": len(told)},
        )  # fmt: skip
    return opening


def end_break_glass(*, actor: User, case: Case) -> int:
    """End the user's own break-glass before its time."""
    decision = access.require(actor, "case.break_glass", case)
    now = timezone.now()
    with transaction.atomic():
        running = list(live(case.break_glass.filter(user=actor), now))
        for opening in running:
            opening.until_at = now
            keep(opening, by=actor)
        access.record_act(
            actor, "case.break_glass", case, decision=decision, detail={"ended": len(running)}
        )
    return len(running)


def review_break_glass(
    *, actor: User, opening: BreakGlass, was_justified: bool, words: str
) -> BreakGlass:
    """Record whether a break-glass was justified, and why."""
    decision = access.require(actor, "case.break_glass_review", opening)
    if not has_enough_words(words):
        raise TooFewWordsError("Say in a sentence what you looked at and what you found.")
    if opening.reviewed_at is not None:
        raise AlreadyReviewedError("It was reviewed before.")
    with transaction.atomic():
        opening.was_justified = was_justified
        opening.review_words = words
        opening.reviewed_by = actor
        opening.reviewed_at = timezone.now()
        keep(opening, by=actor)
        access.record_act(
            actor, "case.break_glass_review", opening, decision=decision,
            detail={"justified": was_justified},
        )  # fmt: skip
    return opening
