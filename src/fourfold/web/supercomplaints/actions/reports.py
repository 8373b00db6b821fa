"""The report builder: begin, write sections, order them, agree, send the full version, conclude."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from fourfold.web.supercomplaints.actions.evidence import must_be_open
from fourfold.web.supercomplaints.actions.moving import Move, move
from fourfold.web.supercomplaints.actions.reopening import must_not_be_sent, reopen
from fourfold.web.supercomplaints.errors import NotNowError, ReportError
from fourfold.web.supercomplaints.models import (
    Agreement,
    InvestigationReport,
    Section,
    SuperComplaint,
)
from fourfold.web.supercomplaints.rules import procedure
from fourfold.web.supercomplaints.rules import report as rules
from fourfold.web.supercomplaints.selectors import prefilling
from fourfold.web.supercomplaints.selectors import reports as selectors
from fourfold.web.supercomplaints.selectors.standing import own_organisation
from fourfold.web.users import access
from fourfold.web.users.models import User
from fourfold.web.users.policy import Decision

CHANGE = "investigationreport.change"
State = InvestigationReport.State


@dataclass(frozen=True)
class SectionFacts:
    """A section: which content of regulation 8 it is, its heading, its text."""

    kind: str
    heading: str
    text: str = ""


def begin_report(*, actor: User, supercomplaint: SuperComplaint, title: str) -> InvestigationReport:
    """Begin the report with its four contents, filled from the record."""
    decision = access.require(actor, CHANGE, supercomplaint)
    with transaction.atomic():
        SuperComplaint.objects.select_for_update(of=("self",)).get(pk=supercomplaint.pk)
        must_be_open(supercomplaint)
        if InvestigationReport.objects.filter(supercomplaint=supercomplaint).exists():
            raise NotNowError("The report is begun already. Reload the page to see it.")
        kept = InvestigationReport.objects.create(supercomplaint=supercomplaint, title=title)
        for order, kind in enumerate(procedure.REPORT_CONTENTS, 1):
            Section.objects.create(
                report=kept,
                kind=kind,
                order=order,
                heading=rules.HEADINGS[kind],
                text=prefilling.text_of(actor, supercomplaint, kind),
            )
        access.record_act(actor, CHANGE, kept, decision=decision)
    return kept


def change_title(*, actor: User, report: InvestigationReport, title: str) -> None:
    """Change the title of a report."""
    decision = _open(actor, report)
    with transaction.atomic():
        report.title = title
        report.save()
        _done(actor, report, decision, {"title": True})


def keep_section(
    *,
    actor: User,
    report: InvestigationReport,
    facts: SectionFacts,
    section: Section | None = None,
) -> Section:
    """Add a section at the end, or change one; the version before is kept."""
    decision = _open(actor, report)
    with transaction.atomic():
        last = report.sections.aggregate(last=Max("order"))["last"] or 0
        made = section or Section(report=report, order=last + 1)
        for name, value in vars(facts).items():
            setattr(made, name, value)
        made.save()
        _done(actor, report, decision, {"section": made.ref})
    return made


def fill_section(*, actor: User, section: Section) -> None:
    """Write a section anew from the record; the version before is kept."""
    decision = _open(actor, section.report)
    with transaction.atomic():
        section.text = prefilling.text_of(actor, section.report.supercomplaint, section.kind)
        section.save()
        _done(actor, section.report, decision, {"section": section.ref, "filled": True})


def move_section(*, actor: User, section: Section, is_up: bool) -> None:
    """Let a section change places with the one before or after it."""
    report = section.report
    decision = _open(actor, report)
    with transaction.atomic():
        every = list(report.sections.select_for_update())
        at = next(place for place, each in enumerate(every) if each.pk == section.pk)
        to = at - 1 if is_up else at + 1
        if 0 <= to < len(every):
            every[at], every[to] = every[to], every[at]
        for order, each in enumerate(every, 1):
            if each.order != order:
                each.order = order
                each.save()
        _done(actor, report, decision, {"section": section.ref, "up": is_up})


def remove_section(*, actor: User, section: Section) -> None:
    """Take a section out; its versions are kept."""
    decision = _open(actor, section.report)
    with transaction.atomic():
        _done(actor, section.report, decision, {"removed": section.ref})
        section.delete()


def agree_report(*, actor: User, report: InvestigationReport) -> None:
    """Record that the actor's authority agrees the report as it stands, word for word.

    Raises:
        ReportError: a content of regulation 8 is missing, or it is agreed already.
    """
    decision = access.require(actor, "investigationreport.agree", report)
    must_be_open(report.supercomplaint)
    own = own_organisation(actor)
    if own.authority not in procedure.AUTHORITIES[report.supercomplaint.regime]:
        raise ReportError("Only the authorities that decide jointly agree the report.")
    with transaction.atomic():
        held = InvestigationReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
        missing = missing_of(held)
        if missing:
            raise ReportError(f"The report still lacks: {', '.join(missing)}. Write that first.")
        sha256 = selectors.digest_of(held)
        if Agreement.objects.filter(report=held, authority=own, sha256=sha256).exists():
            raise ReportError("Your authority has agreed this version already.")
        Agreement.objects.create(
            report=held, authority=own, sha256=sha256, by=actor, at=timezone.now()
        )
        if selectors.is_agreed(held):
            held.state, held.agreed_on = State.AGREED, timezone.localdate()
            held.save()
        detail = {"authority": own.authority, "sha256": sha256, "state": held.state}
        access.record_act(
            actor, "investigationreport.agree", held, decision=decision, detail=detail
        )
    report.refresh_from_db()


def missing_of(report: InvestigationReport) -> list[str]:
    """Return the contents of regulation 8 that no section has."""
    sections = report.sections.values_list("kind", "text")
    return [item.heading for item in rules.checklist(sections) if not item.is_there]


def send_full_report(*, actor: User, report: InvestigationReport, on: date) -> None:
    """Record that the full version was sent to the body: it can open it from now on."""
    decision = access.require(actor, "investigationreport.send", report)
    if own_organisation(actor).authority != "chief_inspector":
        raise NotNowError("Only people of the Chief Inspector send the report. Ask them to.")
    if report.state == State.DRAFT or not selectors.is_agreed(report):
        raise ReportError("The authorities have not all agreed the report as it stands.")
    with transaction.atomic():
        report.sent_to_body_on = on
        report.save()
        access.record_act(actor, "investigationreport.send", report, decision=decision)


def conclude(*, actor: User, supercomplaint: SuperComplaint, on: date) -> None:
    """End the investigation; the report is prepared from then on."""
    move(actor=actor, supercomplaint=supercomplaint, made=Move("conclude", on))


def _open(actor: User, report: InvestigationReport) -> Decision:
    decision = access.require(actor, CHANGE, report)
    must_be_open(report.supercomplaint)
    must_not_be_sent(report.supercomplaint)
    return decision


def _done(
    actor: User, report: InvestigationReport, decision: Decision, detail: dict[str, object]
) -> None:
    reopen(report.supercomplaint)
    report.refresh_from_db()
    access.record_act(actor, CHANGE, report, decision=decision, detail=detail)
