"""How a super-complaint stands: the facts that the guards of the procedure ask."""

from datetime import date

from fourfold.web.supercomplaints.errors import NoOrganisationError
from fourfold.web.supercomplaints.models import (
    Designation,
    InvestigationReport,
    Organisation,
    SuperComplaint,
)
from fourfold.web.supercomplaints.rules.designation import Dates, is_designated
from fourfold.web.supercomplaints.rules.procedure import Facts, View
from fourfold.web.users.models import User


def may_submit(organisation: Organisation, regime: str, on: date) -> bool:
    """Return whether a body may make a super-complaint of a regime on a day."""
    rows = Designation.objects.filter(organisation=organisation, regime=regime)
    return any(
        is_designated(Dates(row.designated_on, row.designated_words, row.revoked_on), on)
        for row in rows
    )


def organisation_of(user: User) -> Organisation | None:
    """Return the organisation of the register that a user's force acts for."""
    return Organisation.objects.filter(tenant_id=user.force_id).first()


def own_organisation(user: User) -> Organisation:
    """Return the user's organisation (raises `NoOrganisationError` where none is linked)."""
    found = organisation_of(user)
    if found is None:
        raise NoOrganisationError
    return found


def views_of(supercomplaint: SuperComplaint) -> tuple[View, ...]:
    """Return what each authority holds on eligibility."""
    return tuple(
        View(each.authority.authority, each.is_form_met, each.bar, bool(each.reasons.strip()))
        for each in supercomplaint.eligibility_views.select_related("authority")
    )


def joint(supercomplaint: SuperComplaint) -> Facts:
    """Return the facts of the joint decision alone: the views of the authorities."""
    return Facts(regime=supercomplaint.regime, views=views_of(supercomplaint))


def facts_of(supercomplaint: SuperComplaint, actor: User, on: date) -> Facts:
    """Gather what the guards ask."""
    own = organisation_of(actor)
    report = InvestigationReport.objects.filter(supercomplaint=supercomplaint).first()
    contents = report.sections.exclude(text="").values_list("kind", flat=True) if report else ()
    return Facts(
        regime=supercomplaint.regime,
        is_designated=may_submit(supercomplaint.body, supercomplaint.regime, on),
        actor_authority=own.authority if own else "",
        views=views_of(supercomplaint),
        report_contents=frozenset(contents),
        is_report_agreed=bool(report and report.state != InvestigationReport.State.DRAFT),
    )
