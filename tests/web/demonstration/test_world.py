"""The invented world: as many of each as promised, plainly fictional, recorded as real acts are."""

import re
from collections import Counter
from datetime import UTC, datetime

import pytest
from django.test import Client

from fourfold.web.accountability import verification
from fourfold.web.accountability.models import LedgerEntry
from fourfold.web.base.models import Instance
from fourfold.web.cases.models import Act, Case, Identifier, Notice, Occasion, RecordedCrime, Report
from fourfold.web.demonstration import complaint_story as told
from fourfold.web.demonstration import people, seeding, story
from fourfold.web.practices.models import Adoption
from fourfold.web.publication import content
from fourfold.web.publication.models import PublicFile, Published
from fourfold.web.publication.selectors import standing
from fourfold.web.recommendations.models import Answer, Update
from fourfold.web.supercomplaints import files
from fourfold.web.supercomplaints.models import EligibilityView, Organisation, SuperComplaint
from fourfold.web.supercomplaints.rules import clocks
from fourfold.web.surveys.models import SurveyReply
from fourfold.web.users import access
from fourfold.web.users.models import DeclaredInterest, Force, Role, User

Status = Answer.Status
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def test_the_same_seed_tells_the_same_story() -> None:
    assert story.cases(NOW) == story.cases(NOW)


def test_two_forces_forty_cases_six_hundred_acts(world: None) -> None:
    assert [model.objects.count() for model in (Case, Act)] == [40, 600]
    assert Force.objects.filter(cases__isnull=False).distinct().count() == 2
    assert Force.objects.count() == len(people.EVERYBODY) == 7
    assert Instance.current().is_demonstration


def test_every_role_is_in_each_force_and_each_office_has_somebody(world: None) -> None:
    roles = {
        force.name: set(force.users.values_list("role", flat=True)) for force in Force.objects.all()
    }
    around = {Role.COMPLAINANT, Role.COMPLAINTS_OFFICER}
    for invented in people.FORCES:
        assert roles[invented.name] == set(Role.values) - around
    assert set().union(*(roles[office.name] for office in people.OFFICES)) == {
        *around, Role.RESPONDER,
    }  # fmt: skip


def test_nothing_is_taken_for_real(world: None) -> None:
    for kind, text in Identifier.objects.values_list("kind", "text"):
        if kind == "phone":
            assert re.match(r"(07700 9006|\+447700900)\d", text)
        if kind == "vehicle":
            assert re.fullmatch(r"[A-Z]{2} ?00 ?[A-Z]{3}", text)
        if kind == "email":
            assert text.endswith("@example.org")
        if kind == "address":
            assert re.search(r"ZZ\d \dZZ$", text)
    assert all(
        email.endswith("@example.org") for email in User.objects.values_list("email", flat=True)
    )


def test_the_ledger_holds_it_and_verifies(world: None) -> None:
    assert LedgerEntry.objects.filter(act="case.break_glass").exists()
    assert LedgerEntry.objects.filter(act="report.take").count() == Report.objects.count()
    assert verification.verify().is_intact


def test_every_record_has_its_first_version(world: None) -> None:
    for model in (Case, Report, Identifier, RecordedCrime):
        assert model.history.filter(history_type="+").count() == model.objects.count()
    assert not Case.history.filter(history_user=None).exists()


def test_there_is_something_to_do_and_to_see(world: None) -> None:
    states = set(Occasion.objects.values_list("state", flat=True))
    assert {"proposed", "confirmed"} <= states
    assert Report.objects.filter(case=None).count() >= 8
    assert Case.objects.filter(is_sealed=True).count() == 1
    assert Case.objects.exclude(continues=None).count() == 1
    assert RecordedCrime.objects.filter(included__is_stalking=True).exists()
    assert {user.role for user in User.objects.filter(notices__kind=Notice.Kind.BREAK_GLASS)} == {
        Role.SUPERVISOR,
        Role.AUDITOR,
    }


def test_a_declared_interest_closes_a_case_to_its_own_officer(world: None) -> None:
    officer = DeclaredInterest.objects.get().user
    case = Case.objects.get(operation_name=story.CONFLICTED)
    assert access.see(officer, "case.open", case).rule == "declared-interest"


def test_it_is_never_mixed_with_a_real_one(world: None) -> None:
    with pytest.raises(seeding.NotEmptyError):
        seeding.seed()


# Around super-complaints: every state is there, nothing invented hangs on a real body.


def main() -> SuperComplaint:
    return SuperComplaint.objects.get(is_invented=True, state="monitoring")


