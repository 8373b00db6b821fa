"""Decision and list agree for every record of an investigation, whoever looks, in every state."""

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from fourfold.web.supercomplaints.actions import findings, letters, redactions, reports
from fourfold.web.supercomplaints.actions.evidence import EntryFacts, add_entry
from fourfold.web.supercomplaints.actions.findings import FindingFacts
from fourfold.web.supercomplaints.actions.letters import LetterFacts
from fourfold.web.supercomplaints.actions.redactions import RedactionFacts
from fourfold.web.users import policy
from lib.investigations import Investigation, make

pytestmark = pytest.mark.django_db
STATES = ("preparing", "under_investigation", "published")


def everything(world: Investigation) -> list[tuple[str, Any]]:
    """One record of each kind, sent and unsent, open and closed, with the act that opens it."""
    actor, complaint = world.chief, world.complaint
    complaint.lead = world.officers["college"].force.organisation
    complaint.save()
    for seen_by in ("parties", "authorities", "lead"):
        facts = EntryFacts("meeting", date(2024, 4, 2), "A meeting", seen_by=seen_by)
        add_entry(actor=actor, supercomplaint=complaint, facts=facts)
    findings.keep_finding(actor=actor, supercomplaint=complaint, facts=FindingFacts("Found."))
    for is_sent in (True, False):
        letter = letters.keep_letter(
            actor=actor, supercomplaint=complaint, facts=LetterFacts(date(2024, 5, 1), "x")
        )
        if is_sent:
            letters.send_letter(actor=actor, letter=letter)
    report = reports.begin_report(actor=actor, supercomplaint=complaint, title="The report")
    redactions.add_redaction(
        actor=actor, report=report, facts=RedactionFacts("Found", "safety", "Why.")
    )
    return [
        ("evidenceentry.open", complaint.evidence_entries.all()),
        ("finding.list_of_complaint", complaint.findings.all()),
        ("progressletter.open", complaint.progress_letters.all()),
        ("investigationreport.open", type(report).objects.all()),
        ("investigationreport.open", report.sections.all()),
        ("investigationreport.open", report.redactions.all()),
    ]


def test_decision_and_list_agree_for_every_record_of_an_investigation() -> None:
    world = make()
    held = everything(world)
    people = [*world.officers.values(), world.complainant, *world.others.values()]
    seen = 0
    for state in STATES:
        for sent_on in (None, timezone.localdate()):
            world.complaint.state = state
            world.complaint.published_on = date(2024, 9, 27) if state == "published" else None
            world.complaint.save()
            held[3][1].update(sent_to_body_on=sent_on)
            for person in people:
                for act, rows in held:
                    fresh = rows.model.objects.filter(pk__in=[row.pk for row in rows])
                    listed = set(policy.permitted(person, act, fresh))
                    decided = {row for row in fresh if policy.decide(person, act, row)}
                    assert listed == decided, (person.role, act, state, sent_on)
                    seen += len(listed)
    assert seen > 50
