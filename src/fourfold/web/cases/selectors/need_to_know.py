"""Who may see a case and by which rule; matches of declared interests; break-glass; notices."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.http import Http404
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
    SUPERVISING,
)
from fourfold.web.users.models import DeclaredInterest, User
from fourfold.web.users.permissions import may
from fourfold.web.users.policy import permitted

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
    identifier_ref: str


@dataclass(frozen=True)
class Access:
    """Who may see a case, and everything behind that."""

    seers: list[Seer]
    past: list[Assignment]
    openings: list[BreakGlass]
    matches: list[Match]


def access_of(case: Case) -> Access:
    """Return who may see a case, each once, by the first rule that opens."""
    now = timezone.now()
    assignments = list(case.assignments.select_related("user__team", "assigned_by"))
    openings = list(case.break_glass.select_related("user__team", "reviewed_by"))
    matches = matches_of(case)
    closed = {match.interest.user_id for match in matches}
    seers = (*_assigned(assignments, now), *_by_role(case), *_by_break_glass(case, openings, now))
    first: dict[int, Seer] = {}
    for seer in seers:
        if _may_open(seer.user, case):
            first.setdefault(seer.user.pk, replace(seer, has_conflict=seer.user.pk in closed))
    past = [each for each in assignments if each.to_at is not None and each.to_at <= now]
    return Access(list(first.values()), past[::-1], openings, matches)


def _may_open(user: User, case: Case) -> bool:
    return user.is_active and user.force_id == case.force_id and may(user.role, "case.open")


def _assigned(assignments: Iterable[Assignment], now: datetime) -> Iterator[Seer]:
    for each in assignments:
        if each.from_at <= now and (each.to_at is None or each.to_at > now):
            yield Seer(each.user, "assigned", assignment=each)


def _by_role(case: Case) -> Iterator[Seer]:
    if case.is_sealed:
        return
    wanted = Q(role=SUPERVISING, team=case.team_id) | Q(role=FORCE_WIDE)
    users = User.objects.filter(wanted, force=case.force_id, is_active=True)
    for user in users.select_related("team"):
        rule = "team-supervisor" if user.role == SUPERVISING else "single-point-of-contact"
        yield Seer(user, rule)


def _by_break_glass(case: Case, openings: Iterable[BreakGlass], now: datetime) -> Iterator[Seer]:
    for each in openings:
        if not case.is_sealed and each.from_at <= now < each.until_at:
            yield Seer(each.user, "break-glass", opening=each)


def clearances_of(case: Case) -> QuerySet[ConflictClearance]:
    """Return the matches that were cleared."""
    return case.clearances.select_related("interest__user", "cleared_by").order_by("-cleared_at")


def matches_of(case: Case) -> list[Match]:
    """Return the declared interests that close the case to those who declared them."""
    same = Identifier.objects.filter(
        case=case, kind=OuterRef("kind"), normalised=OuterRef("normalised")
    )
    interests = (
        interests_met(case)
        .filter(user__force=case.force_id, user__is_active=True)
        .annotate(identifier_ref=Subquery(same.values("ref")[:1]))
        .select_related("user__team")
        .order_by("user__name", "pk")
    )
    return [Match(each, each.identifier_ref) for each in interests]


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


def running_assignment(case: Case, user_ref: str) -> Assignment:
    """Return the assignment of a user that runs now, or answer 404."""
    running = current(case.assignments.filter(user__ref=user_ref), timezone.now())
    found = running.select_related("user").first()
    if found is None:
        raise Http404("There is no such record.")
    return found


def match_by_ref(case: Case, interest_ref: str) -> Match:
    """Return the match of a declared interest with the case, or answer 404."""
    found = [match for match in matches_of(case) if match.interest.ref == interest_ref]
    if not found:
        raise Http404("There is no such record.")
    return found[0]


@dataclass(frozen=True)
class NoticeRow:
    """A notice, in words: whom it is about, and the page where it is dealt with."""

    notice: Notice
    who: str
    opening: BreakGlass | None
    may_open: bool


def notice_rows(actor: User, notices: Iterable[Notice]) -> list[NoticeRow]:
    """Return notices with whom each is about: three queries."""
    notices = list(notices)
    refs = {notice.about_ref for notice in notices}
    users = {user.ref: user for user in User.objects.filter(ref__in=refs, force=actor.force_id)}
    openings = {
        opening.ref: opening
        for opening in BreakGlass.objects.filter(ref__in=refs).select_related("user")
    }
    cases = Case.objects.filter(pk__in={notice.case_id for notice in notices})
    may_open = set(permitted(actor, "case.open", cases).values_list("pk", flat=True))
    return [
        NoticeRow(
            notice,
            _who(notice, users, openings),
            openings.get(notice.about_ref),
            notice.case_id in may_open,
        )
        for notice in notices
    ]


def _who(notice: Notice, users: dict[str, User], openings: dict[str, BreakGlass]) -> str:
    if notice.about_ref in openings:
        return openings[notice.about_ref].user.name
    return users[notice.about_ref].name if notice.about_ref in users else ""
