"""The invented world: as many of each as promised, plainly fictional, recorded as real acts are."""

import re
from datetime import UTC, datetime

import pytest

from fourfold.web.accountability import verification
from fourfold.web.accountability.models import LedgerEntry
from fourfold.web.base.models import Instance
from fourfold.web.cases.models import Act, Case, Identifier, Notice, Occasion, RecordedCrime, Report
from fourfold.web.demonstration import seeding, story
from fourfold.web.users import access
from fourfold.web.users.models import DeclaredInterest, Force, Role, User

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def test_the_same_seed_tells_the_same_story() -> None:
    assert story.cases(NOW) == story.cases(NOW)


def test_two_forces_forty_cases_six_hundred_acts(world: None) -> None:
    counts = [model.objects.count() for model in (Force, Case, Act)]
    assert counts == [2, 40, 600]
    assert Instance.current().is_demonstration


def test_every_role_is_in_each_force(world: None) -> None:
    for force in Force.objects.all():
        assert set(force.users.values_list("role", flat=True)) == set(Role.values)


def test_nothing_is_taken_for_real(world: None) -> None:
    for kind, text in Identifier.objects.values_list("kind", "text"):
        if kind == "phone":
            assert re.match(r"(07700 9006|\+447700900)\d", text)
        if kind == "vehicle":
            assert re.fullmatch(r"[A-Z]{2} ?00 ?[A-Z]{3}", text)
        if kind == "email":
            assert text.endswith("@example.org")
        if kind == "address":
            assert re.search(r"ZZ\d \dZZ$", text)
    assert all(
        email.endswith("@example.org") for email in User.objects.values_list("email", flat=True)
    )


def test_the_ledger_holds_it_and_verifies(world: None) -> None:
    assert LedgerEntry.objects.filter(act="case.break_glass").exists()
    assert LedgerEntry.objects.filter(act="report.take").count() == Report.objects.count()
    assert verification.verify().is_intact


def test_every_record_has_its_first_version(world: None) -> None:
    for model in (Case, Report, Identifier, RecordedCrime):
        assert model.history.filter(history_type="+").count() == model.objects.count()
    assert not Case.history.filter(history_user=None).exists()


def test_there_is_something_to_do_and_to_see(world: None) -> None:
    states = set(Occasion.objects.values_list("state", flat=True))
    assert {"proposed", "confirmed"} <= states
    assert Report.objects.filter(case=None).count() >= 8
    assert Case.objects.filter(is_sealed=True).count() == 1
    assert Case.objects.exclude(continues=None).count() == 1
    assert RecordedCrime.objects.filter(included__is_stalking=True).exists()
    assert {user.role for user in User.objects.filter(notices__kind=Notice.Kind.BREAK_GLASS)} == {
        Role.SUPERVISOR,
        Role.AUDITOR,
    }


def test_a_declared_interest_closes_a_case_to_its_own_officer(world: None) -> None:
    officer = DeclaredInterest.objects.get().user
    case = Case.objects.get(operation_name=story.CONFLICTED)
    assert access.see(officer, "case.open", case).rule == "declared-interest"


def test_it_is_never_mixed_with_a_real_one(world: None) -> None:
    with pytest.raises(seeding.NotEmptyError):
        seeding.seed()
