"""The invented recommendations, and two years of what forty-three forces did about them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Final

import msgspec

from fourfold.web.demonstration import complaint_story as told
from fourfold.web.demonstration import people
from fourfold.web.demonstration.complaint_story import ToldRecommendation
from fourfold.web.demonstration.complaints import OFFICER, Stage
from fourfold.web.demonstration.press import Press, Sheet
from fourfold.web.demonstration.writing import create
from fourfold.web.publication import content
from fourfold.web.recommendations.models import (
    Answer,
    AnswerEvidence,
    Part,
    Recommendation,
    SentAnswer,
    Update,
)
from fourfold.web.recommendations.rules import wording
from fourfold.web.supercomplaints.models import Organisation, SuperComplaint
from fourfold.web.supercomplaints.rules.clocks import responses_due
from fourfold.web.users.models import User

Status, Position, Basis = Answer.Status, Answer.Position, Recommendation.DueBasis
SEED: Final = 29
SILENT_FORCES: Final = 3  # the last three forces of the list answer nothing at all
UPDATE_DAYS: Final = (182, 364, 546, 728)
ENDS: Final = (  # where answers stand after two years, by weight
    (Status.COMPLETE, 38), (Status.IN_PROGRESS, 30), (Status.PLANNED, 8),
    (Status.NO_DATE_POSSIBLE, 8), (Status.ANSWERED, 6), (Status.NOT_ANSWERED, 10),
)  # fmt: skip
RESPONSES: Final = {
    Status.COMPLETE: ("Accepted. It is part of how we work.", "Done, and checked each quarter."),
    Status.IN_PROGRESS: ("Accepted. A first district has begun.", "Accepted; the rest follows."),
    Status.PLANNED: ("Accepted. It is in next year's plan.",),
    Status.NO_DATE_POSSIBLE: ("Accepted. It hangs on a system that four forces share.",),
    Status.ANSWERED: ("Not accepted: another way serves the area better.",),
    Status.NOT_ANSWERED: ("",),
}
STORIES: Final = (
    "A project lead is named and a first district has begun.",
    "Half of the districts work this way. A dip check of 20 records found 14 as they should be.",
    "All districts but one. Staff asked for a shorter form and got it.",
    "Every district. A dip check of 40 records found 37 as they should be.",
)


@dataclass
class Written:
    """The recommendations and answers as they were written, for what is made of them."""

    recommendations: list[Recommendation] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    updates: dict[int, list[Update]] = field(default_factory=dict)
    evidence: dict[int, list[AnswerEvidence]] = field(default_factory=dict)
    addressees: dict[int, list[Organisation]] = field(default_factory=dict)


def write(stage: Stage, made: SuperComplaint) -> Written:
    """Write recommendations, answers, updates and evidence."""
    written = Written()
    _recommendations(stage, made, written)
    rng = Random(SEED)  # noqa: S311 - repeatable, not secret
    rows = list(_rows(stage, written, rng))
    written.answers = create(Answer, rows, [_writer(stage, row) for row in rows])
    _updates(stage, written, rng)
    _evidence(stage, written)
    return written


def _recommendations(stage: Stage, made: SuperComplaint, written: Written) -> None:
    actor = stage.cast.actor(people.CONDUCT)
    rows = [
        _recommendation(made, number, each, stage.days.published_on)
        for number, each in enumerate(told.RECOMMENDATIONS, 1)
    ]
    written.recommendations = create(Recommendation, rows, [actor] * len(rows))
    parts = [
        Part(recommendation=row, code=f"{row.number}.{at}", text=text)
        for row, each in zip(written.recommendations, told.RECOMMENDATIONS, strict=True)
        for at, text in enumerate(each.parts, 1)
    ]
    create(Part, parts, [actor] * len(parts))
    for row in written.recommendations:
        written.addressees[row.pk] = list(_addressees(stage, row))
        row.addressees.set(
            each for each in written.addressees[row.pk] if each.kind not in row.addressee_kinds
        )
        stage.book.note(actor, "recommendation.draft", row, OFFICER, number=row.number)
    stage.book.note(
        actor, "recommendation.issue", made, OFFICER, issued=len(written.recommendations)
    )


def _recommendation(
    made: SuperComplaint, number: int, each: ToldRecommendation, on: date
) -> Recommendation:
    whole = {told.FORCE: "Chief constables", told.COMMISSIONER: "Police and crime commissioners"}
    single = {"government": "Home Department", "national_body": "Prosecution Service"}
    return Recommendation(
        supercomplaint=made,
        number=number,
        theme=each.theme,
        text=each.text,
        addressee_words=", ".join((whole | single)[kind] for kind in each.kinds),
        addressee_kinds=[kind for kind in each.kinds if kind in whole],
        due_basis=Basis.DATED if each.due_days else Basis.AFTER_PUBLICATION,
        due_on=on + timedelta(days=each.due_days) if each.due_days else responses_due(on),
        measures=list(each.measures),
        issued_on=on,
    )


def _addressees(stage: Stage, row: Recommendation) -> Iterator[Organisation]:
    kinds = told.RECOMMENDATIONS[row.number - 1].kinds
    if told.FORCE in kinds:
        yield from stage.cast.forces
    if told.COMMISSIONER in kinds:
        yield from stage.cast.commissioners
    if "government" in kinds:
        yield stage.cast.by_name["Thistleland Home Department"]
    if "national_body" in kinds:
        yield stage.cast.by_name["Thistleland Prosecution Service"]


def _rows(stage: Stage, written: Written, rng: Random) -> Iterator[Answer]:
    silent = {each.pk for each in stage.cast.forces[-SILENT_FORCES:]}
    for row in written.recommendations:
        parts = list(row.parts.all())
        for body in written.addressees[row.pk]:
            for part in (None, *parts):
                yield _answer(stage, rng, Answer(recommendation=row, part=part, organisation=body),
                              is_silent=body.pk in silent)  # fmt: skip


def _answer(stage: Stage, rng: Random, row: Answer, *, is_silent: bool) -> Answer:
    drawn = rng.choices([end for end, _ in ENDS], [weight for _, weight in ENDS])[0]
    row.status = status = Status.NOT_ANSWERED if is_silent else drawn
    is_late, late_days = rng.random() < 0.15, rng.randint(3, 60)
    due_on = row.recommendation.due_on or stage.days.published_on
    answer_by = responses_due(stage.days.published_on)
    if status == Status.NOT_ANSWERED:
        return row
    row.position = Position.NOT_ACCEPTED if status == Status.ANSWERED else (
        Position.ACCEPTED_IN_PART if rng.random() < 0.1 else Position.ACCEPTED
    )  # fmt: skip
    row.initial_response = rng.choice(RESPONSES[status])
    row.answered_on = (due_on if is_late else answer_by) + timedelta(
        days=late_days if is_late else -rng.randint(0, 20)
    )
    row.submitted_at = row.published_at = stage.days.moment(row.answered_on)
    row.sent_version = 1
    row.owner, row.executive_lead = "Head of public protection", "Assistant chief constable"
    row.operational_lead = "Lead on stalking"
    if status in (Status.PLANNED, Status.IN_PROGRESS, Status.NO_DATE_POSSIBLE):
        row.plan = "District by district, the busiest first; checked by reading records."
    if status in (Status.PLANNED, Status.IN_PROGRESS):
        row.due_on = stage.world.now.date() + timedelta(days=rng.randint(-60, 300))
    if status == Status.NO_DATE_POSSIBLE:
        row.no_date_reason = "The system is shared by four forces; its supplier names no date."
    if row.organisation.tenant_id is None:
        row.source_url = f"https://example.org/plans/{row.organisation.ref.lower()}"
    return row


def _writer(stage: Stage, row: Answer) -> User:
    """Return who wrote it: the body's own people, or the officer who recorded it."""
    officer = stage.cast.actor(people.CONDUCT)
    return stage.cast.actors.get(row.organisation.name, officer)


