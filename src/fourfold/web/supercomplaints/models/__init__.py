"""What a super-complaint is made of."""

from fourfold.web.supercomplaints.models.complaints import (
    Fact,
    Feature,
    Harm,
    SuperComplaint,
    Talk,
)
from fourfold.web.supercomplaints.models.documents import Document, Handover
from fourfold.web.supercomplaints.models.investigations import (
    Agreement,
    EvidenceEntry,
    Finding,
    InvestigationReport,
    ProgressLetter,
    Redaction,
    Section,
)
from fourfold.web.supercomplaints.models.organisations import Designation, Organisation
from fourfold.web.supercomplaints.models.procedure import EligibilityView, Step

__all__ = [
    "Agreement", "Designation", "Document", "EligibilityView", "EvidenceEntry", "Fact", "Feature",
    "Finding", "Handover", "Harm", "InvestigationReport", "Organisation", "ProgressLetter",
    "Redaction", "Section", "Step", "SuperComplaint", "Talk",
]  # fmt: skip
