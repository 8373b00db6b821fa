"""Entries of the ledger: filtered, a page at a time by their number, in sentences."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from django.db.models import Count, F, Max, Min, QuerySet

from fourfold.web.accountability.acts import describe
from fourfold.web.accountability.models import LedgerEntry
from fourfold.web.oversight.policies import NO_FORCE
from fourfold.web.oversight.rules.browsing import UK
from fourfold.web.oversight.rules.lines import LOOKING
from fourfold.web.users import policy
from fourfold.web.users.models import Role, User

PAGE_ROWS: Final = 50
BATCH_ROWS: Final = 2_000
PEOPLE_MAX: Final = 200
INSTANCE: Final = "instance"
LOOKS: Final = "looks"


@dataclass(frozen=True)
class Wanted:
    """What the filter asks for; empty means any."""

    person: str = ""
    case: str = ""
    act: str = ""
    outcome: str = ""
    channel: str = ""
    day: date | None = None
    of: str = ""
    kind: str = ""
    first: int | None = None
    last: int | None = None

    @property
    def is_any(self) -> bool:
        """Whether nothing is asked for."""
        return all(getattr(self, one.name) in ("", None) for one in fields(self))


@dataclass(frozen=True)
class Said:
    """An entry as a page shows it."""

    entry: LedgerEntry
    who: str
    role: str
    what: str
    about: str


@dataclass(frozen=True)
class Slice:
    """A page of entries, newest first; `older` and `newer` are where the next pages begin."""

    rows: tuple[Said, ...]
    older: int | None
    newer: int | None


@dataclass(frozen=True)
class Looker:
    """One person's looks at a case, by the rule that let them in or kept them out."""

    who: str
    actor_ref: str
    role: str
    rule: str
    outcome: str
    times: int
    first_at: datetime
    last_at: datetime


def entries(actor: User, action: str, wanted: Wanted) -> QuerySet[LedgerEntry]:
    """Return the entries that an actor may read, as wanted, in no order."""
    mine = policy.permitted(actor, action, LedgerEntry.objects.order_by())
    found = mine.filter(force_ref=NO_FORCE if wanted.of == INSTANCE else actor.force.ref)
    same = {
        "actor_ref": wanted.person,
        "case_ref": wanted.case,
        "act": wanted.act,
        "outcome": wanted.outcome,
        "channel": wanted.channel,
        "seq__gte": wanted.first,
        "seq__lte": wanted.last,
    }
    found = found.filter(**{name: value for name, value in same.items() if value not in ("", None)})
    if wanted.kind == LOOKS:
        found = found.filter(op__in=LOOKING)
    if wanted.day:
        start = datetime.combine(wanted.day, time(), UK).astimezone(UTC)
        end = datetime.combine(wanted.day + timedelta(days=1), time(), UK).astimezone(UTC)
        found = found.filter(at__gte=start, at__lt=end, **_numbers(found, start, end))
    return found


def _numbers(found: QuerySet[LedgerEntry], start: datetime, end: datetime) -> dict[str, int]:
    """Return the numbers of the first and last entry of a stretch, so that none else is read.

    Adding nothing to the number keeps PostgreSQL from walking the ledger from its first entry.
    """
    within = found.filter(at__gte=start, at__lt=end, outcome__in=LedgerEntry.Outcome.values)
    ends = within.aggregate(first=Min(F("seq") + 0), last=Max(F("seq") + 0))
    return {"seq__gte": ends["first"] or 0, "seq__lte": ends["last"] or 0}


