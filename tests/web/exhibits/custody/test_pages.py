"""The pages of custody, as a browser without JavaScript gets them."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fourfold.evidence.model.wording import forbidden_words
from fourfold.web.accountability.models import LedgerEntry
from fourfold.web.cases.models import Case
from fourfold.web.exhibits import storage
from fourfold.web.exhibits.actions.expiry import open_default_clocks
from fourfold.web.exhibits.models import Authority, Exhibit, ExpiryClock, Upload
from fourfold.web.users.models import User

Take = Callable[..., Exhibit]
QUERIES = 15
UNCOUNTED = ("SAVEPOINT", "pg_advisory_xact_lock")  # of transactions, not questions


@pytest.fixture
def browser(investigator: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(investigator)


@pytest.fixture
def authority(case: Case) -> Authority:
    return Authority.objects.create(case=case, reference="CD/1", kind="communications_data")


def address(name: str, case: Case, **more: str) -> str:
    return reverse(f"exhibits:{name}", kwargs={"case_ref": case.ref, **more})


@pytest.fixture
def pages(case: Case, take_in: Take, authority: Authority, investigator: User) -> dict[str, str]:
    """Every page that can be opened, with much on it."""
    exhibits = [take_in(f"cd/{n}.csv", bytes([n])) for n in range(12)]
    exhibits[0].authorities.add(authority)
    exhibits[1].parent = exhibits[0]
    exhibits[1].save()
    clock, *_ = open_default_clocks(actor=investigator, case=case, from_on=date(2026, 11, 1))
    one = {"exhibit_ref": exhibits[1].ref}
    tick = {"clock_ref": clock.ref}
    return {
        "list": address("list", case),
        "upload": address("upload", case),
        "exhibit": address("exhibit", case, **one),
        "exhibit_change": address("exhibit_change", case, **one),
        "exhibit_move": address("exhibit_move", case, **one),
        "authorities": address("authorities", case),
        "authority_new": address("authority_new", case),
        "authority": address("authority", case, authority_ref=authority.ref),
        "expiry": address("expiry", case),
        "clock_new": address("clock_new", case),
        "clock_ask": address("clock_ask", case, **tick),
        "clock_receive": address("clock_receive", case, **tick),
        "clock_waive": address("clock_waive", case, **tick),
        "expiring": reverse("exhibits:expiring"),
        "expiring_csv": reverse("exhibits:expiring_csv"),
    }


def test_every_page_opens_with_few_questions_and_guarded_words(
    pages: dict[str, str], browser: Client
) -> None:
    browser.get(pages["list"])  # the session's first request notes when it was seen
    for name, page in pages.items():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            response = browser.get(page)
        queries = [q["sql"] for q in asked if not any(word in q["sql"] for word in UNCOUNTED)]
        assert response.status_code == 200, name
        assert len(queries) <= QUERIES, "\n".join([name, *(q[:160] for q in queries)])
        assert not forbidden_words(response.content.decode().split("<main")[-1]), name


def test_every_look_is_recorded(pages: dict[str, str], browser: Client) -> None:
    before = LedgerEntry.objects.count()
    for page in pages.values():
        browser.get(page)
    looks = LedgerEntry.objects.order_by("seq")[before:]
    assert len(looks) == len(pages)
    assert {look.op for look in looks} <= {"consult", "export"}


def test_other_people_see_nothing(
    pages: dict[str, str], make_user: Callable[..., User], other_force: object,
    signed_in: Callable[[User], Client],
) -> None:  # fmt: skip
    own_pages = {name: page for name, page in pages.items() if "expiring" not in name}
    stranger = signed_in(make_user("investigator", force=other_force, team=None))
    colleague = signed_in(make_user("investigator"))
    for page in own_pages.values():
        assert stranger.get(page).status_code == 404
        assert colleague.get(page).status_code == 403


def test_an_ordinary_form_takes_in_several_files(browser: Client, case: Case) -> None:
    given = [SimpleUploadedFile("a.csv", b"one"), SimpleUploadedFile("b.csv", b"")]
    response = browser.post(
        address("upload", case),
        {"handed_in": given, "folder": "phone", "received_from": "Shop", "received_on-day": "1",
         "received_on-month": "November", "received_on-year": "2026", "received_time": "9am"},
        follow=True,
    )  # fmt: skip
    assert "2 files taken in" in response.content.decode()
    exhibit = Exhibit.objects.get(path="phone/a.csv")
    assert exhibit.received_from == "Shop"
    assert exhibit.received_at is not None
    assert exhibit.received_at.isoformat() == "2026-11-01T09:00:00+00:00"


def test_one_refused_file_does_not_stop_the_others(browser: Client, case: Case) -> None:
    given = [SimpleUploadedFile("con.txt", b"x"), SimpleUploadedFile("b.csv", b"y")]
    response = browser.post(address("upload", case), {"handed_in": given}, follow=True)
    text = response.content.decode()
    assert "1 file taken in" in text
    assert "1 file refused" in text
    assert "Windows reserves this name" in text


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Choose one or more files"),
        ({"received_time": "25:99"}, "Enter a time such as"),
        ({"received_on-day": "31", "received_on-month": "2", "received_on-year": "2026"},
         "That date does not exist"),
        ({"received_time": "09:00"}, "Enter the day that this time belongs to"),
        ({"received_on-day": "1", "received_on-month": "1", "received_on-year": "2199"},
         "lies in the future"),
    ],
)  # fmt: skip
def test_a_form_that_is_wrong_says_how(
    browser: Client, case: Case, sent: dict[str, str], said: str
) -> None:
    response = browser.post(address("upload", case), sent)
    assert response.status_code == 400
    assert said in response.content.decode()


def test_an_unfinished_upload_can_be_removed(browser: Client, case: Case) -> None:
    upload = Upload.objects.create(
        case=case, name="a.bin", size_bytes=3, started_by=case.assignments.get().user
    )
    page = browser.get(address("upload", case)).content.decode()
    assert "choose the same file again" in page
    browser.post(address("upload_abandon", case, upload_ref=upload.ref))
    upload.refresh_from_db()
    assert upload.state == "abandoned"


def test_a_complete_upload_can_be_finished_by_a_button(browser: Client, case: Case) -> None:
    upload = Upload.objects.create(
        case=case, name="a.bin", size_bytes=0, started_by=case.assignments.get().user
    )
    browser.post(address("upload_finish", case, upload_ref=upload.ref))
    assert Exhibit.objects.get().upload == upload


def test_facts_of_an_exhibit_are_changed_and_versions_kept(
    browser: Client, case: Case, take_in: Take, authority: Authority
) -> None:
    exhibit = take_in()
    response = browser.post(
        address("exhibit_change", case, exhibit_ref=exhibit.ref),
        {"exhibit_reference": "ABC/1", "producer": "DC 7041", "authorities": [authority.ref],
         "time_zone": "UTC"},
    )  # fmt: skip
    assert response.status_code == 302
    exhibit.refresh_from_db()
    assert (exhibit.exhibit_reference, exhibit.time_zone) == ("ABC/1", "UTC")
    assert list(exhibit.authorities.all()) == [authority]
    assert exhibit.history.count() == 2


def test_a_reference_stands_once_in_a_case(browser: Client, case: Case, take_in: Take) -> None:
    Exhibit.objects.filter(pk=take_in("a").pk).update(exhibit_reference="ABC/1")
    other = take_in("b", b"2")
    sent = {"exhibit_reference": "ABC/1"}
    response = browser.post(address("exhibit_change", case, exhibit_ref=other.ref), sent)
    assert "Give this one the next number" in response.content.decode()


def test_an_exhibit_is_not_derived_from_what_is_derived_from_it(
    browser: Client, case: Case, take_in: Take
) -> None:
    first, second = take_in("a"), take_in("b", b"2")
    Exhibit.objects.filter(pk=second.pk).update(parent=first)
    sent = {"parent": second.ref}
    response = browser.post(address("exhibit_change", case, exhibit_ref=first.ref), sent)
    assert response.status_code == 400


def test_a_hand_over_is_added_to_continuity(browser: Client, case: Case, take_in: Take) -> None:
    exhibit = take_in()
    sent = {"from_whom": "DC 7041", "to_whom": "Digital unit", "reason": "Download", "seal": "B12",
            "at_on-day": "3", "at_on-month": "11", "at_on-year": "2026", "at_time": "14:05"}  # fmt: skip
    browser.post(address("exhibit_move", case, exhibit_ref=exhibit.ref), sent)
    entry = exhibit.continuity.get(seal="B12")
    assert entry.at.isoformat() == "2026-11-03T14:05:00+00:00"
    assert "B12" in browser.get(address("exhibit", case, exhibit_ref=exhibit.ref)).content.decode()


@pytest.fixture
def confirmed(browser: Client) -> Client:
    """A browser whose user has just used the passkey."""
    import time

    session = browser.session
    session["stepped_up_at"] = int(time.time())
    session.save()
    return browser


def test_the_original_leaves_as_a_closed_attachment_and_is_recorded(
    confirmed: Client, case: Case, take_in: Take
) -> None:
    exhibit = take_in("cd/ünï\U0001f6ab.html", b"<script>alert(1)</script>")
    page = address("exhibit_download", case, exhibit_ref=exhibit.ref)
    assert confirmed.get(page).status_code == 200
    response = confirmed.post(page)

    assert b"".join(response) == b"<script>alert(1)</script>"
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert LedgerEntry.objects.filter(act="exhibit.download", outcome="done").count() == 1


def test_a_download_wants_a_fresh_passkey(browser: Client, case: Case, take_in: Take) -> None:
    exhibit = take_in()
    response = browser.post(address("exhibit_download", case, exhibit_ref=exhibit.ref))
    assert response.status_code == 302
    assert not LedgerEntry.objects.filter(act="exhibit.download").exists()


def test_a_broken_original_does_not_leave(confirmed: Client, case: Case, take_in: Take) -> None:
    exhibit = take_in()
    storage.sealed(exhibit.sha256).chmod(0o600)
    storage.sealed(exhibit.sha256).write_bytes(b"changed")
    response = confirmed.post(address("exhibit_download", case, exhibit_ref=exhibit.ref))
    assert response.status_code == 409
    assert "does not have its hash" in response.content.decode()
    assert not LedgerEntry.objects.filter(act="exhibit.download").exists()


def test_an_authority_ends_with_the_day_that_is_typed(browser: Client, case: Case) -> None:
    sent = {"reference": "CD/9", "kind": "communications_data",
            "from_on-day": "1", "from_on-month": "7", "from_on-year": "2026",
            "to_on-day": "29", "to_on-month": "10", "to_on-year": "2026"}  # fmt: skip
    assert browser.post(address("authority_new", case), sent).status_code == 302
    authority = Authority.objects.get(reference="CD/9")
    assert authority.from_at is not None
    assert authority.to_at is not None
    assert authority.from_at.isoformat() == "2026-06-30T23:00:00+00:00"
    assert authority.to_at.isoformat() == "2026-10-30T00:00:00+00:00"

    page = address("authority", case, authority_ref=authority.ref)
    assert 'value="29"' in browser.get(page).content.decode()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"reference": "CD/1"}, "has an authority of this reference already"),
        ({"from_on-day": "2", "from_on-month": "1", "from_on-year": "2026", "to_on-day": "1",
          "to_on-month": "1", "to_on-year": "2026"}, "ends before it starts"),
    ],
)  # fmt: skip
def test_an_authority_that_is_wrong_is_explained(
    browser: Client, case: Case, authority: Authority, sent: dict[str, str], said: str
) -> None:
    sent = {"reference": "CD/2", "kind": "warrant", **sent}
    assert said in browser.post(address("authority_new", case), sent).content.decode()


def test_several_exhibits_cite_an_authority_at_once(
    browser: Client, case: Case, take_in: Take, authority: Authority
) -> None:
    exhibits = [take_in("a"), take_in("b", b"2")]
    page = address("authorities", case)
    assert "2 exhibits cite no authority" in browser.get(page).content.decode()
    sent = {"authority": authority.ref, "exhibits": [each.ref for each in exhibits]}
    browser.post(page, sent)
    assert "Every exhibit cites an authority" in browser.get(page).content.decode()


def test_the_usual_clocks_start_by_a_button(browser: Client, case: Case) -> None:
    page = address("expiry", case)
    assert "No clock is running" in browser.get(page).content.decode()
    assert case.ref in browser.get(reverse("exhibits:expiring")).content.decode()
    sent = {"from_on-day": "1", "from_on-month": "11", "from_on-year": "2026"}
    browser.post(page, sent)
    clocks = ExpiryClock.objects.filter(case=case).values_list("source", "ask_by_on")
    assert list(clocks) == [
        ("CCTV", date(2026, 11, 8)),
        ("Travel card journeys", date(2026, 11, 15)),
        ("Call and cell data", date(2026, 12, 1)),
    ]


def test_evidence_is_asked_for_and_received(
    browser: Client, case: Case, take_in: Take, investigator: User
) -> None:
    exhibit = take_in()
    clock, *_ = open_default_clocks(actor=investigator, case=case, from_on=date(2026, 11, 1))
    here = {"clock_ref": clock.ref}
    sent = {"asked_of": "Bus company", "asked_on-day": "2", "asked_on-month": "11",
            "asked_on-year": "2026", "asked_time": ""}  # fmt: skip
    browser.post(address("clock_ask", case, **here), sent)
    clock.refresh_from_db()
    assert (clock.state, clock.asked_of, clock.asked_by) == ("asked", "Bus company", investigator)

    browser.post(address("clock_receive", case, **here), {"exhibit": exhibit.ref})
    clock.refresh_from_db()
    assert (clock.state, clock.exhibit) == ("received", exhibit)

    response = browser.post(address("clock_waive", case, **here), {"reason": "no"}, follow=True)
    assert "received already" in response.content.decode()


def test_what_is_not_needed_says_why(browser: Client, case: Case, investigator: User) -> None:
    clock, *_ = open_default_clocks(actor=investigator, case=case, from_on=date(2026, 11, 1))
    page = address("clock_waive", case, clock_ref=clock.ref)
    assert browser.post(page, {"reason": ""}).status_code == 400
    browser.post(page, {"reason": "Nobody filmed there"})
    clock.refresh_from_db()
    assert (clock.state, clock.reason) == ("waived", "Nobody filmed there")


def test_the_csv_holds_what_the_page_holds_and_no_formulas(
    browser: Client, case: Case, investigator: User
) -> None:
    clock, *_ = open_default_clocks(actor=investigator, case=case, from_on=date(2026, 11, 1))
    ExpiryClock.objects.filter(pk=clock.pk).update(source="=HYPERLINK(1)")
    text = browser.get(reverse("exhibits:expiring_csv")).content.decode()
    assert text.count("\r\n") == 4
    assert ",'=HYPERLINK(1)," in text


@pytest.mark.parametrize(("role", "status"), [("auditor", 403), ("advocate", 200)])
def test_the_csv_is_for_those_who_may_list_it(
    make_user: Callable[..., User], signed_in: Callable[[User], Client], role: str, status: int
) -> None:
    response = signed_in(make_user(role)).get(reverse("exhibits:expiring_csv"))
    assert response.status_code == status


@pytest.mark.parametrize(("lacks", "left"), [("authority", 1), ("reference", 2), ("scan", 2)])
def test_each_number_of_the_list_leads_to_what_it_counts(
    browser: Client, case: Case, take_in: Take, authority: Authority, lacks: str, left: int
) -> None:
    take_in("one.csv", b"1", authorities=(authority.ref,))
    take_in("two.csv", b"2")
    page = browser.get(address("list", case), {"lacks": lacks}).content.decode()
    assert page.count('scope="row"') == left
    assert f"1 to {left} of {left}" in page


@pytest.mark.parametrize(("stands", "left"), [("overdue", 2), ("soon", 0), ("asked", 0)])
def test_each_number_of_expiring_evidence_leads_to_what_it_counts(
    browser: Client, case: Case, investigator: User, stands: str, left: int
) -> None:
    open_default_clocks(actor=investigator, case=case, from_on=date(2020, 11, 1))
    ExpiryClock.objects.filter(source="CCTV").update(state="received")
    page = browser.get(reverse("exhibits:expiring"), {"stands": stands}).content.decode()
    assert page.count('scope="row"') == left


def test_usual_clocks_that_are_missing_are_offered_beside_others(
    browser: Client, case: Case, investigator: User
) -> None:
    page = address("expiry", case)
    open_default_clocks(actor=investigator, case=case, from_on=date(2026, 11, 1))
    assert "Start these clocks" not in browser.get(page).content.decode()
    ExpiryClock.objects.filter(source="CCTV").update(source="CCTV of the shop")
    text = browser.get(page).content.decode()
    assert "Some of the usual clocks are not running" in text
    assert "CCTV: ask within 7 days" in text
