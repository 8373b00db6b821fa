"""The line of the evidence log that a survey becomes when it closes."""

from datetime import date

from django.db.models import Max

from fourfold.web.supercomplaints.models import Document, EvidenceEntry
from fourfold.web.surveys.models import Survey
from fourfold.web.users import access
from fourfold.web.users.models import User


def log_survey(*, actor: User, survey: Survey, asked: int, signed: int, on: date) -> EvidenceEntry:
    """Write the survey in the evidence log: when, how many were asked, how many replied."""
    act, complaint = "evidenceentry.add", survey.supercomplaint
    decision = access.require(actor, act, complaint)
    entries = EvidenceEntry.objects.filter(supercomplaint=complaint)
    last = entries.aggregate(last=Max("number"))["last"] or 0
    entry = EvidenceEntry.objects.create(
        supercomplaint=complaint,
        number=last + 1,
        kind=EvidenceEntry.Kind.SURVEY,
        on=survey.opens_on or on,
        to_on=on,
        title=survey.title,
        summary=f"Asked: {asked}. Replies signed off when the survey closed: {signed}.",
        seen_by=Document.Seen.AUTHORITIES,
        recorded_by=actor,
    )
    access.record_act(actor, act, entry, decision=decision, detail={"survey": survey.ref})
    return entry
