"""The invented super-complaints: one from draft to monitoring, one draft, one that waits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from fourfold.web.demonstration import complaint_story as told
from fourfold.web.demonstration import people
from fourfold.web.demonstration.bodies import Cast
from fourfold.web.demonstration.complaint_story import ToldComplaint
from fourfold.web.demonstration.writing import Book, create
from fourfold.web.supercomplaints.models import (
    EligibilityView,
    Fact,
    Feature,
    Harm,
    Step,
    SuperComplaint,
    Talk,
)
from fourfold.web.supercomplaints.rules import clocks, procedure

if TYPE_CHECKING:
    from fourfold.web.demonstration.seeding import World

State = SuperComplaint.State
OWN, OFFICER = "own-complaint", "authority"
PUBLISHED_DAYS_AGO = 760
INVESTIGATED_DAYS = 690
DECIDED_AFTER_DAYS = 55


@dataclass(frozen=True)
class Days:
    """The days of a super-complaint of the invented world."""

    received_on: date
    acknowledged_on: date
    acknowledge_by_on: date | None
    decided_on: date
    published_on: date

    def moment(self, day: date, hour: int = 10) -> datetime:
        """Return a moment of office hours on a day."""
        return datetime.combine(day, time(hour), UTC)


@dataclass
class Stage:
    """What is at hand while the invented procedure is written."""

    world: "World"
    cast: Cast
    book: Book
    days: Days
    steps: list[Step] = field(default_factory=list)


def days_of(received_on: date, published_on: date) -> Days:
    """Return the days of a complaint: acknowledged on the fourth working day."""
    try:
        working = clocks.working_days(received_on, clocks.ACKNOWLEDGE_WORKING_DAYS)
        acknowledged_on, by_on = working[3], working[-1]
    except clocks.HolidaysUnknownError:
        acknowledged_on, by_on = received_on + timedelta(days=3), None
    decided_on = received_on + timedelta(days=DECIDED_AFTER_DAYS)
    return Days(received_on, acknowledged_on, by_on, decided_on, published_on)


def write(world: "World", cast: Cast, book: Book) -> tuple[SuperComplaint, Stage]:
    """Write the three super-complaints; return the one that went the whole way."""
    today = world.now.date()
    published_on = today - timedelta(days=PUBLISHED_DAYS_AGO)
    days = days_of(published_on - timedelta(days=INVESTIGATED_DAYS), published_on)
    stage = Stage(world, cast, book, days)
    main = _complaint(stage, told.MAIN, _main_facts(stage))
    _submitted(stage, main)
    _views(stage, main, told.VIEWS)
    _whole_way(stage, main)
    _waiting(world, cast, book)
    _draft(world, cast, book)
    return main, stage


def _main_facts(stage: Stage) -> dict[str, object]:
    days, cast = stage.days, stage.cast
    return {
        "state": State.MONITORING,
        "made_on": days.received_on,
        "received_at": days.moment(days.received_on),
        "acknowledge_by_on": days.acknowledge_by_on,
        "acknowledged_at": days.moment(days.acknowledged_on, 15),
        "decided_on": days.decided_on,
        "progress_every_days": 120,
        "concluded_on": days.published_on - timedelta(days=25),
        "published_on": days.published_on,
        "responses_due_on": clocks.responses_due(days.published_on),
        "lead": cast.of(people.CONDUCT),
        "collator": cast.of(people.COUNCIL),
        "report_title": "Joined up: reports of stalking in Thistleland",
    }


def _complaint(stage: Stage, words: ToldComplaint, facts: dict[str, object]) -> SuperComplaint:
    actor = stage.cast.actor(people.LANTERNLIGHT)
    row = SuperComplaint(
        title=words.title,
        subject=words.subject,
        with_whom=words.with_whom,
        body=stage.cast.of(people.LANTERNLIGHT),
        contact_name=actor.name,
        contact_details=f"{actor.email}, 01632 960171",
        is_invented=True,
        drafted_by=actor,
        **facts,
    )
    (made,) = create(SuperComplaint, [row], [actor])
    stage.book.note(actor, "supercomplaint.draft", made, OWN)
    _features(stage, made, words)
    return made


def _features(stage: Stage, made: SuperComplaint, words: ToldComplaint) -> None:
    actor = stage.cast.actor(people.LANTERNLIGHT)
    features = create(
        Feature,
        [
            Feature(
                supercomplaint=made,
                number=number,
                text=each.text,
                why_harmful=each.why_harmful,
                forces_words="All forces of Thistleland" if number != 2 else "",
            )
            for number, each in enumerate(words.features, start=1)
        ],
        [actor] * len(words.features),
    )
    pairs = list(zip(features, words.features, strict=True))
    harms = [
        Harm(feature=row, nature=nature, scale=scale, groups=groups)
        for row, each in pairs
        for nature, scale, groups in each.harms
    ]
    facts = [
        Fact(feature=row, text=text, source=source)
        for row, each in pairs
        for text, source in each.facts
    ]
    create(Harm, harms, [actor] * len(harms))
    create(Fact, facts, [actor] * len(facts))
    for row in features:
        stage.book.note(actor, "supercomplaint.change", row, OWN)
    if len(features) > 1:
        features[1].forces.set(stage.cast.forces[:6])


def _talk(stage: Stage, made: SuperComplaint, on: date) -> None:
    actor = stage.cast.actor(people.LANTERNLIGHT)
    whom = ", ".join(each.name for each in (people.INSPECTORATE, people.CONDUCT))
    row = Talk(supercomplaint=made, on=on, with_whom=whom, advice=told.TALK, recorded_by=actor)
    (talk,) = create(Talk, [row], [actor])
    stage.book.note(actor, "talk.add", talk, OWN)


def _submitted(stage: Stage, made: SuperComplaint) -> None:
    days, cast = stage.days, stage.cast
    body, inspector = cast.actor(people.LANTERNLIGHT), cast.actor(people.INSPECTORATE)
    _talk(stage, made, days.received_on - timedelta(days=40))
    words = f"{made.body.name} submitted the super-complaint."
    submitted = step(made, "submit", days.received_on, words)
    submitted.by = body
    acknowledged = step(made, "acknowledge", days.acknowledged_on)
    acknowledged.by = inspector
    Step.objects.bulk_create([submitted, acknowledged])
    stage.book.note(body, "supercomplaint.submit", made, OWN)
    stage.book.note(inspector, "supercomplaint.acknowledge", made, OFFICER)


def step(made: SuperComplaint, code: str, on: date, words: str = "") -> Step:
    """Return a step of the procedure as `moving.move` would write it."""
    event = procedure.BY_CODE[code]
    basis = procedure.PRACTICE if event.said.basis == procedure.NOT_SEEN else event.said.basis
    return Step(
        supercomplaint=made,
        event=code,
        from_state=event.from_states[0],
        to_state=event.to_state,
        on=on,
        words=words or event.said.words,
        basis=basis,
        source=event.said.source,
    )


def _views(stage: Stage, made: SuperComplaint, reasons: Sequence[str]) -> None:
    """Let the authorities record their views, in this order, as many as there are reasons."""
    offices = (people.INSPECTORATE, people.CONDUCT, people.COLLEGE)
    at = stage.days.moment(min(stage.days.decided_on, stage.world.now.date()), 11)
    rows, actors = [], []
    for office, words in zip(offices, reasons, strict=False):
        actor = stage.cast.actor(office)
        rows.append(
            EligibilityView(
                supercomplaint=made, authority=stage.cast.of(office), is_form_met=True,
                reasons=words, by=actor, at=at - timedelta(days=2),
            )
        )  # fmt: skip
        actors.append(actor)
    for row, actor in zip(create(EligibilityView, rows, actors), actors, strict=True):
        stage.book.note(actor, "eligibilityview.record", row, OFFICER)


def _whole_way(stage: Stage, made: SuperComplaint) -> None:
    """Let it move from the decision to where progress is monitored."""
    days, cast = stage.days, stage.cast
    due_on = clocks.responses_due(days.published_on)
    inspector = cast.actor(people.INSPECTORATE)
    moves: Iterable[tuple[str, str, date]] = (
        ("find_eligible", "supercomplaint.decide", days.decided_on),
        ("report_progress", "progressletter.send", days.decided_on + timedelta(days=120)),
        ("report_progress", "progressletter.send", days.decided_on + timedelta(days=245)),
        ("conclude", "supercomplaint.conclude", days.published_on - timedelta(days=25)),
        ("publish", "investigationreport.publish", days.published_on),
        ("await_responses", "supercomplaint.move_on", days.published_on),
        ("publish_responses", "supercomplaint.move_on", due_on + timedelta(days=47)),
        ("monitor", "supercomplaint.move_on", due_on + timedelta(days=60)),
    )
    steps = []
    for code, act, on in moves:
        row = step(made, code, on)
        row.by = inspector
        steps.append(row)
        stage.book.note(inspector, act, made, OFFICER, event=code)
    Step.objects.bulk_create(steps)


def _waiting(world: "World", cast: Cast, book: Book) -> None:
    """Write a complaint on which one authority still owes its view."""
    today = world.now.date()
    days = days_of(today - timedelta(days=16), today)
    stage = Stage(world, cast, book, days)
    facts: dict[str, object] = {
        "state": State.ACKNOWLEDGED,
        "made_on": days.received_on,
        "received_at": days.moment(days.received_on),
        "acknowledge_by_on": days.acknowledge_by_on,
        "acknowledged_at": days.moment(days.acknowledged_on, 15),
    }
    made = _complaint(stage, told.WAITING, facts)
    _submitted(stage, made)
    _views(stage, made, told.VIEWS[:2])


def _draft(world: "World", cast: Cast, book: Book) -> None:
    """Write a draft that its body has shared for a talk."""
    today = world.now.date()
    stage = Stage(world, cast, book, days_of(today, today))
    made = _complaint(stage, told.DRAFT, {"is_shared_with_authorities": True})
    body = cast.actor(people.LANTERNLIGHT)
    book.note(body, "supercomplaint.share", made, OWN, shared=True)
    _talk(stage, made, today - timedelta(days=6))
