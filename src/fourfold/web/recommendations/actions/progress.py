"""Write a progress report and publish it: web content, tagged PDF, data. The figures are made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils import timezone

from fourfold.web.publication import content, typeset
from fourfold.web.publication.actions.publishing import publish
from fourfold.web.publication.content import Attachment, Section, Table
from fourfold.web.recommendations.errors import RecommendationError
from fourfold.web.recommendations.models import ProgressReport
from fourfold.web.recommendations.rules import collating, progress_words
from fourfold.web.recommendations.rules.progress_words import Material
from fourfold.web.recommendations.selectors import progress as selectors
from fourfold.web.supercomplaints.models import Organisation, SuperComplaint
from fourfold.web.users import access
from fourfold.web.users.models import User


class ReportClosedError(RecommendationError):
    """A published report stands; the next day has a report of its own."""

    def __init__(self) -> None:
        super().__init__("This report is published and stands. Start a new one for a later day.")


class FutureReportError(RecommendationError):
    """What will be published by a day to come is not known."""

    def __init__(self) -> None:
        super().__init__("The day lies ahead, so what will be published by then is not known.")


class NothingAskedError(RecommendationError):
    """No recommendation had been issued by the day of the report."""

    def __init__(self) -> None:
        super().__init__("No recommendation had been issued by that day. Choose a later day.")


@dataclass(frozen=True)
class ReportText:
    """What the writer writes and chooses; nothing of it is a number."""

    title: str
    as_of_on: date
    introduction: str = ""
    forewords: Mapping[str, str] = field(default_factory=dict)
    examples: Sequence[str] = ()


def start_report(
    *, actor: User, supercomplaint: SuperComplaint, organisation: Organisation, text: ReportText
) -> ProgressReport:
    """Start a progress report."""
    made = ProgressReport(
        supercomplaint=supercomplaint, organisation=organisation, title=text.title,
        as_of_on=text.as_of_on, introduction=text.introduction, by=actor,
    )  # fmt: skip
    decision = access.require(actor, "progressreport.write", made)
    with transaction.atomic():
        made.save()
        access.record_act(actor, "progressreport.write", made, decision=decision)
    return made


def write_report(*, actor: User, report: ProgressReport, text: ReportText) -> None:
    """Save what the writer wrote and chose."""
    decision = access.require(actor, "progressreport.write", report)
    _require_open(report)
    with transaction.atomic():
        report.title, report.as_of_on = text.title, text.as_of_on
        report.introduction = text.introduction
        report.forewords = {number: said for number, said in text.forewords.items() if said}
        report.examples = list(text.examples)
        report.save()
        access.record_act(actor, "progressreport.write", report, decision=decision)


def publish_report(*, actor: User, report: ProgressReport, today: date) -> None:
    """Publish a report as of its day; how everybody stood is kept for the next one.

    Raises:
        ReportClosedError: it is published already.
        FutureReportError: its day lies ahead.
        NothingAskedError: nothing had been issued by its day.
    """
    decision = access.require(actor, "progressreport.publish", report)
    _require_open(report)
    if report.as_of_on > today:
        raise FutureReportError
    with transaction.atomic():
        held = selectors.material(report)
        if not held.lines:
            raise NothingAskedError
        files = files_of(held)
        publish(
            actor=actor,
            content=words_of(report, held, today, files),
            within_ref=report.supercomplaint.ref,
            files=files,
        )
        report.state = ProgressReport.State.PUBLISHED
        report.published_at = timezone.now()
        report.standing = collating.standing_of(held.lines)
        report.save()
        detail = {"lines": len(held.lines), "answers": len(report.standing)}
        access.record_act(actor, "progressreport.publish", report, decision=decision, detail=detail)


def _require_open(report: ProgressReport) -> None:
    if report.state == ProgressReport.State.PUBLISHED:
        raise ReportClosedError


def words_of(
    report: ProgressReport, held: Material, on: date, files: Sequence[Attachment] = ()
) -> content.ProgressReport:
    """Return a report in the words of the public contract."""
    return content.ProgressReport(
        ref=report.ref,
        super_complaint_ref=report.supercomplaint.ref,
        title=report.title,
        published_on=on.isoformat(),
        as_of_on=report.as_of_on.isoformat(),
        by=report.organisation.name,
        sections=progress_words.sections(held),
        tables=progress_words.tables(held),
        files=tuple(content.File(f.name, f.title, f.media_type, len(f.content)) for f in files),
    )


def files_of(held: Material) -> tuple[Attachment, ...]:
    """Return the files of a report: document and data, the same bytes for the same facts."""
    return (
        Attachment("progress-report.pdf", "Progress report (PDF)", typeset.MEDIA_TYPE, pdf(held)),
        Attachment(
            "progress-answers.csv", "Every answer, line by line (CSV)", "text/csv",
            progress_words.data_csv(held),
        ),
        Attachment(
            "progress-counts.csv", "Counts by status (CSV)", "text/csv",
            progress_words.counts_csv(held),
        ),
    )  # fmt: skip


def pdf(held: Material) -> bytes:
    """Return a report as tagged PDF: each recommendation with what was said to it."""
    parts: list[Section | Table] = [progress_words.about(held), progress_words.counts(held)]
    parts += filter(None, (progress_words.changed(held), progress_words.figures_table(held)))
    for number in held.numbers:
        parts += [
            progress_words.section_of(held, number), progress_words.said_table(held, number)
        ]  # fmt: skip
    on = held.as_of_on.isoformat()
    return typeset.pdf(
        typeset.Sheet(
            title=held.title,
            on=on,
            parts=tuple(parts),
            over=held.super_complaint,
            author=held.by,
            facts=(("As published by the end of", on), ("Collated by", held.by)),
        )
    )
