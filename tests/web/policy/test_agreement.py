"""One truth: what is decided for one object is what a list keeps of it, for every role and act."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from django.db import transaction
from django.db.models import Model
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from fourfold.web.accountability.acts import ACTS
from fourfold.web.cases.models import Act, BreakGlass, Case, Report
from fourfold.web.cases.policies import controls
from fourfold.web.cases.rules.need_to_know import LOOKING_BY_BREAK_GLASS
from fourfold.web.users import policy
from fourfold.web.users.models import Role, User
from fourfold.web.users.permissions import ROLE_MAY
from lib.hostile_world import World
from lib.thorough import examples
from web.policy.situations import SITUATIONS, Situation, made, of_forces, subjects

EVERY_ACT = sorted(set().union(*ROLE_MAY.values()))
pytestmark = pytest.mark.django_db
TELLING_APART = (
    "case.open", "case.open_contact", "case.change", "case.find", "report.join", "case.seal",
    "case.break_glass", "case.break_glass_review", "conflict.clear", "user.change_role",
    "notice.list", "report.open", "act.add",
)  # fmt: skip
ON_WHICH_RULES_DIFFER = (Case, Report, BreakGlass, Act, User)
REVIEW = "case.break_glass_review"
QUIET = {
    "phases": (Phase.explicit, Phase.generate),
    "deadline": None,
    "suppress_health_check": [HealthCheck.function_scoped_fixture],
}
EXAMPLES = settings(max_examples=examples(20, 100), **QUIET)  # type: ignore[arg-type]
SLOW_EXAMPLES = settings(max_examples=examples(6, 40), **QUIET)  # type: ignore[arg-type]
FEW_ACTS = st.lists(st.sampled_from(TELLING_APART), min_size=3, max_size=3, unique=True)


def case_of(world: World) -> Case:
    """Return the world's one case as the database has it now."""
    return Case.objects.get(pk=world.one("Case").pk)


def _is_assigned(situation: Situation) -> bool:
    return situation.assignment in ("current", "until later")


@contextmanager
def undone() -> Iterator[None]:
    """Undo what a block did to the world."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def disagreements(actor: User, acts: Iterable[str], records: Iterable[Model]) -> list[str]:
    """Return where the decision about one object and the list differ."""
    found = []
    for record in records:
        model = type(record)
        for act in acts:
            one = bool(policy.decide(actor, act, record))
            kept = policy.permitted(actor, act, model._default_manager.filter(pk=record.pk))
            if kept.exists() != one:
                found.append(f"{act} on {model.__name__}: decided {one}, listed {not one}")
    return found


@given(situation=SITUATIONS, acts=FEW_ACTS)
@SLOW_EXAMPLES
def test_decision_and_list_agree_for_every_model(
    world: World, situation: Situation, acts: list[str]
) -> None:
    with undone():
        actor = made(world, situation)
        assert disagreements(actor, acts, subjects(world, of_forces())) == []


@given(situation=SITUATIONS, act=st.sampled_from(EVERY_ACT))
@EXAMPLES
def test_decision_and_list_agree_for_every_act(
    world: World, situation: Situation, act: str
) -> None:
    with undone():
        actor = made(world, situation)
        assert disagreements(actor, [act], subjects(world, ON_WHICH_RULES_DIFFER)) == []


@pytest.mark.parametrize("role", Role.values)
def test_decision_and_list_agree_for_every_act_of_the_role(world: World, role: str) -> None:
    with undone():
        actor = made(world, Situation(role, assignment="current"))
        acts = sorted(ROLE_MAY[role])  # every other act is refused before any object is asked
        assert disagreements(actor, acts, subjects(world, (Case, Report))) == []


@given(situation=SITUATIONS, acts=FEW_ACTS)
@EXAMPLES
def test_controls_of_a_page_say_what_is_decided(
    world: World, situation: Situation, acts: list[str]
) -> None:
    with undone():
        actor, case = made(world, situation), case_of(world)
        assert controls(actor, case, *acts) == {
            act: policy.decide(actor, act, case_of(world)) for act in acts
        }


@given(situation=SITUATIONS)
@EXAMPLES
def test_nobody_but_the_assigned_opens_a_sealed_case(world: World, situation: Situation) -> None:
    sealed = replace(situation, is_sealed=True)
    with undone():
        actor = made(world, sealed)
        decided = controls(actor, case_of(world), *EVERY_ACT)
        opened = {decision.rule for act, decision in decided.items() if decision and act != REVIEW}
        assert opened <= ({"assigned"} if _is_assigned(sealed) else set())


@given(situation=SITUATIONS, act=st.sampled_from(EVERY_ACT))
@SLOW_EXAMPLES
def test_nothing_of_another_force_is_in_any_list(
    world: World, situation: Situation, act: str
) -> None:
    with undone():
        actor = made(world, replace(situation, is_own_force=False))
        for record in subjects(world, of_forces()):
            everything = type(record)._default_manager.filter(pk=record.pk)
            assert not policy.permitted(actor, act, everything).exists(), record


@given(situation=SITUATIONS, interest=st.sampled_from(["meets", "cleared elsewhere"]))
@EXAMPLES
def test_a_declared_interest_that_is_not_cleared_closes_the_case(
    world: World, situation: Situation, interest: str
) -> None:
    with undone():
        actor = made(world, replace(situation, interest=interest))
        assert not any(controls(actor, case_of(world), *EVERY_ACT).values())


@given(situation=SITUATIONS)
@EXAMPLES
def test_break_glass_lets_look_and_nothing_else(world: World, situation: Situation) -> None:
    with undone():
        actor = made(world, replace(situation, break_glass="until later", is_active=True))
        decided = controls(actor, case_of(world), *EVERY_ACT)
        opened = {act for act, decision in decided.items() if decision.rule == "break-glass"}
        assert opened <= LOOKING_BY_BREAK_GLASS
        assert {ACTS[act].op for act in opened} <= {"consult"}


@given(situation=SITUATIONS)
@SLOW_EXAMPLES
def test_every_decision_names_its_rule_and_says_it_in_a_sentence(
    world: World, situation: Situation
) -> None:
    with undone():
        actor = made(world, situation)
        decisions = [policy.decide(actor, "case.open", record) for record in subjects(world)]
        assert all(decision.rule and decision.reason.endswith(".") for decision in decisions)


def test_every_act_that_a_role_may_is_a_word_of_the_ledger() -> None:
    assert set(EVERY_ACT) <= set(ACTS)


def test_every_record_that_a_case_holds_has_a_policy(world: World) -> None:
    """A model of cases or exhibits with a reference can stand in a URL, so it needs a policy."""
    from fourfold.web.base.models import Referenced

    of_case = {model for model in world.made if issubclass(model, Referenced)}
    without = {model.__name__ for model in of_case - set(policy.registered())}
    assert without <= {"DeclaredInterest", "ApiToken"}  # these are asked for by their own user
