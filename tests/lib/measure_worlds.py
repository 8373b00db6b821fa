"""Small random worlds of reports, cases and crimes in two forces, and their figures by the ORM."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from statistics import median

from fourfold.web.cases.models import (
    Assignment,
    Case,
    IncludedOffence,
    Joining,
    KnowledgeEvent,
    Occasion,
    Offence,
    Person,
    RecordedCrime,
    Report,
)
from fourfold.web.measures.rules.periods import Period
from fourfold.web.users.models import Force, Role, Team, User

START = datetime(2026, 1, 1, tzinfo=UTC)
ANSWERS = ["yes", "no", "not_known", "not_asked"]


@dataclass(frozen=True)
class People:
    """The people of a force who are needed to write records."""

    force: Force
    team: Team
    officer: User
    advocate: User


def people(force: Force, name: str) -> People:
    team = Team.objects.create(force=force, name=name)
    made = [
        User.objects.create_user(
            email=f"{role}.{name}@example.org", name=role, role=role, force=force, team=team
        )
        for role in (Role.INVESTIGATOR, Role.ADVOCATE)
    ]
    return People(force, team, *made)


def fill(given: People, seed: int, cases: int = 30) -> None:
    """Write random records of a force, some on the edges of the months."""
    chance = random.Random(seed)
    offences = list(Offence.objects.order_by("pk"))
    kinds = [
        *[each for each in offences if each.is_stalking][:2],
        *[each for each in offences if each.is_harassment][:2],
        *[each for each in offences if not each.is_stalking and not each.is_harassment][:2],
    ]
    for number in range(cases):
        case = _case(given, chance, number)
        for _ in range(chance.randrange(3)):
            _crime(given, chance, case, kinds)
        for _ in range(chance.randrange(4)):
            _report(given, chance, case)
    for _ in range(10):
        _report(given, chance, None)


def _moment(chance: random.Random) -> datetime:
    edges = [
        datetime(2026, 3, 31, 22, 59, 59, 999999, tzinfo=UTC),
        datetime(2026, 3, 31, 23, 0, tzinfo=UTC),  # midnight in the United Kingdom
        datetime(2026, 6, 30, 23, 0, tzinfo=UTC),
        datetime(2026, 6, 30, 22, 59, 59, tzinfo=UTC),
    ]
    if chance.random() < 0.3:
        return chance.choice(edges)
    return START + timedelta(minutes=chance.randrange(300 * 24 * 60))


def _case(given: People, chance: random.Random, number: int) -> Case:
    opened = _moment(chance)
    closed = opened + timedelta(hours=chance.randrange(2000)) if chance.random() < 0.5 else None
    case = Case.objects.create(
        force=given.force, team=given.team, operation_name=f"Op {number}", opened_at=opened,
        opened_by=given.officer, closed_at=closed, closed_by=given.officer if closed else None,
    )  # fmt: skip
    if chance.random() < 0.4:
        Assignment.objects.create(
            case=case, user=given.advocate, assigned_by=given.officer, from_at=opened
        )
    Assignment.objects.create(
        case=case, user=given.officer, assigned_by=given.officer, from_at=opened
    )
    for _ in range(chance.randrange(4)):
        Occasion.objects.create(
            case=case, rule="by hand", grouped_by=given.officer,
            state=chance.choice(["proposed", "confirmed", "confirmed", "dissolved"]),
        )  # fmt: skip
    if chance.random() < 0.3:
        person = Person.objects.create(case=case, key="S", role="suspect")
        KnowledgeEvent.objects.create(case=case, person=person, at=opened, by="police", how="text")
    return case


def _crime(given: People, chance: random.Random, case: Case, kinds: list[Offence]) -> None:
    crime = RecordedCrime.objects.create(
        case=case, crime_number="1/26", principal=chance.choice(kinds),
        recorded_on=chance.choice([date(2026, 3, 31), date(2026, 4, 1), date(2026, 6, 30),
                                   date(2026, 7, 1), date(2026, 5, 5)]),
        recorded_by=given.officer, harassment_reason=chance.choice(["", "one occasion"]),
    )  # fmt: skip
    for offence in chance.sample(kinds, chance.randrange(3)):
        if offence != crime.principal:
            IncludedOffence.objects.create(crime=crime, offence=offence, added_by=given.officer)


def _report(given: People, chance: random.Random, case: Case | None) -> None:
    answers = ("fixated", "obsessive", "unwanted", "repeated", "in_danger_now", "fear_of_violence")
    report = Report.objects.create(
        force=given.force, case=case, taken_by=given.officer, taken_at=_moment(chance),
        classification=chance.choice(["stalking", "stalking", "harassment", "undecided"]),
        **{name: chance.choice([*ANSWERS, "yes", "yes"]) for name in answers},
    )  # fmt: skip
    if case is not None:
        joining = Joining.objects.create(report=report, case=case, joined_by=given.officer)
        hours = chance.choice([0, 24 * 7, 24 * 7 + 1, chance.randrange(600)])
        Joining.objects.filter(pk=joining.pk).update(
            joined_at=report.taken_at + timedelta(hours=hours)
        )


def _crimes(force: Force, period: Period) -> list[RecordedCrime]:
    found = RecordedCrime.objects.filter(case__force=force).select_related("principal")
    return [
        each for each in found.prefetch_related("included")
        if period.from_on <= each.recorded_on <= period.to_on
    ]  # fmt: skip


def _reports(force: Force, period: Period) -> list[Report]:
    found = Report.objects.filter(force=force).select_related("joining")
    return [each for each in found if period.from_at <= each.taken_at < period.to_at]


def _cases(force: Force, period: Period) -> list[Case]:
    found = Case.objects.filter(force=force)
    return [each for each in found if period.from_at <= each.opened_at < period.to_at]


def _has_stalking(crime: RecordedCrime) -> bool:
    return crime.principal.is_stalking or any(each.is_stalking for each in crime.included.all())


def _share(units: Sequence[object], is_in: Callable[..., bool]) -> tuple[int, int, float | None]:
    number = sum(bool(is_in(each)) for each in units)
    return number, len(units), number / len(units) if units else None


Answer = tuple[int | None, int | None, float | None]


def by_hand(force: Force, period: Period) -> dict[str, Answer]:
    """Return every measurable figure, computed in Python from objects."""
    crimes, reports, cases = _crimes(force, period), _reports(force, period), _cases(force, period)
    stalking = [each for each in reports if each.classification == "stalking"]
    joined = [each for each in reports if hasattr(each, "joining")]
    waits = [(each.joining.joined_at - each.taken_at).total_seconds() / 86400 for each in joined]
    twice = [c for c in cases if c.occasions.filter(state="confirmed").count() >= 2]
    harassment = [c for c in crimes if c.principal.is_harassment and not _has_stalking(c)]
    four = ("fixated", "obsessive", "unwanted", "repeated")
    lives = [(case.opened_at, case.closed_at) for case in Case.objects.filter(force=force)]
    open_days = [
        (closed - opened).total_seconds() / 86400
        for opened, closed in lives
        if closed is not None and period.from_at <= closed < period.to_at
    ]
    return {
        "stalking-as-principal": _share(crimes, lambda c: c.principal.is_stalking),
        "stalking-as-included": _share(
            crimes, lambda c: _has_stalking(c) and not c.principal.is_stalking
        ),
        "included-offences-recorded": _share(crimes, lambda c: bool(c.included.all())),
        "stalking-probably-missed": _share(
            twice, lambda c: not any(_has_stalking(crime) for crime in c.crimes.all())
        ),
        "harassment-with-reason": _share(harassment, lambda c: c.harassment_reason != ""),
        "four-asked": _share(
            reports, lambda r: all(getattr(r, name) != "not_asked" for name in four)
        ),
        "danger-asked": _share(
            reports, lambda r: "not_asked" not in (r.in_danger_now, r.fear_of_violence)
        ),
        "stalking-reports": (len(stalking), None, float(len(stalking))),
        "reports-joined": _share(
            stalking,
            lambda r: hasattr(r, "joining")
            and r.joining.joined_at - r.taken_at <= timedelta(days=7),
        ),
        "reports-linked": _share(
            stalking,
            lambda r: r.case is not None
            and r.case.reports.filter(taken_at__lt=r.taken_at).exists(),
        ),
        "days-report-to-case": (None, len(waits), round(median(waits), 4) if waits else None),
        "advocate-assigned": _share(
            cases, lambda c: c.assignments.filter(user__role=Role.ADVOCATE).exists()
        ),
        "knowledge-recorded": _share(cases, lambda c: c.knowledge_events.exists()),
        "days-case-open": (
            None, len(open_days), round(median(open_days), 4) if open_days else None,
        ),
    }  # fmt: skip
