"""Who may see a case and by which rule; matches of declared interests; break-glass; notices."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from fourfold.web.accountability import acts
from fourfold.web.accountability.models import LedgerEntry
from fourfold.web.cases.models import (
    Assignment,
    BreakGlass,
    Case,
    ConflictClearance,
    Identifier,
    Notice,
)
from fourfold.web.cases.policies import current, interests_met, live
from fourfold.web.cases.rules.need_to_know import (
    ASSIGNABLE,
    FORCE_WIDE,
    LOOKING_BY_BREAK_GLASS,
    SUPERVISING,
)
from fourfold.web.users.models import DeclaredInterest, User
from fourfold.web.users.permissions import may

LOOKS_SHOWN = 100


@dataclass(frozen=True)
class Seer:
    """A person who may see the case, by which rule, and the record behind it."""

    user: User
    rule: str
    assignment: Assignment | None = None
    opening: BreakGlass | None = None
    has_conflict: bool = False


@dataclass(frozen=True)
class Match:
    """A declared interest that meets an identifier of the case."""

    interest: DeclaredInterest
    identifier: Identifier


def seers_of(case: Case) -> list[Seer]:
    """Return who stands on the need-to-know list, each once, by the first rule that opens."""
    now = timezone.now()
    closed = set(interests_met(case).values_list("user", flat=True))
    found: dict[int, Seer] = {}
    for seer in (*_assigned(case, now), *_by_role(case), *_by_break_glass(case, now)):
        if seer.user.pk not in found:
            found[seer.user.pk] = seer
    return [
        Seer(each.user, each.rule, each.assignment, each.opening, each.user.pk in closed)
        for each in found.values()
    ]


def _may_open(user: User) -> bool:
    return user.is_active and may(user.role, "case.open")


def _assigned(case: Case, now: datetime) -> Iterable[Seer]:
    running = current(case.assignments.filter(user__force=case.force_id), now)
    for each in running.select_related("user__team", "assigned_by"):
        if _may_open(each.user):
            yield Seer(each.user, "assigned", assignment=each)


def _by_role(case: Case) -> Iterable[Seer]:
    if case.is_sealed:
        return
    wanted = Q(role=SUPERVISING, team=case.team_id) | Q(role=FORCE_WIDE)
    users = User.objects.filter(wanted, force=case.force_id, is_active=True)
    for user in users.select_related("team"):
        rule = "team-supervisor" if user.role == SUPERVISING else "single-point-of-contact"
        yield Seer(user, rule)


def _by_break_glass(case: Case, now: datetime) -> Iterable[Seer]:
    if case.is_sealed or "case.open" not in LOOKING_BY_BREAK_GLASS:
        return
    running = live(case.break_glass.filter(user__force=case.force_id), now)
    for each in running.select_related("user__team"):
        if _may_open(each.user):
            yield Seer(each.user, "break-glass", opening=each)


def past_assignments(case: Case) -> QuerySet[Assignment]:
    """Return assignments that are over."""
    over = case.assignments.filter(to_at__lte=timezone.now())
    return over.select_related("user", "assigned_by").order_by("-to_at")


def openings_of(case: Case) -> QuerySet[BreakGlass]:
    """Return every break-glass of a case, the newest first."""
    return case.break_glass.select_related("user", "reviewed_by")


def clearances_of(case: Case) -> QuerySet[ConflictClearance]:
    """Return the matches that were cleared."""
    return case.clearances.select_related("interest__user", "cleared_by").order_by("-cleared_at")


def matches_of(case: Case) -> list[Match]:
    """Return the declared interests that close the case to those who declared them."""
    interests = interests_met(case).filter(user__force=case.force_id, user__is_active=True)
    by_form = {(each.kind, each.normalised): each for each in case.identifiers.all()}
    return [
        Match(interest, by_form[interest.kind, interest.normalised])
        for interest in interests.select_related("user__team").order_by("user__name", "pk")
    ]


def assignable(case: Case) -> QuerySet[User]:
    """Return whom a supervisor can assign: those of the force who are not assigned now."""
    running = current(case.assignments.filter(user=OuterRef("pk")), timezone.now())
    return (
        User.objects.filter(force=case.force_id, is_active=True, role__in=ASSIGNABLE)
        .exclude(Exists(running))
        .select_related("team")
        .order_by("role", "name")
    )


def running_opening(user: User, case: Case) -> BreakGlass | None:
    """Return the user's break-glass that runs now."""
    return live(case.break_glass.filter(user=user), timezone.now()).first()


@dataclass(frozen=True)
class Look:
    """One thing that somebody did under a break-glass, as the ledger has it."""

    at: datetime
    words: str
    subject_ref: str


def looks_under(opening: BreakGlass) -> list[Look]:
    """Return what the person did with the case while the break-glass ran."""
    entries = LedgerEntry.objects.filter(
        case_ref=opening.case.ref,
        actor_ref=opening.user.ref,
        at__gte=opening.from_at,
        at__lt=opening.until_at,
    ).order_by("seq")[:LOOKS_SHOWN]
    return [Look(entry.at, acts.describe(entry), entry.subject_ref) for entry in entries]


def notices_of(user: User) -> QuerySet[Notice]:
    """Return the user's notices, what is new first."""
    return (
        Notice.objects.filter(user=user)
        .select_related("case")
        .order_by("read_at", "-made_at", "-id")
    )


def unread_of(user: User) -> int:
    """Return how many notices the user has not read."""
    return Notice.objects.filter(user=user, read_at__isnull=True).count()


def people_by_ref(refs: Iterable[str]) -> dict[str, User]:
    """Return users by reference, for notices that name one."""
    return {user.ref: user for user in User.objects.filter(ref__in=set(refs))}
