"""Gather what the rules are asked about: few queries, each by an index, within one window."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import Q, QuerySet

from fourfold.web.accountability.models import LedgerEntry
from fourfold.web.cases.models import BreakGlass, Identifier
from fourfold.web.oversight.policies import NO_FORCE
from fourfold.web.oversight.rules import thresholds as limit
from fourfold.web.oversight.rules.browsing import UK, to_read
from fourfold.web.oversight.rules.lines import Evidence, Line, Opening
from fourfold.web.oversight.rules.marks import RARE_ACTS, SIGN_IN_FAILED, touches_interest
from fourfold.web.oversight.selectors.figures import Window, figures
from fourfold.web.users.models import DeclaredInterest, Force

LINES_MAX: Final = 40_000
STRETCHES_MAX: Final = 200
COLUMNS: Final = (
    "seq", "at", "act", "op", "outcome", "actor_ref", "actor_role", "case_ref", "subject_ref",
    "rule", "detail",
)  # fmt: skip

Interest = tuple[str, str]  # kind, normalised
Holding = Mapping[Interest, Sequence[str]]
ByPersonAndCase = Mapping[tuple[str, str], Any]


@dataclass(frozen=True)
class Register:
    """What the people of a force have, or ever had, in the register of interests."""

    relations: Mapping[tuple[str, Interest], frozenset[str]]
    withdrawn: Mapping[tuple[str, Interest], datetime]

    def by_person(self) -> dict[str, frozenset[str]]:
        """Return the relations that each person ever declared."""
        found: dict[str, frozenset[str]] = {}
        for (user_ref, _), words in self.relations.items():
            found[user_ref] = found.get(user_ref, frozenset()) | words
        return found


@dataclass(frozen=True)
class Gathered:
    """The evidence, and whether there was more than a page reads."""

    evidence: Evidence
    is_cut: bool


def gather(force: Force, window: Window) -> Gathered:
    """Return what the rules are asked about."""
    counted = figures(force.ref, window)
    stretches = _stretches(to_read(counted.days, counted.hours))
    register = _register(force, window)
    holding = _cases_holding(force, register)
    withdrawn = _withdrawn(register, holding)
    lines = _lines(force.ref, window, stretches[:STRETCHES_MAX], withdrawn)
    evidence = Evidence(
        lines=lines,
        days=counted.days,
        openings=_openings(force, window),
        until=window.until_at,
        relations=register.by_person(),
        matched=_matched(register, holding, lines),
        withdrawn=withdrawn,
    )
    return Gathered(evidence, len(lines) == LINES_MAX or len(stretches) > STRETCHES_MAX)


def _stretches(person_days: Iterable[tuple[str, date]]) -> list[tuple[str, datetime, datetime]]:
    """Return stretches of days on end of each person, the latest first."""
    found: list[tuple[str, datetime, datetime]] = []
    for actor, day in sorted(person_days):
        start, end = _start(day), _start(day + timedelta(days=1))
        if found and found[-1][0] == actor and found[-1][2] == start:
            start = found.pop()[1]
        found.append((actor, start, end))
    return sorted(found, key=lambda stretch: stretch[2], reverse=True)


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), UK).astimezone(UTC)


def _lines(
    force_ref: str,
    window: Window,
    stretches: Sequence[tuple[str, datetime, datetime]],
    withdrawn: ByPersonAndCase,
) -> list[Line]:
    """Return the lines that rules read, in one query of several parts."""
    entries = LedgerEntry.objects.order_by().filter(at__gte=window.from_at, at__lt=window.until_at)
    own = entries.filter(force_ref=force_ref)
    parts: list[QuerySet[LedgerEntry]] = [
        own.filter(act__in=RARE_ACTS),
        own.filter(outcome=LedgerEntry.Outcome.REFUSED),
        entries.filter(force_ref=NO_FORCE, act=SIGN_IN_FAILED),
    ]
    if stretches:
        parts.append(own.filter(_any_of(_in_stretch(*stretch) for stretch in stretches)))
    if withdrawn:
        pairs = (Q(actor_ref=actor, case_ref=case) for actor, case in withdrawn)
        parts.append(own.filter(_any_of(pairs)))
    first, *others = (part.values_list(*COLUMNS) for part in parts)
    # Not ordered by the database: SQLite would walk the whole ledger by its number instead.
    rows = first.union(*others, all=True)[:LINES_MAX]
    by_seq = {row[0]: _line(row) for row in rows}
    return [by_seq[seq] for seq in sorted(by_seq)]


def _any_of(conditions: Iterable[Q]) -> Q:
    either = Q()
    for condition in conditions:
        either |= condition
    return either


def _in_stretch(actor: str, from_at: datetime, until_at: datetime) -> Q:
    return Q(actor_ref=actor, at__gte=from_at, at__lt=until_at)


def _line(row: tuple[Any, ...]) -> Line:
    said: dict[str, Any] = dict(zip(COLUMNS, row, strict=True))
    detail = said.pop("detail")
    return Line(**said, meets_interest=detail.get("meets_interest") is True)


def _register(force: Force, window: Window) -> Register:
    """Read every version of the register: an entry that was withdrawn still counts."""
    history: Any = DeclaredInterest.history
    relations: dict[tuple[str, Interest], frozenset[str]] = {}
    withdrawn: dict[tuple[str, Interest], datetime] = {}
    rows = (
        history.filter(user__force=force)
        .order_by("history_date", "history_id")
        .values_list("user__ref", "kind", "normalised", "relation", "history_type", "history_date")
    )
    for user_ref, kind, normalised, relation, change, at in rows:
        key = (user_ref, (kind, normalised))
        relations[key] = relations.get(key, frozenset()) | {relation}
        withdrawn.pop(key, None)
        if change == "-" and at >= window.from_at:
            withdrawn[key] = at
    return Register(relations, withdrawn)


def _withdrawn(register: Register, holding: Holding) -> dict[tuple[str, str], datetime]:
    """Return the cases that hold what somebody withdrew, and since when."""
    return {
        (user_ref, case_ref): since
        for (user_ref, interest), since in register.withdrawn.items()
        for case_ref in holding.get(interest, ())
    }


def _matched(
    register: Register, holding: Holding, lines: Iterable[Line]
) -> dict[tuple[str, str], frozenset[str]]:
    """Return for each refused attempt the relations of the interests that its case holds."""
    tried = {(line.actor_ref, line.case_ref) for line in lines if touches_interest(line)}
    people = {actor for actor, case in tried if case}
    theirs = {key for key in register.relations if key[0] in people}
    found: dict[tuple[str, str], frozenset[str]] = {}
    for user_ref, interest in theirs:
        for case_ref in holding.get(interest, ()):
            key = (user_ref, case_ref)
            if key in tried:
                words = register.relations[user_ref, interest]
                found[key] = found.get(key, frozenset()) | words
    return found


def _cases_holding(force: Force, register: Register) -> Holding:
    """Return the cases that hold something which anybody of the force ever declared."""
    by_kind: dict[str, set[str]] = {}
    for _, (kind, normalised) in register.relations:
        by_kind.setdefault(kind, set()).add(normalised)
    if not by_kind:
        return {}
    wanted = _any_of(Q(kind=kind, normalised__in=forms) for kind, forms in by_kind.items())
    rows = (
        Identifier.objects.filter(wanted, case__force=force)
        .order_by()
        .values_list("kind", "normalised", "case__ref")
    )
    found: dict[Interest, list[str]] = {}
    for kind, normalised, case_ref in rows:
        found.setdefault((kind, normalised), []).append(case_ref)
    return found


def _openings(force: Force, window: Window) -> list[Opening]:
    """Return break-glass openings that nobody reviewed, and those of the last thirty days."""
    recent = Q(from_at__gte=window.until_at - limit.BREAK_GLASS_WINDOW)
    rows = (
        BreakGlass.objects.filter(recent | Q(reviewed_at=None), user__force=force)
        .filter(from_at__lt=window.until_at)
        .order_by()
        .values_list("user__ref", "from_at", "reviewed_at")
    )
    return [Opening(user_ref, at, reviewed is not None) for user_ref, at, reviewed in rows]
