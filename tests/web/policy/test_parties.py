"""Who may open what of a super-complaint, against a table written by hand from the law and web.md.

The body that complains, the authorities that decide together (one of them leads), those who
answer, one of them collating, and whoever else has an account. The policy must say of one record
what the table says, and keep in a list what it says of one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Model
from hypothesis import given, settings
from hypothesis import strategies as st

from fourfold.web.measures.models import ComputedFigure, FigureRelease, FigureSignature
from fourfold.web.practices.models import Adoption, Practice
from fourfold.web.recommendations import models as rec
from fourfold.web.supercomplaints import models as sc
from fourfold.web.supercomplaints.models import Document, SuperComplaint
from fourfold.web.surveys.models import Survey, SurveyReply
from fourfold.web.users import policy
from fourfold.web.users.models import Force, Role, User
from fourfold.web.users.permissions import ROLE_MAY

pytestmark = pytest.mark.django_db
NOW, DAY = datetime(2026, 3, 2, 9, tzinfo=UTC), date(2026, 3, 2)
VIEWERS = {  # who looks: role, and whose people they are
    "body": (Role.COMPLAINANT, "body"),
    "other body": (Role.COMPLAINANT, "other body"),
    "lead": (Role.COMPLAINTS_OFFICER, "lead"),
    "officer": (Role.COMPLAINTS_OFFICER, "officer"),
    "force": (Role.RESPONDER, "force"),
    "other force": (Role.RESPONDER, "other force"),
    "collator": (Role.RESPONDER, "collator"),
    "supervisor": (Role.SUPERVISOR, "force"),
    "auditor": (Role.AUDITOR, "force"),
    "investigator": (Role.INVESTIGATOR, "force"),
    "administrator": (Role.ADMINISTRATOR, "lead"),
}
NONE: frozenset[str] = frozenset()
BODY, LEAD, FORCE = frozenset({"body"}), frozenset({"lead"}), frozenset({"force"})
OFFICERS = LEAD | {"officer"}
PARTIES = BODY | OFFICERS
READERS = PARTIES | {"other body", "force", "other force", "collator", "supervisor", "auditor"}
STATES = {
    state: "work" for state in SuperComplaint.State.values if state != SuperComplaint.State.PREPARING
}  # fmt: skip
STAGES = ("draft", "shared", "work", "public")  # public: the report is published, whatever state


@dataclass(frozen=True)
class Line:
    """Who may open one kind of record at each stage of the super-complaint."""

    act: str
    draft: frozenset[str]
    shared: frozenset[str]
    work: frozenset[str]
    public: frozenset[str]


def parties(act: str, who: frozenset[str], also: frozenset[str] = NONE) -> Line:
    """Return a line: of a draft the body sees its part, and the authorities once it is shared."""
    return Line(act, (who & BODY) | also, who | also, who | also, who | also)


def always(act: str, who: frozenset[str]) -> Line:
    """Return a line for what does not ask at which stage the super-complaint is."""
    return Line(act, who, who, who, who)


OPEN, REPORT, LETTER = "supercomplaint.open", "investigationreport.open", "progressletter.open"
TABLE = {
    "complaint": Line(OPEN, BODY, PARTIES, PARTIES, READERS),
    "feature": Line(OPEN, BODY, PARTIES, PARTIES, READERS),
    "harm": Line(OPEN, BODY, PARTIES, PARTIES, READERS),
    "complaint changed": parties("supercomplaint.change", BODY),
    "complaint's receipt": parties("supercomplaint.receipt", PARTIES),
    "fact": parties(OPEN, PARTIES),
    "talk": parties(OPEN, PARTIES),
    "document for the parties": parties("document.open", PARTIES),
    "document for the authorities": parties("document.open", OFFICERS),
    "document for the lead": parties("document.open", LEAD),
    "document of a giver": parties("document.open", OFFICERS, FORCE),
    "document not sent": parties("document.open", NONE, FORCE),
    "entry for the parties": parties("evidenceentry.open", PARTIES),
    "entry for the authorities": parties("evidenceentry.open", OFFICERS),
    "entry for the lead": parties("evidenceentry.open", LEAD),
    "view": parties("eligibilityview.list", OFFICERS),
    "finding": parties("finding.list_of_complaint", OFFICERS),
    "report": parties(REPORT, OFFICERS),
    "report sent to the body": parties(REPORT, PARTIES),
    "section": parties(REPORT, OFFICERS),
    "redaction": parties("redaction.remove", OFFICERS),
    "letter": parties(LETTER, OFFICERS),
    "letter sent": parties(LETTER, PARTIES),
    "survey in draft": parties("survey.open", OFFICERS),
    "survey open": parties("survey.list", OFFICERS, FORCE),
    "reply begun": parties("surveyreply.open", NONE, FORCE),
    "reply signed": parties("surveyreply.open", OFFICERS, FORCE),
    "recommendation in draft": always("recommendation.open", OFFICERS),
    "recommendation issued": always("recommendation.open", READERS),
    "part issued": always("recommendation.open", READERS),
    "answer unsent": always("answer.open", FORCE),
    "answer sent": always("answer.open", FORCE | OFFICERS | {"collator"}),
    "answer published": always("answer.open", FORCE | OFFICERS | {"collator"}),
    "answer of nobody here": always("answer.open", OFFICERS),
    "answer changed": always("answer.change", FORCE),
    "plan": always("plan.open", FORCE),
    "progress report": always("progressreport.open", frozenset({"collator"})),
    "progress report published": always("progressreport.open", READERS),
    "figure unsigned": always("figure.open", FORCE | {"supervisor", "auditor"}),
    "figure signed": always("figure.list", FORCE | {"supervisor", "auditor"}),
    "figure published": always("figure.list", READERS),
    "figure's rows": always("figure.open", FORCE | {"supervisor", "auditor"}),
    "practice in draft": always("practice.open", OFFICERS),
    "practice published": always("practice.open", READERS),
    "adoption": always("adoption.open", FORCE),
}


@dataclass
class World:
    """The people, and one record of every line of the table."""

    people: dict[str, User] = field(default_factory=dict)
    organisations: dict[str, sc.Organisation] = field(default_factory=dict)
    records: dict[str, Model] = field(default_factory=dict)
    complaint: SuperComplaint = field(default_factory=SuperComplaint)

    def at(self, stage: str, state: str = "") -> None:
        """Let the super-complaint stand at a stage."""
        SuperComplaint.objects.filter(pk=self.complaint.pk).update(
            state=state or ("preparing" if stage in ("draft", "shared") else "received"),
            is_shared_with_authorities=stage == "shared",
            published_on=DAY if stage == "public" else None,
        )

    def now(self) -> dict[str, Model]:
        """Return the records as the database has them now."""
        return {
            name: type(row)._default_manager.get(pk=row.pk) for name, row in self.records.items()
        }


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        found = World()
        _people(found)
        _of_the_complaint(found)
        _of_the_investigation(found)
        _of_the_survey(found)
        _of_the_answers(found)
        _of_measures_and_practices(found)
        assert set(found.records) == set(TABLE)
        yield found
        transaction.set_rollback(True)


def _people(world: World) -> None:
    kinds = {
        "body": "charity",
        "other body": "charity",
        "lead": "authority",
        "officer": "authority",
    }
    for number, (name, (role, place)) in enumerate(VIEWERS.items()):
        force, is_new = Force.objects.get_or_create(name=f"People of {place}")
        world.people[name] = User.objects.create_user(
            email=f"{number}@example.org", name=name, role=role, force=force
        )
        if is_new:
            world.organisations[name] = sc.Organisation.objects.create(
                name=name, kind=kinds.get(name, "territorial_force"), tenant=force,
                authority="college" if kinds.get(name) == "authority" else "", is_invented=True,
            )  # fmt: skip


def _of_the_complaint(world: World) -> None:
    by, made, orgs = world.people["body"], world.records, world.organisations
    complaint = world.complaint = SuperComplaint.objects.create(
        title="Invented", body=orgs["body"], lead=orgs["lead"], collator=orgs["collator"],
        is_invented=True,
    )  # fmt: skip
    feature = sc.Feature.objects.create(supercomplaint=complaint, number=1, text="x")
    for name in ("complaint", "complaint changed", "complaint's receipt"):
        made[name] = complaint
    made["feature"] = feature
    made["harm"] = sc.Harm.objects.create(feature=feature, nature="x")
    made["fact"] = sc.Fact.objects.create(feature=feature, text="x", source="x")
    made["talk"] = sc.Talk.objects.create(
        supercomplaint=complaint, on=DAY, with_whom="x", advice="x", recorded_by=by
    )
    for name, seen, giver in (
        ("document for the parties", "parties", None),
        ("document for the authorities", "authorities", None),
        ("document for the lead", "lead", None),
        ("document of a giver", "giver", orgs["force"]),
        ("document not sent", "own", orgs["force"]),
    ):
        made[name] = Document.objects.create(
            supercomplaint=complaint, kind="material", seen_by=seen, title="x", file_name="x",
            sha256="a" * 64, size_bytes=1, taken_in_by=by, taken_in_at=NOW, given_by=giver,
        )  # fmt: skip


def _of_the_investigation(world: World) -> None:
    complaint, by, made = world.complaint, world.people["lead"], world.records
    for number, seen in enumerate(("parties", "authorities", "lead"), 1):
        made[f"entry for the {seen}"] = sc.EvidenceEntry.objects.create(
            supercomplaint=complaint, number=number, kind="interview", on=DAY, title="x",
            seen_by=seen, recorded_by=by,
        )  # fmt: skip
    made["view"] = sc.EligibilityView.objects.create(
        supercomplaint=complaint, authority=world.organisations["officer"], is_form_met=True,
        reasons="x", by=by, at=NOW,
    )  # fmt: skip
    made["finding"] = sc.Finding.objects.create(
        supercomplaint=complaint, number=1, text="x", reasons="x"
    )
    report = sc.InvestigationReport.objects.create(supercomplaint=complaint, title="x")
    made["report"] = report
    made["section"] = sc.Section.objects.create(report=report, order=1, heading="x")
    made["redaction"] = sc.Redaction.objects.create(
        report=report, quote="xx", ground="safety", reason="x", by=by, at=NOW
    )
    twin = SuperComplaint.objects.create(title="Sent", body=complaint.body, lead=complaint.lead)
    made["report sent to the body"] = sc.InvestigationReport.objects.create(
        supercomplaint=twin, title="x", sent_to_body_on=DAY
    )
    for name, sent in (("letter", {}), ("letter sent", {"sent_at": NOW, "sent_by": by})):
        made[name] = sc.ProgressLetter.objects.create(
            supercomplaint=complaint, on=DAY, text="x", written_by=by, **sent
        )


def _of_the_survey(world: World) -> None:
    by, force, made = world.people["lead"], world.organisations["force"], world.records
    for name, state, reply, how in (
        ("survey in draft", "draft", "", ""),
        ("survey open", "open", "reply begun", "started"),
        ("", "closed", "reply signed", "signed"),
    ):
        survey = Survey.objects.create(
            supercomplaint=world.complaint, title="x", state=state, made_by=by
        )
        if name:
            made[name] = survey
        if reply:
            made[reply] = SurveyReply.objects.create(
                survey=survey, organisation=force, state=how, asked_at=NOW, asked_by=by
            )


def _of_the_answers(world: World) -> None:
    made, orgs, complaint = world.records, world.organisations, world.complaint
    draft = rec.Recommendation.objects.create(supercomplaint=complaint, number=1)
    made["recommendation in draft"] = draft
    sent = {"submitted_at": NOW}
    nobody = sc.Organisation.objects.create(name="Nobody here", kind="territorial_force")
    issued = {}
    for number in (2, 3, 4):
        issued[number] = rec.Recommendation.objects.create(
            supercomplaint=complaint, number=number, issued_on=DAY
        )
    made["recommendation issued"] = issued[2]
    made["part issued"] = rec.Part.objects.create(recommendation=issued[2], code="2.1", text="x")
    for name, number, whose, more in (
        ("answer unsent", 2, orgs["force"], {}),
        ("answer sent", 3, orgs["force"], sent),
        ("answer published", 4, orgs["force"], {**sent, "published_at": NOW}),
        ("answer of nobody here", 2, nobody, {}),
    ):
        made[name] = rec.Answer.objects.create(
            recommendation=issued[number], organisation=whose, **more
        )
    made["answer changed"] = made["answer sent"]
    made["plan"] = rec.Plan.objects.create(
        supercomplaint=complaint, organisation=orgs["force"], title="x", published_at=NOW
    )
    for name, at in (("progress report", None), ("progress report published", NOW)):
        made[name] = rec.ProgressReport.objects.create(
            supercomplaint=complaint, organisation=orgs["collator"], title="x", as_of_on=DAY,
            published_at=at, by=world.people["collator"],
        )  # fmt: skip


def _of_measures_and_practices(world: World) -> None:
    made, by = world.records, world.people["force"]
    for name in ("figure unsigned", "figure signed", "figure published"):
        figure = ComputedFigure.objects.create(
            force=by.force, measure="four-asked", definition_version=1, sql_sha256="a" * 64,
            from_on=DAY, to_on=DAY, row_count=0, computed_by=by, computed_at=NOW,
        )  # fmt: skip
        made[name] = figure
        if name != "figure unsigned":
            FigureSignature.objects.create(figure=figure, signed_by=by, post="x", signed_at=NOW)
    FigureRelease.objects.create(figure=figure, released_by=by, released_at=NOW)
    made["figure's rows"] = figure
    made["practice in draft"] = Practice.objects.create(title="Draft")
    practice = Practice.objects.create(title="Published", published_at=NOW)
    made["practice published"] = practice
    made["adoption"] = Adoption.objects.create(
        practice=practice, organisation=world.organisations["force"], published_at=NOW
    )


def differences(world: World, stage: str) -> list[str]:
    """Return where the policy says otherwise than the table, of one record or of a list."""
    found = []
    for name, record in world.now().items():
        line = TABLE[name]
        wanted = getattr(line, stage)
        for viewer, user in world.people.items():
            may = bool(policy.decide(user, line.act, record))
            if may != (viewer in wanted):
                found.append(f"{name} at {stage}: {viewer} {'may' if may else 'may not'}")
    return found


def disagreements(user: User, act: str, record: Model) -> bool:
    """Return whether a list keeps what is refused, or leaves out what is allowed."""
    kept = policy.permitted(user, act, type(record)._default_manager.filter(pk=record.pk))
    return kept.exists() != bool(policy.decide(user, act, record))


@pytest.mark.parametrize("stage", STAGES)
def test_everybody_opens_what_the_table_says_and_nothing_else(world: World, stage: str) -> None:
    twin = world.records["report sent to the body"]
    with transaction.atomic():
        world.at(stage)
        facts = SuperComplaint.objects.filter(pk=world.complaint.pk).values(
            "state", "is_shared_with_authorities", "published_on"
        )[0]
        SuperComplaint.objects.filter(report=twin).update(**facts)
        assert differences(world, stage) == []
        transaction.set_rollback(True)


def test_no_state_after_submission_opens_more_than_another(world: World) -> None:
    """Ineligible, concluded, closed: who sees the complaint follows from publication alone."""
    names = ("complaint", "fact", "view", "entry for the lead", "document for the parties")
    wrong = []
    for state, stage in STATES.items():
        with transaction.atomic():
            world.at(stage, state)
            for name in names:
                line, record = TABLE[name], type(world.records[name])._default_manager
                row = record.get(pk=world.records[name].pk)
                opened = {
                    v for v, user in world.people.items() if policy.decide(user, line.act, row)
                }
                if opened != line.work:
                    wrong.append((state, name, opened ^ line.work))
            transaction.set_rollback(True)
    assert wrong == []


def test_what_is_not_open_is_answered_as_if_it_did_not_exist(world: World) -> None:
    world.at("work")
    for viewer in ("other body", "other force", "supervisor"):
        decision = policy.decide(world.people[viewer], OPEN, world.now()["complaint"])
        assert (bool(decision), decision.is_other_force) == (False, True)


@given(
    viewer=st.sampled_from(list(VIEWERS)),
    names=st.lists(st.sampled_from(list(TABLE)), min_size=6, max_size=6),
    stage=st.sampled_from(STAGES),
    at=st.integers(0, 10_000),
)
@settings(max_examples=25, deadline=None)
def test_decision_and_list_agree_for_every_act_of_every_party(
    world: World, viewer: str, names: list[str], stage: str, at: int
) -> None:
    user = world.people[viewer]
    acts = sorted(ROLE_MAY[user.role])
    with transaction.atomic():
        world.at(stage)
        wrong = [
            (name, act)
            for name in names
            for act in {TABLE[name].act, acts[at % len(acts)], acts[(at * 7 + 3) % len(acts)]}
            if disagreements(user, act, type(world.records[name])._default_manager.get(
                pk=world.records[name].pk))
        ]  # fmt: skip
        transaction.set_rollback(True)
    assert wrong == []


@pytest.mark.parametrize("viewer", VIEWERS)
def test_lists_hold_what_may_be_opened(world: World, viewer: str) -> None:
    """Every line of the table, at the stage where most is open and most is closed."""
    user = world.people[viewer]
    wrong = []
    for stage in ("draft", "public"):
        with transaction.atomic():
            world.at(stage)
            wrong += [
                (name, stage)
                for name, record in world.now().items()
                if disagreements(user, TABLE[name].act, record)
            ]
            transaction.set_rollback(True)
    assert wrong == []
