"""The report as content: full, and as it is published; what is withheld; who has agreed it."""

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import date

import msgspec
from django.utils import timezone

from fourfold.web.base.words import uk_date
from fourfold.web.publication import content, typeset
from fourfold.web.publication.actions.publishing import canonical
from fourfold.web.supercomplaints import reports
from fourfold.web.supercomplaints.models import (
    Agreement,
    InvestigationReport,
    Organisation,
    Redaction,
    SuperComplaint,
)
from fourfold.web.supercomplaints.rules import redaction, report
from fourfold.web.supercomplaints.rules.redaction import Quote
from fourfold.web.supercomplaints.selectors.letters import authorities_of
from fourfold.web.users import policy
from fourfold.web.users.models import User

_EMPTY_LINE = re.compile(r"\n[^\S\n]*\n\s*")


def report_of(supercomplaint: SuperComplaint) -> InvestigationReport | None:
    """Return the report of a super-complaint, or nothing where none is begun."""
    found = InvestigationReport.objects.filter(supercomplaint=supercomplaint)
    return found.select_related("supercomplaint__body", "supercomplaint__lead").first()


def sent_to(actor: User, supercomplaint: SuperComplaint) -> InvestigationReport | None:
    """Return the full report where it was sent to the body and the actor may open it."""
    every = InvestigationReport.objects.filter(
        supercomplaint=supercomplaint, sent_to_body_on__isnull=False
    )
    return policy.permitted(actor, "investigationreport.open", every).first()


def full(kept: InvestigationReport, *, published_on: str = "") -> content.Report:
    """Return the whole report, nothing withheld."""
    complaint = kept.supercomplaint
    sections: list[content.Section] = []
    told: set[str] = set()
    for each in kept.sections.all():
        text = each.text.replace("\r\n", "\n").strip()
        paragraphs = tuple(_EMPTY_LINE.split(text)) if text else ()
        sections.append(content.Section(each.heading, paragraphs, kind=each.kind))
        if each.kind not in told:
            sections += reports.parts_of(complaint, each.kind)
            told.add(each.kind)
    return content.Report(
        ref=kept.ref,
        super_complaint_ref=complaint.ref,
        title=kept.title,
        published_on=published_on,
        sections=tuple(sections),
        findings=tuple(
            content.Finding(
                each.number,
                each.text.replace("\r\n", "\n"),
                each.reasons.replace("\r\n", "\n"),
                tuple(feature.number for feature in each.features.all()),
            )
            for each in complaint.findings.prefetch_related("features")
        ),
    )


def published(kept: InvestigationReport, on: date) -> content.Report:
    """Return the report as it is published: the withheld is replaced before anything is made."""
    made = redaction.apply(full(kept, published_on=on.isoformat()), quotes_of(kept))
    return replace(made, withheld_count=report.withheld_count(made))


def quotes_of(kept: InvestigationReport | None) -> list[Quote]:
    """Return the words that must be withheld."""
    if kept is None:
        return []
    return [quote_of(each) for each in kept.redactions.all()]


def quotes_within(supercomplaint: SuperComplaint) -> list[Quote]:
    """Return the words that must be withheld from everything of a super-complaint."""
    found = Redaction.objects.filter(report__supercomplaint=supercomplaint)
    return [quote_of(each) for each in found]


def quote_of(kept: Redaction) -> Quote:
    """Return withheld words as the rules take them."""
    return Quote(kept.quote, kept.is_whole_word, kept.ref)


def digest_of(kept: InvestigationReport) -> str:
    """Return the SHA-256 of the whole report: what the authorities agree."""
    return hashlib.sha256(canonical(msgspec.to_builtins(full(kept)))).hexdigest()


@dataclass(frozen=True)
class Agreed:
    """One authority, and whether it agrees the report as it stands."""

    authority: Organisation
    is_agreed: bool
    is_of_other_words: bool


def agreements_of(kept: InvestigationReport) -> list[Agreed]:
    """Return each authority with whether it agrees; an agreement of other words does not count."""
    sha256 = digest_of(kept)
    found = Agreement.objects.filter(report=kept)
    given = {(each.authority_id, each.sha256) for each in found}
    authorities = {authority for authority, _ in given}
    return [
        Agreed(
            each,
            (each.pk, sha256) in given,
            each.pk in authorities and (each.pk, sha256) not in given,
        )
        for each in authorities_of(kept.supercomplaint)
    ]


def is_agreed(kept: InvestigationReport) -> bool:
    """Say whether every office that decides has agreed the report word for word."""
    found = agreements_of(kept)
    codes = {each.authority.authority for each in found if each.is_agreed}
    return bool(found) and codes == {each.authority.authority for each in found}


def full_pdf(kept: InvestigationReport) -> bytes:
    """Return the full version as PDF, marked as what it is."""
    is_draft = kept.state == InvestigationReport.State.DRAFT
    on = kept.agreed_on or timezone.localdate(kept.created_at)
    mark = report.DRAFT_MARK if is_draft else report.FULL_MARK
    return typeset.pdf(report.sheet(full(kept), head_of(kept.supercomplaint, on, mark, [])))


def public_pdf(made: content.Report, supercomplaint: SuperComplaint, quotes: list[Quote]) -> bytes:
    """Return the published version as PDF; what stands above it is withheld from as well."""
    on = date.fromisoformat(made.published_on)
    head = head_of(supercomplaint, on, report.PUBLISHED_MARK, quotes)
    return typeset.pdf(report.sheet(made, head))


def head_of(
    supercomplaint: SuperComplaint, on: date, mark: str, quotes: list[Quote]
) -> report.Head:
    """Return what stands above a report."""
    lead = supercomplaint.lead.name if supercomplaint.lead else ""
    words = (f"{supercomplaint.title} ({supercomplaint.ref})", supercomplaint.body.name, lead)
    complaint, body, lead = (redaction.withheld(each, quotes) for each in words)
    return report.Head(complaint, body, lead, on.isoformat(), uk_date(on), mark)
