"""Issuing: deadlines from the report's publication, one answer per addressee, and the public."""

from datetime import date

from django.db import transaction

from fourfold.web.publication import content
from fourfold.web.publication.actions.publishing import publish
from fourfold.web.recommendations.errors import NotIssuableError, NotPublishedError
from fourfold.web.recommendations.models import Answer, Recommendation
from fourfold.web.recommendations.rules import deadlines
from fourfold.web.recommendations.rules.drafts import lacking
from fourfold.web.recommendations.rules.standing import silence
from fourfold.web.recommendations.selectors.drafts import addressed, facts_of
from fourfold.web.supercomplaints.models import Organisation, SuperComplaint
from fourfold.web.supercomplaints.rules.redaction import stands_in
from fourfold.web.supercomplaints.selectors.reports import quotes_within
from fourfold.web.users import access
from fourfold.web.users.models import User


def issue_recommendations(
    *, actor: User, supercomplaint: SuperComplaint, on: date
) -> list[Recommendation]:
    """Issue every draft of a super-complaint whose report is published."""
    decision = access.require(actor, "recommendation.issue", supercomplaint)
    if supercomplaint.published_on is None:
        raise NotPublishedError
    with transaction.atomic():
        drafts = list(supercomplaint.recommendations.filter(issued_on=None).order_by("number"))
        whom = {draft.pk: addressed(draft) for draft in drafts}
        faults = [
            words for draft in drafts for words in lacking(facts_of(draft, len(whom[draft.pk])))
        ]
        faults += _withheld(supercomplaint, drafts)
        if faults:
            raise NotIssuableError(" ".join(faults))
        for draft in drafts:
            _issue(actor, draft, whom[draft.pk], on)
        detail = {
            "issued": [draft.ref for draft in drafts],
            "answers": sum(len(found) for found in whom.values()),
        }
        access.record_act(
            actor, "recommendation.issue", supercomplaint, decision=decision, detail=detail
        )
    return drafts


def _withheld(supercomplaint: SuperComplaint, drafts: list[Recommendation]) -> list[str]:
    """Say which drafts hold words that the report withholds: whom they address reads them whole."""
    quotes = quotes_within(supercomplaint)
    return [
        f"Recommendation {draft.number} holds words that the report withholds. Take them out."
        for draft in drafts
        if any(stands_in(text, quote) for text in _texts(draft) for quote in quotes)
    ]


def _texts(draft: Recommendation) -> list[str]:
    parts = [part.text for part in draft.parts.all()]
    return [draft.theme, draft.text, draft.note, draft.addressee_words, *parts]


def _issue(actor: User, recommendation: Recommendation, whom: list[Organisation], on: date) -> None:
    recommendation.issued_on = on
    recommendation.due_on = deadlines.due_on(
        recommendation.due_basis,
        published_on=recommendation.supercomplaint.published_on,
        dated_on=recommendation.due_on,
    )
    recommendation.save()
    past = recommendation.supercomplaint.is_from_public_record
    for organisation in whom:
        for part in (None, *recommendation.parts.all()):
            Answer.objects.create(
                recommendation=recommendation,
                part=part,
                organisation=organisation,
                status=silence(is_past_record=past),
            )
    publish_recommendation(actor, recommendation)


def publish_recommendation(actor: User, recommendation: Recommendation) -> None:
    """Let the public see a recommendation as it stands. The caller has asked and records."""
    publish(
        actor=actor,
        content=public_words(recommendation),
        within_ref=recommendation.supercomplaint.ref,
    )


def public_words(recommendation: Recommendation) -> content.Recommendation:
    """Return what the public reads of a recommendation."""
    whom = Organisation.objects.filter(answers__recommendation=recommendation).distinct()
    due_on = recommendation.due_on
    return content.Recommendation(
        ref=recommendation.ref,
        super_complaint_ref=recommendation.supercomplaint.ref,
        number=recommendation.number,
        theme=recommendation.theme,
        text=recommendation.text,
        is_found=bool(recommendation.text),
        confidence=recommendation.confidence,
        parts=tuple(content.Part(part.code, part.text) for part in recommendation.parts.all()),
        addressee_words=recommendation.addressee_words,
        addressees=tuple(
            content.Addressee(ref, name, kind)
            for ref, name, kind in whom.order_by("name").values_list("ref", "name", "kind")
        ),
        due_on=due_on.isoformat() if due_on else "",
        due_basis=recommendation.due_basis,
        note=recommendation.note,
        source_url=recommendation.source_url,
        measures=tuple(recommendation.measures),
    )
