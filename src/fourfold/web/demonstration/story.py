"""Forty invented cases from one seed: who, which numbers, what was reported, what happened."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product
from random import Random
from typing import Final

from fourfold.demo_case import world
from fourfold.web.cases.actions.acts import ActFacts
from fourfold.web.cases.models import Report
from fourfold.web.cases.models.answers import Answer
from fourfold.web.demonstration import acts, people

SEED: Final = 7
ACTS: Final = 600
DAYS: Final = 330
MAIN: Final = "Op Teasel"  # the case whose exhibits are the engine's demonstration case
SEALED: Final = "Op Bracken"
CONFLICTED: Final = "Op Lantern"
FORCED_OPEN: Final = "Op Cartwheel"
CONTINUES: Final = ("Op Sundial", "Op Slate")

MAIN_NAMES: Final = (world.NAMES[world.SUSPECT], world.NAMES[world.VICTIM])
Relationship = Report.Relationship
RELATIONSHIPS: Final = (
    *[Relationship.FORMER_PARTNER] * 6, Relationship.ACQUAINTANCE, Relationship.STRANGER,
    Relationship.NOT_KNOWN, Relationship.FAMILY,
)  # fmt: skip
OPENINGS: Final = (
    "It has been going on since I ended it. I thought it would stop by itself.",
    "I have told him to leave me alone and it gets worse each time.",
    "I do not know who it is, but they know everything about my day.",
    "It is small things. Each one sounds silly when I say it.",
    "I reported this in the spring and was told to block the number. I did.",
    "I have kept a list. I can send you all of it.",
)
STREETS: Final = ("Marl Lane", "Sedge Close", "Tannery Row", "Wharf Street", "Old Kiln Road")


@dataclass(frozen=True)
class Told:
    """An identifier told: kind, text, whose (suspect or victim), whether it keeps her safe."""

    kind: str
    text: str
    whose: str
    is_sensitive: bool = False


@dataclass(frozen=True)
class ToldReport:
    """A report: when, in which words, with which answers and identifiers."""

    at: datetime
    words: str
    effect: str
    answers: tuple[str, str, str, str]
    relationship: str
    told: tuple[Told, ...]
    classification: str = Report.Classification.STALKING
    by_victim: bool = True
    channel: str = Report.Channel.CALL


@dataclass(frozen=True)
class CaseStory:
    """A case as it will be recorded."""

    operation_name: str
    force: int
    team: int
    opened_at: datetime
    suspect: str
    victim: str
    relationship: str
    told: tuple[Told, ...]
    reports: tuple[ToldReport, ...]
    acts: tuple[ActFacts, ...]
    is_closed: bool = False
    is_sealed: bool = False
    knowledge: tuple[datetime, ...] = ()
    is_harassment: bool = False


MAIN_TOLD: Final = (
    Told("name", MAIN_NAMES[0], "suspect"),
    Told("name", MAIN_NAMES[1], "victim"),
    Told("phone", f"+{world.S1}", "suspect"),
    Told("phone", f"+{world.V1}", "victim"),
    Told("vehicle", world.PLATE, "suspect"),
)


class Numbers:
    """Hands out fictional numbers, each once: Ofcom's drama ranges, plates of no year."""

    def __init__(self, rng: Random) -> None:
        self.phones = iter(rng.sample(range(100), 90))  # 07700 900 600 to 699
        self.plates = (f"{a}{b}00 {c}{d}X" for a, b, c, d in product("TQ", "XZ", "BDFGH", "KLMNP"))
        self.houses = iter(rng.sample(range(2, 199), 120))
        self.rng = rng

    def phone(self) -> str:
        """Return a mobile number of the drama range."""
        return f"07700 9006{next(self.phones):02d}"

    def vehicle(self) -> str:
        """Return a registration with the year code 00, which was never issued."""
        return next(self.plates)

    def address(self) -> str:
        """Return an address with a postcode area that does not exist."""
        house = next(self.houses)
        return f"{house} {self.rng.choice(STREETS)}, ZZ{house % 9 + 1} {house % 8 + 1}ZZ"


def cases(now: datetime, seed: int = SEED) -> list[CaseStory]:
    """Return forty cases with six hundred acts; the same for a seed and a moment."""
    rng = Random(seed)  # noqa: S311 - repeatable, not secret
    pool = Pool(rng, now, Numbers(rng), _names(rng))
    force_of = [0] * people.FORCES[0].case_count + [1] * people.FORCES[1].case_count
    operations = [MAIN, *(f"Op {word}" for word in people.OPERATIONS)][: len(force_of)]
    counts = _shares(rng, len(operations))
    return [
        _case(pool, operation, force, count)
        for operation, force, count in zip(operations, force_of, counts, strict=True)
    ]


@dataclass(frozen=True)
class Pool:
    """What the cases are drawn from."""

    rng: Random
    now: datetime
    numbers: Numbers
    names: Iterator[str]


def _names(rng: Random) -> Iterator[str]:
    pairs = list(product(people.FIRST_NAMES, people.LAST_NAMES))
    rng.shuffle(pairs)
    return (f"{first} {last}" for first, last in pairs)


def _shares(rng: Random, parts: int) -> list[int]:
    """Share the acts out unevenly: some cases hold a few, some very many."""
    weights = [min(rng.paretovariate(1.3), 9.0) for _ in range(parts)]
    shares = [max(2, int(ACTS * weight / sum(weights))) for weight in weights]
    index = 0
    while sum(shares) != ACTS:
        step = 1 if sum(shares) < ACTS else -1
        if shares[index % parts] + step >= 2:
            shares[index % parts] += step
        index += 1
    return shares


