"""super-complaints.md section 5: who is designated, since when, until when, on which grounds."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fourfold.web.supercomplaints.actions import register
from fourfold.web.supercomplaints.models import Designation, Organisation
from fourfold.web.supercomplaints.reference import register as reference
from fourfold.web.supercomplaints.rules.designation import (
    Dates,
    is_designated,
    standing_words,
    surely_from,
)
from fourfold.web.supercomplaints.selectors.standing import may_submit
from web.supercomplaints.conftest import Parties

DAYS = st.dates(date(2018, 1, 1), date(2030, 1, 1))


@given(since=DAYS, until=st.none() | DAYS, on=DAYS)
@settings(max_examples=30)
def test_section_5_designated_from_its_day_until_the_day_of_revocation(
    since: date, until: date | None, on: date
) -> None:
    stands = is_designated(Dates(since, "", until), on)
    assert stands == (since <= on and (until is None or on < until))


def test_section_5_june_2018_the_day_not_seen_is_sure_from_july() -> None:
    dates = Dates(None, "June 2018")
    assert surely_from(dates) == date(2018, 7, 1)
    assert not is_designated(dates, date(2018, 6, 30))
    assert is_designated(dates, date(2018, 12, 18))  # the first super-complaint ever made
    assert standing_words(dates, date(2018, 6, 15)) == "The day in that month is not known"
    assert surely_from(Dates(None, "December 2018")) == date(2019, 1, 1)
    assert surely_from(Dates(None, "2023")) == date(2024, 1, 1)
    assert surely_from(Dates(None, "some time ago")) is None


def test_section_5_regulation_3_has_the_four_criteria_seen_and_marks_the_others_not_seen() -> None:
    by_regime = {
        regime: [each.basis for each in reference.criteria() if each.regime == regime]
        for regime in ("police", "service_police")
    }
    assert by_regime == {"police": ["law"] * 4, "service_police": ["not_seen"] * 8}


def test_section_5_regulation_4_lists_eight_grounds() -> None:
    assert [each.basis for each in reference.grounds()] == ["law"] * 8


def test_section_5_may_submit_follows_from_dated_rows_and_regime(parties: Parties) -> None:
    on = date(2022, 11, 25)
    assert may_submit(parties.body, "police", on)
    assert not may_submit(parties.body, "service_police", on)
    assert not may_submit(parties.other_body, "police", on)


def test_section_5_a_revocation_needs_a_ground_and_ends_it(parties: Parties) -> None:
    row, actor = Designation.objects.get(), parties.chief
    with pytest.raises(register.RevocationError, match="at least one ground"):
        register.revoke(
            actor=actor, designation=row, facts=register.RevocationFacts(date(2022, 1, 1), ())
        )
    facts = register.RevocationFacts(date(2022, 1, 1), ("union",), "SI 2022/0")
    register.revoke(actor=actor, designation=row, facts=facts)
    assert not may_submit(parties.body, "police", date(2022, 1, 1))
    assert may_submit(parties.body, "police", date(2021, 12, 31))
    assert row.history.count() == 2


def test_sections_2_and_5_the_register_loads_once_and_leaves_what_a_person_changed(
    parties: Parties,
) -> None:
    first = register.load_register(actor=parties.chief)
    kinds = Organisation.objects.filter(is_invented=False).values_list("kind", flat=True)
    numbers = {kind: list(kinds).count(kind) for kind in set(kinds)}
    assert numbers == {
        "territorial_force": 43, "commissioner": 43, "other_force": 4, "service_force": 4,
        "authority": 4, "government": 2, "national_body": 3, "charity": 11,
    }  # fmt: skip
    forces = Organisation.objects.filter(kind="territorial_force", is_invented=False)
    assert forces.filter(polices_for__isnull=True).count() == 0
    designated = Designation.objects.filter(organisation__is_invented=False)
    assert [designated.filter(regime=each).count() for each in ("police", "service_police")] == [
        7, 4,
    ]  # fmt: skip
    assert "nine" in reference.missing()["police"]
    changed = Organisation.objects.get(name="Liberty")
    changed.kind = "national_body"
    changed.save()
    again = register.load_register(actor=parties.chief)
    assert (first["made"], again["made"], again["left"]) == (125, 0, 1)
    changed.refresh_from_db()
    assert changed.kind == "national_body"
