"""Findings of an investigation, and what they still lack."""

from fourfold.web.supercomplaints.models import EvidenceEntry, Feature, Finding, SuperComplaint
from fourfold.web.supercomplaints.rules import investigation
from fourfold.web.supercomplaints.rules.investigation import Gaps, Tied
from fourfold.web.users import policy
from fourfold.web.users.models import User


def findings_of(actor: User, supercomplaint: SuperComplaint) -> list[Finding]:
    """Return the findings that an actor may see, with their features and evidence."""
    every = Finding.objects.filter(supercomplaint=supercomplaint)
    found = policy.permitted(actor, "finding.list_of_complaint", every)
    return list(found.prefetch_related("features", "evidence"))


def features_of(supercomplaint: SuperComplaint) -> list[Feature]:
    """Return the features of the complaint."""
    return list(supercomplaint.features.all())


def evidence_of(actor: User, supercomplaint: SuperComplaint) -> list[EvidenceEntry]:
    """Return the lines of evidence that an actor may tie to a finding."""
    every = EvidenceEntry.objects.filter(supercomplaint=supercomplaint)
    return list(policy.permitted(actor, "evidenceentry.list", every))


def gaps_of(features: list[Feature], findings: list[Finding]) -> Gaps:
    """Return the features without a finding, and the findings without what they stand on."""
    tied = [
        Tied(
            number=each.number,
            features=tuple(feature.number for feature in each.features.all()),
            evidence=len(each.evidence.all()),
            has_reasons=bool(each.reasons.strip()),
        )
        for each in findings
    ]
    return investigation.gaps((each.number for each in features), tied)
