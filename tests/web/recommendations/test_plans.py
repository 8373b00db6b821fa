"""Action plans: seen by their own organisation alone, published of what is published."""

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fourfold.web.accountability.models import LedgerEntry
from fourfold.web.publication import content
from fourfold.web.publication.content import Kind
from fourfold.web.publication.models import PublicFile, Published
from fourfold.web.publication.selectors import standing
from fourfold.web.recommendations.actions import imports, plans
from fourfold.web.recommendations.models import AnswerEvidence, PlanImport, Update
from fourfold.web.recommendations.rules import plan_csv, plan_html, plan_json
from fourfold.web.recommendations.selectors import imports as import_selectors
from fourfold.web.recommendations.selectors import plans as selectors
from fourfold.web.supercomplaints import files
from fourfold.web.supercomplaints.files import Kept
from fourfold.web.users.models import User
from lib.runs import own_queries
from web.recommendations.plan_world import PlanWorld, make_world, written

LAYOUTS = Path(__file__).parent / "layouts"
TODAY = date(2026, 11, 22)


@pytest.fixture
def world(make_user: Callable[..., User], monkeypatch: pytest.MonkeyPatch) -> PlanWorld:
    monkeypatch.setattr(files, "keep", lambda chunks, limit: Kept("a" * 64, 1))
    return make_world(make_user)


def publish(world: PlanWorld, *codes: str, with_updates: bool = False) -> None:
    plans.publish_plan(
        actor=world.responder, plan=world.plan, today=TODAY, with_updates=with_updates,
        answers=[world.answer(code).ref for code in codes],
    )  # fmt: skip


def public_bytes() -> bytes:
    held = [bytes(file.content) for file in PublicFile.objects.all()]
    return b"\n".join(held) + str(list(Published.objects.values_list("content"))).encode()


def test_a_published_plan_holds_nothing_that_is_not_published(world: PlanWorld) -> None:
    written(world, "7")
    written(world, "7.1", initial_response="PLANTED draft")
    secret = Update.objects.create(answer=world.answer("7"), on=TODAY, text="PLANTED update")
    AnswerEvidence.objects.create(answer=world.answer("7"), title="PLANTED evidence")
    publish(world, "7")
    world.plan.introduction = "PLANTED introduction"
    world.plan.save()
    assert secret.published_at is None
    assert b"PLANTED" not in public_bytes()
    assert b"We accept 7." in public_bytes()


def test_the_same_facts_publish_nothing_new(world: PlanWorld) -> None:
    written(world, "7")
    publish(world, "7", with_updates=True)
    before = Published.objects.count()
    plans.publish_plan(
        actor=world.responder, plan=world.plan, answers=[], with_updates=False,
        today=date(2026, 12, 24),
    )  # fmt: skip
    assert Published.objects.count() == before
    said = standing.one(content.Plan, world.plan.ref)
    assert said is not None and said.published_on == "2026-11-22" and len(said.files) == 4


def test_a_plan_without_a_published_line_is_not_published(world: PlanWorld) -> None:
    with pytest.raises(plans.NothingPublishedError):
        publish(world)
    assert not Published.objects.exists()


@pytest.mark.parametrize(
    "write", [plan_csv.write, plan_json.write, plan_html.write], ids=["csv", "json", "html"]
)
def test_an_exported_plan_taken_in_elsewhere_is_the_same_plan(
    world: PlanWorld, write: Callable[..., bytes]
) -> None:
    for code in ("7", "7.1", "10"):
        written(world, code)
    before = selectors.working(world.plan)
    held = write(before)
    other = plans.start_plan(
        actor=world.other, supercomplaint=world.complaint, organisation=world.sedge
    )
    found = imports.read_table(actor=world.other, plan=other, file_name="a", content=held)
    preview = import_selectors.preview(found)
    keys = [each.key for each in preview.of_plan]
    imports.take_over(actor=world.other, planimport=found, take=keys)
    other.refresh_from_db()
    assert found.unplaced == []
    assert selectors.working(other).lines == before.lines


def test_nothing_that_stands_is_overwritten_silently(world: PlanWorld) -> None:
    answer = written(world, "7", owner="Head of Records")
    rows = (
        "rec no,owner,status,plan,update\n7,Somebody else,Complete,Guidance first.,1 May 2026: x\n"
    )
    found = imports.read_table(
        actor=world.responder, plan=world.plan, file_name="a.csv", content=rows.encode()
    )
    preview = import_selectors.preview(found)
    assert {(d.key, d.state) for d in preview.lines[0].fields} == {
        ("7:owner", "conflict"), ("7:status", "conflict"), ("7:plan", "same"),
    }  # fmt: skip
    imports.take_over(actor=world.responder, planimport=found, take=["7:status", "10:owner"])
    answer.refresh_from_db()
    assert (answer.owner, answer.status) == ("Head of Records", "complete")
    assert answer.updates.count() == 2
    with pytest.raises(imports.ImportClosedError):
        imports.take_over(actor=world.responder, planimport=found, take=[])


