"""Search: what is found, by what, for whom; the same in both databases."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from fourfold.web.accountability.models import LedgerEntry
from fourfold.web.cases import search
from fourfold.web.cases.actions.search import search_cases
from fourfold.web.cases.models import (
    Act,
    Case,
    IncludedOffence,
    Offence,
    Person,
    RecordedCrime,
    Report,
    SearchDocument,
)
from fourfold.web.cases.rules.search import Asked, snippet
from fourfold.web.cases.search.words import index_words, question_words
from fourfold.web.cases.selectors.search_pages import Shown
from fourfold.web.users.models import User

SignedIn = Callable[[User], Client]
Take = Callable[..., Report]


@pytest.fixture
def act(investigator: User) -> Callable[..., Act]:
    def add(case: Case, **told: str) -> Act:
        act = Act.objects.create(case=case, added_by=investigator, **told)
        search.keep_act(act)
        return act

    return add


@pytest.fixture
def crime(investigator: User) -> Callable[..., RecordedCrime]:
    """Record a crime; `included` are codes of offences."""

    def record(case: Case, principal: str, *included: str, **more: str) -> RecordedCrime:
        crime = RecordedCrime.objects.create(
            case=case,
            principal=Offence.objects.get(code=principal),
            recorded_on=date(2026, 11, 1),
            recorded_by=investigator,
            **{"crime_number": "TC/2026/00417", **more},
        )
        for code in included:
            offence = Offence.objects.get(code=code)
            IncludedOffence.objects.create(crime=crime, offence=offence, added_by=investigator)
        search.keep_crime(crime)
        return crime

    return record


def found(actor: User, words: str = "", offence: str = "") -> Shown:
    return search_cases(actor=actor, asked=Asked(words=words, offence=offence))


def opened(shown: Shown, part: str = "all") -> list[str]:
    """The references of cases that open, in the part of that name."""
    (one,) = [each for each in shown.parts if each.name == part]
    return [each.case.ref for each in one.cases]


def pointed(shown: Shown, part: str = "all") -> list[str]:
    (one,) = [each for each in shown.parts if each.name == part]
    return [pointer.ref for pointer in one.pointers]


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        ("He followed me to work", "following"),
        ("She was texting all night", "texts"),
        ("José's car was scratched", "jose scratches"),
        ("the car AB00CDE stood there", "ab00 cde"),
        ("calls from 07700900123", "+44 7700 900123"),
        ("calls from +44 (0)7700 900 123 at night", "07700 900123"),
        ("a parcel with a black rose", "ROSE black"),
    ],
)
def test_an_account_is_found_however_it_was_written(
    told: str, asked: str, investigator: User, case: Case, act: Callable[..., Act]
) -> None:
    act(case, victim_words=told)
    assert opened(found(investigator, asked)) == [case.ref]


@pytest.mark.parametrize("asked", ["follow work parcel", "0", "-", "07700 900124"])
def test_what_does_not_stand_in_one_record_is_not_found(
    asked: str, investigator: User, case: Case, act: Callable[..., Act]
) -> None:
    act(case, victim_words="He followed me to work, calls from 07700 900123")
    act(case, summary="A parcel came")
    assert opened(found(investigator, asked)) == []


def test_references_numbers_and_names_find_their_case(
    investigator: User, case: Case, crime: Callable[..., RecordedCrime], act: Callable[..., Act]
) -> None:
    search.keep(case)
    person = Person.objects.create(case=case, key="V", role="victim", name="Robin Ayre")
    search.keep_person(person)
    recorded = crime(case, "pha-2a", registrar_note="Seen by the registrar")
    for asked in (
        case.ref, case.ref.lower(), case.operation_name, "ayre robin", "TC/2026/00417",
        "registrar", recorded.ref, act(case).ref, person.ref,
    ):  # fmt: skip
        assert opened(found(investigator, asked)) == [case.ref], asked


def test_an_identifier_is_found_in_its_normal_form(
    investigator: User, case: Case, joined: Take
) -> None:
    joined(investigator, case, [("suspect", "account", "instagram: @quiet.tern")])
    shown = found(investigator, "instagram:quiet.tern")
    assert [each.same for each in shown.parts[0].cases] == [("Same online account",)]


def test_a_report_in_no_case_is_found_by_its_words_and_identifiers(
    investigator: User, colleague: User, take: Take
) -> None:
    report = take(colleague, [("suspect", "vehicle", "AB00 CDE")], effect_words="Cannot sleep")
    for asked in ("sleeping", "ab00cde", report.ref):
        assert [each.report for each in found(investigator, asked).reports] == [report], asked


def test_a_report_that_was_joined_is_found_in_its_case(
    investigator: User, case: Case, joined: Take
) -> None:
    joined(investigator, case, victim_words="He waits outside the bakery")
    shown = found(investigator, "bakery")
    assert (opened(shown), shown.reports) == ([case.ref], [])


def test_the_words_found_are_marked_in_a_piece_of_the_account(
    investigator: User, case: Case, act: Callable[..., Act]
) -> None:
    act(case, victim_words="He followed me.", summary="Followed on foot")
    (record,) = found(investigator, "follows").parts[0].cases[0].records
    assert [(piece.text, piece.is_found) for piece in record.pieces] == [
        ("He ", False), ("followed", True), (" me.", False),
    ]  # fmt: skip


def test_an_offence_is_found_as_principal_as_included_and_in_accounts_alone(
    investigator: User,
    make_case: Callable[..., Case],
    crime: Callable[..., RecordedCrime],
    act: Callable[..., Act],
) -> None:
    principal, included, missed, other = (make_case(assigned=(investigator,)) for _ in range(4))
    crime(principal, "criminal-damage")
    crime(included, "pha-2a", "criminal-damage")
    act(included, victim_words="He scratched my car again")
    act(missed, victim_words="My tyres were slashed")
    act(other, victim_words="He sent flowers")
    shown = found(investigator, offence="criminal-damage")
    parts = {name: opened(shown, name) for name in ("principal", "included", "text")}
    assert parts == {
        "principal": [principal.ref], "included": [included.ref], "text": [missed.ref],
    }  # fmt: skip


def test_an_offence_is_heard_in_reports_that_are_in_no_case(investigator: User, take: Take) -> None:
    report = take(investigator, victim_words="He slashed my tyres")
    shown = found(investigator, offence="criminal-damage")
    assert [each.report for each in shown.reports] == [report]


def test_an_offence_and_words_narrow_each_other(
    investigator: User,
    make_case: Callable[..., Case],
    crime: Callable[..., RecordedCrime],
    act: Callable[..., Act],
) -> None:
    one, two = (make_case(assigned=(investigator,)) for _ in range(2))
    crime(one, "pha-2a")
    crime(two, "pha-2a")
    act(two, victim_words="the bakery")
    assert opened(found(investigator, "bakery", "pha-2a"), "principal") == [two.ref]


def test_a_case_that_stays_closed_is_pointed_to_without_a_reason(
    colleague: User, case: Case, act: Callable[..., Act], signed_in: SignedIn
) -> None:
    act(case, victim_words="He waits outside the bakery")
    answer = signed_in(colleague).post(reverse("cases:search"), {"words": "bakery"})
    page = answer.content.decode()
    assert case.ref in page
    for secret in (case.operation_name, "He waits", "outside", "Act"):
        assert secret not in page.split('<hr class="govuk-section-break')[1]


def test_a_number_kept_safe_is_not_confirmed_by_a_pointer(
    investigator: User, colleague: User, case: Case, joined: Take
) -> None:
    joined(investigator, case, [("victim", "phone", "07700 900777", True)])
    assert pointed(found(colleague, "07700 900777")) == []
    assert opened(found(investigator, "07700 900777")) == [case.ref]


def test_another_forces_case_is_never_found(
    investigator: User, strangers_case: Case, act: Callable[..., Act]
) -> None:
    search.keep(strangers_case)
    act(strangers_case, victim_words="the bakery")
    for asked in ("bakery", strangers_case.ref, "sedge"):
        shown = found(investigator, asked)
        assert (opened(shown), pointed(shown), shown.is_empty) == ([], [], True)


def test_a_sealed_case_is_not_pointed_to(
    colleague: User, case: Case, act: Callable[..., Act]
) -> None:
    act(case, victim_words="the bakery")
    Case.objects.filter(pk=case.pk).update(is_sealed=True)
    assert pointed(found(colleague, "bakery")) == []


def test_an_act_that_is_withdrawn_is_not_found(
    investigator: User, case: Case, act: Callable[..., Act]
) -> None:
    withdrawn = act(case, victim_words="the bakery")
    withdrawn.state = Act.State.WITHDRAWN
    search.keep_act(withdrawn)
    assert opened(found(investigator, "bakery")) == []


def test_a_changed_text_is_found_by_its_new_words_only(
    investigator: User, case: Case, act: Callable[..., Act]
) -> None:
    changed = act(case, victim_words="the bakery")
    changed.victim_words = "the station"
    search.keep_act(changed)
    assert opened(found(investigator, "bakery")) == []
    assert opened(found(investigator, "station")) == [case.ref]


def test_rebuilding_finds_the_same(
    investigator: User, case: Case, act: Callable[..., Act], take: Take
) -> None:
    act(case, victim_words="the bakery")
    take(investigator, victim_words="the bakery")
    search.keep(case)
    withdrawn = act(case, victim_words="the station")
    before = set(SearchDocument.objects.exclude(subject_ref=withdrawn.ref)
                 .values_list("subject_ref", "words"))  # fmt: skip
    Act.objects.filter(pk=withdrawn.pk).update(state=Act.State.WITHDRAWN)
    SearchDocument.objects.filter(kind="case").delete()
    assert search.rebuild() == 3
    assert set(SearchDocument.objects.values_list("subject_ref", "words")) == before
    assert opened(found(investigator, "bakery")) == [case.ref]


def test_the_ledger_holds_counts_and_never_the_words(
    investigator: User, case: Case, act: Callable[..., Act]
) -> None:
    act(case, victim_words="the bakery")
    found(investigator, "bakery")
    entry = LedgerEntry.objects.latest("seq")
    assert (entry.act, entry.detail) == (
        "search.case", {"opened": 1, "pointed_to": 0, "reports": 0, "page": 1},
    )  # fmt: skip


def test_nothing_to_look_for_is_said_beside_the_form(
    investigator: User, signed_in: SignedIn
) -> None:
    answer = signed_in(investigator).post(reverse("cases:search"), {"words": " - "})
    assert "Enter words, a number or a reference" in answer.content.decode()


def test_pages_of_an_answer_are_asked_for_by_post(
    investigator: User,
    make_case: Callable[..., Case],
    act: Callable[..., Act],
    signed_in: SignedIn,
) -> None:
    cases = [make_case(assigned=(investigator,)) for _ in range(21)]
    for case in cases:
        act(case, victim_words="the bakery")
    asked = {"words": "bakery", "part": "all", "page": "2"}
    page = signed_in(investigator).post(reverse("cases:search"), asked).content.decode()
    assert "Page 2 of 2" in page
    assert cases[0].ref in page


def test_a_question_is_made_of_the_same_words_as_a_text() -> None:
    text = "Followed from 07700 900123 in AB00 CDE, José's messages; stopped 3 times"
    assert set(question_words(text)) <= set(index_words(text).split())


def test_a_piece_of_text_never_runs_over_its_end() -> None:
    pieces = snippet("word " * 200 + "bakery", {"bakery"})
    assert "".join(piece.text for piece in pieces).endswith("bakery")