def _case(pool: Pool, operation: str, force: int, act_count: int) -> CaseStory:
    rng, now = pool.rng, pool.now
    teams = len(people.FORCES[force].teams)
    team = 0 if operation in (MAIN, CONFLICTED) else rng.randrange(teams)
    team = {CONFLICTED: 1, FORCED_OPEN: 1, SEALED: 2}.get(operation, team)
    began = now - timedelta(days=rng.randrange(40, DAYS), hours=rng.randrange(24))
    span = (now - began) * rng.uniform(0.5, 0.97)
    told = _told(rng, pool.numbers, suspect=next(pool.names), victim=next(pool.names))
    told = MAIN_TOLD if operation == MAIN else told
    moments = sorted(began + span * rng.random() for _ in range(act_count))
    first_report_at = began + span * rng.uniform(0.3, 0.6)
    relationship = rng.choice(RELATIONSHIPS)
    reports = _reports(rng, first_report_at, now, told, relationship)
    warned = first_report_at - timedelta(days=rng.randrange(2, 25))
    return CaseStory(
        operation_name=operation,
        force=force,
        team=team,
        opened_at=first_report_at + timedelta(hours=rng.randrange(1, 40)),
        suspect=told[0].text,
        victim=told[1].text,
        relationship=relationship,
        told=told,
        reports=reports,
        acts=tuple(_burst(rng, moments)),
        is_closed=rng.random() < 0.12 and operation not in (MAIN, SEALED, CONFLICTED, FORCED_OPEN),
        is_sealed=operation == SEALED,
        knowledge=(warned, first_report_at + timedelta(days=3))[: rng.choice((1, 2, 2))],
        is_harassment=rng.random() < 0.12,
    )


def _burst(rng: Random, moments: list[datetime]) -> Iterator[ActFacts]:
    """Let a third of the acts stand within hours of the one before: one occasion."""
    last = moments[0]
    for moment in moments:
        is_close = rng.random() < 0.33
        at = last + timedelta(minutes=rng.randrange(3, 150)) if is_close else moment
        last = at.replace(second=0, microsecond=0)
        yield acts.facts(rng, last)


def _told(rng: Random, numbers: Numbers, *, suspect: str, victim: str) -> tuple[Told, ...]:
    told = [
        Told("name", suspect, "suspect"),
        Told("name", victim, "victim"),
        Told("phone", numbers.phone(), "suspect"),
        Told("phone", numbers.phone(), "victim", is_sensitive=rng.random() < 0.3),
        Told("address", numbers.address(), "victim", is_sensitive=rng.random() < 0.4),
    ]
    if rng.random() < 0.6:
        told.append(Told("vehicle", numbers.vehicle(), "suspect"))
    if rng.random() < 0.5:
        told.append(Told("address", numbers.address(), "suspect"))
    if rng.random() < 0.6:
        handle = suspect.split(maxsplit=1)[0].lower() + str(rng.randrange(100, 999))
        told.append(Told("account", f"instagram.com/{handle}", "suspect"))
    if rng.random() < 0.4:
        told.append(Told("email", suspect.replace(" ", ".").lower() + "@example.org", "suspect"))
    return tuple(told)


def _reports(
    rng: Random, first_at: datetime, now: datetime, told: tuple[Told, ...], relationship: str
) -> tuple[ToldReport, ...]:
    count = rng.choice((1, 1, 2, 2, 3))
    span = (now - first_at) * 0.9
    moments = sorted([first_at, *(first_at + span * rng.random() for _ in range(count - 1))])
    return tuple(report(rng, moment, told, relationship) for moment in moments)


def report(
    rng: Random, at: datetime, told: tuple[Told, ...], relationship: str, **more: str
) -> ToldReport:
    """Return a report in which at least the two names and the suspect's number are told."""
    some = told[:3] + tuple(each for each in told[3:] if rng.random() < 0.6)
    answers = tuple(rng.choice(acts.ANSWERS) for _ in range(3))
    return ToldReport(
        at=at,
        words=rng.choice(OPENINGS),
        effect=rng.choice(acts.EFFECTS),
        answers=(answers[0], answers[1], Answer.YES, answers[2]),
        relationship=relationship,
        told=some,
        by_victim=rng.random() < 0.9,
        channel=rng.choice(Report.Channel.values),
        **more,
    )


def unjoined(rng: Random, now: datetime, told: list[CaseStory]) -> list[tuple[int, ToldReport]]:
    """Return reports that belong to no case yet: some match a case, some match each other."""
    undecided = Report.Classification.UNDECIDED
    found = []
    for number, case in enumerate(told[1:6], start=1):
        at = now - timedelta(days=number, hours=rng.randrange(20))
        facts = report(rng, at, case.told, case.relationship, classification=undecided)
        found.append((case.force, facts))
    pair = (
        Told("name", "Unknown caller", "suspect"),
        Told("name", "Briar Halfpenny", "victim"),
        Told("phone", "07700 900790", "suspect"),
        Told("vehicle", "QX00 ZZX", "suspect"),
    )
    for days in (61, 19, 2):
        at = now - timedelta(days=days)
        facts = report(rng, at, pair, Relationship.STRANGER, classification=undecided)
        found.append((0, facts))
    return found
