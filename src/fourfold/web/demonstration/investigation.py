"""The invented investigation: evidence log, letters, findings, the report with one redaction."""

from datetime import timedelta

from fourfold.web.demonstration import complaint_story as told
from fourfold.web.demonstration import people
from fourfold.web.demonstration.complaints import OFFICER, Stage
from fourfold.web.demonstration.press import Press, Sheet
from fourfold.web.demonstration.writing import create
from fourfold.web.publication.content import Attachment, File
from fourfold.web.supercomplaints.models import (
    Agreement,
    EvidenceEntry,
    Feature,
    Finding,
    InvestigationReport,
    ProgressLetter,
    Redaction,
    Section,
    SuperComplaint,
)
from fourfold.web.supercomplaints.selectors import reports

LETTERS = (
    (120, "Interviews are under way; the survey of forces follows in the summer."),
    (245, "41 of 43 forces replied. Files of six forces are being read."),
)


def write(stage: Stage, made: SuperComplaint) -> None:
    """Write the investigation up to the agreed report; it is published with the rest."""
    features = {feature.number: feature for feature in made.features.all()}
    entries = _evidence(stage, made)
    _letters(stage, made)
    _findings(stage, made, features, entries)
    _report(stage, made)


def _evidence(stage: Stage, made: SuperComplaint) -> dict[int, EvidenceEntry]:
    actor = stage.cast.actor(people.CONDUCT)
    rows = []
    for number, (kind, after, lasted, title, summary, seen_by, _) in enumerate(told.EVIDENCE, 1):
        on = stage.days.decided_on + timedelta(days=after)
        to_on = on + timedelta(days=lasted) if lasted else None
        rows.append(
            EvidenceEntry(
                supercomplaint=made, number=number, kind=kind, on=on, to_on=to_on, title=title,
                summary=summary, seen_by=seen_by, recorded_by=actor,
            )
        )  # fmt: skip
    entries = create(EvidenceEntry, rows, [actor] * len(rows))
    for row in entries:
        stage.book.note(actor, "evidenceentry.add", row, OFFICER)
    return {row.number: row for row in entries}


def _letters(stage: Stage, made: SuperComplaint) -> None:
    actor = stage.cast.actor(people.INSPECTORATE)
    rows = []
    for after, text in LETTERS:
        on = stage.days.decided_on + timedelta(days=after)
        rows.append(
            ProgressLetter(
                supercomplaint=made, on=on, text=text, written_by=actor, sent_by=actor,
                sent_at=stage.days.moment(on),
            )
        )  # fmt: skip
    create(ProgressLetter, rows, [actor] * len(rows))


def _findings(
    stage: Stage,
    made: SuperComplaint,
    features: dict[int, Feature],
    entries: dict[int, EvidenceEntry],
) -> None:
    actor = stage.cast.actor(people.CONDUCT)
    rows = [
        Finding(supercomplaint=made, number=number, text=text, reasons=reasons)
        for number, (text, reasons, _, _) in enumerate(told.FINDINGS, 1)
    ]
    for row, (_, _, spoken_to, shown_by) in zip(
        create(Finding, rows, [actor] * len(rows)), told.FINDINGS, strict=True
    ):
        row.features.set(features[number] for number in spoken_to)
        row.evidence.set(entries[number] for number in shown_by)
        stage.book.note(actor, "finding.record", row, OFFICER)


def _report(stage: Stage, made: SuperComplaint) -> None:
    actor = stage.cast.actor(people.CONDUCT)
    days = stage.days
    row = InvestigationReport(
        supercomplaint=made,
        title=made.report_title,
        state=InvestigationReport.State.PUBLISHED,
        agreed_on=days.published_on - timedelta(days=12),
        sent_to_body_on=days.published_on,
    )
    (kept,) = create(InvestigationReport, [row], [actor])
    sections = [
        Section(report=kept, kind=kind, order=order, heading=heading, text=text)
        for order, (kind, heading, text) in enumerate(told.SECTIONS, 1)
    ]
    create(Section, sections, [actor] * len(sections))
    quote = Redaction(
        report=kept, quote=told.WITHHELD, ground=Redaction.Ground.SAFETY,
        reason=told.WITHHELD_REASON, by=actor,
        at=days.moment(days.published_on - timedelta(days=14)),
    )  # fmt: skip
    (quote,) = create(Redaction, [quote], [actor])
    stage.book.note(actor, "redaction.add", quote, OFFICER)


def publish(stage: Stage, made: SuperComplaint, press: Press) -> None:
    """Agree and publish the report: the withheld is replaced before anything is made of it.

    What is agreed holds the recommendations too, so this comes once they are written.
    """
    days, kept = stage.days, made.report
    sha256 = reports.digest_of(kept)
    offices = (people.INSPECTORATE, people.CONDUCT, people.COLLEGE)
    Agreement.objects.bulk_create(
        Agreement(
            report=kept, authority=stage.cast.of(office), sha256=sha256,
            by=stage.cast.actor(office),
            at=days.moment(days.published_on - timedelta(days=12)),
        )
        for office in offices
    )  # fmt: skip
    for office in offices:
        stage.book.note(stage.cast.actor(office), "investigationreport.agree", kept, OFFICER)
    public = reports.published(kept, days.published_on)
    pdf = reports.public_pdf(public, made, reports.quotes_of(kept))
    file = Attachment("report.pdf", f"{made.report_title} (PDF)", "application/pdf", pdf)
    listed = File(file.name, file.title, file.media_type, len(pdf))
    public = type(public)(**{**vars(public), "files": (listed,)})
    actor = stage.cast.actor(people.INSPECTORATE)
    press.add(Sheet(public, actor, days.moment(days.published_on), made.ref, (file,)))
    stage.book.note(actor, "investigationreport.publish", kept, OFFICER)
