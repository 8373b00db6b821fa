"""A fictional body, the three authorities, a responder, and a draft; files in a folder of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from fourfold.web.supercomplaints.actions import complaints, deciding, documents, submitting
from fourfold.web.supercomplaints.models import (
    Designation,
    Document,
    EligibilityView,
    Organisation,
    SuperComplaint,
)
from fourfold.web.users.models import Force, Role, User

RECEIVED_AT = datetime(2022, 11, 25, 12, 0, tzinfo=UTC)  # the stalking timeline: a Friday
ACKNOWLEDGED_AT = datetime(2022, 12, 1, 16, 0, tzinfo=UTC)
DECIDED_ON = date(2023, 1, 26)


@pytest.fixture(autouse=True)
def files(tmp_path: Path, settings: object, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("FOURFOLD_CLAMAV", raising=False)
    settings.FILES_ROOT = tmp_path / "files"  # type: ignore[attr-defined]
    return tmp_path / "files"


@dataclass
class Parties:
    """The organisations and one user of each."""

    body: Organisation
    other_body: Organisation
    authorities: dict[str, Organisation]
    people: dict[str, User]

    @property
    def complainant(self) -> User:
        return self.people["body"]

    @property
    def chief(self) -> User:
        return self.people["chief_inspector"]


@pytest.fixture
def parties(db: None) -> Parties:
    """Teasel Trust (designated), Sedge Trust (not), the three authorities, a force that answers."""
    people: dict[str, User] = {}

    def made(key: str, name: str, role: str, kind: str, authority: str = "") -> Organisation:
        force = Force.objects.create(name=name, contact="Call 01632 960101")
        people[key] = User.objects.create_user(
            email=f"{key}@example.org", name=f"Person of {name}", role=role, force=force
        )
        return Organisation.objects.create(
            name=name, kind=kind, authority=authority, tenant=force, is_invented=True
        )

    body = made("body", "Teasel Trust", Role.COMPLAINANT, "charity")
    other = made("other", "Sedge Trust", Role.COMPLAINANT, "charity")
    authorities = {
        code: made(code, name, Role.COMPLAINTS_OFFICER, "authority", code)
        for code, name in (
            ("chief_inspector", "Inspectorate of Teaselshire"),
            ("director_general", "Conduct Office of Teaselshire"),
            ("college", "College of Teaselshire"),
        )
    }
    made("force", "Teasel Constabulary", Role.RESPONDER, "territorial_force")
    Designation.objects.create(organisation=body, designated_words="June 2018")
    return Parties(body, other, authorities, people)


@pytest.fixture
def draft(parties: Parties) -> SuperComplaint:
    """A complete draft of Teasel Trust: one feature, harm, fact, evidence, contact."""
    actor = parties.complainant
    made = complaints.draft(
        actor=actor,
        facts=complaints.DraftFacts(
            "The response to teasel offences", subject="How forces respond.",
            contact_name="Ada Example", contact_details="ada@example.org",
        ),
    )  # fmt: skip
    feature = complaints.keep_feature(
        actor=actor,
        supercomplaint=made,
        facts=complaints.FeatureFacts(
            "Offences are recorded as something else.", "Risk is not seen.", (), "All forces"
        ),
    )
    complaints.keep_harm(
        actor=actor, feature=feature,
        facts=complaints.HarmFacts("People are not protected.", "Many", "None stands out"),
    )  # fmt: skip
    evidence = documents.add_document(
        actor=actor,
        supercomplaint=made,
        facts=documents.DocumentFacts(
            Document.Kind.EVIDENCE, "Case studies", "cases.pdf", Document.Seen.PARTIES,
            given_by=parties.body,
        ),
        chunks=[b"%PDF-1.7 planted evidence"],
    )  # fmt: skip
    complaints.keep_fact(
        actor=actor, feature=feature,
        facts=complaints.FactFacts("Forty cases.", "Own study, 2022, page 3", evidence),
    )  # fmt: skip
    return made


@pytest.fixture
def received(parties: Parties, draft: SuperComplaint) -> SuperComplaint:
    """The draft, submitted on Friday 25 November 2022."""
    submitting.submit(actor=parties.complainant, supercomplaint=draft, at=RECEIVED_AT)
    return draft


@pytest.fixture
def acknowledged(parties: Parties, received: SuperComplaint) -> SuperComplaint:
    """Acknowledged on the last day of the limit."""
    deciding.acknowledge(actor=parties.chief, supercomplaint=received, at=ACKNOWLEDGED_AT)
    return received


@pytest.fixture
def hold(parties: Parties) -> Callable[..., EligibilityView]:
    """Record the view of an authority."""

    def record(complaint: SuperComplaint, code: str, **facts: object) -> EligibilityView:
        given: dict[str, object] = {"is_form_met": True, "reasons": "All is there.", **facts}
        return deciding.record_view(
            actor=parties.people[code],
            supercomplaint=complaint,
            facts=deciding.ViewFacts(**given),  # type: ignore[arg-type]
        )

    return record


@pytest.fixture
def investigated(
    parties: Parties, acknowledged: SuperComplaint, hold: Callable[..., EligibilityView]
) -> SuperComplaint:
    """Found eligible by all three on 26 January 2023."""
    for code in parties.authorities:
        hold(acknowledged, code)
    deciding.decide(actor=parties.chief, supercomplaint=acknowledged, on=DECIDED_ON)
    return acknowledged
