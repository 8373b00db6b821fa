"""Words to withhold: marked and unmarked, each with its ground and reason."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from fourfold.web.supercomplaints.errors import ReportError
from fourfold.web.supercomplaints.models import InvestigationReport, Redaction
from fourfold.web.supercomplaints.rules.redaction import problem_of
from fourfold.web.users import access
from fourfold.web.users.models import User


@dataclass(frozen=True)
class RedactionFacts:
    """Words to withhold wherever they stand, on which ground, why."""

    quote: str
    ground: str
    reason: str
    is_whole_word: bool = False


def add_redaction(*, actor: User, report: InvestigationReport, facts: RedactionFacts) -> Redaction:
    """Mark words to be withheld from everything public of the super-complaint.

    Raises:
        ReportError: the words say too little to be looked for.
    """
    decision = access.require(actor, "redaction.add", report)
    if problem := problem_of(facts.quote):
        raise ReportError(problem)
    with transaction.atomic():
        made = Redaction.objects.create(report=report, by=actor, at=timezone.now(), **vars(facts))
        detail = {"ground": made.ground, "whole_word": made.is_whole_word}
        access.record_act(actor, "redaction.add", made, decision=decision, detail=detail)
    return made


def remove_redaction(*, actor: User, kept: Redaction) -> None:
    """Unmark words; its versions are kept. What was published meanwhile does not change.

    Raises:
        ReportError: the report is published; what was withheld stays so.
    """
    decision = access.require(actor, "redaction.remove", kept)
    if kept.report.state == InvestigationReport.State.PUBLISHED:
        raise ReportError("The report is published without these words. They stay withheld.")
    with transaction.atomic():
        detail = {"ground": kept.ground, "ref": kept.ref}
        access.record_act(actor, "redaction.remove", kept, decision=decision, detail=detail)
        kept.delete()
