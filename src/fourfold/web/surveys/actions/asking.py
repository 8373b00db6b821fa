"""Ask organisations, open the survey to them, and close it."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from fourfold.web.supercomplaints.actions.evidence import EntryFacts, add_entry
from fourfold.web.supercomplaints.models import EvidenceEntry, Organisation
from fourfold.web.supercomplaints.rules import investigation
from fourfold.web.surveys.errors import SurveyError
from fourfold.web.surveys.models import Question, Survey, SurveyReply
from fourfold.web.surveys.rules import states
from fourfold.web.users import access
from fourfold.web.users.models import User


def ask(*, actor: User, survey: Survey, organisations: Iterable[Organisation]) -> int:
    """Ask organisations; return how many were not asked before. An open survey reaches them now."""
    act = "survey.change" if survey.state == Survey.State.DRAFT else "survey.start"
    decision = access.require(actor, act, survey)
    if survey.state in states.ENDED:
        raise SurveyError("The survey is closed. Nobody further can be asked.")
    wanted = list(organisations)
    if any(each.is_invented != survey.supercomplaint.is_invented for each in wanted):
        raise SurveyError("Invented organisations are asked in invented super-complaints only.")
    with transaction.atomic():
        held = set(survey.replies.values_list("organisation_id", flat=True))
        new = [each for each in wanted if each.pk not in held]
        for organisation in new:
            SurveyReply.objects.create(
                survey=survey, organisation=organisation, asked_at=timezone.now(), asked_by=actor
            )
        detail = {"asked": [each.ref for each in new]}
        access.record_act(actor, act, survey, decision=decision, detail=detail)
    return len(new)


def ask_no_more(*, actor: User, survey: Survey, organisations: Iterable[Organisation]) -> None:
    """Take organisations off the list, before the survey opens."""
    decision = access.require(actor, "survey.change", survey)
    if words := states.why_not_change(survey.state):
        raise SurveyError(words)
    gone = [each.pk for each in organisations]
    with transaction.atomic():
        replies = list(survey.replies.filter(organisation__in=gone))
        for reply in replies:
            reply.delete()
        detail = {"not_asked": [reply.ref for reply in replies]}
        access.record_act(actor, "survey.change", survey, decision=decision, detail=detail)


def readiness(survey: Survey) -> states.Readiness:
    """Return what a survey has before it is opened."""
    return states.Readiness(
        state=survey.state,
        questions=Question.objects.filter(section__survey=survey).count(),
        asked=survey.replies.count(),
        opens_on=survey.opens_on,
        closes_on=survey.closes_on,
        is_investigated=survey.supercomplaint.state in investigation.OPEN,
    )


def open_survey(*, actor: User, survey: Survey, today: date) -> None:
    """Open the survey to those who are asked."""
    decision = access.require(actor, "survey.start", survey)
    with transaction.atomic():
        survey.state = Survey.objects.select_for_update(of=("self",)).get(pk=survey.pk).state
        if missing := states.why_not_open(readiness(survey), today):
            raise SurveyError(" ".join(missing))
        survey.state = Survey.State.OPEN
        survey.opened_at, survey.opened_by = timezone.now(), actor
        survey.opens_on = survey.opens_on or today
        survey.save()
        detail = {"asked": survey.replies.count()}
        access.record_act(actor, "survey.start", survey, decision=decision, detail=detail)


def close_survey(*, actor: User, survey: Survey, today: date) -> None:
    """Close the survey and write it in the evidence log, if that is still written."""
    decision = access.require(actor, "survey.close", survey)
    with transaction.atomic():
        held = Survey.objects.select_for_update(of=("self",)).get(pk=survey.pk)
        if words := states.why_not_close(held.state):
            raise SurveyError(words)
        survey.state = Survey.State.CLOSED
        survey.closed_at, survey.closed_by = timezone.now(), actor
        signed = survey.replies.filter(state=SurveyReply.State.SIGNED).count()
        asked = survey.replies.count()
        if survey.supercomplaint.state in investigation.OPEN:
            survey.entry = _log(actor, survey, f"Asked: {asked}. Signed off: {signed}.", today)
        survey.save()
        detail = {"asked": asked, "signed": signed, "logged": survey.entry is not None}
        access.record_act(actor, "survey.close", survey, decision=decision, detail=detail)


def _log(actor: User, survey: Survey, summary: str, today: date) -> EvidenceEntry:
    facts = EntryFacts(
        kind=EvidenceEntry.Kind.SURVEY,
        on=survey.opens_on or today,
        to_on=today,
        title=survey.title,
        summary=f"{summary} Survey {survey.ref}, counted when it closed.",
    )
    return add_entry(actor=actor, supercomplaint=survey.supercomplaint, facts=facts)
