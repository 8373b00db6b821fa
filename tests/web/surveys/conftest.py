"""A super-complaint under investigation, an officer, invented forces, and a small survey."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from fourfold.web.supercomplaints.models import Organisation, SuperComplaint
from fourfold.web.surveys.actions import asking, building, replying
from fourfold.web.surveys.actions.building import SurveyFacts
from fourfold.web.surveys.models import Question, Survey, SurveyReply
from fourfold.web.surveys.rules.answers import kept
from fourfold.web.surveys.rules.questions import QuestionSpec, SectionSpec
from fourfold.web.users.models import Force, Role, User

TODAY = date(2026, 11, 21)
FORCES = ("Bracken Police", "Heather Police", "Marram Constabulary")
SECTIONS = (
    SectionSpec(
        "Training",
        "",
        (
            QuestionSpec("Is there training?", "yes_no", is_required=True, publish="all"),
            QuestionSpec("Who has had it?", "many", options=("Response", "Detectives"),
                         show_if="1.1", show_if_answer="Yes", publish="all"),
            QuestionSpec("How many days?", "number", unit="days", may_not_hold=True,
                         publish="counts"),
        ),
    ),
    SectionSpec(
        "Practice",
        "",
        (
            QuestionSpec("What share is reviewed?", "percent", publish="nothing"),
            QuestionSpec("What works?", "long", publish="counts"),
            QuestionSpec("Attach the guidance", "file", publish="nothing"),
            QuestionSpec("Offences", "table", rows=("2025", "2026"), columns=("2A", "4A")),
        ),
    ),
)  # fmt: skip


@pytest.fixture(autouse=True)
def files(tmp_path: Path, settings: object, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("FOURFOLD_CLAMAV", raising=False)
    settings.FILES_ROOT = tmp_path / "files"  # type: ignore[attr-defined]
    return tmp_path / "files"


@dataclass
class Scene:
    """The people and records of a test."""

    complaint: SuperComplaint
    officer: User
    forces: list[Organisation]
    responders: list[User]
    body: User

    def make(self, **more: object) -> Survey:
        """Make a survey of two sections; not open yet."""
        facts = SurveyFacts(title="Survey of training", closes_on=date(2026, 12, 4), **more)  # type: ignore[arg-type]
        return building.make_survey(
            actor=self.officer, supercomplaint=self.complaint, facts=facts, sections=SECTIONS
        )

    def open(self) -> Survey:
        """Make a survey, ask all forces, open it."""
        survey = self.make()
        asking.ask(actor=self.officer, survey=survey, organisations=self.forces)
        asking.open_survey(actor=self.officer, survey=survey, today=TODAY)
        return survey

    def reply(self, survey: Survey, number: int = 0) -> SurveyReply:
        """Return the reply of a force, as a page loads it."""
        return SurveyReply.objects.select_related("survey__supercomplaint", "organisation").get(
            survey=survey, organisation=self.forces[number]
        )

    def question(self, survey: Survey, text: str) -> Question:
        return Question.objects.get(section__survey=survey, text=text)

    def answer(self, survey: Survey, number: int = 0, **said: object) -> SurveyReply:
        """Answer questions by the first word of their text; `_` in place of spaces."""
        reply = self.reply(survey, number)
        given = {}
        for words, value in said.items():
            question = Question.objects.get(
                section__survey=survey, text__startswith=words.replace("_", " ")
            )
            state = value if value in ("not_known", "not_held") else ""
            given[question.pk] = kept(question.shape, str(state), "" if state else value)
        replying.save_answers(actor=self.responders[number], reply=reply, given=given, today=TODAY)
        return self.reply(survey, number)

    def sign(self, survey: Survey, number: int = 0) -> SurveyReply:
        reply = self.reply(survey, number)
        replying.sign(
            actor=self.responders[number], reply=reply, name="Ash Rowan",
            post="Assistant chief constable", today=TODAY,
        )  # fmt: skip
        return self.reply(survey, number)


@pytest.fixture
def scene(db: None, make_user: Callable[..., User]) -> Scene:
    authority = Force.objects.create(name="Invented authority")
    charity = Force.objects.create(name="Invented charity")
    body = Organisation.objects.create(
        name="Invented charity", kind="charity", tenant=charity, is_invented=True
    )
    Organisation.objects.create(
        name="Invented authority", kind="authority", tenant=authority, is_invented=True
    )
    tenants = [Force.objects.create(name=name) for name in FORCES]
    forces = [
        Organisation.objects.create(
            name=tenant.name, kind="territorial_force", tenant=tenant, is_invented=True
        )
        for tenant in tenants
    ]
    complaint = SuperComplaint.objects.create(
        title="How training is done", body=body, state="under_investigation", is_invented=True,
        received_at=datetime(2026, 1, 5, 9, tzinfo=UTC),
    )  # fmt: skip
    return Scene(
        complaint=complaint,
        officer=make_user(Role.COMPLAINTS_OFFICER, force=authority, team=None),
        forces=forces,
        responders=[make_user(Role.RESPONDER, force=each, team=None) for each in tenants],
        body=make_user(Role.COMPLAINANT, force=charity, team=None),
    )
