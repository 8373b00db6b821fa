"""Progress reports: what was published by their day, collated; and what only the writer reads."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

import msgspec
from django.db.models import QuerySet

from fourfold.web.base.loading import by_ref
from fourfold.web.publication import content
from fourfold.web.publication.content import KIND_OF
from fourfold.web.publication.models import Published
from fourfold.web.recommendations.models import (
    Answer,
    ProgressReport,
    Recommendation,
    SentAnswer,
)
from fourfold.web.recommendations.rules import collating
from fourfold.web.recommendations.rules.collating import Asked, Line
from fourfold.web.recommendations.rules.progress_words import Material
from fourfold.web.recommendations.rules.standing import silence
from fourfold.web.supercomplaints.models import SuperComplaint
from fourfold.web.users import policy
from fourfold.web.users.models import User

C = TypeVar("C")
UK: Final = ZoneInfo("Europe/London")
RELATED: Final = ("supercomplaint__body", "supercomplaint__collator", "organisation")


def report_by_ref(*, supercomplaint_ref: str, progressreport_ref: str, **_: Any) -> ProgressReport:
    """Return the progress report of a URL."""
    within = {"supercomplaint__ref": supercomplaint_ref}
    return by_ref(ProgressReport, progressreport_ref, *RELATED, **within)


def of_complaint(actor: User, supercomplaint: SuperComplaint) -> QuerySet[ProgressReport]:
    """Return the progress reports that the actor may open, newest day first."""
    found = policy.permitted(actor, "progressreport.open", ProgressReport.objects.all())
    return (
        found.filter(supercomplaint=supercomplaint)
        .select_related("organisation")
        .order_by("-as_of_on", "-id")
    )


def published_by(wanted: type[C], within: Iterable[str], as_of_on: date) -> list[C]:
    """Return what stood published at the end of a day, word for word."""
    after = datetime.combine(as_of_on + timedelta(days=1), time(), UK)
    rows = Published.objects.filter(
        kind=KIND_OF[wanted], within_ref__in=list(within), published_at__lt=after
    ).order_by("id")
    newest = {
        ref: None if is_withdrawn else held
        for ref, held, is_withdrawn in rows.values_list("ref", "content", "is_withdrawn")
    }
    return [msgspec.convert(held, wanted) for held in newest.values() if held is not None]


def lines_of(supercomplaint: SuperComplaint, as_of_on: date) -> list[Line]:
    """Return every line with how each organisation stands, as it was public on a day."""
    after = datetime.combine(as_of_on + timedelta(days=1), time(), UK)
    sent = set(
        SentAnswer.objects.filter(
            answer__recommendation__supercomplaint=supercomplaint, sent_at__lt=after
        ).values_list("answer_id", flat=True)
    )
    found = Answer.objects.filter(
        recommendation__supercomplaint=supercomplaint, recommendation__issued_on__lte=as_of_on
    ).select_related("recommendation", "part", "organisation")
    texts: dict[str, str] = {}
    asked = []
    for answer in found:
        part = answer.part.code if answer.part else ""
        number = answer.recommendation.number
        asked.append(Asked(answer.ref, number, part, answer.organisation.name, answer.pk in sent))
        text = answer.part.text if answer.part else answer.recommendation.text
        texts[part or str(number)] = text
    answers = published_by(content.Answer, [supercomplaint.ref], as_of_on)
    silent = silence(is_past_record=supercomplaint.is_from_public_record)
    return collating.collate(asked, {each.ref: each for each in answers}, texts, silent)


def before(report: ProgressReport) -> ProgressReport | None:
    """Return the published report of an earlier day, the newest."""
    return (
        ProgressReport.objects.filter(
            supercomplaint=report.supercomplaint_id,
            published_at__isnull=False,
            as_of_on__lt=report.as_of_on,
        )
        .order_by("-as_of_on", "-id")
        .first()
    )


def material(report: ProgressReport) -> Material:
    """Return everything that a report is made of, as of its day."""
    lines = tuple(lines_of(report.supercomplaint, report.as_of_on))
    earlier = before(report)
    figures, titles, reasons = _measures(report)
    return Material(
        title=report.title,
        as_of_on=report.as_of_on,
        by=report.organisation.name,
        super_complaint=report.supercomplaint.title,
        lines=lines,
        introduction=report.introduction,
        forewords=report.forewords,
        examples=frozenset(report.examples),
        changes=tuple(collating.changes(lines, earlier.standing)) if earlier else (),
        before_on=earlier.as_of_on if earlier else None,
        figures=figures,
        titles=titles,
        unmeasurable=reasons,
    )


def _measures(
    report: ProgressReport,
) -> tuple[dict[int, tuple[content.Figure, ...]], dict[str, str], dict[int, tuple[str, ...]]]:
    """Return newest published figures by recommendation, titles, and why some cannot be."""
    named = dict(
        Recommendation.objects.filter(
            supercomplaint=report.supercomplaint, issued_on__lte=report.as_of_on
        ).values_list("number", "measures")
    )
    names = sorted({name for held in named.values() for name in held})
    if not names:
        return {}, {}, {}
    newest: dict[tuple[str, str], content.Figure] = {}
    for each in published_by(content.Figure, names, report.as_of_on):
        key = (each.measure, each.organisation_ref)
        if key not in newest or newest[key].period_to <= each.period_to:
            newest[key] = each
    known = {each.name: each for each in published_by(content.Measure, names, report.as_of_on)}
    found = {
        number: tuple(
            sorted(
                (each for each in newest.values() if each.measure in held),
                key=lambda each: (each.measure, each.organisation),
            )
        )
        for number, held in named.items()
    }
    reasons = {
        number: tuple(
            known[name].not_measurable_because
            for name in held
            if name in known and known[name].not_measurable_because
        )
        for number, held in named.items()
    }
    return found, {name: each.title for name, each in known.items()}, reasons


def only_sent(actor: User, report: ProgressReport) -> list[SentAnswer]:
    """Return answers that were sent and not published: for the writer's eyes, if permitted."""
    answers = policy.permitted(
        actor,
        "answer.open",
        Answer.objects.filter(
            recommendation__supercomplaint=report.supercomplaint,
            submitted_at__isnull=False,
            published_at=None,
        ),
    )
    found = SentAnswer.objects.filter(answer__in=answers).select_related(
        "answer__recommendation", "answer__part", "answer__organisation"
    )
    return [each for each in found if each.version == each.answer.sent_version]
