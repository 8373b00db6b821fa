"""People and identifiers: what leads to the victim is hidden, and showing it is a look."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from fourfold.web.accountability.models import LedgerEntry
from fourfold.web.cases.actions import people
from fourfold.web.cases.models import Assignment, Attribution, Case, Identifier, Person
from fourfold.web.cases.rules.people import day_end, last_day
from fourfold.web.cases.selectors.versions import versions_of
from fourfold.web.users.models import Role, User
from web.cases.room.conftest import Cast

SignIn = Callable[[User], Client]
SECRET = "07700 900123"


def page(client: Client, name: str, case: Case, **more: str) -> str:
    answer = client.get(reverse(f"cases:{name}", kwargs={"case_ref": case.ref, **more}))
    return answer.content.decode()


def test_a_second_suspect_gets_the_next_key(cast: Cast, case: Case, investigator: User) -> None:
    person = people.add_person(actor=investigator, case=case, facts=people.PersonFacts("suspect"))

    assert (cast.suspect.key, person.key) == ("S", "S2")


def test_the_same_identifier_written_otherwise_is_known(
    cast: Cast, case: Case, investigator: User
) -> None:
    with pytest.raises(people.AlreadyKnownError):
        people.add_identifier(
            actor=investigator, case=case, facts=people.IdentifierFacts("phone", "+44 7700 900123")
        )


def test_people_page_hides_the_victims_number(
    cast: Cast, case: Case, investigator: User, signed_in: SignIn
) -> None:
    html = page(signed_in(investigator), "people", case)

    assert SECRET not in html
    assert "TE00 SEL" in html


def test_contact_page_shows_it_and_is_recorded_as_such(
    cast: Cast, case: Case, investigator: User, signed_in: SignIn
) -> None:
    html = page(signed_in(investigator), "contact", case)

    entry = LedgerEntry.objects.last()
    assert SECRET in html
    assert "TE00 SEL" not in html
    assert entry is not None
    assert (entry.act, entry.case_ref) == ("case.open_contact", case.ref)


@pytest.mark.parametrize("name", ["contact", "people", "people_versions"])
def test_an_analyst_never_sees_it(
    cast: Cast,
    case: Case,
    supervisor: User,
    make_user: Callable[..., User],
    signed_in: SignIn,
    name: str,
) -> None:
    analyst = make_user(Role.ANALYST)
    Assignment.objects.create(
        case=case, user=analyst, assigned_by=supervisor, from_at=case.opened_at
    )

    assert SECRET not in page(signed_in(analyst), name, case)


def test_opening_the_form_of_a_contact_detail_is_a_look_of_its_own(
    cast: Cast, case: Case, investigator: User, signed_in: SignIn
) -> None:
    html = page(signed_in(investigator), "identifier_change", case, identifier_ref=cast.phone.ref)

    assert SECRET in html
    assert LedgerEntry.objects.filter(act="case.open_contact").count() == 1


def test_a_bad_day_loses_nothing_that_was_typed(
    cast: Cast, case: Case, investigator: User, signed_in: SignIn
) -> None:
    sent = {"role": "witness", "name": "Cy Example", "born_on-day": "31", "born_on-month": "2",
            "born_on-year": "1990"}  # fmt: skip
    answer = signed_in(investigator).post(
        reverse("cases:person_new", kwargs={"case_ref": case.ref}), sent
    )

    html = answer.content.decode()
    assert "That date does not exist" in html
    assert "Cy Example" in html
    assert Person.objects.filter(role="witness").count() == 0


def test_an_identifier_is_added_with_whose_it_is_said_to_be(
    cast: Cast, case: Case, investigator: User, signed_in: SignIn
) -> None:
    sent = {"kind": "email", "text": "bo@example.org", "person": str(cast.suspect.pk),
            "strength": "accepted", "basis": "sent from it", "from_on-day": "1",
            "from_on-month": "5", "from_on-year": "2026"}  # fmt: skip
    signed_in(investigator).post(
        reverse("cases:identifier_new", kwargs={"case_ref": case.ref}), sent
    )

    said = Attribution.objects.get(identifier__kind="email")
    assert said.person == cast.suspect
    assert said.from_at is not None
    assert said.from_at.isoformat() == "2026-04-30T23:00:00+00:00"


def test_a_person_of_another_case_is_not_attributed(
    cast: Cast, make_case: Callable[..., Case], investigator: User
) -> None:
    other = make_case(assigned=(investigator,))
    number = people.add_identifier(
        actor=investigator, case=other, facts=people.IdentifierFacts("phone", "07700 900124")
    )

    with pytest.raises(people.OtherCaseError):
        people.add_attribution(
            actor=investigator, identifier=number, facts=people.AttributionFacts(cast.victim)
        )


def test_versions_say_who_changed_what(cast: Cast, case: Case, investigator: User) -> None:
    people.change_person(
        actor=investigator, person=cast.suspect, facts=people.PersonFacts("suspect", name="B. Ex")
    )

    newest = versions_of(case)[0]
    assert newest.by == investigator.name
    assert [(each.before, each.after) for each in newest.changes] == [("Bo Example", "B. Ex")]


def test_versions_hide_a_number_that_became_the_victims_later(
    cast: Cast, case: Case, investigator: User
) -> None:
    number = people.add_identifier(
        actor=investigator, case=case, facts=people.IdentifierFacts("phone", "07700 900199")
    )
    people.add_attribution(
        actor=investigator, identifier=number, facts=people.AttributionFacts(cast.victim)
    )

    said = [each.after for version in versions_of(case) for each in version.changes]
    assert "07700 900199" not in said


def test_a_period_ends_with_its_last_day() -> None:
    end = day_end(date(2026, 10, 25), "Europe/London")  # the clocks go back on that day

    assert last_day(end, "Europe/London") == date(2026, 10, 25)


def test_an_identifier_keeps_its_text_as_it_was_given(cast: Cast) -> None:
    assert Identifier.objects.get(pk=cast.phone.pk).text == SECRET
