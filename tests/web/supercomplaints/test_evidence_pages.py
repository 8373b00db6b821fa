"""Pages of the investigation: each role opens what it may, forms keep what was typed."""

import time
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from fourfold.web.supercomplaints.actions import findings, letters, redactions, reports
from fourfold.web.supercomplaints.actions.evidence import EntryFacts, add_entry
from fourfold.web.supercomplaints.actions.findings import FindingFacts
from fourfold.web.supercomplaints.actions.letters import LetterFacts
from fourfold.web.supercomplaints.actions.redactions import RedactionFacts
from fourfold.web.users import step_up
from lib.investigations import Investigation, make

QUERIES = 15 + 7  # of the page itself; session, user, notices and the ledger besides
pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Investigation:
    return make()


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def fill(world: Investigation) -> dict[str, Any]:
    """One of everything of the investigation."""
    actor, complaint = world.chief, world.complaint
    entry = add_entry(
        actor=actor,
        supercomplaint=complaint,
        facts=EntryFacts("meeting", date(2024, 4, 2), "A meeting", seen_by="parties"),
    )
    finding = findings.keep_finding(
        actor=actor, supercomplaint=complaint, facts=FindingFacts("Found.", "Because.")
    )
    letter = letters.keep_letter(
        actor=actor, supercomplaint=complaint, facts=LetterFacts(date(2024, 5, 1), "So far.")
    )
    report = reports.begin_report(actor=actor, supercomplaint=complaint, title="The report")
    kept = redactions.add_redaction(
        actor=actor, report=report, facts=RedactionFacts("Because", "safety", "Why.")
    )
    return {
        "entry": entry, "finding": finding, "letter": letter, "report": report, "redaction": kept,
        "section": report.sections.first(),
    }  # fmt: skip


def test_an_officer_opens_every_page_of_the_investigation(world: Investigation) -> None:
    made = fill(world)
    client, base = client_of(world.chief), f"/super-complaints/{world.complaint.ref}/"
    entry, letter = f"evidence/{made['entry'].ref}/", f"progress/{made['letter'].ref}/"
    section = f"report/sections/{made['section'].ref}/"
    finding = f"findings/{made['finding'].ref}/"
    pages: dict[str, str] = {}
    for path in (
        "evidence/", "evidence/?kind=meeting&unused=on", "evidence.csv", "evidence/new/", entry,
        entry + "change/", "progress/", "progress/new/", letter, letter + "change/",
        letter + "send/", "findings/", "findings/new/", finding + "change/", finding + "remove/",
        "report/", "report/title/", "report/sections/new/", section + "change/",
        section + "fill/", section + "remove/", section + "versions/", "report/full.pdf",
        "report/conclude/", "report/redactions/",
        f"report/redactions/{made['redaction'].ref}/remove/", "report/check/",
    ):  # fmt: skip
        answer = client.get(base + path)
        assert answer.status_code == 200, path
        pages[path] = answer.content.decode() if not path.endswith(".pdf") else ""
    shown = pages["report/redactions/"]
    assert "[withheld]" in shown and "Because" in shown
    assert "No withheld words stand in any" in pages["report/check/"]


def test_the_body_opens_lines_for_the_parties_and_letters_that_were_sent(
    world: Investigation,
) -> None:
    made = fill(world)
    add_entry(
        actor=world.chief,
        supercomplaint=world.complaint,
        facts=EntryFacts("interview", date(2024, 4, 3), "Kept from the body"),
    )
    client, base = client_of(world.complainant), f"/super-complaints/{world.complaint.ref}/"
    page = client.get(base + "evidence/").content.decode()
    assert "A meeting" in page and "Kept from the body" not in page
    assert "Kept from the body" not in client.get(base + "evidence.csv").content.decode()
    assert client.get(base + f"progress/{made['letter'].ref}/").status_code == 404
    letters.send_letter(actor=world.chief, letter=made["letter"])
    assert "So far." in client.get(base + f"progress/{made['letter'].ref}/").content.decode()
    for path in ("report/", "report/full.pdf", "report/redactions/", "findings/"):
        assert client.get(base + path).status_code in (403, 404), path


