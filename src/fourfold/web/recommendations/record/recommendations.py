"""The recommendations on stalking as far as they are known, and what is known of answers."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from fourfold.web.base import reference_data
from fourfold.web.base.reference_data import CHANGED, LEFT, MADE
from fourfold.web.measures.rules import definitions
from fourfold.web.publication import content
from fourfold.web.publication.actions.publishing import publish
from fourfold.web.publication.selectors import standing
from fourfold.web.recommendations.actions.issuing import public_words
from fourfold.web.recommendations.models import Answer, Part, Recommendation, SentAnswer
from fourfold.web.recommendations.record import reading
from fourfold.web.recommendations.record.complaints import organisation
from fourfold.web.recommendations.rules import wording
from fourfold.web.recommendations.selectors.drafts import addressed
from fourfold.web.supercomplaints.models import Organisation, SuperComplaint
from fourfold.web.users import access
from fourfold.web.users.models import User

PLAIN: Final = ("theme", "text", "confidence", "addressee_words", "due_on", "source_url")
TEXTS: Final = (
    "position", "initial_response", "plan", "no_date_reason", "no_evidence_reason",
    "operational_lead", "source_url",
)  # fmt: skip


def load(actor: User) -> Counter[str]:
    """Write recommendations and known answers, publish what is new; count what was done."""
    told = reading.read(reading.STALKING)
    complaint = SuperComplaint.objects.get(ref=told["super_complaint"])
    decision = access.require(actor, "recommendation.draft", complaint)
    done: Counter[str] = Counter()
    held: dict[int, Recommendation] = {}
    loaded: list[Recommendation] = []
    for facts in told["recommendation"]:
        row, what = _keep(actor, complaint, facts, told["issued_on"])
        held[row.number] = row
        done[what] += 1
        if what != LEFT:
            loaded.append(row)
        if what in (MADE, CHANGED):
            access.record_act(actor, "recommendation.draft", row, decision=decision)
    done += Counter({f"answers {what}": n for what, n in _answers(actor, told, held).items()})
    done += Counter({"answers not recorded here": _not_recorded(actor, complaint, held)})
    for row in loaded:
        _publish(actor, row)
    return done


def _keep(
    actor: User, complaint: SuperComplaint, facts: Mapping[str, Any], issued_on: Any
) -> tuple[Recommendation, str]:
    number = facts["number"]
    blank = {name: "" for name in PLAIN} | {"due_on": None}
    plain = {name: facts.get(name, blank[name]) for name in PLAIN} | {
        "supercomplaint": complaint,
        "number": number,
        "addressee_kinds": facts.get("addressee_kinds", []),
        "due_basis": "dated" if "due_on" in facts else "not_seen",
        "note": _note(facts),
        "measures": [m.name for m in definitions.newest() if number in m.recommendations],
        "issued_on": issued_on,
    }
    key = {"ref": reading.reference("RC", complaint.ref, number)}
    row, what = reference_data.keep(Recommendation, key, plain, by=actor)
    if what == MADE:
        row.addressees.set(organisation(name) for name in facts.get("addressees", ()))
    for at, part in enumerate(facts.get("part", ()), start=1):
        key = {"ref": reading.reference("RP", complaint.ref, number, at)}
        reference_data.keep(Part, key, {"recommendation": row, **part}, by=actor)
    return row, what


def _note(facts: Mapping[str, Any]) -> str:
    told = ["The text is in our own words."] if "text" in facts else []
    told.append(facts["note"])
    if "answered" in facts:
        told.append("Known of the answers: " + facts["answered"])
    return " ".join(told)


def _answers(actor: User, told: Mapping[str, Any], held: dict[int, Recommendation]) -> Counter[str]:
    """Record known answers: new ones in one go, since one sentence speaks for 43 offices."""
    stood = {
        (each.recommendation_id, each.part_id, each.organisation_id): each
        for each in Answer.objects.filter(recommendation__in=held.values())
    }
    done: Counter[str] = Counter()
    new: list[Answer] = []
    for number, body, facts in _known(told):
        row = held[number]
        part = row.parts.get(code=facts["part"]) if "part" in facts else None
        wanted = Answer(recommendation=row, part=part, organisation=body, **_plain(facts))
        known = stood.get((row.pk, wanted.part_id, body.pk))
        if known is not None:
            done[_bring_up_to_date(actor, known, _plain(facts))] += 1
        elif access.see(actor, "answer.record", wanted):
            new.append(wanted)
            done[MADE] += 1
        else:
            done[LEFT] += 1  # its own people sign in and answer here
    _send_and_publish(actor, _write(actor, new))
    return done


def _not_recorded(
    actor: User, complaint: SuperComplaint, held: Mapping[int, Recommendation]
) -> int:
    """Write a row for each addressee of which no answer was seen; return how many are new."""
    stood = set(
        Answer.objects.filter(recommendation__in=held.values()).values_list(
            "recommendation_id", "part_id", "organisation_id"
        )
    )
    new = [
        Answer(
            recommendation=row, part=part, organisation=body, status=Answer.Status.NOT_RECORDED
        )
        for row in held.values()
        if row.issued_on
        for body in addressed(row)
        for part in (None, *row.parts.all())
        if (row.pk, part.pk if part else None, body.pk) not in stood
    ]  # fmt: skip
    if new:
        decision = access.require(actor, "recommendation.issue", complaint)
        bulk_create_with_history(
            new, Answer, default_user=actor, default_change_reason=reference_data.REASON
        )
        detail = {"not_recorded": len(new)}
        access.record_act(
            actor, "recommendation.issue", complaint, decision=decision, detail=detail
        )
    return len(new)


def _plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: facts.get(name, "") for name in TEXTS} | {"status": facts["status"]}


def _known(told: Mapping[str, Any]) -> Iterator[tuple[int, Organisation, Mapping[str, Any]]]:
    for facts in told["answer"]:
        yield facts["number"], organisation(facts["organisation"]), facts
    for facts in told["answer_of_kind"]:
        bodies = list(Organisation.objects.filter(kind=facts["kind"], is_invented=False))
        for number in facts["numbers"]:
            for body in bodies:
                yield number, body, facts


def _bring_up_to_date(actor: User, answer: Answer, plain: dict[str, Any]) -> str:
    if not access.see(actor, "answer.record", answer):
        return LEFT
    kept, what = reference_data.keep(Answer, {"pk": answer.pk}, plain, by=actor)
    if what == CHANGED:
        kept.submitted_at = kept.published_at = timezone.now()
        kept.sent_version += 1
        reference_data.mark_published(kept, "submitted_at", "published_at", "sent_version")
        _send_and_publish(actor, [kept])
    return what


def _write(actor: User, new: list[Answer]) -> list[Answer]:
    now = timezone.now()
    for answer in new:
        answer.submitted_at = answer.published_at = now
        answer.sent_version = 1
    made: list[Answer] = bulk_create_with_history(
        new, Answer, default_user=actor, default_change_reason=reference_data.REASON
    )
    return made


def _send_and_publish(actor: User, answers: list[Answer]) -> None:
    """Keep what is as good as sent, and publish it; the ledger holds a line per recommendation."""
    counted: Counter[Recommendation] = Counter()
    sent = []
    for answer in answers:
        words = wording.answer_words(answer, said=(), shown=())
        sent.append(
            SentAnswer(
                answer=answer, version=answer.sent_version, sent_by=actor,
                sent_at=answer.submitted_at or timezone.now(),
                status=answer.status, position=answer.position,
                content=msgspec.to_builtins(words),
            )
        )  # fmt: skip
        publish(actor=actor, content=words, within_ref=answer.recommendation.supercomplaint.ref)
        counted[answer.recommendation] += 1
    SentAnswer.objects.bulk_create(sent)
    for row, number in counted.items():
        decision = access.see(actor, "recommendation.open", row)
        detail = {"answers": number}
        access.record_act(actor, "answer.record", row, decision=decision, detail=detail)


def _publish(actor: User, row: Recommendation) -> None:
    made = public_words(row)
    if standing.one(content.Recommendation, row.ref) == made:
        return
    decision = access.require(actor, "recommendation.issue", row.supercomplaint)
    publish(actor=actor, content=made, within_ref=row.supercomplaint.ref)
    access.record_act(actor, "recommendation.issue", row, decision=decision)
