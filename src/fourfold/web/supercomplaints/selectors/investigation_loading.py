"""Records of the investigation by the references in a URL."""

from typing import Any

from django.http import Http404

from fourfold.web.base.loading import by_ref
from fourfold.web.supercomplaints.models import (
    EvidenceEntry,
    Finding,
    InvestigationReport,
    ProgressLetter,
    Redaction,
    Section,
)
from fourfold.web.supercomplaints.selectors import reports
from fourfold.web.supercomplaints.selectors.loading import OF, supercomplaint_by_ref

OF_REPORT = ("report__supercomplaint__body", "report__supercomplaint__lead")


def entry_by_ref(*, evidenceentry_ref: str, supercomplaint_ref: str, **_: Any) -> EvidenceEntry:
    """Return the line of the evidence log of a URL."""
    related = (*OF, "recorded_by")
    return by_ref(
        EvidenceEntry, evidenceentry_ref, *related, supercomplaint__ref=supercomplaint_ref
    )


def letter_by_ref(*, progressletter_ref: str, supercomplaint_ref: str, **_: Any) -> ProgressLetter:
    """Return the progress report to the body of a URL."""
    related = (*OF, "sent_by", "written_by")
    return by_ref(
        ProgressLetter, progressletter_ref, *related, supercomplaint__ref=supercomplaint_ref
    )


def finding_by_ref(*, finding_ref: str, supercomplaint_ref: str, **_: Any) -> Finding:
    """Return the finding of a URL."""
    return by_ref(Finding, finding_ref, *OF, supercomplaint__ref=supercomplaint_ref)


def report_by_complaint(*, supercomplaint_ref: str, **_: Any) -> InvestigationReport:
    """Return the report of the super-complaint of a URL; there is one, or none."""
    found = reports.report_of(supercomplaint_by_ref(supercomplaint_ref=supercomplaint_ref))
    if found is None:
        raise Http404("There is no such record.")
    return found


def section_by_ref(*, section_ref: str, supercomplaint_ref: str, **_: Any) -> Section:
    """Return the section of a report of a URL."""
    return by_ref(Section, section_ref, *OF_REPORT, report__supercomplaint__ref=supercomplaint_ref)


def redaction_by_ref(*, redaction_ref: str, supercomplaint_ref: str, **_: Any) -> Redaction:
    """Return the withheld words of a URL."""
    return by_ref(
        Redaction, redaction_ref, *OF_REPORT, "by",
        report__supercomplaint__ref=supercomplaint_ref,
    )  # fmt: skip
