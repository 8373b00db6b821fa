"""Progress reports: counts with denominators, of what was published by their day."""

import time
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from fourfold.web.publication import content
from fourfold.web.publication.models import PublicFile, Published
from fourfold.web.publication.selectors import standing
from fourfold.web.recommendations.actions import answering, disclosing, progress
from fourfold.web.recommendations.actions.progress import ReportText
from fourfold.web.recommendations.models import ProgressReport
from fourfold.web.recommendations.rules import collating
from fourfold.web.recommendations.rules.collating import Asked
from fourfold.web.recommendations.selectors import progress as selectors
from fourfold.web.users.models import User
from web.recommendations.plan_world import PlanWorld, make_world, written


@pytest.fixture
def world(make_user: Callable[..., User]) -> PlanWorld:
    return make_world(make_user)


def publish(world: PlanWorld, code: str, *, actor: User | None = None, **more: object) -> None:
    answer = written(world, code, actor=actor, **more)
    disclosing.publish_answer(
        actor=actor or world.responder, answer=answer, today=timezone.localdate(),
        updates=[each.ref for each in answer.updates.all()],
    )  # fmt: skip


def started(world: PlanWorld, as_of_on: date | None = None) -> ProgressReport:
    text = ReportText("Progress so far", as_of_on or timezone.localdate())
    return progress.start_report(
        actor=world.other, supercomplaint=world.complaint, organisation=world.sedge, text=text
    )


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["", *"abc"]), st.booleans()), max_size=12))
def test_the_counts_of_a_line_are_its_denominator(given_: list[tuple[str, bool]]) -> None:
    statuses = {"a": "complete", "b": "no_date_possible", "c": "in_progress"}
    asked = [Asked(f"AA-{n}", 7, "", f"Force {n}", sent) for n, (_, sent) in enumerate(given_)]
    said = {
        f"AA-{n}": content.Answer("", "", "", 7, "", "", "", statuses[status], "")
        for n, (status, _) in enumerate(given_)
        if status
    }
    for line in collating.collate(asked, said, {}):
        assert sum(line.counts.values()) == len(given_)
        assert line.counts["complete"] == sum(1 for status, _ in given_ if status == "a")
        assert "Not answered" in line.sentence() and "No date possible" in line.sentence()


def test_counts_by_status_including_not_answered(world: PlanWorld) -> None:
    publish(world, "10", status="complete", no_evidence_reason="x")
    answer = written(world, "12")
    answering.submit_answer(actor=world.responder, answer=answer, today=timezone.localdate())
    written(world, "16", status="complete")
    lines = {line.code: line for line in selectors.lines_of(world.complaint, timezone.localdate())}
    assert list(lines) == ["7", "7.1", "7.2", "10", "12", "16", "17", "18"]
    assert lines["10"].sentence() == (
        "2 organisations are asked for an answer: Complete 1; No date possible 0; Not answered 1."
    )
    assert lines["12"].counts[collating.SENT] == 1
    assert lines["16"].counts["not_answered"] == 2  # what is written and not sent is nobody's else


def test_what_was_published_later_is_not_in_it(world: PlanWorld) -> None:
    publish(world, "10")
    yesterday = timezone.localdate() - timedelta(days=1)
    line = next(x for x in selectors.lines_of(world.complaint, yesterday) if x.code == "10")
    assert line.counts["not_answered"] == 2


def test_a_published_report_holds_no_draft_and_no_unpublished_answer(world: PlanWorld) -> None:
    publish(world, "7")
    sent = written(world, "7.1", initial_response="PLANTED sent")
    answering.submit_answer(actor=world.responder, answer=sent, today=timezone.localdate())
    written(world, "7", initial_response="PLANTED since")
    report = started(world)
    line = selectors.lines_of(world.complaint, report.as_of_on)[0]
    quote = next(q for stand in line.stands for q in stand.quotes() if q.what == "Update")
    text = ReportText(
        "Progress so far", report.as_of_on, "An introduction.", {"7": "Our foreword."}, [quote.key]
    )
    progress.write_report(actor=world.other, report=report, text=text)
    progress.publish_report(actor=world.other, report=report, today=timezone.localdate())
    words = standing.one(content.ProgressReport, report.ref)
    assert words is not None
    said = "\n".join(p for section in words.sections for p in section.paragraphs)
    assert "Our foreword." in said and f"“{quote.text}” (Burdock Constabulary, update to 7" in said
    assert words.tables[0].rows[0][:2] == ("7", "2")
    files = {file.name: bytes(file.content) for file in PublicFile.objects.all()}
    assert set(files) == {"progress-report.pdf", "progress-answers.csv", "progress-counts.csv"}
    assert files["progress-report.pdf"].startswith(b"%PDF")
    everything = b"".join(files.values()) + str(list(Published.objects.values())).encode()
    assert b"PLANTED" not in everything
    with pytest.raises(progress.ReportClosedError):
        progress.write_report(actor=world.other, report=report, text=text)