def test_another_organisation_finds_neither_plan_nor_table(world: PlanWorld) -> None:
    with pytest.raises(Http404):
        plans.change_plan(actor=world.other, plan=world.plan, text=plans.PlanText("x"))
    with pytest.raises(Http404):
        imports.read_table(actor=world.other, plan=world.plan, file_name="a", content=b"a,b\n")
    assert LedgerEntry.objects.filter(outcome="refused", act="plan.import").exists()


@pytest.fixture
def browser(world: PlanWorld, signed_in: Callable[[User], Client]) -> Client:
    client = signed_in(world.responder)
    session = client.session
    session["stepped_up_at"] = int(time.time())
    session.save()
    return client


def test_pages_of_a_plan(world: PlanWorld, browser: Client) -> None:
    written(world, "7")
    base = f"/plans/{world.plan.ref}/"
    browser.get("/plans/")  # the first look of a session keeps the session, too
    for path in ("/plans/", base, base + "change/", base + "publish/", base + "export/"):
        with CaptureQueriesContext(connection) as asked:
            answer = browser.get(path)
        assert len(own_queries(asked)) <= 15, path
        assert answer.status_code == 200, path
        assert world.plan.ref in answer.content.decode() or path == "/plans/"
    assert "Recommendation 7.1" in browser.get("/plans/").content.decode()


def test_a_table_by_the_pages(world: PlanWorld, browser: Client) -> None:
    name = "headings.html"
    file = SimpleUploadedFile(name, (LAYOUTS / name).read_bytes())
    answer = browser.post(f"/plans/{world.plan.ref}/import/", {"file": file})
    made = PlanImport.objects.get()
    where = f"/plans/{world.plan.ref}/import/{made.ref}/"
    assert answer.headers["Location"] == where
    page = browser.get(where).content.decode()
    assert "Expected to be complete by summer" in page and "is a known heading" in page
    shown = import_selectors.preview(made)
    proposed = made.mapping["targets"]
    sent = {f"target-{n}": proposed.get(each.key, "") for n, each in enumerate(shown.meanings)}
    statuses = shown.statuses
    number = list(statuses).index("Expected to be complete by summer")
    browser.post(where, {**sent, f"status-{number}": "in_progress"})
    made.refresh_from_db()
    assert made.placed_count >= 0.95 * made.cell_count
    assert browser.post(where + "take-over/", {"take": []}).status_code == 302
    assert world.answer("12").status == "in_progress"
    assert world.answer("7.2").status == "answered"
    assert "taken over" in browser.get(where).content.decode().lower()


def test_a_bad_file_is_refused_with_words(world: PlanWorld, browser: Client) -> None:
    file = SimpleUploadedFile("plan.pdf", b"%PDF-1.7")
    answer = browser.post(f"/plans/{world.plan.ref}/import/", {"file": file})
    assert answer.status_code == 400 and "A PDF has no cells" in answer.content.decode()


def test_files_of_a_plan(world: PlanWorld, browser: Client) -> None:
    written(world, "7")
    base = f"/plans/{world.plan.ref}/export/"
    assert browser.get(base + "published-csv/").status_code == 404
    assert "drafts" in browser.get(base + "json/").headers["Content-Disposition"]
    answer = browser.post(f"/plans/{world.plan.ref}/publish/", {"answers": [world.answer("7").ref]})
    assert answer.status_code == 302
    held = standing.file_of(Kind.PLAN, world.plan.ref, "action-plan.html")
    assert held is not None
    assert browser.get(base + "published-html/").content == bytes(held.content)
    assert browser.get(base + "exe/").status_code == 404
    assert "Copy the HTML" in browser.get(base).content.decode()


def test_a_program_reads_its_own_plan_and_no_other(
    world: PlanWorld, browser: Client, signed_in: Callable[[User], Client]
) -> None:
    written(world, "7")
    found = browser.get(f"/api/plans/{world.plan.ref}").json()
    assert plan_json.read(found) == selectors.working(world.plan)
    assert browser.get("/api/plans").json()["items"][0]["ref"] == world.plan.ref
    assert browser.get("/api/plans/schema").json()["properties"]["schema"]
    other = signed_in(world.other)
    assert other.get(f"/api/plans/{world.plan.ref}").status_code == 404
    assert other.get("/api/plans").json()["items"] == []
