"""Evidence log and findings: numbers, who may see what, what is missing."""

from datetime import date

import pytest

from fourfold.web.cases.rules.cells import csv_text
from fourfold.web.supercomplaints.actions import findings
from fourfold.web.supercomplaints.actions.evidence import EntryFacts, add_entry, change_entry
from fourfold.web.supercomplaints.actions.findings import FindingFacts
from fourfold.web.supercomplaints.errors import NotNowError, OtherComplaintError
from fourfold.web.supercomplaints.models import Finding
from fourfold.web.supercomplaints.rules.investigation import Tied, gaps
from fourfold.web.supercomplaints.selectors import evidence as selectors
from fourfold.web.supercomplaints.selectors import findings as found
from fourfold.web.users import access
from lib.investigations import Investigation, make


def facts(title: str = "A meeting", seen_by: str = "authorities") -> EntryFacts:
    return EntryFacts("meeting", date(2024, 4, 2), title, seen_by=seen_by)


def test_findings_lack_features_evidence_and_reasons() -> None:
    missing = gaps(
        (1, 2, 3),
        [Tied(1, (1,), 2, True), Tied(2, (), 0, False), Tied(3, (3,), 0, True)],
    )
    assert missing.features_without_finding == (2,)
    assert missing.without_evidence == (2, 3)
    assert missing.without_feature == (2,)
    assert missing.without_reasons == (2,)
    assert gaps((1,), [Tied(1, (1,), 1, True)]).is_empty


@pytest.fixture
def world(db: None) -> Investigation:
    return make()


def test_lines_are_numbered_and_each_sees_its_own(world: Investigation) -> None:
    complaint = world.complaint
    complaint.lead = world.officers["director_general"].force.organisation
    complaint.save()
    made = [
        add_entry(actor=world.chief, supercomplaint=complaint, facts=facts(seen_by, seen_by))
        for seen_by in ("parties", "authorities", "lead")
    ]
    assert [each.number for each in made] == [1, 2, 3]
    seen = {
        name: [each.title for each in selectors.entries_of(person, complaint)]
        for name, person in (
            ("body", world.complainant),
            ("chief", world.chief),
            ("lead", world.officers["director_general"]),
            ("responder", world.others["responder"]),
        )
    }
    assert seen == {
        "body": ["parties"],
        "chief": ["parties", "authorities"],
        "lead": ["parties", "authorities", "lead"],
        "responder": [],
    }
    for person in (world.complainant, world.chief):
        assert not access.see(person, "evidenceentry.open", made[2])


def test_a_line_keeps_its_versions_and_its_table_is_harmless(world: Investigation) -> None:
    entry = add_entry(actor=world.chief, supercomplaint=world.complaint, facts=facts())
    change_entry(actor=world.chief, entry=entry, facts=facts("=1+1"))
    assert [each.title for each in entry.history.all()] == ["=1+1", "A meeting"]
    entries = selectors.entries_of(world.chief, world.complaint)
    table = csv_text(selectors.HEADER, selectors.rows(entries))
    assert "'=1+1" in table and ",=1+1" not in table


def test_the_log_is_kept_during_the_investigation_only(world: Investigation) -> None:
    entry = add_entry(actor=world.chief, supercomplaint=world.complaint, facts=facts())
    world.complaint.state = "published"
    world.complaint.save()
    with pytest.raises(NotNowError):
        add_entry(actor=world.chief, supercomplaint=world.complaint, facts=facts())
    with pytest.raises(NotNowError):
        change_entry(actor=world.chief, entry=entry, facts=facts())


def test_a_finding_is_tied_to_its_own_complaint(world: Investigation) -> None:
    complaint = world.complaint
    entry = add_entry(actor=world.chief, supercomplaint=complaint, facts=facts())
    features = found.features_of(complaint)
    made = findings.keep_finding(
        actor=world.chief,
        supercomplaint=complaint,
        facts=FindingFacts("Found.", "Because.", features[:1], [entry]),
    )
    missing = found.gaps_of(features, found.findings_of(world.chief, complaint))
    assert (missing.features_without_finding, missing.without_evidence) == ((2,), ())
    other = type(complaint).objects.create(
        title="Another", body=complaint.body, state="under_investigation"
    )
    with pytest.raises(OtherComplaintError):
        findings.keep_finding(
            actor=world.chief, supercomplaint=other, facts=FindingFacts("x", evidence=[entry])
        )
    findings.remove_finding(actor=world.chief, finding=made)
    assert not complaint.findings.exists()
    assert Finding.history.filter(text="Found.").exists()