def test_changes_since_the_report_before(world: PlanWorld) -> None:
    first = started(world, timezone.localdate() - timedelta(days=1))
    progress.publish_report(actor=world.other, report=first, today=timezone.localdate())
    publish(world, "10")
    held = selectors.material(started(world))
    assert held.before_on == first.as_of_on
    assert [(c.code, c.organisation, c.before, c.now) for c in held.changes] == [
        ("10", "Burdock Constabulary", "Not answered", "In progress")
    ]


def test_signed_figures_that_are_published_stand_in_it(world: PlanWorld) -> None:
    from fourfold.web.publication.actions.publishing import publish as publish_content
    from fourfold.web.recommendations.models import Recommendation

    Recommendation.objects.filter(number=10).update(measures=["training-coverage"])
    figure = content.Figure(
        "FG-1", "training-coverage", 1, world.teasel.ref, world.teasel.name, "2026-07-01",
        "2026-09-30", 0.6, "60%", 60, 100, signed_by="Head of Data", signed_on="2026-10-02",
    )  # fmt: skip
    publish_content(actor=world.responder, content=figure, within_ref="training-coverage")
    words = progress.words_of(
        report := started(world), selectors.material(report), timezone.localdate()
    )
    table = next(each for each in words.tables if each.caption.startswith("Measures"))
    assert table.rows[0][4:] == ("60%", "60", "100", "Head of Data, 2026-10-02")


def test_only_the_collator_or_an_authority_writes(world: PlanWorld) -> None:
    text = ReportText("x", timezone.localdate())
    with pytest.raises(PermissionDenied):
        progress.start_report(
            actor=world.responder, supercomplaint=world.complaint, organisation=world.teasel,
            text=text,
        )  # fmt: skip
    with pytest.raises(Http404):
        progress.publish_report(
            actor=world.responder, report=started(world), today=timezone.localdate()
        )


def test_a_report_of_a_day_to_come_is_not_published(world: PlanWorld) -> None:
    report = started(world, timezone.localdate() + timedelta(days=1))
    with pytest.raises(progress.FutureReportError):
        progress.publish_report(actor=world.other, report=report, today=timezone.localdate())


def test_pages_of_progress_reports(world: PlanWorld, signed_in: Callable[[User], Client]) -> None:
    publish(world, "10")
    client = signed_in(world.other)
    session = client.session
    session["stepped_up_at"] = int(time.time())
    session.save()
    base = f"/super-complaints/{world.complaint.ref}/progress-reports/"
    assert "Start a progress report" in client.get(base).content.decode()
    today: datetime | date = timezone.localdate()
    form = {"title": "Progress", "as_of_on-day": today.day, "as_of_on-month": today.month,
            "as_of_on-year": today.year}  # fmt: skip
    assert client.get(base + "new/").status_code == 200
    assert client.post(base + "new/", form).status_code == 302
    where = f"{base}{ProgressReport.objects.get().ref}/"
    assert "Complete 0" not in client.get(where).content.decode()
    page = client.get(where + "write/").content.decode()
    assert "Examples for recommendation 10" in page
    saved = client.post(where + "write/", {**form, "foreword-10": "Read this."})
    assert saved.status_code == 302
    assert client.get(where + "publish/").status_code == 200
    client.post(where + "publish/")
    assert client.get(where + "files/progress-report.pdf/").content.startswith(b"%PDF")
    reader = signed_in(world.responder)
    assert "Read this." in reader.get(where).content.decode()
    assert reader.get(where + "write/").status_code == 404
    assert "Start a progress report" not in reader.get(base).content.decode()
