"""Assign, seal, clear, break the glass, review: what is done, recorded and told to whom."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from fourfold.web.accountability.models import LedgerEntry
from fourfold.web.cases.actions import need_to_know as actions
from fourfold.web.cases.models import Case, Notice
from fourfold.web.cases.selectors import need_to_know as selectors
from fourfold.web.users import policy
from fourfold.web.users.models import DeclaredInterest, Role, User
from web.cases.room.conftest import Cast

SignIn = Callable[[User], Client]
REASON = "She called and nobody answers the door"


def may_open(user: User, case: Case) -> bool:
    return bool(policy.decide(user, "case.open", Case.objects.get(pk=case.pk)))


def last_entry() -> LedgerEntry:
    found = LedgerEntry.objects.last()
    assert found is not None
    return found


def test_assigning_opens_the_case_and_tells_the_person(
    case: Case, supervisor: User, colleague: User
) -> None:
    actions.assign(actor=supervisor, case=case, facts=actions.AssignmentFacts(colleague))

    assert may_open(colleague, case)
    assert Notice.objects.get(user=colleague).kind == Notice.Kind.ASSIGNED
    assert last_entry().detail == {"user": colleague.ref, "role": "investigator"}


def test_an_advocate_is_not_assigned_without_words_of_consent(
    case: Case, supervisor: User, make_user: Callable[..., User]
) -> None:
    advocate = make_user(Role.ADVOCATE)

    with pytest.raises(actions.TooFewWordsError):
        actions.assign(actor=supervisor, case=case, facts=actions.AssignmentFacts(advocate))


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_who_must_not_know_cases_is_not_assigned(
    case: Case, supervisor: User, make_user: Callable[..., User], role: str
) -> None:
    with pytest.raises(actions.NotAssignableError):
        actions.assign(actor=supervisor, case=case, facts=actions.AssignmentFacts(make_user(role)))


def test_somebody_of_another_force_is_not_assigned(
    case: Case, supervisor: User, make_user: Callable[..., User], other_force: object
) -> None:
    stranger = make_user(Role.INVESTIGATOR, force=other_force, team=None)

    with pytest.raises(actions.NotAssignableError):
        actions.assign(actor=supervisor, case=case, facts=actions.AssignmentFacts(stranger))


def test_an_ended_assignment_closes_the_case(
    case: Case, supervisor: User, investigator: User
) -> None:
    actions.end_assignment(actor=supervisor, case=case, user=investigator)

    assert not may_open(investigator, case)


def test_who_was_taken_off_can_be_assigned_again(
    case: Case, supervisor: User, investigator: User
) -> None:
    actions.end_assignment(actor=supervisor, case=case, user=investigator)
    actions.assign(actor=supervisor, case=case, facts=actions.AssignmentFacts(investigator))

    assert may_open(investigator, case)


def test_a_case_is_not_sealed_where_nobody_could_unseal_it(case: Case, supervisor: User) -> None:
    with pytest.raises(actions.NobodyLeftError):
        actions.seal(actor=supervisor, case=case, is_sealed=True)


def test_a_sealed_case_keeps_an_assigned_supervisor(case: Case, supervisor: User) -> None:
    actions.assign(actor=supervisor, case=case, facts=actions.AssignmentFacts(supervisor))
    actions.seal(actor=supervisor, case=case, is_sealed=True)

    with pytest.raises(actions.NobodyLeftError):
        actions.end_assignment(actor=supervisor, case=case, user=supervisor)


def test_a_seal_takes_the_case_from_role_and_break_glass(
    case: Case, supervisor: User, colleague: User, make_user: Callable[..., User]
) -> None:
    contact = make_user(Role.SINGLE_POINT_OF_CONTACT)
    actions.break_glass(actor=colleague, case=case, reason=REASON)
    actions.assign(actor=supervisor, case=case, facts=actions.AssignmentFacts(supervisor))
    actions.seal(actor=supervisor, case=case, is_sealed=True)

    assert not may_open(contact, case)
    assert not may_open(colleague, case)
    assert may_open(supervisor, case)


def test_sealing_asks_for_a_fresh_passkey(case: Case, supervisor: User, signed_in: SignIn) -> None:
    answer = signed_in(supervisor).post(
        reverse("cases:seal", kwargs={"case_ref": case.ref}), {"seal": "yes"}
    )

    assert answer.status_code == 302
    assert reverse("step_up") in answer["Location"]


def test_break_glass_opens_for_looking_and_tells_supervisor_and_auditor(
    case: Case, supervisor: User, auditor: User, colleague: User
) -> None:
    opening = actions.break_glass(actor=colleague, case=case, reason=REASON)

    told = Notice.objects.filter(kind=Notice.Kind.BREAK_GLASS, about_ref=opening.ref)
    assert may_open(colleague, case)
    assert not policy.decide(colleague, "case.change", case)
    assert set(told.values_list("user", flat=True)) == {supervisor.pk, auditor.pk}


def test_break_glass_wants_more_than_a_word(case: Case, colleague: User) -> None:
    with pytest.raises(actions.TooFewWordsError):
        actions.break_glass(actor=colleague, case=case, reason="urgent")


def test_looking_at_the_break_glass_page_opens_nothing(
    case: Case, colleague: User, signed_in: SignIn
) -> None:
    signed_in(colleague).get(reverse("cases:break_glass", kwargs={"case_ref": case.ref}))

    assert not may_open(colleague, case)
    assert (last_entry().act, last_entry().detail) == ("case.find", {"for": "case.break_glass"})


def test_break_glass_ends_when_its_user_ends_it(case: Case, colleague: User) -> None:
    actions.break_glass(actor=colleague, case=case, reason=REASON)
    actions.end_break_glass(actor=colleague, case=case)

    assert not may_open(colleague, case)


def test_a_break_glass_is_reviewed_once(case: Case, colleague: User, auditor: User) -> None:
    opening = actions.break_glass(actor=colleague, case=case, reason=REASON)
    words = "Checked with the control room: right"
    actions.review_break_glass(actor=auditor, opening=opening, was_justified=True, words=words)

    with pytest.raises(actions.AlreadyReviewedError):
        actions.review_break_glass(actor=auditor, opening=opening, was_justified=False, words=words)


def test_nobody_reviews_their_own_break_glass(
    case: Case, make_user: Callable[..., User], make_case: Callable[..., Case], team: object
) -> None:
    other = make_user(Role.SUPERVISOR)
    opening = actions.break_glass(actor=other, case=case, reason=REASON)

    with pytest.raises(PermissionDenied):
        actions.review_break_glass(
            actor=other, opening=opening, was_justified=True, words="It was all in order, I say"
        )


def test_a_declared_interest_refuses_and_tells_once_a_day(
    case: Case,
    cast: Cast,
    interest: DeclaredInterest,
    supervisor: User,
    auditor: User,
    signed_in: SignIn,
) -> None:
    actions.assign(actor=supervisor, case=case, facts=actions.AssignmentFacts(interest.user))
    client = signed_in(interest.user)
    address = reverse("cases:case", kwargs={"case_ref": case.ref})

    answers = [client.get(address).status_code for _ in range(2)]

    told = Notice.objects.filter(kind=Notice.Kind.CONFLICT, about_ref=interest.user.ref)
    assert answers == [403, 403]
    assert set(told.values_list("user", flat=True)) == {supervisor.pk, auditor.pk}
    assert told.count() == 2
    assert last_entry().rule == "declared-interest"


def test_a_cleared_match_opens_the_case_again(
    case: Case, cast: Cast, interest: DeclaredInterest, supervisor: User
) -> None:
    actions.assign(actor=supervisor, case=case, facts=actions.AssignmentFacts(interest.user))
    actions.clear_conflict(
        actor=supervisor, case=case, interest=interest, reason="Another car with the same plate"
    )

    assert may_open(interest.user, case)


def test_nobody_clears_a_match_of_their_own(case: Case, cast: Cast, supervisor: User) -> None:
    own = DeclaredInterest.objects.create(
        user=supervisor, kind="vehicle", normalised="TE00SEL", relation="own"
    )

    with pytest.raises(PermissionDenied):
        actions.clear_conflict(
            actor=supervisor, case=case, interest=own, reason="It is certainly not my car"
        )


def test_the_list_of_who_may_see_is_what_the_policy_says(
    case: Case,
    cast: Cast,
    interest: DeclaredInterest,
    supervisor: User,
    auditor: User,
    make_user: Callable[..., User],
) -> None:
    for role in Role.values:
        make_user(role)
    breaker = make_user(Role.ANALYST)
    actions.break_glass(actor=breaker, case=case, reason=REASON)

    listed = {seer.user.pk for seer in selectors.access_of(case).seers if not seer.has_conflict}

    assert listed == {user.pk for user in User.objects.all() if may_open(user, case)}


def test_the_review_shows_what_was_looked_at(
    case: Case, colleague: User, signed_in: SignIn
) -> None:
    opening = actions.break_glass(actor=colleague, case=case, reason=REASON)
    signed_in(colleague).get(reverse("cases:people", kwargs={"case_ref": case.ref}))

    assert [look.words for look in selectors.looks_under(opening)][-1] == "opened the case"
