"""The matrix at its full size: 29 recommendations, 43 forces, six years of updates.

    FOURFOLD_HOME=/tmp/matrix python benchmarks/matrix.py --check
    python tests/lib/on_postgresql.py python benchmarks/matrix.py --check

Seeds an empty instance in bulk (everything invented), then times the selector and the whole page,
asked by Django's test client, for an officer, a responder and an auditor. Prints medians and how
many queries each page took. `--check` ends with 1 where one missed the limits of issue 4: 300 ms
and 15 queries.
"""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fourfold.web.config.settings")

import django

django.setup()

import msgspec
from django.core.management import call_command
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.test import Client
from django.test.utils import setup_test_environment

from fourfold.web.publication import content
from fourfold.web.publication.models import Current, Published
from fourfold.web.recommendations.models import Answer, Recommendation, SentAnswer, Update
from fourfold.web.recommendations.rules.matrix import Filters
from fourfold.web.recommendations.selectors.matrix import matrix_of
from fourfold.web.recommendations.selectors.past import published_on_day
from fourfold.web.supercomplaints.models import Organisation, SuperComplaint
from fourfold.web.users.models import Force, Role, User

LIMIT_MS, LIMIT_QUERIES = 300.0, 15
PUBLISHED_ON = date(2024, 9, 27)
YEARS = 6
QUARTERS = 4 * YEARS
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
STATUSES = ("answered", "planned", "in_progress", "complete", "no_date_possible", "not_answered")
WORDS = "The force has gone through every open record and writes to the panel each quarter. "


def main() -> int:
    """Seed, time, print."""
    asked = arguments()
    call_command("migrate", interactive=False, verbosity=0)
    setup_test_environment()
    started = time.perf_counter()
    with transaction.atomic():
        complaint = SuperComplaint.objects.filter(title="Benchmark").first() or seed(asked)
    print(f"{connection.vendor}: {Answer.objects.count():,} answers, {Update.objects.count():,} updates,"
          f" {Published.objects.count():,} published versions; seeded in"
          f" {time.perf_counter() - started:.1f} s")  # fmt: skip
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    is_missed = False
    for role in (Role.COMPLAINTS_OFFICER, Role.RESPONDER, Role.AUDITOR):
        is_missed |= measure(
            User.objects.filter(role=role).order_by("pk").first(), complaint, asked
        )
    day = PUBLISHED_ON + timedelta(days=365)
    taken = median(lambda: published_on_day(complaint, day), asked.runs)
    print(f"as published on {day}: selector {taken:6.1f} ms")
    return int(asked.check and is_missed)