def a_slice(
    actor: User, found: QuerySet[LedgerEntry], before: int | None, after: int | None
) -> Slice:
    """Return the page before or after an entry's number; without either, the newest."""
    if after is not None:
        rows = list(found.filter(seq__gt=after).order_by("seq")[: PAGE_ROWS + 1])
        has_newer, rows = len(rows) > PAGE_ROWS, rows[:PAGE_ROWS][::-1]
        has_older = True
    else:
        older = found if before is None else found.filter(seq__lt=before)
        rows = list(older.order_by("-seq")[: PAGE_ROWS + 1])
        has_older, rows = len(rows) > PAGE_ROWS, rows[:PAGE_ROWS]
        has_newer = before is not None
    return Slice(
        tuple(said(actor, rows)),
        rows[-1].seq if rows and has_older else None,
        rows[0].seq if rows and has_newer else None,
    )


def said(actor: User, rows: Sequence[LedgerEntry]) -> Iterator[Said]:
    """Yield entries in words, with the names of the force's own people."""
    refs = {row.actor_ref for row in rows} | {
        row.subject_ref for row in rows if row.subject_kind == "user"
    }
    names = names_of(actor, refs)
    for row in rows:
        yield Said(
            row,
            names.get(row.actor_ref) or row.actor_ref or _nobody(row),
            role_label(row.actor_role),
            describe(row),
            _about(row, names),
        )


def _nobody(row: LedgerEntry) -> str:
    return "The command line" if row.channel == "command" else "Nobody signed in"


def _about(row: LedgerEntry, names: Mapping[str, str]) -> str:
    """Return what an entry is about, unless that is its case or the force."""
    if not row.subject_ref or row.subject_ref in (row.case_ref, row.force_ref, row.actor_ref):
        return ""
    return names.get(row.subject_ref) or row.subject_ref


def names_of(actor: User, refs: Iterable[str]) -> dict[str, str]:
    """Return the names of people of the actor's force whom the actor may list."""
    wanted = [ref for ref in refs if ref.startswith(f"{User.PREFIX}-")]
    if not wanted:
        return {}
    people = policy.permitted(actor, "user.list", User.objects.filter(ref__in=wanted))
    return dict(people.order_by().values_list("ref", "name"))


def role_label(role: str) -> str:
    """Return a role as people say it; the word itself where it is one of an older version."""
    return str(Role(role).label) if role in Role.values else role


def people(actor: User) -> list[tuple[str, str]]:
    """Return the people of the force by reference, for the filter."""
    found = policy.permitted(actor, "user.list", User.objects.order_by("name", "pk"))
    return list(found.values_list("ref", "name"))


def lookers(actor: User, found: QuerySet[LedgerEntry]) -> tuple[tuple[Looker, ...], bool]:
    """Return who looked, by rule and outcome, the latest first; and whether there are more."""
    rows = list(
        found.values("actor_ref", "actor_role", "rule", "outcome")
        .annotate(times=Count("seq"), first_at=Min("at"), last_at=Max("at"), last_seq=Max("seq"))
        .order_by("-last_seq")[: PEOPLE_MAX + 1]
    )
    names = names_of(actor, {row["actor_ref"] for row in rows})
    shown = tuple(
        Looker(
            names.get(row["actor_ref"]) or row["actor_ref"] or "Nobody signed in",
            row["actor_ref"],
            role_label(row["actor_role"]),
            row["rule"],
            row["outcome"],
            row["times"],
            row["first_at"],
            row["last_at"],
        )
        for row in rows[:PEOPLE_MAX]
    )
    return shown, len(rows) > PEOPLE_MAX


def by_number(actor: User, seqs: Sequence[int], most: int) -> list[Said]:
    """Return the newest of these entries, in words."""
    latest = sorted(seqs)[-most:]
    mine = policy.permitted(actor, "ledger.read", LedgerEntry.objects.filter(seq__in=latest))
    return list(said(actor, list(mine.order_by("-seq"))))


def in_batches(found: QuerySet[LedgerEntry], last: int) -> Iterator[list[LedgerEntry]]:
    """Yield entries up to a number, oldest first, some thousand at a time."""
    after = 0
    while True:
        rows = list(found.filter(seq__gt=after, seq__lte=last).order_by("seq")[:BATCH_ROWS])
        if not rows:
            return
        yield rows
        after = rows[-1].seq
