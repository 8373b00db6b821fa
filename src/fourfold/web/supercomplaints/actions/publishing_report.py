"""Publish the report: withheld first, searched in every output, and only then left standing."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from django.db import transaction
from django.utils import timezone

from fourfold.web.base.words import uk_date
from fourfold.web.publication import content, typeset
from fourfold.web.publication.actions import publishing
from fourfold.web.publication.models import Current
from fourfold.web.publication.rules.addresses import slug
from fourfold.web.publication.site.catalogue import ROUTES
from fourfold.web.publication.site.rendering import render
from fourfold.web.publication.site.world import World
from fourfold.web.supercomplaints.actions.moving import Move, move
from fourfold.web.supercomplaints.errors import ReportError, WithheldFoundError
from fourfold.web.supercomplaints.models import InvestigationReport, SuperComplaint
from fourfold.web.supercomplaints.rules import clocks, redaction, searching
from fourfold.web.supercomplaints.rules import report as rules
from fourfold.web.supercomplaints.rules.public_files import NotPublicError
from fourfold.web.supercomplaints.rules.redaction import Quote
from fourfold.web.supercomplaints.rules.searching import Output, Prepared, UnsearchableError
from fourfold.web.supercomplaints.selectors import contents, public_documents, reports, withholding
from fourfold.web.users import access
from fourfold.web.users.models import User

NOTHING: Final = Prepared((), "")
ASSETS: Final = "assets/"
AWAITING: Final = SuperComplaint.State.AWAITING_RESPONSES
WORDS: Final = "Addressees of recommendations are asked to answer."


@dataclass(frozen=True)
class Stands:
    """Words to withhold that would stand in an output. The words themselves are not repeated."""

    redaction_ref: str
    path: str
    count: int


@dataclass(frozen=True)
class Checked:
    """What the check looked at, and everything that speaks against publishing."""

    outputs: tuple[str, ...]
    found: tuple[Stands, ...] = ()
    unreadable: tuple[str, ...] = ()
    nowhere: tuple[str, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Whether nothing speaks against publishing."""
        return bool(self.outputs) and not (self.found or self.unreadable or self.nowhere)


@dataclass(frozen=True)
class _Ready:
    """What would be handed over to the public site."""

    report: content.Report
    record: content.SuperComplaint
    pdf: bytes
    files: tuple[content.Attachment, ...] = ()
    faults: tuple[str, ...] = ()


def check_publication(*, actor: User, report: InvestigationReport) -> Checked:
    """Publish on trial, search every output that carries it, and take everything back."""
    decision = access.require(actor, "publication.check", report)
    with transaction.atomic():
        trial = copy.copy(report.supercomplaint)
        _as_published(trial, timezone.localdate())
        kept = copy.copy(report)
        kept.supercomplaint = trial
        checked = _on_trial(actor, kept, _compose(kept, timezone.localdate()))
        nowhere = tuple(each.ref for each in withholding.nowhere(report))
        checked = replace(checked, nowhere=nowhere)
        detail = {
            "outputs": len(checked.outputs), "found": len(checked.found),
            "unreadable": len(checked.unreadable), "nowhere": len(nowhere),
        }  # fmt: skip
        access.record_act(actor, "publication.check", report, decision=decision, detail=detail)
    return checked


def publish_report(*, actor: User, report: InvestigationReport) -> None:
    """Publish the report and the record; a report that stands already is published again.

    Raises:
        NotFromHereError, GuardError: the procedure does not allow it.
        ReportError: the authorities have not agreed these words, or a quote stands nowhere.
        WithheldFoundError: words to withhold would stand in an output; nothing is published.
    """
    decision = access.require(actor, "investigationreport.publish", report)
    on = timezone.localdate()
    with transaction.atomic():
        held = InvestigationReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
        is_again = held.state == InvestigationReport.State.PUBLISHED
        if not is_again:
            _must_be_ready(held)
            _move_on(actor, held, on)
        supercomplaint = held.supercomplaint
        made = _compose(held, supercomplaint.published_on or on)
        checked = _on_trial(actor, held, made)
        if checked.found or checked.unreadable:
            raise WithheldFoundError(
                "Nothing was published: words to withhold would stand in"
                f" {len(checked.found) + len(checked.unreadable)} places. Run the check to see"
                " where."
            )
        _hand_over(actor, made)
        held.state = InvestigationReport.State.PUBLISHED
        held.save()
        detail = {"withheld": made.report.withheld_count, "outputs": len(checked.outputs),
                  "again": is_again}  # fmt: skip
        access.record_act(
            actor, "investigationreport.publish", held, decision=decision, detail=detail
        )
    report.refresh_from_db()
    report.supercomplaint.refresh_from_db()


def _must_be_ready(held: InvestigationReport) -> None:
    if not reports.is_agreed(held):
        raise ReportError(
            "The authorities have not all agreed the report as it stands. Record that first."
        )
    if slips := withholding.nowhere(held):
        raise ReportError(
            f"Words to withhold stand nowhere: {', '.join(each.ref for each in slips)}. Mend or"
            " remove them, or what they should withhold is published."
        )


