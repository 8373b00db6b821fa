"""Lists of surveys, and of the replies that somebody's organisation is asked for."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from fourfold.web.supercomplaints.models import Organisation, SuperComplaint
from fourfold.web.surveys.models import Survey, SurveyReply
from fourfold.web.surveys.selectors.completeness import is_late
from fourfold.web.users import policy
from fourfold.web.users.models import User

SIGNED = Q(replies__state=SurveyReply.State.SIGNED)


@dataclass(frozen=True)
class Wanted:
    """A reply that is asked for, and whether it is late."""

    reply: SurveyReply
    until_on: date | None
    is_late: bool


def surveys_for(actor: User, supercomplaint: SuperComplaint | None = None) -> list[Survey]:
    """Return the surveys that the actor may see, each with `asked` and `signed`."""
    found = Survey.objects.all()
    if supercomplaint is not None:
        found = found.filter(supercomplaint=supercomplaint)
    permitted = policy.permitted(actor, "survey.list", found)
    return list(
        permitted.select_related("supercomplaint")
        .annotate(asked=Count("replies"), signed=Count("replies", filter=SIGNED))
        .order_by("-pk")
    )


def replies_of(actor: User, today: date) -> list[Wanted]:
    """Return the replies of the actor's organisation, open surveys first."""
    found = policy.permitted(actor, "surveyreply.open", SurveyReply.objects.all())
    replies = found.select_related("survey__supercomplaint", "organisation").order_by("-pk")
    wanted = [
        Wanted(
            reply,
            reply.more_time_until_on or reply.survey.closes_on,
            is_late(reply, reply.survey, today),
        )
        for reply in replies
    ]
    return sorted(wanted, key=lambda each: each.reply.survey.state != Survey.State.OPEN)


def askable(survey: Survey) -> list[Organisation]:
    """Return who may be asked and is not; invented ones in invented super-complaints only."""
    kinds = Organisation.Kind
    return list(
        Organisation.objects.filter(
            is_invented=survey.supercomplaint.is_invented,
            kind__in=(
                kinds.TERRITORIAL_FORCE, kinds.OTHER_FORCE, kinds.SERVICE_FORCE,
                kinds.COMMISSIONER, kinds.NATIONAL_BODY,
            ),
        )
        .exclude(survey_replies__survey=survey)
        .order_by("kind", "name")
    )  # fmt: skip