def _updates(stage: Stage, written: Written, rng: Random) -> None:
    """Write what was reported every half-year by those who act; the newest may be a draft."""
    rows = []
    for answer in written.answers:
        if answer.status not in (Status.COMPLETE, Status.IN_PROGRESS, Status.NO_DATE_POSSIBLE):
            continue
        ended = rng.randrange(4) if answer.status == Status.COMPLETE else 3
        for at in range(ended + 1):
            on = stage.days.published_on + timedelta(days=UPDATE_DAYS[at])
            is_draft = at == 3 and bool(answer.organisation.tenant_id) and rng.random() < 0.4
            is_done = at == ended and answer.status == Status.COMPLETE
            text = STORIES[3] if is_done else STORIES[min(at, 2)]
            if answer.status == Status.NO_DATE_POSSIBLE:
                text = "No change: the supplier names no date. The stop-gap stays in use."
            rows.append(
                Update(
                    answer=answer, on=on, text=text, by=_writer(stage, answer),
                    status=answer.status if is_done or answer.status != Status.COMPLETE
                    else Status.IN_PROGRESS,
                    published_at=None if is_draft else stage.days.moment(on, 12),
                )
            )  # fmt: skip
            answer.last_updated_on = on
    for row in create(Update, rows, [_writer(stage, row.answer) for row in rows]):
        written.updates.setdefault(row.answer_id, []).append(row)
    Answer.objects.bulk_update(written.answers, ["last_updated_on"], batch_size=200)


