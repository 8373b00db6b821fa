"""Entries and adoptions as the public reads them."""

from fourfold.web.base.words import uk_date
from fourfold.web.practices.models import Adoption, Practice
from fourfold.web.practices.rules.serving import parts_of
from fourfold.web.publication import content


def of_practice(practice: Practice) -> content.Practice:
    """Return what is published of an entry."""
    rating = Practice.Rating(practice.does_it_work)
    return content.Practice(
        ref=practice.ref,
        title=practice.title,
        does_it_work=rating.value,
        does_it_work_words=rating.label,
        rating_reasons=practice.rating_reasons,
        focus=tuple(practice.focus),
        topic=tuple(practice.topic),
        organisation=practice.organisation,
        region=practice.region,
        partners=tuple(practice.partners),
        stage=practice.stage,
        started=practice.started,
        scale=practice.scale,
        target_group=practice.target_group,
        aim=practice.aim,
        outcome=practice.outcome,
        description=practice.description,
        evaluation=practice.evaluation,
        lessons=practice.lessons,
        unconfirmed=tuple(practice.unconfirmed),
        served_by=tuple(part.words for part in parts_of(practice.served_by)),
        sources=tuple(practice.sources),
    )


def of_adoption(adoption: Adoption) -> content.Adoption:
    """Return what is published of an adoption."""
    state = Adoption.State(adoption.state)
    ended = f" on {uk_date(adoption.stopped_on)}" if adoption.stopped_on else ""
    because = f": {adoption.stopped_because}" if adoption.stopped_because else ""
    return content.Adoption(
        ref=adoption.ref,
        practice_ref=adoption.practice.ref,
        organisation_ref=adoption.organisation.ref,
        organisation=adoption.organisation.name,
        since=adoption.since_on.isoformat() if adoption.since_on else "",
        state_words=state.label + ended + because,
        local_changes=adoption.local_changes,
        evaluation=adoption.evaluation_method,
        result=adoption.evaluation_result,
    )
