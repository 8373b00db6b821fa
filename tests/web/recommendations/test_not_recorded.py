"""No answer seen of a past super-complaint is "not recorded here", never "not answered"."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from fourfold.web.accountability.models import LedgerEntry
from fourfold.web.publication import content
from fourfold.web.publication.selectors import standing as published
from fourfold.web.recommendations.actions import answering, drafting, recording, reminding
from fourfold.web.recommendations.actions.answering import AnswerText
from fourfold.web.recommendations.actions.drafting import Draft
from fourfold.web.recommendations.actions.issuing import issue_recommendations
from fourfold.web.recommendations.errors import RecommendationError
from fourfold.web.recommendations.forms.answers import AnswerForm, RecordForm, UpdateForm
from fourfold.web.recommendations.models import Answer, Recommendation
from fourfold.web.recommendations.record import loading
from fourfold.web.recommendations.rules import lateness, letters, lifecycle
from fourfold.web.recommendations.rules.collating import Asked, changes, collate
from fourfold.web.recommendations.rules.lateness import Clock
from fourfold.web.recommendations.rules.matrix import Filters
from fourfold.web.recommendations.rules.progress_words import Material, about, counts
from fourfold.web.recommendations.rules.standing import NOT_ANSWERED, NOT_RECORDED
from fourfold.web.recommendations.selectors import letters as letter_facts
from fourfold.web.recommendations.selectors import owed
from fourfold.web.recommendations.selectors.matrix import matrix_of
from fourfold.web.recommendations.selectors.past import published_on_day
from fourfold.web.recommendations.selectors.progress import lines_of
from fourfold.web.supercomplaints.models import Organisation, SuperComplaint
from fourfold.web.users.models import Force, Role, User
from lib.site_walk import client_of

TODAY = date(2026, 11, 22)
FORCES = 43
OF_ALL_FORCES = (7, 10, 16, 25)


@pytest.fixture(scope="module")
def officer(django_db_setup: None, django_db_blocker: Any) -> Iterator[User]:
    """Return an officer within a world that holds the public record and nothing else."""
    with django_db_blocker.unblock(), transaction.atomic():
        tenant = Force.objects.create(name="Office of the Example Inspector")
        found = User.objects.create(
            email="officer@example.org", name="O. Example", force=tenant,
            role=Role.COMPLAINTS_OFFICER,
        )  # fmt: skip
        loading.load_record(actor=found)
        yield found
        transaction.set_rollback(True)


@pytest.fixture
def stalking(officer: User, db: None) -> SuperComplaint:
    return SuperComplaint.objects.get(ref="SC-PR00000007")


def _states(officer: User, complaint: SuperComplaint, **asked: str) -> Counter[str]:
    return matrix_of(officer, complaint, Filters(**asked), TODAY).totals


def test_29_recommendations_and_43_forces_keep_whole_kinds(stalking: SuperComplaint) -> None:
    assert stalking.recommendations.count() == 29
    for row in stalking.recommendations.filter(number__in=OF_ALL_FORCES):
        whole = row.answers.filter(part=None, organisation__kind="territorial_force")
        assert whole.count() == FORCES
        for part in row.parts.all():
            assert part.answers.filter(organisation__kind="territorial_force").count() == FORCES
    silent = Answer.objects.filter(status=NOT_RECORDED)
    assert silent.exists() and not silent.exclude(submitted_at=None, sent_version=0).exists()
    assert not Answer.objects.filter(status=NOT_ANSWERED).exists()
    assert not Answer.objects.filter(organisation__is_invented=True).exists()


def test_a_change_publishes_all_43_again(officer: User, stalking: SuperComplaint) -> None:
    row = stalking.recommendations.get(number=10)
    draft = Draft(**{**_draft_of(row), "note": "A better note."})
    drafting.change_recommendation(actor=officer, recommendation=row, draft=draft)
    public = published.one(content.Recommendation, row.ref)
    assert public is not None and public.note == "A better note."
    assert sum(each.kind == "territorial_force" for each in public.addressees) == FORCES


def _draft_of(row: Recommendation) -> dict[str, Any]:
    return {name: getattr(row, name) for name in drafting.PLAIN}


def test_the_matrix_says_not_recorded_and_never_late(
    officer: User, stalking: SuperComplaint
) -> None:
    whole = matrix_of(officer, stalking, Filters(), TODAY)
    assert whole.totals[NOT_ANSWERED] == 0 and whole.totals[NOT_RECORDED] > 3 * FORCES
    cells = [cell for line in whole.lines for cell in line.cells if cell]
    assert stalking.recommendations.filter(due_on__lt=TODAY, number__in=OF_ALL_FORCES).exists()
    assert not any(cell.marks for cell in cells if cell.state == NOT_RECORDED)
    assert {cell.word for cell in cells if cell.state == NOT_RECORDED} == {"Not recorded here"}
    assert _states(officer, stalking, status=NOT_RECORDED)[NOT_RECORDED] == len(
        [cell for cell in cells if cell.state == NOT_RECORDED]
    )
    offered = dict(whole.choices["status"])
    assert NOT_RECORDED in offered and NOT_ANSWERED not in offered
    past = published_on_day(stalking, timezone.localdate())
    assert past.totals[NOT_RECORDED] and not past.totals[NOT_ANSWERED]


def test_pages_and_tables_say_what_it_means(officer: User, stalking: SuperComplaint) -> None:
    client = client_of(officer)
    within = f"/super-complaints/{stalking.ref}/"
    page = client.get(within + "matrix/?number=7").content.decode()
    assert "says nothing about whether one was given" in page
    assert "Not recorded here" in page and "Not answered" not in page
    table = client.get(within + "matrix.csv").content.decode()
    rows = list(csv.DictReader(io.StringIO(table)))
    silent = [row for row in rows if row["status_code"] == NOT_RECORDED]
    assert silent and not any(row["late"] for row in silent)
    assert {row["status"] for row in silent} == {"Not recorded here"}
    assert NOT_ANSWERED not in {row["status_code"] for row in rows}
    answer = stalking.recommendations.get(number=10).answers.filter(part=None)[0]
    one = client.get(f"/answers/{answer.ref}/").content.decode()
    assert "says nothing about whether one was given" in one and "Not answered" not in one


def test_nobody_is_reminded_of_what_is_not_recorded(
    officer: User, stalking: SuperComplaint
) -> None:
    assert owed.of_complaint(stalking, TODAY) == []
    assert all(each.waiting == 0 for each in owed.by_complaint(officer, TODAY))
    kent = Organisation.objects.get(name="Kent Police")
    with pytest.raises(RecommendationError):
        reminding.record_reminder(
            actor=officer, supercomplaint=stalking, organisation=kent, step="late-1", today=TODAY
        )
    for kind in (letters.REMINDER, letters.ESCALATION):
        assert letter_facts.facts_for(stalking, kent, kind, on=TODAY, address="").items == ()
    asked = letter_facts.facts_for(stalking, kent, letters.REQUEST, on=TODAY, address="")
    said = letters.text(asked)
    assert "Status: Not recorded here" in said and "late" not in said


def test_a_progress_report_counts_it_as_its_own(stalking: SuperComplaint) -> None:
    lines = {line.code: line for line in lines_of(stalking, TODAY)}
    sentence = lines["10"].sentence()
    assert f"Not recorded here {FORCES}" in sentence and "Not answered" not in sentence
    assert NOT_ANSWERED not in lines["10"].counts
    material = Material("A report", TODAY, "A collator", stalking.title, tuple(lines.values()))
    assert "Not recorded here" in counts(material).columns
    assert "Not answered" not in counts(material).columns
    words = " ".join(about(material).paragraphs)
    assert "“not recorded here”" in words and "says nothing about" in words


def test_what_an_officer_records_replaces_it(officer: User, stalking: SuperComplaint) -> None:
    answer = stalking.recommendations.get(number=10).answers.filter(part=None)[0]
    before = _states(officer, stalking)
    text = AnswerText(position="accepted", status="complete", no_evidence_reason="None named.")
    recording.record_answer(
        actor=officer, answer=answer,
        record=recording.PublicRecord(text, "https://example.org/answer"),
    )  # fmt: skip
    after = _states(officer, stalking)
    assert after[NOT_RECORDED] == before[NOT_RECORDED] - 1
    assert after["complete"] == before["complete"] + 1
    loading.load_record(actor=officer)
    answer.refresh_from_db()
    assert answer.status == "complete"
    assert _states(officer, stalking) == after


def test_issuing_within_the_record_writes_the_same_rows(
    officer: User, stalking: SuperComplaint
) -> None:
    draft = Draft(30, text="A sentence.", addressee_kinds=("territorial_force",))
    drafting.draft_recommendation(actor=officer, supercomplaint=stalking, draft=draft)
    issue_recommendations(actor=officer, supercomplaint=stalking, on=TODAY)
    made = stalking.recommendations.get(number=30)
    assert list(made.answers.values_list("status", flat=True)) == [NOT_RECORDED] * FORCES


def test_a_row_of_an_addressee_that_comes_later_is_added_once(
    officer: User, stalking: SuperComplaint
) -> None:
    Organisation.objects.create(name="A Later Constabulary", kind="territorial_force")
    first = loading.load_record(actor=officer)["recommendations"]["answers not recorded here"]
    assert first == sum(1 + stalking.recommendations.get(number=n).parts.count()
                        for n in OF_ALL_FORCES)  # fmt: skip
    stood = LedgerEntry.objects.count(), Answer.history.count()
    again = loading.load_record(actor=officer)["recommendations"]
    assert not again["answers not recorded here"]
    assert Answer.history.count() == stood[1]


def test_nobody_chooses_a_silence(officer: User, stalking: SuperComplaint) -> None:
    answer = stalking.recommendations.get(number=10).answers.filter(part=None)[0]
    own = [code for code, _ in AnswerForm(answer=answer).fields["status"].choices]
    assert NOT_RECORDED in own and NOT_ANSWERED not in own
    recorded = {code for code, _ in RecordForm(answer=answer).fields["status"].choices}
    updated = {code for code, _ in UpdateForm(today=TODAY).fields["status"].choices}
    assert not {NOT_RECORDED, NOT_ANSWERED} & (recorded | updated)
    answering.write(answer, AnswerText(status=NOT_ANSWERED))
    assert answer.status == NOT_RECORDED
    answer.recommendation.supercomplaint.is_from_public_record = False
    answering.write(answer, AnswerText(status=NOT_RECORDED))
    assert answer.status == NOT_ANSWERED


@pytest.mark.parametrize("status", [NOT_ANSWERED, NOT_RECORDED])
def test_a_silence_cannot_be_sent(status: str) -> None:
    facts = lifecycle.AnswerFacts(position="accepted", status=status)
    assert [check.field for check in lifecycle.checks(facts)] == ["status"]


@settings(max_examples=25)
@given(due=st.dates(), today=st.dates(), promised=st.none() | st.dates())
def test_a_past_record_without_an_answer_is_never_late(
    due: date, today: date, promised: date | None
) -> None:
    clock = Clock(due, "dated", promised_on=promised, is_past_record=True)
    assert lateness.days_late(clock, today) == 0 and lateness.marks(clock, today) == ()
    live = Clock(due, "dated", promised_on=promised)
    assert lateness.days_late(live, today) == max(0, (today - due).days)


def test_changes_begin_at_the_silence_that_is_meant() -> None:
    line = collate([Asked("AA-1", 1, "", "A Force")], {}, {}, NOT_RECORDED)
    assert changes(line, {}) == []
    assert [each.before for each in changes(line, {"AA-1": "complete"})] == ["Complete"]
