"""Fill an empty instance with 10,000 cases and 600,000 acts, in bulk, on either database.

    FOURFOLD_HOME=/tmp/big python benchmarks/seed_workspace.py
    FOURFOLD_HOME=/tmp/big FOURFOLD_DATABASE=postgresql://... python benchmarks/seed_workspace.py

Everything is invented. Versions are written for cases and reports, not for each act; the ledger
gets `--looks` entries. Prints how long each table took.
"""

import argparse
import json
import os
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import islice
from random import Random
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fourfold.web.config.settings")

import django

django.setup()

from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from fourfold.web.accountability import context, ledger
from fourfold.web.base.models import Instance
from fourfold.web.base.references import new_reference
from fourfold.web.cases.actions.acts import values_of
from fourfold.web.cases.models import (
    Act,
    ActSource,
    Assignment,
    Attribution,
    Case,
    Identifier,
    IncludedOffence,
    KnowledgeEvent,
    Occasion,
    Offence,
    Person,
    RecordedCrime,
    Report,
    ReportIdentifier,
    SearchDocument,
)
from fourfold.web.cases.search import documents, index
from fourfold.web.cases.search.words import index_words, stem
from fourfold.web.config import instance
from fourfold.web.demonstration import acts as invented
from fourfold.web.demonstration import people
from fourfold.web.demonstration.writing import create
from fourfold.web.exhibits.models import ExpiryClock
from fourfold.web.users.identifiers import normalise
from fourfold.web.users.models import Force, Role, Team, User

FORCES, TEAMS, INVESTIGATORS = 4, 5, 8
BATCH = 2_000
ACT_TEXTS = (
    "effect_words", "fear_of_violence", "alarm", "distress", "precision", "when_text", "codes",
    "means", "place_text", "actor_kind", "proxy_basis", "target", "summary", "state",
    "state_reason", "distinct_from",
)  # fmt: skip
ACT_FIELDS = (
    "ref", "created_at", "case", "added_by", "occasion", "occurred_from_at", "victim_words",
    *ACT_TEXTS,
)  # fmt: skip
SOURCE_FIELDS = (
    "act", "kind", "run_ref", "trace_code", "row_ids", "words", "added_by", "added_at",
)  # fmt: skip
DOCUMENT_FIELDS = ("force", "case", "kind", "subject_ref", "words")
ROLES = (
    Role.SINGLE_POINT_OF_CONTACT, Role.ADVOCATE, Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR,
)  # fmt: skip
PLACES = ("lane", "bridge", "market", "school", "garage", "harbour", "library", "station", "park")


def chunks(records: Iterable[Any], size: int = 20_000) -> Iterator[list[Any]]:
    source = iter(records)
    while batch := list(islice(source, size)):
        yield batch


def write(model: type[Model], records: Iterable[Any]) -> int:
    """Write records as they come; return how many."""
    began, count = time.perf_counter(), 0
    for batch in chunks(records):
        model._default_manager.bulk_create(batch, batch_size=BATCH)
        count += len(batch)
    print(f"  {model.__name__:<18}{count:>9,}  {time.perf_counter() - began:6.1f} s", flush=True)
    return count


