"""Notices: what one user must know, and who is told of what."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from fourfold.web.cases.models import Case, Notice
from fourfold.web.users import access
from fourfold.web.users.models import Role, User


def watchers(case: Case, *, but: User) -> QuerySet[User]:
    """Return who is told of what happens to a case: its team's supervisors, the auditors."""
    supervising = Q(role=Role.SUPERVISOR, team=case.team_id)
    return User.objects.filter(
        supervising | Q(role=Role.AUDITOR), force=case.force_id, is_active=True
    ).exclude(pk=but.pk)


def tell(kind: Notice.Kind, case: Case, users: Iterable[User], *, about_ref: str) -> None:
    """Write a notice to each user, as a part of the transaction that runs."""
    Notice.objects.bulk_create(
        Notice(user=user, kind=kind, case=case, about_ref=about_ref) for user in users
    )


def tell_of_conflict(actor: User, subject: Model) -> None:
    """Tell supervisors and auditors that a declared interest met a case, once a day and user."""
    case = subject if isinstance(subject, Case) else getattr(subject, "case", None)
    if not isinstance(case, Case):
        return
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    with transaction.atomic():
        told = Notice.objects.filter(
            kind=Notice.Kind.CONFLICT, case=case, about_ref=actor.ref, made_at__gte=today
        )
        if not told.exists():
            users = watchers(case, but=actor)
            tell(Notice.Kind.CONFLICT, case, users, about_ref=actor.ref)


def close_notices(*, actor: User) -> int:
    """Mark the user's own notices as read."""
    decision = access.require(actor, "notice.close", actor.force)
    with transaction.atomic():
        read = Notice.objects.filter(user=actor, read_at__isnull=True).update(
            read_at=timezone.now()
        )
        access.record_act(
            actor, "notice.close", actor.force, decision=decision, detail={"notices": read}
        )
    return read
