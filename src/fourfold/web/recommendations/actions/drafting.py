"""Officers draft recommendations: number, parts, text, addressees, deadline, measures."""

from dataclasses import dataclass, field, fields
from datetime import date

from django.db import transaction

from fourfold.web.recommendations.actions import issuing
from fourfold.web.recommendations.errors import IssuedError, NumberTakenError
from fourfold.web.recommendations.models import Part, Recommendation
from fourfold.web.recommendations.rules.drafts import open_fields
from fourfold.web.supercomplaints.models import Organisation, SuperComplaint
from fourfold.web.users import access
from fourfold.web.users.models import User


@dataclass(frozen=True)
class Draft:
    """What a recommendation says. Where its text was not found, `text` stays empty."""

    number: int
    text: str = ""
    theme: str = ""
    confidence: str = Recommendation.Confidence.OWN
    addressee_words: str = ""
    addressee_kinds: tuple[str, ...] = ()
    addressees: tuple[Organisation, ...] = ()
    due_basis: str = Recommendation.DueBasis.AFTER_PUBLICATION
    due_on: date | None = None
    measures: tuple[str, ...] = field(default=())
    note: str = ""
    source_url: str = ""


PLAIN = tuple(each.name for each in fields(Draft) if each.name != "addressees")


def draft_recommendation(
    *, actor: User, supercomplaint: SuperComplaint, draft: Draft
) -> Recommendation:
    """Draft a recommendation of a super-complaint."""
    decision = access.require(actor, "recommendation.draft", supercomplaint)
    with transaction.atomic():
        _require_free(supercomplaint, draft.number)
        made = Recommendation(supercomplaint=supercomplaint)
        _write(made, draft, set(PLAIN))
        made.addressees.set(draft.addressees)
        detail = {"number": draft.number}
        access.record_act(actor, "recommendation.draft", made, decision=decision, detail=detail)
    return made


def change_recommendation(*, actor: User, recommendation: Recommendation, draft: Draft) -> None:
    """Change a draft; of an issued one, only what may still change."""
    decision = access.require(actor, "recommendation.change", recommendation)
    is_issued = recommendation.issued_on is not None
    allowed = open_fields(is_issued=is_issued, confidence=recommendation.confidence)
    wanted = set(PLAIN) if allowed is None else set(allowed)
    with transaction.atomic():
        if allowed is None and draft.number != recommendation.number:
            _require_free(recommendation.supercomplaint, draft.number)
        _write(recommendation, draft, wanted)
        if allowed is None:
            recommendation.addressees.set(draft.addressees)
        else:
            issuing.publish_recommendation(actor, recommendation)
        access.record_act(actor, "recommendation.change", recommendation, decision=decision)


def add_part(*, actor: User, recommendation: Recommendation, code: str, text: str) -> Part:
    """Add a numbered part to a draft."""
    decision = access.require(actor, "recommendation.change", recommendation)
    if recommendation.issued_on is not None:
        raise IssuedError
    with transaction.atomic():
        if recommendation.parts.filter(code=code).exists():
            raise NumberTakenError("part")
        part = Part.objects.create(recommendation=recommendation, code=code, text=text)
        detail = {"part": part.ref}
        access.record_act(
            actor, "recommendation.change", recommendation, decision=decision, detail=detail
        )
    return part


def remove_part(*, actor: User, part: Part) -> None:
    """Take a part out of a draft; its versions are kept."""
    recommendation = part.recommendation
    decision = access.require(actor, "recommendation.change", recommendation)
    if recommendation.issued_on is not None:
        raise IssuedError
    with transaction.atomic():
        detail = {"removed": part.ref}
        part.delete()
        access.record_act(
            actor, "recommendation.change", recommendation, decision=decision, detail=detail
        )


def _require_free(supercomplaint: SuperComplaint, number: int) -> None:
    if Recommendation.objects.filter(supercomplaint=supercomplaint, number=number).exists():
        raise NumberTakenError("recommendation")


def _write(recommendation: Recommendation, draft: Draft, names: set[str]) -> None:
    for name in PLAIN:
        if name in names:
            value = getattr(draft, name)
            setattr(recommendation, name, list(value) if isinstance(value, tuple) else value)
    recommendation.save()
