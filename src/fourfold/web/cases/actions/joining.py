"""Join a report to a case, or open a case from it; its people and identifiers come along."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from fourfold.web.cases import search
from fourfold.web.cases.actions.acts import ActFacts, SourceFacts, add_act
from fourfold.web.cases.actions.carrying import carry
from fourfold.web.cases.models import ActSource, Assignment, Case, Joining, Report
from fourfold.web.cases.models.answers import Precision
from fourfold.web.cases.rules.matching import Reason
from fourfold.web.users import access
from fourfold.web.users.models import Team, User


class AlreadyJoinedError(ValueError):
    """The report belongs to a case already; it is joined once."""


class OtherForceError(ValueError):
    """The case or team belongs to another force than the report."""


@dataclass(frozen=True)
class JoiningFacts:
    """Why a person joins: the reasons that were shown, and words of their own."""

    reasons: Sequence[Reason] = ()
    words: str = ""
    with_first_act: bool = False


@dataclass(frozen=True)
class NewCase:
    """What a person decides about a case that is opened from a report."""

    operation_name: str
    team: Team
    words: str = ""
    with_first_act: bool = False
    also: Sequence[tuple[Report, Sequence[Reason]]] = ()


def join_report(*, actor: User, report: Report, case: Case, facts: JoiningFacts) -> Joining:
    """Join a report to a case that the actor works on."""
    decision = access.require(actor, "report.join", report)
    access.require(actor, "report.join", case)
    with transaction.atomic():
        joining = _join(actor, report, case, facts)
        detail = {"reasons": len(facts.reasons), **carry(actor, report, case)}
        _first_act(actor, report, case, wanted=facts.with_first_act)
        access.record_act(actor, "report.join", report, decision=decision, detail=detail)
    return joining


def open_case(*, actor: User, report: Report, new: NewCase) -> Case:
    """Open a case from a report; whoever opens it is assigned to it."""
    decision = access.require(actor, "report.open_case", report)
    if new.team.force_id != report.force_id:
        raise OtherForceError("the team belongs to another force")
    with transaction.atomic():
        now = timezone.now()
        case = Case.objects.create(
            force=report.force,
            team=new.team,
            operation_name=new.operation_name,
            jurisdiction=report.jurisdiction,
            opened_by=actor,
            opened_at=now,
        )
        Assignment.objects.create(
            case=case, user=actor, assigned_by=actor, from_at=now, words="Opened the case"
        )
        search.keep(case)
        _join(actor, report, case, JoiningFacts(words=new.words))
        detail = carry(actor, report, case)
        _first_act(actor, report, case, wanted=new.with_first_act)
        for other, reasons in new.also:
            join_report(
                actor=actor, report=other, case=case, facts=JoiningFacts(reasons, new.words)
            )
        access.record_act(actor, "report.open_case", report, decision=decision, detail=detail)
    return case


def _join(actor: User, report: Report, case: Case, facts: JoiningFacts) -> Joining:
    """Write the joining once; two people at the same time do not both succeed."""
    held = Report.objects.select_for_update().get(pk=report.pk)
    if held.case_id is not None:
        raise AlreadyJoinedError(f"{report} belongs to a case already")
    if case.force_id != held.force_id:
        raise OtherForceError("the case belongs to another force")
    joining = Joining.objects.create(
        report=report,
        case=case,
        reasons=[reason.as_record() for reason in facts.reasons],
        words=facts.words,
        joined_by=actor,
    )
    report.case = case
    report._history_user = actor  # type: ignore[attr-defined]
    report.save()
    search.keep_report(report)
    return joining


def _first_act(actor: User, report: Report, case: Case, *, wanted: bool) -> None:
    """Record the report's account as an act of the case, where the person asked for it."""
    if not wanted:
        return
    add_act(
        actor=actor,
        case=case,
        facts=ActFacts(
            victim_words=report.victim_words,
            effect_words=report.effect_words,
            fear_of_violence=report.fear_of_violence,
            precision=Precision.UNKNOWN,
        ),
        source=SourceFacts(kind=ActSource.Kind.REPORT, report=report),
    )
