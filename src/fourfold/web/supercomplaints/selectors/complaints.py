"""What a super-complaint says: for its pages, its form checklist, and its sealed record."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from fourfold.web.supercomplaints.models import (
    Document,
    Fact,
    Feature,
    Organisation,
    SuperComplaint,
    Talk,
)
from fourfold.web.supercomplaints.rules.form_of_complaint import FeatureTold, Told
from fourfold.web.supercomplaints.selectors.reading import left_out, quotes_for
from fourfold.web.users import policy
from fourfold.web.users.models import User

IN_SCOPE = ("territorial_force", "other_force")
OF_SERVICE = ("service_force",)


def listed(actor: User, *, state: str = "", body_ref: str = "") -> QuerySet[SuperComplaint]:
    """Return the super-complaints that an actor may see, newest first, those without a day last."""
    found = policy.permitted(actor, "supercomplaint.list", SuperComplaint.objects.all())
    if state:
        found = found.filter(state=state)
    if body_ref:
        found = found.filter(body__ref=body_ref)
    return found.select_related("body", "lead").order_by("-made_on", "-id")


def features_of(actor: User, supercomplaint: SuperComplaint) -> list[Feature]:
    """Return the features with their harms and forces, as the actor may read them."""
    quotes = quotes_for(actor, supercomplaint)
    found = list(supercomplaint.features.prefetch_related("harms", "forces"))
    for each in found:
        left_out(each, quotes)
        for harm in each.harms.all():
            left_out(harm, quotes)
    return found


def facts_of(actor: User, supercomplaint: SuperComplaint) -> dict[int, list[Fact]]:
    """Return the documented facts that an actor may see, by the key of the feature."""
    every = Fact.objects.filter(feature__supercomplaint=supercomplaint).select_related("document")
    found: dict[int, list[Fact]] = {}
    for fact in policy.permitted(actor, "supercomplaint.open", every):
        found.setdefault(fact.feature_id, []).append(fact)
    return found


def talks_of(actor: User, supercomplaint: SuperComplaint) -> list[Talk]:
    """Return the talks before submission that an actor may see."""
    every = supercomplaint.talks.select_related("recorded_by")
    return list(policy.permitted(actor, "supercomplaint.open", every))


def documents_of(actor: User, supercomplaint: SuperComplaint) -> list[Document]:
    """Return the documents that an actor may see."""
    every = supercomplaint.documents.select_related("taken_in_by")
    return list(policy.permitted(actor, "document.open", every))


def evidence_of(supercomplaint: SuperComplaint) -> QuerySet[Document]:
    """Return the evidence that the body relies on."""
    return supercomplaint.documents.filter(kind=Document.Kind.EVIDENCE)


def forces_in_scope(supercomplaint: SuperComplaint) -> list[Organisation]:
    """Return the forces that a complaint of this regime may be about."""
    kinds = IN_SCOPE if supercomplaint.regime == "police" else OF_SERVICE
    return list(Organisation.objects.filter(kind__in=kinds).order_by("kind", "name"))


def told(supercomplaint: SuperComplaint) -> Told:
    """Return what the form of a complaint asks for."""
    rows = supercomplaint.features.annotate(
        harm_count=Count("harms", distinct=True),
        scale_count=Count("harms", filter=~Q(harms__scale=""), distinct=True),
        group_count=Count("harms", filter=~Q(harms__groups=""), distinct=True),
        force_count=Count("forces", distinct=True),
        fact_count=Count("facts", distinct=True),
    )
    return Told(
        is_in_writing=supercomplaint.is_in_writing,
        contact_name=supercomplaint.contact_name,
        contact_details=supercomplaint.contact_details,
        evidence_count=evidence_of(supercomplaint).count(),
        features=tuple(
            FeatureTold(
                number=row.number,
                text=row.text,
                why_harmful=row.why_harmful,
                harms=row.harm_count,
                harms_with_scale=row.scale_count,
                harms_with_groups=row.group_count,
                has_forces=bool(row.force_count or row.forces_words.strip()),
                facts=row.fact_count,
            )
            for row in rows
        ),
    )


def as_submitted(supercomplaint: SuperComplaint, at: datetime) -> dict[str, Any]:
    """Return the whole complaint as plain values, with the hashes of all evidence."""
    features = supercomplaint.features.prefetch_related("harms", "forces", "facts__document")
    return {
        "ref": supercomplaint.ref,
        "regime": supercomplaint.regime,
        "title": supercomplaint.title,
        "body": supercomplaint.body.name,
        "with_whom": supercomplaint.with_whom,
        "subject": supercomplaint.subject,
        "contact_name": supercomplaint.contact_name,
        "contact_details": supercomplaint.contact_details,
        "submitted_at": at.isoformat(timespec="seconds"),
        "features": [_feature(each) for each in features],
        "evidence": [_evidence(each) for each in evidence_of(supercomplaint)],
    }


def _feature(feature: Feature) -> dict[str, Any]:
    forces = [force.name for force in feature.forces.all()]
    return {
        "number": feature.number,
        "text": feature.text,
        "why_harmful": feature.why_harmful,
        "forces": [*forces, *filter(None, [feature.forces_words.strip()])],
        "harms": [
            {"nature": harm.nature, "scale": harm.scale, "groups": harm.groups}
            for harm in feature.harms.all()
        ],
        "facts": [
            {
                "text": fact.text,
                "source": fact.source,
                "document_sha256": fact.document.sha256 if fact.document else "",
            }
            for fact in feature.facts.all()
        ],
    }


def _evidence(document: Document) -> dict[str, Any]:
    names = ("ref", "title", "file_name", "sha256", "size_bytes")
    taken_in_at = document.taken_in_at.isoformat(timespec="seconds")
    return {name: getattr(document, name) for name in names} | {"taken_in_at": taken_in_at}


@dataclass(frozen=True)
class Sealed:
    """The sealed record of a submission: its documents, and all evidence with its hashes."""

    documents: tuple[Document, ...]
    evidence: tuple[Document, ...]


def sealed(supercomplaint: SuperComplaint) -> Sealed:
    """Return what was sealed when a complaint was submitted."""
    made = supercomplaint.documents.filter(kind=Document.Kind.COMPLAINT)
    return Sealed(tuple(made), tuple(evidence_of(supercomplaint)))
