"""Findings: recorded, changed, taken out; each is tied to features and to evidence."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from fourfold.web.supercomplaints.actions.evidence import must_be_open
from fourfold.web.supercomplaints.actions.reopening import must_not_be_sent, reopen
from fourfold.web.supercomplaints.errors import OtherComplaintError
from fourfold.web.supercomplaints.models import EvidenceEntry, Feature, Finding, SuperComplaint
from fourfold.web.users import access
from fourfold.web.users.models import User


@dataclass(frozen=True)
class FindingFacts:
    """A finding: what was found, why, of which features, on which evidence."""

    text: str
    reasons: str = ""
    features: Sequence[Feature] = ()
    evidence: Sequence[EvidenceEntry] = ()


def keep_finding(
    *,
    actor: User,
    supercomplaint: SuperComplaint,
    facts: FindingFacts,
    finding: Finding | None = None,
    keeping: Sequence[EvidenceEntry] = (),
) -> Finding:
    """Record a finding, or change one. `keeping`: evidence tied that the actor may not see."""
    decision = access.require(actor, "finding.record", finding or supercomplaint)
    owners = {each.supercomplaint_id for each in facts.features}
    owners |= {each.supercomplaint_id for each in facts.evidence}
    owners |= {finding.supercomplaint_id} if finding else set()
    if owners - {supercomplaint.pk}:
        raise OtherComplaintError
    with transaction.atomic():
        SuperComplaint.objects.select_for_update(of=("self",)).get(pk=supercomplaint.pk)
        must_be_open(supercomplaint)
        must_not_be_sent(supercomplaint)
        made = finding or _next(supercomplaint)
        made.text, made.reasons = facts.text, facts.reasons
        made.save()
        made.features.set(facts.features)
        made.evidence.set([*facts.evidence, *keeping])
        reopen(supercomplaint)
        detail = {"features": len(facts.features), "evidence": len(facts.evidence)}
        access.record_act(actor, "finding.record", made, decision=decision, detail=detail)
    return made


def remove_finding(*, actor: User, finding: Finding) -> None:
    """Take a finding out; its versions are kept."""
    decision = access.require(actor, "finding.record", finding)
    must_be_open(finding.supercomplaint)
    must_not_be_sent(finding.supercomplaint)
    with transaction.atomic():
        detail = {"removed": finding.ref}
        access.record_act(actor, "finding.record", finding, decision=decision, detail=detail)
        finding.delete()
        reopen(finding.supercomplaint)


def _next(supercomplaint: SuperComplaint) -> Finding:
    last = Finding.objects.filter(supercomplaint=supercomplaint).aggregate(last=Max("number"))
    return Finding(supercomplaint=supercomplaint, number=(last["last"] or 0) + 1)
