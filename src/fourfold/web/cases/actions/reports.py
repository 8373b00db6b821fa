"""Take a report and change it. Nothing that is missing stops it from being kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.db import transaction
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from fourfold.web.cases import search
from fourfold.web.cases.models import Report, ReportIdentifier
from fourfold.web.cases.models.answers import Answer, Jurisdiction
from fourfold.web.users import access
from fourfold.web.users.identifiers import normalise
from fourfold.web.users.models import User


@dataclass(frozen=True)
class IdentifierFacts:
    """A number, name or thing as it was told, and whose it is said to be."""

    whose: str
    kind: str
    text: str
    is_sensitive: bool = False


@dataclass(frozen=True)
class ReportFacts:
    """What was told. All may be left out."""

    victim_words: str = ""
    effect_words: str = ""
    fixated: str = Answer.NOT_ASKED
    obsessive: str = Answer.NOT_ASKED
    unwanted: str = Answer.NOT_ASKED
    repeated: str = Answer.NOT_ASKED
    in_danger_now: str = Answer.NOT_ASKED
    fear_of_violence: str = Answer.NOT_ASKED
    relationship: str = Report.Relationship.NOT_ASKED
    channel: str = Report.Channel.CALL
    is_by_victim: bool = True
    jurisdiction: str = Jurisdiction.ENGLAND_AND_WALES
    classification: str = Report.Classification.UNDECIDED
    classification_reason: str = ""
    notes: str = ""
    identifiers: Sequence[IdentifierFacts] = ()

    def values(self) -> dict[str, Any]:
        """Return what stands in the report itself."""
        return {
            each.name: getattr(self, each.name)
            for each in fields(self)
            if each.name != "identifiers"
        }


def take_report(*, actor: User, facts: ReportFacts) -> Report:
    """Keep a new report of the actor's force."""
    decision = access.require(actor, "report.take", actor.force)
    with transaction.atomic():
        report = Report(
            force=actor.force, taken_by=actor, taken_at=timezone.now(), **facts.values()
        )
        _keep(report, by=actor)
        _add(report, facts.identifiers, by=actor)
        search.keep_report(report)
        access.record_act(
            actor,
            "report.take",
            report,
            decision=decision,
            detail={"identifiers": len(facts.identifiers)},
        )
    return report


def change_report(*, actor: User, report: Report, facts: ReportFacts) -> Report:
    """Keep what was told later; identifiers that no longer stand leave their versions."""
    decision = access.require(actor, "report.change", report)
    with transaction.atomic():
        for name, value in facts.values().items():
            setattr(report, name, value)
        _keep(report, by=actor)
        added, removed = _reconcile(report, facts.identifiers, by=actor)
        search.keep_report(report)
        access.record_act(
            actor,
            "report.change",
            report,
            decision=decision,
            detail={"identifiers_added": added, "identifiers_removed": removed},
        )
    return report


def _keep(report: Report, *, by: User) -> None:
    version: Any = report  # what simple_history reads of the instance
    version._history_user = by
    report.save()


def _add(report: Report, told: Iterable[IdentifierFacts], *, by: User) -> None:
    rows = [
        ReportIdentifier(
            report=report,
            whose=one.whose,
            kind=one.kind,
            text=one.text,
            normalised=normalise(one.kind, one.text),
            is_sensitive=one.is_sensitive,
        )
        for one in dict.fromkeys(told)
    ]
    if rows:
        bulk_create_with_history(rows, ReportIdentifier, default_user=by)


def _reconcile(report: Report, told: Sequence[IdentifierFacts], *, by: User) -> tuple[int, int]:
    """Add what is new, remove what is no longer told; return how many of each."""
    standing = {_facts_of(row): row for row in report.identifiers.all()}
    gone = [row for facts, row in standing.items() if facts not in set(told)]
    new = [facts for facts in told if facts not in standing]
    for row in gone:
        version: Any = row
        version._history_user = by
        row.delete()
    _add(report, new, by=by)
    return len(new), len(gone)


def _facts_of(row: ReportIdentifier) -> IdentifierFacts:
    return IdentifierFacts(row.whose, row.kind, row.text, row.is_sensitive)