def _move_on(actor: User, held: InvestigationReport, on: date) -> None:
    supercomplaint = held.supercomplaint
    title = redaction.withheld(held.title, reports.quotes_of(held))
    changes = {"report_title": title}
    move(actor=actor, supercomplaint=supercomplaint, made=Move("publish", on, changes=changes))
    move(actor=actor, supercomplaint=supercomplaint, made=Move("await_responses", on, words=WORDS))


def _as_published(trial: SuperComplaint, on: date) -> None:
    """Set a copy, never saved, as the super-complaint would be after publishing."""
    if trial.published_on is None:
        trial.published_on, trial.state = on, AWAITING
        trial.responses_due_on = clocks.responses_due(on)


def _compose(kept: InvestigationReport, on: date) -> _Ready:
    """Make everything public of the report; what is withheld is replaced before it is made."""
    quotes = reports.quotes_of(kept)
    made = reports.published(kept, on)
    known, faults = _known(kept.supercomplaint)
    record = redaction.apply(known.content, quotes)
    pdf = reports.public_pdf(made, kept.supercomplaint, quotes)
    title = "Report, published version (PDF)"
    file = content.File(rules.PUBLIC_FILE, title, typeset.MEDIA_TYPE, len(pdf))
    return _Ready(replace(made, files=(file,)), record, pdf, known.files, faults)


def _known(
    supercomplaint: SuperComplaint,
) -> tuple[public_documents.PublicRecord, tuple[str, ...]]:
    """Return the record with its public documents, or without and with what speaks against one."""
    try:
        return public_documents.record_of(supercomplaint), ()
    except NotPublicError as error:
        bare = public_documents.PublicRecord(contents.super_complaint(supercomplaint), ())
        return bare, (str(error),)


def _hand_over(actor: User, made: _Ready) -> None:
    within = made.record.ref
    file = content.Attachment(
        rules.PUBLIC_FILE, made.report.files[0].title, typeset.MEDIA_TYPE, made.pdf
    )
    publishing.publish(actor=actor, content=made.report, within_ref=within, files=(file,))
    publishing.publish(actor=actor, content=made.record, within_ref=within, files=made.files)


def _on_trial(actor: User, kept: InvestigationReport, made: _Ready) -> Checked:
    """Let it stand for a moment inside the transaction, search, and take it back."""
    quotes = reports.quotes_of(kept)
    with transaction.atomic():
        _hand_over(actor, made)
        outputs, unreadable = [], list(made.faults)
        read_by_people = {file.name for file in made.files}
        texts: dict[str, Prepared] = {}
        for output in _outputs(made):
            outputs.append(output.path)
            try:
                texts[output.path] = searching.prepared(output)
            except UnsearchableError as error:
                if output.path.rpartition("/")[2] in read_by_people:
                    continue
                unreadable.append(str(error))
        found = _found(actor, made, quotes, texts)
        transaction.set_rollback(True)
    return Checked(tuple(outputs), tuple(found), tuple(unreadable))


def _outputs(made: _Ready) -> Iterator[Output]:
    """Yield every page, feed, table and file of the site that can carry the report."""
    world = World()
    ours = {slug(made.report.ref), slug(made.record.ref)}
    for route in ROUTES.routes:
        if route.pattern.startswith(ASSETS):
            continue
        for names in route.every(world):
            if "ref" in names and names["ref"] not in ours:
                continue
            path = route.pattern.format(**names)
            rendered = render(world, path)
            if rendered is not None:
                yield Output(path, rendered.media_type, rendered.body)


def _found(
    actor: User,
    made: _Ready,
    quotes: list[Quote],
    texts: dict[str, Prepared],
) -> Iterator[Stands]:
    """Yield where quotes stand, but not what stands on a page whatever the report says."""
    given = searching.prepared_texts(tuple(redaction.texts_of((made.report, made.record))))
    hits = {
        (quote, path): count
        for quote in quotes
        for path, held in texts.items()
        if (count := searching.hits(held, quote) or searching.is_split_up(held, quote, given))
    }
    bare = _bare(actor, made, {path for _, path in hits}) if hits else {}
    for (quote, path), count in hits.items():
        without = searching.hits(bare.get(path, NOTHING), quote)
        if count > without:
            yield Stands(quote.ref, path, count - without)


def _bare(actor: User, made: _Ready, paths: set[str]) -> dict[str, Prepared]:
    """Return the same outputs with an empty report and an empty record in the place of ours."""
    empty_report = content.Report(
        made.report.ref, made.record.ref, "", made.report.published_on, (), files=made.report.files
    )
    empty_record = content.SuperComplaint(
        ref=made.record.ref, title="", body="", regime=made.record.regime, subject="",
        state=made.record.state, state_words=made.record.state_words,
    )  # fmt: skip
    day = date.fromisoformat(empty_report.published_on)
    head = rules.Head("", "", "", day.isoformat(), uk_date(day), rules.PUBLISHED_MARK)
    pdf = typeset.pdf(rules.sheet(empty_report, head))
    with transaction.atomic():
        Current.objects.filter(within_ref=made.record.ref).delete()
        _hand_over(actor, _Ready(empty_report, empty_record, pdf))
        held = {
            each.path: searching.prepared(each) for each in _outputs(made) if each.path in paths
        }
        transaction.set_rollback(True)
    return held
