"""The policies of a case and of what belongs to it: the rules, asked of the database.

`rules/need_to_know.py` says the rules in order. Here they are asked for one object (`decide`), for
a whole queryset (`permitted`) and for the controls of a page (`controls`), and must agree.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils import timezone

from fourfold.web.cases import models
from fourfold.web.cases.models import (
    Assignment,
    BreakGlass,
    Case,
    ConflictClearance,
    Identifier,
    ReportIdentifier,
)
from fourfold.web.cases.rules.need_to_know import (
    ASKING,
    BY_POINTER,
    FORCE_WIDE,
    LOOKING_BY_BREAK_GLASS,
    REVIEWING,
    REVIEWING_FORCE_WIDE,
    SUPERVISING,
    Standing,
    judge,
    no,
)
from fourfold.web.users import policy
from fourfold.web.users.models import DeclaredInterest, User
from fourfold.web.users.policy import Decision

UNSEALED = Q(is_sealed=False)
NOTHING = Q(pk__in=[])
HELD = "_standing_held"  # on a case: who asked last, and how they stood to it then


def standing_of(actor: User, case: Case) -> Standing:
    """Ask in one query how the user stands to the case."""
    now = timezone.now()
    answers = {
        "has_conflict": Exists(interests_met(case).filter(user=actor)),
        "is_assigned": Exists(current(Assignment.objects.filter(user=actor, case=case), now)),
        "has_break_glass": Exists(live(BreakGlass.objects.filter(user=actor, case=case), now)),
    }
    one: QuerySet[Any, Any] = Case.objects.filter(pk=case.pk)
    return Standing(**one.values(**answers).get())


def interests_met(case: Case) -> QuerySet[DeclaredInterest]:
    """Return the interests, of anybody, that meet an identifier of the case and are not cleared."""
    same = Identifier.objects.filter(
        case=case, kind=OuterRef("kind"), normalised=OuterRef("normalised")
    )
    cleared = ConflictClearance.objects.filter(case=case, interest=OuterRef("pk"))
    return DeclaredInterest.objects.filter(Exists(same), ~Exists(cleared))


def current(assignments: QuerySet[Assignment], now: datetime) -> QuerySet[Assignment]:
    """Keep the assignments that run now."""
    return assignments.filter(Q(to_at__isnull=True) | Q(to_at__gt=now), from_at__lte=now)


def live(openings: QuerySet[BreakGlass], now: datetime) -> QuerySet[BreakGlass]:
    """Keep the break-glass openings that run now."""
    return openings.filter(from_at__lte=now, until_at__gt=now)


def controls(actor: User, case: Case, *actions: str) -> dict[str, Decision]:
    """Decide about many actions on one case at the price of none: for the controls of a page.

    The door has just asked how the user stands to this very object; that answer serves here.
    """
    held: tuple[int, Standing] | None = getattr(case, HELD, None)
    standing = held[1] if held and held[0] == actor.pk else standing_of(actor, case)
    decisions = {action: policy.general(actor, action) for action in actions}
    return {
        action: judge(actor, action, case, standing) if decision else decision
        for action, decision in decisions.items()
    }


class CasePolicy:
    """The policy of a case."""

    def decide(self, actor: User, action: str, subject: Case, purpose: str = "") -> Decision:
        """Decide by the first rule that speaks."""
        if subject.force_id != actor.force_id:
            return no("other-force")
        standing = standing_of(actor, subject)
        setattr(subject, HELD, (actor.pk, standing))
        return judge(actor, action, subject, standing)

    def permitted(self, actor: User, action: str, purpose: str = "") -> Q:
        """Return the same rules as a condition."""
        clear = Q(force=actor.force_id) & _free_of_conflict(actor)
        if action in REVIEWING:
            return clear & _reviewing(actor)
        if action in BY_POINTER | ASKING:
            return clear & (UNSEALED | _assigned(actor))
        return clear & _need(actor, action)


def _free_of_conflict(actor: User) -> Q:
    """Ask for the interests first: a few, and most users' lists stay as quick as without."""
    interests = [(one.pk, one.kind, one.normalised) for one in actor.declared_interests.all()]
    if not interests:
        return Q()
    met = NOTHING
    for pk, kind, normalised in interests:
        cleared = ConflictClearance.objects.filter(case=OuterRef("case"), interest=pk)
        met |= Q(kind=kind, normalised=normalised) & ~Q(Exists(cleared))
    return ~Q(pk__in=Identifier.objects.filter(met).values("case"))


def _reviewing(actor: User) -> Q:
    if actor.role == REVIEWING_FORCE_WIDE:
        return Q()
    return _supervised(actor)


def _supervised(actor: User) -> Q:
    if actor.role != SUPERVISING or actor.team_id is None:
        return NOTHING
    return Q(team=actor.team_id)


