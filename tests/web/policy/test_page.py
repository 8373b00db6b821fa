"""The policy as a table for people: the page says what the code does."""

import re

import pytest

from fourfold.web.cases.models import Case
from fourfold.web.cases.rules.need_to_know import RULES, Standing, judge
from fourfold.web.users.models import Role, User
from lib import policy_page

FORCE, TEAM, OTHER = 1, 10, 20
NOTHING = Standing(has_conflict=False, is_assigned=False, has_break_glass=False)
ASSIGNED = Standing(has_conflict=False, is_assigned=True, has_break_glass=False)
BROKEN = Standing(has_conflict=False, is_assigned=False, has_break_glass=True)
CONFLICT = Standing(has_conflict=True, is_assigned=True, has_break_glass=True)
OPEN, CHANGE, FIND = "case.open", "case.change", "case.find"
GLASS, REVIEW = "case.break_glass", "case.break_glass_review"

SPEC = [  # role, team, sealed, standing, act, allowed, rule
    (Role.INVESTIGATOR, TEAM, False, NOTHING, OPEN, False, "need-to-know"),
    (Role.INVESTIGATOR, TEAM, False, NOTHING, FIND, True, "own-force"),
    (Role.INVESTIGATOR, TEAM, False, NOTHING, GLASS, True, "own-force"),
    (Role.INVESTIGATOR, TEAM, False, ASSIGNED, CHANGE, True, "assigned"),
    (Role.INVESTIGATOR, TEAM, False, BROKEN, OPEN, True, "break-glass"),
    (Role.INVESTIGATOR, TEAM, False, BROKEN, CHANGE, False, "need-to-know"),
    (Role.INVESTIGATOR, TEAM, False, NOTHING, REVIEW, False, "not-reviewer"),
    (Role.INVESTIGATOR, TEAM, False, CONFLICT, OPEN, False, "declared-interest"),
    (Role.INVESTIGATOR, TEAM, False, CONFLICT, FIND, False, "declared-interest"),
    (Role.INVESTIGATOR, TEAM, True, NOTHING, FIND, False, "sealed"),
    (Role.INVESTIGATOR, TEAM, True, NOTHING, GLASS, False, "sealed"),
    (Role.INVESTIGATOR, TEAM, True, BROKEN, OPEN, False, "sealed"),
    (Role.INVESTIGATOR, TEAM, True, ASSIGNED, OPEN, True, "assigned"),
    (Role.SUPERVISOR, TEAM, False, NOTHING, OPEN, True, "team-supervisor"),
    (Role.SUPERVISOR, OTHER, False, NOTHING, OPEN, False, "need-to-know"),
    (Role.SUPERVISOR, TEAM, True, NOTHING, OPEN, False, "sealed"),
    (Role.SUPERVISOR, TEAM, True, NOTHING, REVIEW, True, "team-supervisor"),
    (Role.SUPERVISOR, OTHER, False, NOTHING, REVIEW, False, "not-reviewer"),
    (Role.SINGLE_POINT_OF_CONTACT, OTHER, False, NOTHING, OPEN, True, "single-point-of-contact"),
    (Role.SINGLE_POINT_OF_CONTACT, OTHER, True, NOTHING, OPEN, False, "sealed"),
    (Role.ADVOCATE, None, False, NOTHING, OPEN, False, "need-to-know"),
    (Role.ADVOCATE, None, False, ASSIGNED, OPEN, True, "assigned"),
    (Role.ANALYST, TEAM, False, NOTHING, OPEN, False, "need-to-know"),
    (Role.AUDITOR, None, False, NOTHING, REVIEW, True, "auditor"),
    (Role.AUDITOR, None, False, CONFLICT, REVIEW, False, "declared-interest"),
]


@pytest.mark.parametrize(("role", "team", "is_sealed", "standing", "act", "allowed", "rule"), SPEC)
def test_rules(
    role: str, team: int | None, is_sealed: bool, standing: Standing, act: str, allowed: bool,
    rule: str,
) -> None:  # fmt: skip
    actor = User(role=role, force_id=FORCE, team_id=team)
    case = Case(force_id=FORCE, team_id=TEAM, is_sealed=is_sealed)

    decision = judge(actor, act, case, standing)

    assert (decision.allowed, decision.rule) == (allowed, rule)


def test_another_force_is_refused_before_anything_else() -> None:
    decision = judge(User(role=Role.SUPERVISOR, force_id=2), OPEN, Case(force_id=FORCE), CONFLICT)

    assert decision.rule == "other-force"
    assert decision.is_other_force


def test_the_spec_uses_every_rule_of_a_case() -> None:
    used = {line[-1] for line in SPEC} | {"other-force", "own-act"}  # the last is of a break-glass
    assert used == set(RULES)


def test_the_page_is_what_the_code_says() -> None:
    """If this fails: PYTHONPATH=src:tests python -m lib.policy_page."""
    assert policy_page.PAGE.read_text(encoding="utf-8") == policy_page.text()


def test_the_page_names_every_rule() -> None:
    named = set(re.findall(r"`([a-z-]+)`", policy_page.HEAD))
    assert set(RULES) <= named