def measure(user: Any, complaint: SuperComplaint, asked: argparse.Namespace) -> bool:
    """Time the selector and the page for a user; return whether a limit was missed."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    path = f"/super-complaints/{complaint.ref}/matrix/"
    complaint = SuperComplaint.objects.select_related("body", "collator").get(pk=complaint.pk)

    def page() -> None:
        response = client.get(path)
        if response.status_code != 200:
            sys.exit(f"{path} answered {response.status_code}")

    page()
    queries = counted(page)
    today = date(2026, 11, 22)
    selector = median(lambda: matrix_of(user, complaint, Filters(), today), asked.runs)
    whole = median(page, asked.runs)
    print(f"{user.role:<20} selector {selector:6.1f} ms   page {whole:6.1f} ms   {queries} queries"
          f"   (median of {asked.runs}; goal {LIMIT_MS:.0f} ms, {LIMIT_QUERIES} queries)")  # fmt: skip
    return whole > LIMIT_MS or queries > LIMIT_QUERIES


def counted(work: Callable[[], object]) -> int:
    """Return how many statements some work sends, on whatever connection it borrows."""
    sent: list[str] = []

    def note(cursor: Any, sql: str, params: Any = None) -> Any:
        sent.append(sql)
        return execute(cursor, sql, params)

    execute = CursorWrapper.execute
    CursorWrapper.execute = note  # type: ignore[method-assign, assignment]
    try:
        work()
    finally:
        CursorWrapper.execute = execute  # type: ignore[method-assign]
    if os.environ.get("MATRIX_SHOW"):
        print(*(each[:160] for each in sent), sep="\n")
    return len(sent)


def median(work: Callable[[], object], runs: int) -> float:
    """Return the median of some runs, in milliseconds."""
    taken = []
    for _ in range(runs):
        started = time.perf_counter()
        work()
        taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken)


def seed(asked: argparse.Namespace) -> SuperComplaint:
    """Fill the instance; the first force has a responder, all of them have answered or not."""
    tenants = [Force.objects.create(name=f"Tenant {at}") for at in range(asked.forces + 2)]
    officer, auditor = (
        person(Role.COMPLAINTS_OFFICER, tenants[-1]),
        person(Role.AUDITOR, tenants[-2]),
    )
    responder = person(Role.RESPONDER, tenants[0])
    body = Organisation.objects.create(name="Lantern Trust", kind="charity", is_invented=True)
    forces = [
        Organisation.objects.create(
            name=f"Invented Force {at:02}", kind="territorial_force", tenant=tenants[at],
            region=f"Region {at % 9}", is_invented=True,
        )
        for at in range(asked.forces)
    ]  # fmt: skip
    complaint = SuperComplaint.objects.create(
        title="Benchmark",
        body=body,
        state="monitoring",
        published_on=PUBLISHED_ON,
        is_invented=True,
    )
    for number in range(1, asked.recommendations + 1):
        seed_recommendation(
            complaint, forces, number, (officer, responder, auditor), asked.versions
        )
    return complaint


def person(role: str, force: Force) -> User:
    """Make somebody who signs in."""
    return User.objects.create_user(email=f"{role}@example.org", name=role, role=role, force=force)


def seed_recommendation(
    complaint: SuperComplaint, forces: list[Organisation], number: int, people: tuple[User, ...],
    versions: int,
) -> None:  # fmt: skip
    """Write one recommendation with all answers, updates, sendings and published versions."""
    made = Recommendation.objects.create(
        supercomplaint=complaint, number=number, text=WORDS * 4, theme=f"Theme {number % 6}",
        due_on=date(2024, 11, 22), issued_on=PUBLISHED_ON, measures=[f"measure-{number % 4}"],
    )  # fmt: skip
    at = datetime(2024, 11, 1, 12, tzinfo=UTC)
    answers = [
        Answer(
            recommendation=made, organisation=force, status=STATUSES[(number + place) % 6],
            position="accepted", plan=WORDS * 6, due_on=date(2026, 1, 1), answered_on=at.date(),
            submitted_at=at, published_at=at, sent_version=1,
        )
        for place, force in enumerate(forces)
        if (number + place) % 6 != 5
    ]  # fmt: skip
    silent = [
        Answer(recommendation=made, organisation=force)
        for place, force in enumerate(forces)
        if (number + place) % 6 == 5
    ]
    answers, _ = Answer.objects.bulk_create(answers), Answer.objects.bulk_create(silent)
    Update.objects.bulk_create(
        Update(answer=answer, on=quarter(each), text=WORDS * 2, by=people[1], published_at=at)
        for answer in answers
        for each in range(QUARTERS)
    )
    SentAnswer.objects.bulk_create(
        SentAnswer(
            answer=answer, version=1, sent_at=at, sent_by=people[1], status=answer.status,
            position=answer.position, due_on=answer.due_on, answered_on=answer.answered_on,
            content=said(complaint, made, answer, QUARTERS),
        )
        for answer in answers
    )  # fmt: skip
    publish(complaint, made, answers, versions)


def publish(
    complaint: SuperComplaint, made: Recommendation, answers: list[Answer], versions: int
) -> None:
    """Write the published versions; the last of each stands."""
    words = content.Recommendation(
        ref=made.ref, super_complaint_ref=complaint.ref, number=made.number, theme=made.theme,
        text=made.text, is_found=True, confidence="own",
        addressees=tuple(
            content.Addressee(answer.organisation.ref, answer.organisation.name, "territorial_force")
            for answer in answers
        ),
    )  # fmt: skip
    Published.objects.create(
        kind="recommendation", ref=made.ref, within_ref=complaint.ref, version=1,
        content=msgspec.to_builtins(words), sha256="0" * 64, published_by_ref="U-0000000000",
        published_at=datetime(2024, 9, 27, tzinfo=UTC),
    )  # fmt: skip
    for version in range(1, versions + 1):
        updates = QUARTERS * version // versions
        rows = Published.objects.bulk_create(
            Published(
                kind="answer", ref=answer.ref, within_ref=complaint.ref, version=version,
                content=said(complaint, made, answer, updates), sha256="0" * 64,
                published_at=datetime(2024, 11, 1, tzinfo=UTC) + timedelta(days=365 * (version - 1)),
                published_by_ref="U-0000000000",
            )
            for answer in answers
        )  # fmt: skip
    Current.objects.bulk_create(
        Current(kind="answer", ref=row.ref, within_ref=complaint.ref, published=row) for row in rows
    )


def quarter(number: int) -> date:
    """Return the day of a quarterly update."""
    return PUBLISHED_ON + timedelta(days=91 * (number + 1))


def said(complaint: SuperComplaint, made: Recommendation, answer: Answer, updates: int) -> Any:
    """Return an answer in the words of the public contract."""
    words = content.Answer(
        ref=answer.ref, super_complaint_ref=complaint.ref, recommendation_ref=made.ref,
        number=made.number, part="", organisation_ref=answer.organisation.ref,
        organisation=answer.organisation.name, status=answer.status, status_words=answer.status,
        position="accepted", plan=answer.plan, due_on="2026-01-01", answered_on="2024-11-01",
        updates=tuple(
            content.Update(on=quarter(each).isoformat(), text=WORDS * 2) for each in range(updates)
        ),
    )  # fmt: skip
    return msgspec.to_builtins(words)


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--recommendations", type=int, default=29)
    parser.add_argument("--forces", type=int, default=43)
    parser.add_argument(
        "--versions", type=int, default=YEARS, help="published versions of each answer"
    )
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--check", action="store_true", help="end with 1 where a limit was missed")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
