"""How a user may stand to a case: everything that the policy asks, as one value."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any

from django.db.models import Model
from django.utils import timezone
from hypothesis import strategies as st

from fourfold.web.cases.models import (
    Assignment,
    BreakGlass,
    Case,
    ConflictClearance,
    Report,
    ReportIdentifier,
)
from fourfold.web.users import policy
from fourfold.web.users.models import DeclaredInterest, Force, Role, Team, User
from lib.hostile_world import World

HOUR = timedelta(hours=1)
PERIODS = {  # from and to, in hours from now; None is open
    "none": None,
    "current": (-1, None),
    "until later": (-1, 1),
    "ended": (-2, -1),
    "future": (1, 2),
}
TEAMS = ("own", "other", "none")
INTERESTS = ("none", "meets", "cleared", "cleared elsewhere")
FORCE_APPS = ("users", "cases", "exhibits")
_numbers = count()


@dataclass(frozen=True)
class Situation:
    """A user, a case, and what lies between them."""

    role: str
    is_own_force: bool = True
    team: str = "own"
    is_active: bool = True
    is_sealed: bool = False
    assignment: str = "none"
    break_glass: str = "none"
    interest: str = "none"
    is_report_joined: bool = True


SITUATIONS = st.builds(
    Situation,
    role=st.sampled_from(Role.values),
    is_own_force=st.sampled_from([True, True, True, False]),
    team=st.sampled_from(TEAMS),
    is_active=st.sampled_from([True, True, True, True, False]),
    is_sealed=st.booleans(),
    assignment=st.sampled_from(list(PERIODS)),
    break_glass=st.sampled_from(["none", "until later", "ended", "future"]),
    interest=st.sampled_from(INTERESTS),
    is_report_joined=st.booleans(),
)


def made(world: World, situation: Situation) -> User:
    """Make the situation true of the world's one case; return the user."""
    case: Case = world.one("Case")
    actor = _actor(world, situation)
    Case.objects.filter(pk=case.pk).update(is_sealed=situation.is_sealed)
    joined = case if situation.is_report_joined else None
    Report.objects.filter(pk=world.one("Report").pk).update(case=joined)
    _assign(case, actor, situation.assignment)
    _break_glass(case, actor, situation.break_glass)
    _declare(world, actor, situation.interest)
    return actor


def of_forces() -> list[type[Model]]:
    """Return the models that belong to one force; super-complaints have parties instead."""
    return [model for model in policy.registered() if model._meta.app_label in FORCE_APPS]


def subjects(world: World, models: Iterable[type[Model]] = ()) -> list[Model]:
    """Return one record of every model that has a policy, as the database has it now."""
    wanted = tuple(models) or tuple(policy.registered())
    return [model._default_manager.get(pk=world.made[model].pk) for model in wanted]


def _actor(world: World, situation: Situation) -> User:
    number = next(_numbers)
    force: Force = world.one("Force")
    if not situation.is_own_force:
        force = Force.objects.create(name=f"Other {number}")
    team: Team | None = world.one("Team") if situation.is_own_force else None
    if situation.team == "other":
        team = Team.objects.create(force=force, name=f"Other {number}")
    actor = User.objects.create_user(
        email=f"actor{number}@example.org",
        name="Actor",
        role=situation.role,
        force=force,
        team=None if situation.team == "none" else team,
    )
    actor.is_active = situation.is_active
    actor.save()
    return actor


def _period(name: str) -> tuple[Any, Any] | None:
    hours = PERIODS[name]
    if hours is None:
        return None
    now = timezone.now()
    start, end = hours
    return now + start * HOUR, None if end is None else now + end * HOUR


def _assign(case: Case, actor: User, name: str) -> None:
    if (period := _period(name)) is not None:
        Assignment.objects.create(
            case=case, user=actor, assigned_by=actor, from_at=period[0], to_at=period[1]
        )


def _break_glass(case: Case, actor: User, name: str) -> None:
    if (period := _period(name)) is not None:
        BreakGlass.objects.create(
            case=case, user=actor, reason="x", from_at=period[0], until_at=period[1]
        )


def _declare(world: World, actor: User, name: str) -> None:
    if name == "none":
        return
    case: Case = world.one("Case")
    known = world.one("Identifier")
    ReportIdentifier.objects.filter(pk=world.one("ReportIdentifier").pk).update(
        kind=known.kind, normalised=known.normalised
    )
    interest = DeclaredInterest.objects.create(
        user=actor, kind=known.kind, normalised=known.normalised, relation="own"
    )
    other = Case.objects.create(
        force=case.force, team=case.team, operation_name="Other", opened_by=actor,
        opened_at=timezone.now(),
    )  # fmt: skip
    cleared = {"cleared": case, "cleared elsewhere": other}.get(name)
    if cleared is not None:
        ConflictClearance.objects.create(
            case=cleared, interest=interest, reason="x", cleared_by=actor
        )
