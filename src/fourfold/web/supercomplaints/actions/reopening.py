"""A report that changes is a draft again: what the authorities agreed were other words."""

from fourfold.web.supercomplaints.errors import NotNowError
from fourfold.web.supercomplaints.models import InvestigationReport, SuperComplaint


def reopen(supercomplaint: SuperComplaint) -> None:
    """Turn an agreed report back into a draft; one that is published stays as it is."""
    agreed = InvestigationReport.State.AGREED
    for report in InvestigationReport.objects.filter(supercomplaint=supercomplaint, state=agreed):
        report.state, report.agreed_on = InvestigationReport.State.DRAFT, None
        report.save()


def must_not_be_sent(supercomplaint: SuperComplaint) -> None:
    """Refuse to change what the body has already been sent."""
    reports = InvestigationReport.objects.filter(supercomplaint=supercomplaint)
    if reports.filter(sent_to_body_on__isnull=False).exists():
        raise NotNowError("The full report was sent to the body, so it is not changed any more.")
