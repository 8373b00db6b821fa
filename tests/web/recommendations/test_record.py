"""The public record: what the sources say, what they do not, loaded once and again."""

from collections.abc import Callable
from datetime import date

import pytest

from fourfold.web.accountability.models import LedgerEntry
from fourfold.web.publication import content
from fourfold.web.publication.models import Published, SupportService
from fourfold.web.publication.selectors import standing
from fourfold.web.recommendations.models import Answer, Recommendation
from fourfold.web.recommendations.record import loading, reading
from fourfold.web.recommendations.record.complaints import unnumbered_words
from fourfold.web.supercomplaints.models import Organisation, Step, SuperComplaint
from fourfold.web.supercomplaints.rules import clocks
from fourfold.web.users import access
from fourfold.web.users.models import Force, Role, User

STALKING = "SC-PR00000007"


@pytest.fixture
def officer(make_user: Callable[..., User], db: None) -> User:
    tenant = Force.objects.create(name="Office of the Example Inspector")
    return make_user(Role.COMPLAINTS_OFFICER, force=tenant, team=None)


def test_super_complaints_section_7_how_the_29_divide() -> None:
    told = reading.read(reading.STALKING)["recommendation"]
    by_kind = {
        kind: [r["number"] for r in told if kind in r.get("addressee_kinds", [])]
        for kind in ("territorial_force", "commissioner")
    }
    assert [r["number"] for r in told] == list(range(1, 30))
    assert by_kind["commissioner"] == [15, 16, 25]
    assert by_kind["territorial_force"] == [7, 10, 16, 25]  # 11 more are not known by number
    unknown = [r for r in told if r["confidence"] == "not_found"]
    assert len(unknown) == 23
    assert not any("text" in r or "due_on" in r or "addressee_words" in r for r in unknown)


def test_content_seen_without_a_number_is_given_none() -> None:
    told = reading.read(reading.STALKING)["unnumbered"]
    assert len(told) == 8
    assert not any("number" in entry for entry in told)
    assert all("without its number" in unnumbered_words(entry) for entry in told)


def test_the_record_is_loaded_once_and_edits_stand(officer: User) -> None:
    done = loading.load_record(actor=officer)
    assert done["super-complaints"] == {"made": 8}
    assert done["recommendations"]["made"] == 29
    stood = _counts()
    again = loading.load_record(actor=officer)
    assert {what for part in again.values() for what, n in part.items() if n} <= {
        "same", "answers same"
    }  # fmt: skip
    assert stood == _counts()
    edited = Recommendation.objects.get(number=7)
    edited.text = "A better sentence."
    edited.save()
    assert loading.load_record(actor=officer)["recommendations"]["left"] == 1
    edited.refresh_from_db()
    assert edited.text == "A better sentence."

    _section_4(SuperComplaint.objects.get(ref=STALKING))
    _section_6()
    _answers()
    assert SupportService.objects.filter(checked_on=None).exists()
    assert len(standing.every(content.Practice)) == 5


def _counts() -> tuple[int, ...]:
    acts = LedgerEntry.objects.exclude(act__startswith="organisation.")
    return Published.objects.count(), acts.count(), Step.objects.count()


def _section_4(stalking: SuperComplaint) -> None:
    """Check the timeline of the stalking super-complaint."""
    public = standing.one(content.SuperComplaint, STALKING)
    assert public is not None and len(public.timeline) == 11
    assert public.timeline[0].on_words == "November 2022"
    assert public.timeline[-1].on_words == "March 2026"
    assert (public.made_on, public.report_on) == ("", "2024-09-27")
    assert public.responses_due_on == "2024-11-22"
    assert clocks.responses_due(date(2024, 9, 27)) == stalking.responses_due_on
    assert (date(2024, 9, 27) - date(2022, 11, 25)).days == 672
    assert {step.basis for step in public.timeline} == {"record"}
    assert sum("without its number" in gap for gap in public.gaps) == 8


def _section_6() -> None:
    """Check the table of super-complaints so far; days only where both dates are known."""
    days = {each.title: each.days_to_report for each in standing.every(content.SuperComplaint)}
    assert sorted(filter(None, days.values())) == [726, 730, 861]
    assert len(days) == 8


def _answers() -> None:
    public = {(a.organisation, a.number, a.part): a for a in standing.every(content.Answer)}
    kent = public["Kent Police", 7, "7.1"]
    assert (kent.status, kent.position, kent.answered_on) == ("complete", "", "")
    hampshire = public["Hampshire and Isle of Wight Constabulary", 7, ""]
    assert hampshire.status == "no_date_possible" and hampshire.due_on == ""
    assert all(answer.source_url for answer in public.values())
    commissioners = Organisation.objects.filter(kind="commissioner", is_invented=False).count()
    assert sum(answer.number == 15 for answer in public.values()) == commissioners
    assert not any(answer.status == "not_answered" for answer in public.values())
    assert not Answer.objects.filter(organisation__is_invented=True).exists()


def test_only_a_complaints_officer_loads_it(make_user: Callable[..., User]) -> None:
    with pytest.raises(access.Refused):
        loading.load_record(actor=make_user(Role.RESPONDER))
    assert not SuperComplaint.objects.exists()