def test_a_wrong_form_loses_nothing(world: Investigation) -> None:
    client, base = client_of(world.chief), f"/super-complaints/{world.complaint.ref}/"
    typed = {"title": "Kept words", "kind": "meeting", "seen_by": "parties", "on-day": "31",
             "on-month": "2", "on-year": "2024"}  # fmt: skip
    answer = client.post(base + "evidence/new/", typed)
    assert answer.status_code == 400
    assert "Kept words" in answer.content.decode()
    fill(world)
    short = {"quote": "a", "ground": "safety", "reason": "Typed at length"}
    answer = client.post(base + "report/redactions/", short)
    assert answer.status_code == 400
    assert "Typed at length" in answer.content.decode()


def test_grave_steps_ask_for_a_passkey(world: Investigation) -> None:
    fill(world)
    client, base = client_of(world.chief), f"/super-complaints/{world.complaint.ref}/report/"
    for path in ("agree/", "publish/", "send/"):
        assert client.get(base + path).status_code == 302


def stepped_up(user: Any) -> Client:
    client = client_of(user)
    session = client.session
    session[step_up.KEY] = int(time.time())
    session.save()
    return client


def test_a_report_goes_from_its_beginning_to_the_public_by_its_pages(
    world: Investigation,
) -> None:
    complaint = world.complaint
    base = f"/super-complaints/{complaint.ref}/report/"
    client = stepped_up(world.chief)
    assert client.post(base + "begin/", {"title": "The report of Wren"}).status_code == 302
    for section in complaint.report.sections.all():
        typed = {"kind": section.kind, "heading": section.heading, "text": "Wren\n\nsaid so."}
        path = f"{base}sections/{section.ref}/change/"
        assert client.post(path, typed).status_code == 302
    words = {"quote": "wren", "ground": "safety", "reason": "Why."}
    assert client.post(base + "redactions/", words).status_code == 302
    today = timezone.localdate()
    day = {"on-day": today.day, "on-month": today.month, "on-year": today.year}
    assert client.post(base + "conclude/", day).status_code == 302
    early = client.post(base + "publish/", {"is_sure": "on"})
    assert early.status_code == 400 and "not all agreed" in early.content.decode()
    for officer in world.officers.values():
        assert stepped_up(officer).post(base + "agree/", {"is_sure": "on"}).status_code == 302
    assert client.post(base + "send/", day).status_code == 302
    body = client_of(world.complainant)
    assert (
        "keep it safe" in body.get(f"/super-complaints/{complaint.ref}/progress/").content.decode()
    )
    assert body.get(base + "full.pdf").content.startswith(b"%PDF")
    assert client.post(base + "publish/", {"is_sure": "on"}).status_code == 302
    complaint.refresh_from_db()
    assert complaint.state == "awaiting_responses"
    assert complaint.report_title == "The report of [withheld]"
    assert client.get(base).status_code == 200


@pytest.mark.parametrize(
    "path", ["evidence/", "findings/", "progress/", "report/", "report/redactions/"]
)
def test_a_page_asks_at_most_fifteen_questions(
    world: Investigation, path: str, django_assert_max_num_queries: Any
) -> None:
    fill(world)
    client = client_of(world.chief)
    client.get(f"/super-complaints/{world.complaint.ref}/procedure/")
    with django_assert_max_num_queries(QUERIES):
        assert client.get(f"/super-complaints/{world.complaint.ref}/{path}").status_code == 200


def test_outsiders_find_nothing(world: Investigation) -> None:
    fill(world)
    base = f"/super-complaints/{world.complaint.ref}/"
    for person in (world.others["responder"], world.others["other_body"]):
        client = client_of(person)
        for path in ("evidence/", "progress/", "report/", "report/full.pdf"):
            assert client.get(base + path).status_code in (403, 404), (person.role, path)
