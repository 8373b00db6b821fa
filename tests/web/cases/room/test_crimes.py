"""Recorded crimes: included offences stay findable, harassment owes a reason."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from fourfold.web.cases.actions import crimes, room
from fourfold.web.cases.models import Case, IncludedOffence, Offence, RecordedCrime
from fourfold.web.cases.selectors.crimes import crimes_of
from fourfold.web.cases.selectors.summary import summary_of
from fourfold.web.users.models import User

SignIn = Callable[[User], Client]
DAY = date(2026, 11, 20)


@pytest.fixture
def crime(case: Case, investigator: User, harassment: Offence, stalking: Offence) -> RecordedCrime:
    facts = crimes.CrimeFacts("42/0001/26", harassment, DAY)
    return crimes.add_crime(
        actor=investigator, case=case, facts=facts, included=[stalking, harassment]
    )


def test_the_principal_offence_is_not_included_twice(crime: RecordedCrime) -> None:
    assert crime.inclusions.count() == 1


def test_harassment_without_a_reason_is_saved_and_owed(crime: RecordedCrime, case: Case) -> None:
    owed = [item.needed_for for item in summary_of(case).owed]

    assert crimes_of(case)[0].owes_reason
    assert "the crime registrar, and charging advice" in owed


def test_a_reason_pays_what_is_owed(
    crime: RecordedCrime, case: Case, investigator: User, harassment: Offence
) -> None:
    facts = crimes.CrimeFacts("42/0001/26", harassment, DAY, harassment_reason="No fixation seen")
    crimes.change_crime(actor=investigator, crime=crime, facts=facts)

    assert not crimes_of(case)[0].owes_reason


def test_an_offence_taken_out_stays_in_the_versions_with_its_reason(
    crime: RecordedCrime, case: Case, investigator: User, stalking: Offence
) -> None:
    crimes.remove_included(
        actor=investigator, crime=crime, offence=stalking, reason="Recorded in another crime"
    )

    removed = crimes_of(case)[0].removed
    assert IncludedOffence.objects.count() == 0
    assert [(each.title, each.by, each.reason) for each in removed] == [
        ("Stalking (test)", investigator.name, "Recorded in another crime")
    ]


def test_an_offence_is_not_taken_out_without_a_reason(
    crime: RecordedCrime, investigator: User, stalking: Offence
) -> None:
    with pytest.raises(crimes.ReasonMissingError):
        crimes.remove_included(actor=investigator, crime=crime, offence=stalking, reason=" ")


def test_a_crime_is_recorded_by_its_form(
    case: Case, investigator: User, signed_in: SignIn, stalking: Offence, harassment: Offence
) -> None:
    sent = {"crime_number": "42/0002/26", "recorded_on-day": "20", "recorded_on-month": "11",
            "recorded_on-year": "2026", "principal": stalking.code,
            "included": [harassment.code]}  # fmt: skip
    answer = signed_in(investigator).post(
        reverse("cases:crime_new", kwargs={"case_ref": case.ref}), sent
    )

    assert answer.status_code == 302
    assert [o.code for o in RecordedCrime.objects.get().included.all()] == [harassment.code]


def test_a_case_does_not_continue_itself_in_a_circle(
    case: Case, make_case: Callable[..., Case], investigator: User
) -> None:
    later = make_case(assigned=(investigator,))
    room.decide_course(actor=investigator, case=later, continues=case, reason="The same two people")

    with pytest.raises(room.CircleError):
        room.decide_course(actor=investigator, case=case, continues=later, reason="The same")


def test_a_case_that_may_not_be_opened_is_not_offered_as_earlier(
    case: Case, make_case: Callable[..., Case], investigator: User, signed_in: SignIn
) -> None:
    hidden = make_case()
    address = reverse("cases:course_decision", kwargs={"case_ref": case.ref})

    html = signed_in(investigator).get(address).content.decode()

    assert hidden.ref not in html