def _need(actor: User, action: str) -> Q:
    need = _assigned(actor) | (UNSEALED & _supervised(actor))
    if actor.role == FORCE_WIDE:
        need |= UNSEALED
    if action in LOOKING_BY_BREAK_GLASS:
        openings = live(BreakGlass.objects.filter(user=actor), timezone.now())
        need |= UNSEALED & Q(pk__in=openings.values("case"))
    return need


def _assigned(actor: User) -> Q:
    mine = current(Assignment.objects.filter(user=actor), timezone.now())
    return Q(pk__in=mine.values("case"))


@dataclass(frozen=True)
class OfCase:
    """The policy of what belongs to a case: the case decides."""

    path: str = "case"

    def case_of(self, subject: Any) -> Case:
        """Return the case of an object, following the path."""
        case: Case = reduce(getattr, self.path.split("__"), subject)
        return case

    def decide(self, actor: User, action: str, subject: Any, purpose: str = "") -> Decision:
        """Decide as the case does."""
        return CASE.decide(actor, action, self.case_of(subject), purpose)

    def permitted(self, actor: User, action: str, purpose: str = "") -> Q:
        """Return the condition of the case, seen from the object."""
        cases = Case.objects.filter(CASE.permitted(actor, action, purpose))
        return Q(**{f"{self.path}__in": cases})


class OfBreakGlass(OfCase):
    """The policy of a break-glass: as the case, and nobody reviews their own."""

    def decide(self, actor: User, action: str, subject: Any, purpose: str = "") -> Decision:
        """Decide as the case does, and refuse a review to the one who opened."""
        decision = super().decide(actor, action, subject, purpose)
        if decision and action in REVIEWING and subject.user_id == actor.pk:
            return no("own-act")
        return decision

    def permitted(self, actor: User, action: str, purpose: str = "") -> Q:
        """Return the same as a condition."""
        condition = super().permitted(actor, action, purpose)
        return condition & ~Q(user=actor.pk) if action in REVIEWING else condition


class ReportPolicy:
    """The policy of a report: its force's, until it belongs to a case; then the case decides.

    A report outside a case is closed to whoever declared an interest that it names.
    """

    def decide(self, actor: User, action: str, subject: Any, purpose: str = "") -> Decision:
        """Decide by the case where there is one."""
        if subject.force_id != actor.force_id:
            return Decision(False, "other-force", "There is no such report.", is_other_force=True)
        if subject.case is not None:
            return CASE.decide(actor, action, subject.case, purpose)
        if _named_interests(actor).filter(report=subject).exists():
            return Decision(
                False,
                "declared-interest",
                "Something you declared in the register of interests matches this report. "
                "A colleague must deal with it.",
            )
        return Decision(True, "own-force", "It is a report to your force.")

    def permitted(self, actor: User, action: str, purpose: str = "") -> Q:
        """Return the same as a condition."""
        cases = Case.objects.filter(CASE.permitted(actor, action, purpose))
        free = Q(case__isnull=True) & ~Q(pk__in=_named_interests(actor).values("report"))
        return Q(force=actor.force_id) & (free | Q(case__in=cases))


def _named_interests(actor: User) -> QuerySet[ReportIdentifier]:
    met = NOTHING
    for one in actor.declared_interests.all():  # a page that asks often has them fetched once
        met |= Q(kind=one.kind, normalised=one.normalised)
    return ReportIdentifier.objects.filter(met)


class OwnNotice:
    """The policy of a notice: it is for one person."""

    def decide(self, actor: User, action: str, subject: Any, purpose: str = "") -> Decision:
        """Allow the person it is for."""
        if subject.case.force_id != actor.force_id:
            return Decision(False, "other-force", "There is no such notice.", is_other_force=True)
        if subject.user_id == actor.pk:
            return Decision(True, "own-notice", "It is a notice to you.")
        return Decision(False, "own-notice", "It is a notice to somebody else.")

    def permitted(self, actor: User, action: str, purpose: str = "") -> Q:
        """Return the same as a condition."""
        return Q(user=actor.pk, case__force=actor.force_id)


CASE = CasePolicy()
OF_CASE: tuple[type[Model], ...] = (
    models.Person,
    models.Identifier,
    models.Place,
    models.Act,
    models.Occasion,
    models.KnowledgeEvent,
    models.RecordedCrime,
    models.Assignment,
)
policy.register(Case, CASE)
policy.register(models.Report, ReportPolicy())
policy.register(models.BreakGlass, OfBreakGlass())
policy.register(models.Notice, OwnNotice())
policy.register(models.Attribution, OfCase("identifier__case"))
for model in OF_CASE:
    policy.register(model, OfCase())
