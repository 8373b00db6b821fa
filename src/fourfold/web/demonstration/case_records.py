"""Reports, cases, people, identifiers, crimes and clocks of the invented world, in bulk."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from fourfold.web.cases.models import (
    Assignment,
    Attribution,
    Case,
    Identifier,
    IncludedOffence,
    Joining,
    Offence,
    Person,
    RecordedCrime,
    Report,
    ReportIdentifier,
)
from fourfold.web.cases.models.answers import Strength
from fourfold.web.demonstration import story
from fourfold.web.demonstration.story import CaseStory, ToldReport
from fourfold.web.demonstration.writing import Book, create
from fourfold.web.exhibits.models import ExpiryClock
from fourfold.web.users.identifiers import normalise
from fourfold.web.users.models import Role, User

if TYPE_CHECKING:
    from fourfold.web.demonstration.seeding import World

CLOSING = "Suspect charged; the file is with the prosecutor."
HARASSMENT = "The acts asked about stand alone; fixation and repetition were asked and answered no."
CLOCKS = (  # what somebody else holds, and for about how many days; the lives are examples
    ("CCTV of the bus company", 14),
    ("Doorbell camera, kept by its service", 30),
    ("Shop CCTV", 31),
    ("Account log of an online service", 90),
    ("Call records of the network", 365),
)
TELLERS = (("victim", "by text message"), ("police", "in person, a first instance warning"))


@dataclass(frozen=True)
class Opened:
    """A case with those who carry it: its story, its two people."""

    case: Case
    story: CaseStory
    officers: tuple[User, ...]
    supervisor: User
    suspect: Person
    victim: Person


def write(world: "World", stories: Sequence[CaseStory], book: Book) -> list[Opened]:
    """Write everything of a case that is not an act; note it for the ledger."""
    cases = create(
        Case,
        [_case(world, each) for each in stories],
        [_officers(world, each)[0] for each in stories],
    )
    people = _people(world, stories, cases)
    opened = [
        Opened(case, each, _officers(world, each), case.opened_by, *people[case.pk])
        for case, each in zip(cases, stories, strict=True)
    ]
    _continue(opened)
    _reports(world, opened, book)
    _assignments(world, opened, book)
    _identifiers(opened, book)
    _crimes(world, opened, book)
    _clocks(world, opened)
    return opened


def _officers(world: "World", told: CaseStory) -> tuple[User, ...]:
    team = world.teams[told.force][told.team]
    found = world.of_role(told.force, Role.INVESTIGATOR, team)
    return tuple(found or world.of_role(told.force, Role.INVESTIGATOR))


def _case(world: "World", told: CaseStory) -> Case:
    team = world.teams[told.force][told.team]
    supervisor = world.first(told.force, Role.SUPERVISOR, team)
    closed_at = world.now - timedelta(days=3) if told.is_closed else None
    return Case(
        force=world.forces[told.force],
        team=team,
        operation_name=told.operation_name,
        state=Case.State.CLOSED if told.is_closed else Case.State.OPEN,
        is_sealed=told.is_sealed,
        opened_by=supervisor,
        opened_at=told.opened_at,
        closed_by=supervisor if told.is_closed else None,
        closed_at=closed_at,
        closing_reason=CLOSING if told.is_closed else "",
    )


def _continue(opened: Sequence[Opened]) -> None:
    named = {each.case.operation_name: each.case for each in opened}
    later, earlier = (named[name] for name in story.CONTINUES)
    later.continues = earlier
    later.continues_reason = (
        "The same suspect and victim after five quiet months. Treated as one course of conduct "
        "because the messages speak of the earlier case."
    )
    later.save()


def _people(
    world: "World", stories: Sequence[CaseStory], cases: Sequence[Case]
) -> dict[int, tuple[Person, Person]]:
    records, actors = [], []
    for told, case in zip(stories, cases, strict=True):
        officer = _officers(world, told)[0]
        words = told.relationship.replace("_", " ")
        records += [
            Person(case=case, key="S", role=Person.Role.SUSPECT, name=told.suspect,
                   relationship=words),
            Person(case=case, key="V", role=Person.Role.VICTIM, name=told.victim),
        ]  # fmt: skip
        actors += [officer, officer]
    made = create(Person, records, actors)
    return {made[at].case_id: (made[at], made[at + 1]) for at in range(0, len(made), 2)}


def _reports(world: "World", opened: Sequence[Opened], book: Book) -> None:
    told: list[tuple[int, ToldReport, Opened | None]] = [
        (each.story.force, report, each) for each in opened for report in each.story.reports
    ]
    loose = story.unjoined(world.rng, world.now, [each.story for each in opened])
    told += [(force, report, None) for force, report in loose]
    told.sort(key=lambda item: item[1].at)
    takers = [
        each.officers[0] if each else world.first(force, Role.INVESTIGATOR)
        for force, _, each in told
    ]
    made = create(
        Report,
        [
            _report(world, taker, report, each)
            for taker, (_, report, each) in zip(takers, told, strict=True)
        ],
        takers,
    )
    create(
        ReportIdentifier,
        [
            ReportIdentifier(
                report=report,
                whose=each.whose,
                kind=each.kind,
                text=each.text,
                normalised=normalise(each.kind, each.text),
                is_sensitive=each.is_sensitive,
            )
            for report, (_, facts, _) in zip(made, told, strict=True)
            for each in facts.told
        ],
    )
    for report, taker in zip(made, takers, strict=True):
        book.note(taker, "report.take", report, "own-force")
    _joinings(opened, made, book)


def _report(world: "World", taker: User, told: ToldReport, opened: Opened | None) -> Report:
    fixated, obsessive, unwanted, repeated = told.answers
    return Report(
        force=taker.force,
        case=opened.case if opened else None,
        taken_by=taker,
        taken_at=told.at,
        channel=told.channel,
        is_by_victim=told.by_victim,
        victim_words=told.words,
        effect_words=told.effect,
        fixated=fixated,
        obsessive=obsessive,
        unwanted=unwanted,
        repeated=repeated,
        in_danger_now="no",
        relationship=told.relationship,
        classification=told.classification,
    )


def _joinings(opened: Sequence[Opened], reports: Sequence[Report], book: Book) -> None:
    by_case = {each.case.pk: each for each in opened}
    seen: set[int] = set()
    joined = []
    for report in reports:
        if report.case_id is None:
            continue
        each = by_case[report.case_id]
        if report.case_id not in seen:  # the case was opened from it
            seen.add(report.case_id)
            joined.append(Joining(report=report, case=each.case, joined_by=each.officers[0]))
            book.note(each.officers[0], "report.open_case", each.case, "own-force")
            continue
        joined.append(
            Joining(
                report=report,
                case=each.case,
                reasons=[{"kind": "phone", "whose": "suspect"}],
                words="The suspect's number is the same.",
                joined_by=each.officers[0],
            )
        )
        book.note(each.officers[0], "report.join", report, "assigned")
    create(Joining, joined)


def _assignments(world: "World", opened: Sequence[Opened], book: Book) -> None:
    records, actors = [], []
    for number, each in enumerate(opened):
        force = each.story.force
        chosen = [(user, "Carries the case") for user in each.officers[: 1 + number % 2]]
        if each.case.operation_name == story.MAIN or number % 2:
            chosen.append((world.first(force, Role.ADVOCATE), "The victim agreed on the phone"))
        if each.case.operation_name == story.MAIN or number % 3 == 0:
            chosen.append((world.first(force, Role.ANALYST), "Call data and downloads"))
        for user, words in chosen:
            records.append(
                Assignment(case=each.case, user=user, assigned_by=each.supervisor,
                           from_at=each.case.opened_at, words=words)
            )  # fmt: skip
            actors.append(each.supervisor)
            book.note(each.supervisor, "case.assign", each.case, "team-supervisor", user=user.ref)
    create(Assignment, records, actors)


def _identifiers(opened: Sequence[Opened], book: Book) -> None:
    records = [
        (
            each,
            told.whose,
            Identifier(
                case=each.case,
                kind=told.kind,
                text=told.text,
                normalised=normalise(told.kind, told.text),
                is_sensitive=told.is_sensitive,
            ),
        )
        for each in opened
        for told in each.story.told
    ]
    actors = [each.officers[0] for each, _, _ in records]
    made = create(Identifier, [record for _, _, record in records], actors)
    attributions = []
    for (each, whose, _), identifier in zip(records, made, strict=True):
        book.note(each.officers[0], "identifier.add", identifier, kind=identifier.kind)
        attributions.append(
            Attribution(
                identifier=identifier,
                person=each.suspect if whose == "suspect" else each.victim,
                from_at=each.case.opened_at - timedelta(days=60),
                basis="Told by the victim when reporting",
                strength=Strength.ASSUMED if whose == "suspect" else Strength.ACCEPTED,
            )
        )
    for (each, _, _), attribution in zip(
        records, create(Attribution, attributions, actors), strict=True
    ):
        book.note(each.officers[0], "attribution.add", attribution)
    for each in opened:
        for person in (each.suspect, each.victim):
            book.note(each.officers[0], "person.add", person, role=person.role)


def _crimes(world: "World", opened: Sequence[Opened], book: Book) -> None:
    offences = list(Offence.objects.filter(jurisdiction="england-and-wales", to_on=None))
    stalking = [offence for offence in offences if offence.is_stalking]
    harassment = [offence for offence in offences if offence.is_harassment]
    others = [o for o in offences if not o.is_stalking and not o.is_harassment]
    records, actors = [], []
    for number, each in enumerate(opened):
        told = each.story
        if number % 7 == 6:  # not recorded yet: the page says so
            continue
        of_lesser = told.is_harassment and harassment
        records.append(
            RecordedCrime(
                case=each.case,
                crime_number=f"DEMO/{told.opened_at:%y}/{10_000 + number * 37}",
                principal=world.rng.choice(harassment if of_lesser else stalking),
                recorded_on=told.opened_at.date(),
                recorded_by=each.officers[0],
                harassment_reason=HARASSMENT if of_lesser else "",
            )
        )
        actors.append(each.officers[0])
    made = create(RecordedCrime, records, actors)
    inclusions = []
    for crime, actor in zip(made, actors, strict=True):
        book.note(actor, "crime.add", crime)
        # Stalking that stands inside another recorded crime is what recommendation 7 wants found.
        pool = [o for o in (*others, *stalking) if o.pk != crime.principal_id]
        chosen = world.rng.sample(pool, world.rng.choice((0, 1, 1, 2)))
        inclusions += [
            IncludedOffence(crime=crime, offence=offence, added_by=actor) for offence in chosen
        ]
    create(IncludedOffence, inclusions)


def _clocks(world: "World", opened: Sequence[Opened]) -> None:
    records, actors = [], []
    for each in opened:
        if each.story.is_closed:
            continue
        for source, days in world.rng.sample(CLOCKS, world.rng.choice((1, 2, 2, 3))):
            records.append(_clock(world, each, source, days))
            actors.append(each.officers[0])
    create(ExpiryClock, records, actors)


def _clock(world: "World", each: Opened, source: str, days: int) -> ExpiryClock:
    counted = world.now.date() - timedelta(days=world.rng.randrange(0, days))
    state = world.rng.choice(("to_ask", "to_ask", "asked", "received", "waived"))
    was_asked = state in ("asked", "received")
    return ExpiryClock(
        case=each.case,
        source=source,
        typical_life_days=days,
        counted_from_on=counted,
        ask_by_on=counted + timedelta(days=days),
        state=state,
        asked_of="The holder's evidence desk" if was_asked else "",
        asked_by=each.officers[0] if was_asked else None,
        asked_at=world.now - timedelta(days=1) if was_asked else None,
        received_at=world.now - timedelta(hours=5) if state == "received" else None,
        reason="The same view is on another camera." if state == "waived" else "",
    )


def tellings(world: "World", each: Opened) -> Iterator[tuple[str, str]]:
    """Yield who told the suspect, and how, for each knowledge event of a case."""
    yield from TELLERS[: len(each.story.knowledge)]