def _evidence(stage: Stage, written: Written) -> None:
    done = [answer for answer in written.answers if answer.status == Status.COMPLETE]
    rows = [
        AnswerEvidence(
            answer=answer,
            title="Dip check of 40 records",
            url=f"https://example.org/checks/{answer.ref.lower()}",
            is_public=True,
        )
        for answer in done
    ]
    made = create(AnswerEvidence, rows, [_writer(stage, answer) for answer in done])
    for row in made:
        written.evidence.setdefault(row.answer_id, []).append(row)


def publish(stage: Stage, made: SuperComplaint, written: Written, press: Press) -> None:
    """Send every answer, and publish recommendations, answers and published updates."""
    at = stage.days.moment(stage.days.published_on)
    officer = stage.cast.actor(people.INSPECTORATE)
    for row in written.recommendations:
        press.add(Sheet(_public(row, written.addressees[row.pk]), officer, at, made.ref))
    sent = []
    for answer in written.answers:
        if answer.submitted_at is None:
            continue
        writer = _writer(stage, answer)
        words = _words(written, answer)
        sent.append(_sent(answer, writer, words, len(written.evidence.get(answer.pk, ()))))
        newest = max([answer.submitted_at, *_published_moments(written, answer)])
        press.add(Sheet(words, writer, newest, made.ref))
        act = "answer.publish" if answer.organisation.tenant_id else "answer.publish_record"
        stage.book.note(writer, act, answer, "own-organisation")
    SentAnswer.objects.bulk_create(sent, batch_size=200)


def _words(written: Written, answer: Answer) -> content.Answer:
    updates = [each for each in written.updates.get(answer.pk, ()) if each.published_at]
    shown = wording.evidence_of(list(written.evidence.get(answer.pk, ())), {})
    return wording.answer_words(answer, said=wording.updates(updates), shown=shown)


def _published_moments(written: Written, answer: Answer) -> list[datetime]:
    return [each.published_at for each in written.updates.get(answer.pk, ()) if each.published_at]


def _sent(answer: Answer, writer: User, words: content.Answer, shown: int) -> SentAnswer:
    return SentAnswer(
        answer=answer, version=1, sent_at=answer.submitted_at or datetime.now(UTC), sent_by=writer,
        status=answer.status, position=answer.position, due_on=answer.due_on,
        answered_on=answer.answered_on, last_updated_on=answer.last_updated_on,
        evidence_count=shown, content=msgspec.to_builtins(words),
    )  # fmt: skip


def _public(row: Recommendation, whom: Sequence[Organisation]) -> content.Recommendation:
    return content.Recommendation(
        ref=row.ref,
        super_complaint_ref=row.supercomplaint.ref,
        number=row.number,
        theme=row.theme,
        text=row.text,
        is_found=True,
        confidence=row.confidence,
        parts=tuple(content.Part(part.code, part.text) for part in row.parts.all()),
        addressee_words=row.addressee_words,
        addressees=tuple(
            content.Addressee(each.ref, each.name, each.kind)
            for each in sorted(whom, key=lambda each: each.name)
        ),
        due_on=row.due_on.isoformat() if row.due_on else "",
        due_basis=row.due_basis,
        measures=tuple(row.measures),
    )
