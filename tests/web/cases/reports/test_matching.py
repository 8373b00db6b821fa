"""What a match shows to whom: opened with its reasons, pointed to, or another force to ask."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from fourfold.web.cases.actions.joining import (
    AlreadyJoinedError,
    JoiningFacts,
    NewCase,
    join_report,
    open_case,
)
from fourfold.web.cases.models import Act, Attribution, Case, Identifier, Joining, Person, Report
from fourfold.web.cases.selectors.matching import earlier
from fourfold.web.users.access import Refused
from fourfold.web.users.models import DeclaredInterest, User

SignedIn = Callable[[User], Client]
Take = Callable[..., Report]

PHONE = ("suspect", "phone", "07700 900123")
CAR = ("suspect", "vehicle", "AB00 CDE")
NAME = ("victim", "name", "Robin Ayre")
SECRET = ("victim", "phone", "07700 900777", True)


def words_of(actor: User, report: Report) -> dict[str, list[str]]:
    """The matches that open, each with its reasons."""
    matches = earlier(actor, report)
    return {match.ref: [reason.words for reason in match.reasons] for match in matches.open}


def test_a_case_that_opens_is_shown_with_its_reasons(
    investigator: User, case: Case, take: Take, joined: Take
) -> None:
    joined(investigator, case, [PHONE, NAME])
    report = take(investigator, [("victim", "phone", "+44 7700 900123"), NAME])
    assert words_of(investigator, report) == {
        case.ref: [
            "Same phone number: said to be the victim's here, said to be the suspect's there.",
            "Same name: said to be the victim's in both.",
        ]
    }


def test_a_report_in_no_case_is_found_by_everybody_who_takes_reports(
    investigator: User, colleague: User, take: Take
) -> None:
    first = take(investigator, [CAR])
    second = take(colleague, [CAR])
    assert list(words_of(colleague, second)) == [first.ref]


def test_the_case_with_most_identifiers_in_common_comes_first(
    investigator: User, make_case: Callable[..., Case], take: Take, joined: Take
) -> None:
    two = make_case(assigned=(investigator,))
    one = make_case(assigned=(investigator,))
    joined(investigator, two, [PHONE, CAR])
    joined(investigator, one, [PHONE])
    report = take(investigator, [PHONE, CAR])
    assert list(words_of(investigator, report)) == [two.ref, one.ref]


def test_a_case_that_stays_closed_is_pointed_to_and_nothing_more(
    investigator: User, colleague: User, case: Case, take: Take, joined: Take, signed_in: SignedIn
) -> None:
    joined(investigator, case, [PHONE, NAME], victim_words="He waits outside.")
    report = take(colleague, [PHONE])
    html = signed_in(colleague).get(reverse("cases:report_match", args=[report.ref])).content
    page = html.decode()
    assert case.ref in page
    assert case.team.name in page
    for secret in (case.operation_name, "Same phone", "900123", "Robin", "He waits"):
        assert secret not in page


def test_a_sealed_case_is_not_pointed_to(
    investigator: User, colleague: User, case: Case, take: Take, joined: Take
) -> None:
    joined(investigator, case, [PHONE])
    Case.objects.filter(pk=case.pk).update(is_sealed=True)
    assert earlier(colleague, take(colleague, [PHONE])).is_empty


def test_of_another_force_only_its_name_and_contact_are_shown(
    investigator: User,
    stranger: User,
    strangers_case: Case,
    take: Take,
    joined: Take,
    signed_in: SignedIn,
) -> None:
    theirs = joined(stranger, strangers_case, [PHONE, NAME], victim_words="He waits outside.")
    loose = take(stranger, [PHONE])
    report = take(investigator, [PHONE])
    html = signed_in(investigator).get(reverse("cases:report_match", args=[report.ref])).content
    page = html.decode()
    assert stranger.force.name in page
    assert stranger.force.contact in page
    for secret in (
        strangers_case.ref, strangers_case.operation_name, str(strangers_case.team), theirs.ref,
        loose.ref, "Same phone", "900123", "Robin", "He waits", stranger.name,
        strangers_case.team.name,
    ):  # fmt: skip
        assert secret not in page


def test_what_is_kept_safe_cannot_be_tried_out_from_another_force(
    investigator: User, stranger: User, strangers_case: Case, take: Take, joined: Take
) -> None:
    joined(stranger, strangers_case, [SECRET])
    asked_as_suspect = take(investigator, [("suspect", "phone", "07700 900777")])
    asked_as_victim = take(investigator, [("victim", "phone", "07700 900777")])
    assert earlier(investigator, asked_as_suspect).forces == ()
    assert len(earlier(investigator, asked_as_victim).forces) == 1


def test_whoever_declared_an_interest_is_not_told_of_what_matches_it(
    investigator: User, colleague: User, case: Case, take: Take, joined: Take
) -> None:
    joined(investigator, case, [PHONE, NAME])
    DeclaredInterest.objects.create(
        user=colleague, kind="name", normalised="ayre robin", relation="relative"
    )
    assert earlier(colleague, take(colleague, [PHONE])).is_empty


def test_joining_adds_people_and_identifiers_with_their_source(
    investigator: User, case: Case, take: Take
) -> None:
    report = take(investigator, [PHONE, ("suspect", "name", "Jordan Marsh"), SECRET])
    join_report(actor=investigator, report=report, case=case, facts=JoiningFacts())
    people = case.people.values_list("key", "role", "name")
    assert set(people) == {("S", "suspect", "Jordan Marsh"), ("V", "victim", "")}
    phone = Attribution.objects.get(identifier__text="07700 900123")
    assert (phone.person.key, phone.strength) == ("S", "assumed")
    assert report.ref in phone.basis
    assert Identifier.objects.get(text="07700 900777").is_sensitive


def test_joining_again_adds_nothing_twice_and_changes_nothing(
    investigator: User, case: Case, take: Take, joined: Take
) -> None:
    joined(investigator, case, [PHONE, ("suspect", "name", "Jordan Marsh")])
    Person.objects.filter(case=case).update(relationship="Former partner")
    joined(investigator, case, [("suspect", "phone", "+447700900123"), CAR])
    assert case.identifiers.count() == 3
    assert list(case.people.values_list("name", "relationship")) == [
        ("Jordan Marsh", "Former partner")
    ]
    assert Attribution.objects.filter(identifier__case=case).count() == 3


def test_another_name_is_another_person(
    investigator: User, case: Case, take: Take, joined: Take
) -> None:
    joined(investigator, case, [("suspect", "name", "Jordan Marsh"), PHONE])
    joined(investigator, case, [("suspect", "name", "Alex Reed"), CAR])
    car = Attribution.objects.get(identifier__text="AB00 CDE")
    assert (car.person.key, car.person.name) == ("S2", "Alex Reed")


def test_a_victim_told_as_suspect_stays_one_person(
    investigator: User, case: Case, joined: Take
) -> None:
    joined(investigator, case, [NAME])
    joined(investigator, case, [("suspect", "name", "Ayre Robin"), PHONE])
    assert list(case.people.values_list("role", "name")) == [("victim", "Robin Ayre")]


def test_a_joining_keeps_the_reasons_that_were_shown(
    investigator: User, case: Case, take: Take, joined: Take, signed_in: SignedIn
) -> None:
    joined(investigator, case, [PHONE])
    report = take(investigator, [PHONE])
    answer = signed_in(investigator).post(
        reverse("cases:report_join", args=[report.ref]), {"case": case.ref, "words": "Same man."}
    )
    assert answer.headers["Location"] == reverse("cases:case", args=[case.ref])
    joining = Joining.objects.get(report=report)
    assert joining.reasons == [
        {"kind": "phone", "here": ["suspect"], "there": ["suspect"], "is_similar": False}
    ]
    assert (joining.words, joining.joined_by) == ("Same man.", investigator)


def test_a_report_is_joined_once(investigator: User, case: Case, joined: Take) -> None:
    report = joined(investigator, case)
    with pytest.raises(AlreadyJoinedError):
        join_report(actor=investigator, report=report, case=case, facts=JoiningFacts())


def test_a_report_is_joined_by_the_pointer_and_goes_to_the_team(
    colleague: User, case: Case, take: Take, signed_in: SignedIn
) -> None:
    report = take(colleague, [PHONE])
    client = signed_in(colleague)
    answer = client.post(reverse("cases:report_join", args=[report.ref]), {"case": case.ref})
    assert answer.headers["Location"] == reverse("cases:reports")
    assert client.get(reverse("cases:report", args=[report.ref])).status_code == 403


def test_nobody_joins_to_a_sealed_case_by_its_reference(
    investigator: User, colleague: User, case: Case, take: Take
) -> None:
    Case.objects.filter(pk=case.pk).update(is_sealed=True)
    case.refresh_from_db()
    with pytest.raises(Refused):
        join_report(actor=colleague, report=take(colleague), case=case, facts=JoiningFacts())
    assert not Joining.objects.exists()


def test_the_reference_of_another_forces_case_is_as_one_that_does_not_exist(
    investigator: User, strangers_case: Case, take: Take, signed_in: SignedIn
) -> None:
    client = signed_in(investigator)
    address = reverse("cases:report_join", args=[take(investigator).ref])
    pages = [
        client.post(address, {"case": ref}).content.decode()
        for ref in (strangers_case.ref, "C-0000000000")
    ]
    assert all("There is no case of your force with this reference." in page for page in pages)


def test_a_new_case_has_its_opener_assigned_and_the_report_in_it(
    investigator: User, take: Take, signed_in: SignedIn
) -> None:
    report = take(investigator, [PHONE], victim_words="He waits outside.")
    other = take(investigator, [PHONE])
    page = signed_in(investigator).get(reverse("cases:report_open_case", args=[report.ref]))
    assert "Operation " in page.content.decode()
    signed_in(investigator).post(
        reverse("cases:report_open_case", args=[report.ref]),
        {
            "operation_name": "Operation Plover",
            "team": investigator.team.ref,
            "also": other.ref,
            "with_first_act": "on",
        },
    )
    case = Case.objects.get(operation_name="Operation Plover")
    assert set(case.reports.all()) == {report, other}
    assert case.assignments.get().user == investigator
    act = Act.objects.get(case=case)
    assert (act.victim_words, act.sources.get().report) == ("He waits outside.", report)


def test_without_the_tick_no_act_is_recorded(investigator: User, take: Take) -> None:
    new = NewCase(operation_name="Operation Plover", team=investigator.team)
    open_case(actor=investigator, report=take(investigator, victim_words="Told."), new=new)
    assert not Act.objects.exists()