def test_three_invented_super_complaints_and_eight_of_the_record(world: None) -> None:
    states = Counter(
        SuperComplaint.objects.filter(is_invented=True).values_list("state", flat=True)
    )
    assert states == {"monitoring": 1, "acknowledged": 1, "preparing": 1}
    assert SuperComplaint.objects.filter(is_from_public_record=True).count() == 8
    waiting = SuperComplaint.objects.get(state="acknowledged")
    assert EligibilityView.objects.filter(supercomplaint=waiting).count() == 2


def test_it_was_acknowledged_in_time_and_answers_were_due_after_56_days(world: None) -> None:
    made = main()
    assert made.acknowledged_at and made.acknowledge_by_on and made.published_on
    assert made.acknowledged_at.date() <= made.acknowledge_by_on
    assert made.responses_due_on == clocks.responses_due(made.published_on)
    assert not made.steps.filter(is_late=True).exists()


def test_forty_three_forces_and_their_survey(world: None) -> None:
    forces = Organisation.objects.filter(kind="territorial_force", is_invented=True)
    assert forces.count() == 43
    assert set(forces.exclude(tenant=None).values_list("name", flat=True)) == {
        each.name for each in people.FORCES
    }
    assert SurveyReply.objects.count() == 43
    (survey,) = standing.every(content.Survey)
    assert (survey.asked_count, survey.answered_count) == (43, 41)
    counted = next(t for t in survey.tables if "earlier reports" in t.caption)
    assert "29" in {cell for row in counted.rows for cell in row}  # as finding 1 says


def test_answers_stand_in_every_status_also_late_and_none(world: None) -> None:
    answers = Answer.objects.filter(recommendation__supercomplaint=main())
    every = set(Status.values) - {Status.NOT_RECORDED}  # that is for the public record alone
    assert set(answers.values_list("status", flat=True)) == every
    public = standing.every(content.Answer, within_ref=main().ref)
    assert len(public) == answers.exclude(status=Status.NOT_ANSWERED).count()
    assert any(answer.is_late for answer in public)
    assert any(len(answer.updates) == 4 for answer in public)


def test_no_draft_update_is_public(world: None) -> None:
    drafts = Update.objects.filter(published_at=None)
    assert drafts.exists()
    shown = {
        (answer.ref, update.on)
        for answer in standing.every(content.Answer)
        for update in answer.updates
    }
    for ref, on in drafts.values_list("answer__ref", "on"):
        assert (ref, on.isoformat()) not in shown


def test_what_is_withheld_is_in_nothing_public(world: None) -> None:
    (report,) = standing.every(content.Report)
    assert report.withheld_count == 1
    for row in Published.objects.all():
        assert told.WITHHELD not in str(row.content)
    for file in PublicFile.objects.all():
        assert told.WITHHELD.encode() not in bytes(file.content)


def test_invented_statements_hang_on_invented_organisations_only(world: None) -> None:
    real = Answer.objects.filter(organisation__is_invented=False)
    said = real.exclude(status=Status.NOT_RECORDED)
    assert said.exists() and not said.filter(source_url="").exists()
    silent = real.filter(status=Status.NOT_RECORDED)
    assert silent.filter(initial_response="", plan="", position="").count() == silent.count() > 43
    assert not real.filter(source_url__contains="example.org").exists()
    assert not SurveyReply.objects.filter(organisation__is_invented=False).exists()
    invented = standing.one(content.SuperComplaint, main().ref)
    assert invented is not None and invented.is_invented


def test_the_first_pages_of_the_new_people_answer(world: None) -> None:
    for role in (Role.COMPLAINANT, Role.COMPLAINTS_OFFICER, Role.RESPONDER):
        client = Client()
        client.force_login(
            User.objects.filter(role=role)[0],
            backend="allauth.account.auth_backends.AuthenticationBackend",
        )
        assert client.get("/practice-bank/").status_code == 200


def test_two_forces_publish_plans_figures_and_adoptions(world: None) -> None:
    plans = standing.every(content.Plan)
    assert {plan.organisation for plan in plans} == {each.name for each in people.FORCES}
    assert all(plan.answer_refs and plan.files for plan in plans)
    figures = standing.every(content.Figure)
    assert len(figures) == 6 and all(figure.signed_by for figure in figures)
    adoptions = standing.every(content.Adoption)
    assert len(adoptions) == 3 and Adoption.objects.count() == 4


def test_the_progress_report_counts_who_did_not_answer(world: None) -> None:
    (report,) = standing.every(content.ProgressReport)
    assert report.by == people.COUNCIL.name
    said = str(report.tables)
    assert "Not answered" in said and "No date possible" in said


def test_the_evidence_relied_on_is_sealed(world: None) -> None:
    for made in SuperComplaint.objects.filter(is_invented=True):
        kept = made.documents.get(kind="evidence")
        with files.opened(kept.sha256) as file:
            assert b"invented" in file.read()
        assert made.documents.filter(kind="complaint").count() == 2 * bool(made.received_at)