def pour(model: type[Model], fields: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> None:
    """Write rows past the models: for the few tables that hold hundreds of thousands."""
    began, count = time.perf_counter(), 0
    columns = [model._meta.get_field(name).column for name in fields]
    names = ", ".join(f'"{column}"' for column in columns)
    table = model._meta.db_table
    with connection.cursor() as cursor:
        for batch in chunks(rows):
            if connection.vendor == "sqlite":
                marks = ", ".join("?" * len(columns))
                statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"
                plain = [tuple(map(_plain, row)) for row in batch]
                connection.connection.executemany(statement, plain)
            else:
                with cursor.cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                    for row in batch:
                        copy.write_row(row)
            count += len(batch)
    print(f"  {model.__name__:<18}{count:>9,}  {time.perf_counter() - began:6.1f} s", flush=True)


def _plain(value: Any) -> Any:
    """Return a value as Django keeps it in SQLite: moments in UTC without their zone."""
    return value.strftime("%Y-%m-%d %H:%M:%S") if isinstance(value, datetime) else value


class World:
    """The cast and the clock."""

    def __init__(self, cases: int, acts_per_case: int) -> None:
        self.rng = Random(1)
        self.now = timezone.now().replace(microsecond=0)
        self.case_count, self.acts_per_case = cases, acts_per_case
        self.teams: list[Team] = []
        self.officers: dict[int, list[User]] = {}
        self.supervisors: dict[int, User] = {}

    def people(self) -> None:
        for number in range(FORCES):
            force = Force.objects.create(
                name=f"Invented Force {number + 1}", contact="01632 960100"
            )
            everybody = [self.user(force, None, role, 0) for role in ROLES]
            for team_number in range(TEAMS):
                team = Team.objects.create(force=force, name=f"Team {team_number + 1}")
                self.teams.append(team)
                self.officers[team.pk] = [
                    self.user(force, team, Role.INVESTIGATOR, at) for at in range(INVESTIGATORS)
                ]
                self.supervisors[team.pk] = self.user(force, team, Role.SUPERVISOR, 0)
                everybody += [*self.officers[team.pk], self.supervisors[team.pk]]
            create(User, everybody)

    def user(self, force: Force, team: Team | None, role: str, number: int) -> User:
        place = f"{force.pk}.{team.pk if team else 0}"
        user = User(
            email=f"{role}.{place}.{number}@example.org",
            name=f"{role} {place}.{number}".replace("_", " ").title(),
            role=role, force=force, team=team,
        )  # fmt: skip
        user.set_unusable_password()
        return user

    def cases(self) -> list[Case]:
        made = []
        for number in range(self.case_count):
            team = self.teams[number % len(self.teams)]
            opened_at = self.now - timedelta(days=self.rng.randrange(1, 900), minutes=number % 1440)
            is_closed = self.rng.random() < 0.25
            made.append(
                Case(
                    force_id=team.force_id, team=team,
                    operation_name=f"Op {self.rng.choice(people.OPERATIONS)} {number}",
                    opened_by=self.supervisors[team.pk], opened_at=opened_at,
                    state="closed" if is_closed else "open",
                    closed_by=self.supervisors[team.pk] if is_closed else None,
                    closed_at=self.now if is_closed else None,
                    closing_reason="Charged." if is_closed else "",
                    is_sealed=number % 200 == 7,
                )
            )  # fmt: skip
        began = time.perf_counter()
        for batch in chunks(made, 2_000):
            create(Case, batch)
        print(f"  {'Case':<18}{len(made):>9,}  {time.perf_counter() - began:6.1f} s (versions too)")
        return made

    def officer(self, case: Case) -> User:
        team = self.officers[case.team_id]
        return team[case.pk % len(team)]

    def name(self) -> str:
        rng = self.rng
        return f"{rng.choice(people.FIRST_NAMES)} {rng.choice(people.LAST_NAMES)}"

    def identifiers(self, cases: list[Case]) -> Iterator[Identifier]:
        for case in cases:
            for kind, text in self.told(case.pk):
                yield Identifier(case=case, kind=kind, text=text, normalised=normalise(kind, text))

    def told(self, number: int) -> list[tuple[str, str]]:
        letters = "BCDFGHJKLMNPRSTVWXZ"
        a, b, c, d = (letters[(number // 19**at) % 19] for at in range(4))
        return [
            ("phone", f"+44 7700 900{number % 1000:03d}"),
            ("vehicle", f"{a}{b}00 {c}{d}X"),
            (
                "address",
                f"{number % 180 + 1} {PLACES[number % 9].title()} Row, ZZ{number % 9 + 1} 1ZZ",
            ),
            ("account", f"instagram.com/invented{number}"),
            ("email", f"case{number}@example.org"),
        ]

    def acts(self, cases: list[Case], occasions: dict[int, list[int]]) -> Iterator[tuple[Any, ...]]:
        rng = self.rng
        kinds = [self.kind(invented.facts(rng, self.now)) for _ in range(500)]
        for case in cases:
            own = occasions[case.pk]
            for number in range(self.acts_per_case):
                minutes = rng.randrange(60, 400 * 1440) // (1 + number % 3)
                words, values = kinds[rng.randrange(len(kinds))]
                place = number // 3
                yield (
                    new_reference("A"), self.now, case.pk, case.opened_by_id,
                    own[place] if place < len(own) else None,
                    case.opened_at - timedelta(minutes=minutes),
                    f"{words} By the {rng.choice(PLACES)}, {rng.choice(PLACES)} side.", *values,
                )  # fmt: skip

    def kind(self, facts: invented.ActFacts) -> tuple[str, tuple[Any, ...]]:
        values = values_of(facts)
        values |= {"codes": json.dumps(values["codes"]), "state": "standing", "state_reason": ""}
        values["distinct_from"] = "[]"
        return facts.victim_words, tuple(str(values[name]) for name in ACT_TEXTS)


def fill(world: World, looks: int) -> None:
    """Write every table."""
    world.people()
    cases = world.cases()
    write(Assignment, assignments(world, cases))
    write(Person, two_people(world, cases))
    write(Identifier, world.identifiers(cases))
    write(Attribution, attributions())
    write(Report, reports(world, cases))
    write(ReportIdentifier, report_identifiers(world))
    write(KnowledgeEvent, knowledge(world))
    write(RecordedCrime, crimes(world, cases))
    write(IncludedOffence, inclusions(world))
    write(ExpiryClock, clocks(world, cases))
    write(Occasion, occasions(world, cases))
    own: dict[int, list[int]] = {case.pk: [] for case in cases}
    for pk, case in Occasion.objects.order_by("pk").values_list("pk", "case"):
        own[case].append(pk)
    pour(Act, ACT_FIELDS, world.acts(cases, own))
    pour(ActSource, SOURCE_FIELDS, sources(world))
    timed("search documents", fill_search)
    timed(f"{looks:,} looks", lambda: look(world, cases, looks))


def assignments(world: World, cases: list[Case]) -> Iterator[Assignment]:
    advocates = {u.force_id: u for u in User.objects.filter(role=Role.ADVOCATE)}
    for case in cases:
        users = [world.officer(case)]
        if case.pk % 3 == 0:
            users.append(advocates[case.force_id])
        for user in users:
            yield Assignment(
                case=case, user=user, assigned_by_id=case.opened_by_id, from_at=case.opened_at
            )


def two_people(world: World, cases: list[Case]) -> Iterator[Person]:
    for case in cases:
        yield Person(case=case, key="S", role="suspect", name=world.name())
        yield Person(case=case, key="V", role="victim", name=world.name())


def attributions() -> Iterator[Attribution]:
    suspects = dict(Person.objects.filter(key="S").values_list("case", "pk"))
    for pk, case in Identifier.objects.values_list("pk", "case").iterator():
        yield Attribution(
            identifier_id=pk, person_id=suspects[case], basis="Told by the victim",
            strength="assumed",
        )  # fmt: skip


def reports(world: World, cases: list[Case]) -> Iterator[Report]:
    words = ("It has been going on for months.", "I told him to stop.", "I have kept a list.")
    for number in range(len(cases) * 2):
        case = cases[number % len(cases)]
        is_joined = number < len(cases) * 1.7
        yield Report(
            force_id=case.force_id, case=case if is_joined else None,
            taken_by=world.officer(case), taken_at=case.opened_at - timedelta(hours=number % 90),
            victim_words=f"{world.rng.choice(words)} Near the {world.rng.choice(PLACES)}.",
            unwanted="yes", repeated="yes", fixated=world.rng.choice(invented.ANSWERS),
            relationship="former_partner",
            classification=world.rng.choice(("stalking", "undecided", "harassment")),
        )  # fmt: skip


def report_identifiers(world: World) -> Iterator[ReportIdentifier]:
    for pk in Report.objects.values_list("pk", flat=True).iterator():
        for kind, text in world.told(pk % world.case_count)[:3]:
            yield ReportIdentifier(
                report_id=pk, whose="suspect", kind=kind, text=text,
                normalised=normalise(kind, text),
            )  # fmt: skip


def knowledge(world: World) -> Iterator[KnowledgeEvent]:
    for pk, case in Person.objects.filter(key="S").values_list("pk", "case").iterator():
        yield KnowledgeEvent(
            case_id=case, person_id=pk, at=world.now - timedelta(days=case % 500), by="victim",
            how="by text message", words="Please stop.",
        )  # fmt: skip


def crimes(world: World, cases: list[Case]) -> Iterator[RecordedCrime]:
    offences = list(Offence.objects.filter(jurisdiction="england-and-wales", to_on=None))
    for case in cases:
        yield RecordedCrime(
            case=case, crime_number=f"BIG/{case.pk}", principal=world.rng.choice(offences),
            recorded_on=case.opened_at.date(), recorded_by=world.officer(case),
        )  # fmt: skip


def inclusions(world: World) -> Iterator[IncludedOffence]:
    offences = list(Offence.objects.filter(jurisdiction="england-and-wales", to_on=None))
    crimes = RecordedCrime.objects.values_list("pk", "principal", "recorded_by").iterator()
    for pk, principal, actor in crimes:
        offence = offences[pk % len(offences)]
        if offence.pk != principal:
            yield IncludedOffence(crime_id=pk, offence=offence, added_by_id=actor)


def clocks(world: World, cases: list[Case]) -> Iterator[ExpiryClock]:
    for case in cases:
        ask_by = world.now.date() + timedelta(days=case.pk % 60 - 30)
        yield ExpiryClock(
            case=case, source="Shop CCTV", typical_life_days=31, ask_by_on=ask_by,
            counted_from_on=ask_by - timedelta(days=31), state="to_ask" if case.pk % 3 else "asked",
        )  # fmt: skip


def occasions(world: World, cases: list[Case]) -> Iterator[Occasion]:
    for case in cases:
        for number in range(world.acts_per_case // 4):
            is_confirmed = number % 3 != 2
            yield Occasion(
                case=case, rule="same-day-4-hours", grouped_by_id=case.opened_by_id,
                state="confirmed" if is_confirmed else "proposed",
                confirmed_by_id=case.opened_by_id if is_confirmed else None,
                confirmed_at=world.now if is_confirmed else None,
            )  # fmt: skip


def sources(world: World) -> Iterator[tuple[Any, ...]]:
    acts = Act.objects.order_by("pk").values_list("pk", "added_by").iterator(chunk_size=20_000)
    for pk, actor in acts:
        yield pk, "statement", "", "", "[]", "Statement", actor, world.now


def fill_search() -> None:
    """Fill search: by the program for all but acts, poured for these; the index at the end."""
    if connection.vendor == "postgresql":
        index.drop(connection)
    for model, keep in (
        (Case, documents._of_case), (Report, documents._of_report), (Person, documents._of_person),
        (RecordedCrime, documents._of_crime),
    ):  # fmt: skip
        related = ("case",) if model in (Person, RecordedCrime) else ()
        records = model._default_manager.order_by("pk").select_related(*related).iterator()
        write(SearchDocument, map(keep, records))
    pour(SearchDocument, DOCUMENT_FIELDS, act_documents())
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # nothing pending on the table
        index.make(connection)


def act_documents() -> Iterator[tuple[Any, ...]]:
    text_words = lru_cache(maxsize=100_000)(index_words)
    fields = ("victim_words", "effect_words", "summary", "place_text", "when_text")
    acts = Act.objects.order_by("pk").values_list("case__force", "case", "ref", *fields)
    for force, case, ref, *texts in acts.iterator(chunk_size=20_000):
        words = " ".join(filter(None, map(text_words, texts)))  # as documents.act_texts has them
        yield force, case, "act", ref, f"{words} a {stem(ref[2:].lower())}"


def look(world: World, cases: list[Case], looks: int) -> None:
    def entries() -> Iterator[ledger.Entry]:
        for number in range(looks):
            case = cases[number * 7 % len(cases)]
            user = world.officer(case)
            act = ("case.open", "act.list", "report.list", "search.case")[number % 4]
            yield ledger.Entry(
                act, user.ref, user.role, user.force.ref, "case", case.ref, case.ref,
                rule="assigned", purpose="assigned",
            )  # fmt: skip

    for batch in chunks(entries(), 20_000):
        ledger.record_all(batch)


def timed(what: str, work: Callable[[], object]) -> None:
    began = time.perf_counter()
    work()
    print(f"  {what}: {time.perf_counter() - began:.1f} s", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--acts", type=int, default=60, help="acts per case")
    parser.add_argument("--looks", type=int, default=50_000, help="entries of the ledger")
    arguments = parser.parse_args()
    began = time.perf_counter()
    instance.prepare()
    if User.objects.exists():
        raise SystemExit("this instance is not empty; choose another FOURFOLD_HOME")
    Instance.objects.update_or_create(pk=1, defaults={"is_demonstration": True, "name": "Load"})
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")
    with context.running(channel="command"), transaction.atomic():
        fill(World(arguments.cases, arguments.acts), arguments.looks)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"in all {time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
