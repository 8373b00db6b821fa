"""Who may see and change a case and what belongs to it: need to know, by name of rule.

The order is the law of this page: another force's case does not exist; a declared interest closes
a case even to those assigned; a sealed case opens to nobody but those assigned by name; then
assignment, the team's supervisor, the force's single point of contact, a live break-glass.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from fourfold.web.cases import models
from fourfold.web.cases.models import Assignment, BreakGlass, Case, ConflictClearance, Identifier
from fourfold.web.users import policy
from fourfold.web.users.models import Role, User
from fourfold.web.users.policy import Decision

REVIEW_ACTIONS = ("case.break_glass_review",)
POINTER_ACTIONS = ("case.find",)  # what is shown is the pointer alone
ASKING_ACTIONS = ("case.break_glass",)  # asked for just because nothing else opens the case
SUPERVISED_ROLES = (Role.SUPERVISOR,)
FORCE_WIDE_ROLES = (Role.SINGLE_POINT_OF_CONTACT,)
LOOKING_BY_BREAK_GLASS = frozenset(
    {"case.open", "case.open_contact", "act.list", "act.open", "occasion.list", "course.open",
     "exhibit.list", "exhibit.open", "expiry.list", "run.list", "run.open", "finding.list",
     "finding.open", "finding.trace", "workbook.open", "proposal.list", "case.list"}
)  # fmt: skip


def conflicts(actor: User, case: Case) -> bool:
    """Return whether something the actor declared meets an identifier of the case."""
    return any(
        Identifier.objects.filter(case=case, kind=kind, normalised=normalised).exists()
        and not ConflictClearance.objects.filter(case=case, interest_id=pk).exists()
        for pk, kind, normalised in _interests(actor)
    )


def _interests(actor: User) -> list[tuple[int, str, str]]:
    return list(actor.declared_interests.values_list("pk", "kind", "normalised"))


def _conflict_condition(actor: User) -> Q | None:
    """Return the condition under which a case meets a declared interest; None where none can."""
    conditions = [
        Q(Exists(Identifier.objects.filter(case=OuterRef("pk"), kind=kind, normalised=normalised)))
        & ~Q(Exists(ConflictClearance.objects.filter(case=OuterRef("pk"), interest_id=pk)))
        for pk, kind, normalised in _interests(actor)
    ]
    if not conditions:
        return None
    whole = conditions[0]
    for condition in conditions[1:]:
        whole |= condition
    return whole


class CasePolicy:
    """The policy of a case."""

    def decide(self, actor: User, action: str, subject: Case, purpose: str = "") -> Decision:
        """Decide by the first rule that speaks."""
        if subject.force_id != actor.force_id:
            return Decision(False, "other-force", "There is no such case.", is_other_force=True)
        if action in REVIEW_ACTIONS + POINTER_ACTIONS:
            return Decision(True, "own-force", "It is a case of your force.")
        if conflicts(actor, subject):
            return Decision(
                False,
                "declared-interest",
                "Something you declared in the register of interests matches this case. "
                "A supervisor can clear a match that is not the same person or thing.",
            )
        if action in ASKING_ACTIONS and not subject.is_sealed:
            return Decision(True, "own-force", "It is a case of your force.")
        return self._by_need(actor, action, subject)

    def _by_need(self, actor: User, action: str, case: Case) -> Decision:
        now = timezone.now()
        if _current(Assignment.objects.filter(user=actor, case=case), now).exists():
            return Decision(True, "assigned", "You are assigned to this case.")
        if case.is_sealed:
            return Decision(
                False, "sealed", "This case is sealed: only people assigned by name may open it."
            )
        if actor.role in SUPERVISED_ROLES and actor.team_id == case.team_id:
            return Decision(True, "team-supervisor", "You supervise the team that has this case.")
        if actor.role in FORCE_WIDE_ROLES:
            return Decision(True, "single-point-of-contact", "You are the force's contact.")
        if action in LOOKING_BY_BREAK_GLASS and _live(actor, now).filter(case=case).exists():
            return Decision(True, "break-glass", "You opened this case by break-glass.")
        return Decision(
            False,
            "need-to-know",
            "You are not assigned to this case. Ask its team, or open it by break-glass "
            "with a reason; its supervisor and the auditor are told.",
        )

    def permitted(self, actor: User, action: str, purpose: str = "") -> Q:
        """Return the same rules as a condition."""
        own = Q(force=actor.force_id)
        if action in REVIEW_ACTIONS + POINTER_ACTIONS:
            return own
        conflict = _conflict_condition(actor)
        clear = own if conflict is None else own & ~conflict
        if action in ASKING_ACTIONS:
            return clear & (Q(is_sealed=False) | _assigned(actor))
        return clear & self._need(actor, action)

    def _need(self, actor: User, action: str) -> Q:
        unsealed = Q(is_sealed=False)
        need = _assigned(actor)
        if actor.role in SUPERVISED_ROLES and actor.team_id is not None:
            need |= unsealed & Q(team=actor.team_id)
        if actor.role in FORCE_WIDE_ROLES:
            need |= unsealed
        if action in LOOKING_BY_BREAK_GLASS:
            glass = _live(actor, timezone.now()).filter(case=OuterRef("pk"))
            need |= unsealed & Q(Exists(glass))
        return need


def _current(assignments: Any, now: Any) -> Any:
    return assignments.filter(from_at__lte=now).filter(Q(to_at__isnull=True) | Q(to_at__gt=now))


def _assigned(actor: User) -> Q:
    now = timezone.now()
    mine = _current(Assignment.objects.filter(user=actor, case=OuterRef("pk")), now)
    return Q(Exists(mine))


def _live(actor: User, now: Any) -> Any:
    return BreakGlass.objects.filter(user=actor, from_at__lte=now, until_at__gt=now)


@dataclass(frozen=True)
class OfCase:
    """The policy of what belongs to a case: the case decides."""

    path: str = "case"

    def case_of(self, subject: Any) -> Case:
        """Return the case of an object, following the path."""
        for step in self.path.split("__"):
            subject = getattr(subject, step)
        return subject

    def decide(self, actor: User, action: str, subject: Any, purpose: str = "") -> Decision:
        """Decide as the case does."""
        return CASE.decide(actor, action, self.case_of(subject), purpose)

    def permitted(self, actor: User, action: str, purpose: str = "") -> Q:
        """Return the condition of the case, seen from the object."""
        cases = Case.objects.filter(CASE.permitted(actor, action, purpose))
        return Q(**{f"{self.path}__in": cases})


class ReportPolicy:
    """The policy of a report: its force's, until it belongs to a case; then the case decides."""

    def decide(self, actor: User, action: str, subject: Any, purpose: str = "") -> Decision:
        """Decide by the case where there is one."""
        if subject.force_id != actor.force_id:
            return Decision(False, "other-force", "There is no such report.", is_other_force=True)
        if subject.case is not None:
            return CASE.decide(actor, action, subject.case, purpose)
        return Decision(True, "own-force", "It is a report to your force.")

    def permitted(self, actor: User, action: str, purpose: str = "") -> Q:
        """Return the same as a condition."""
        cases = Case.objects.filter(CASE.permitted(actor, action, purpose))
        return Q(force=actor.force_id) & (Q(case__isnull=True) | Q(case__in=cases))


CASE = CasePolicy()
policy.register(Case, CASE)
policy.register(models.Report, ReportPolicy())
for model in (
    models.Person,
    models.Identifier,
    models.Place,
    models.Act,
    models.Occasion,
    models.KnowledgeEvent,
    models.RecordedCrime,
    models.BreakGlass,
):
    policy.register(model, OfCase())
policy.register(models.Attribution, OfCase("identifier__case"))
