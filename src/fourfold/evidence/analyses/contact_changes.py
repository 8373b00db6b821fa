"""Contact before and after a moment: a warning, a request to stop, the service of an order."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from fourfold.evidence.analyses.contact_measures import Pair
from fourfold.evidence.analyses.contact_table import NAME, VERSION
from fourfold.evidence.model.case import Case
from fourfold.evidence.model.finding import Finding, Value, Where
from fourfold.evidence.model.protocols import Tables
from fourfold.evidence.support.clock import iso_utc, micros, to_wall_clock

# The rate before and after is compared over this many days on each side.
WINDOW_DAYS: Final = 14
# A rate is called higher or lower from this ratio on; below it, "no marked change".
MARKED_RATIO: Final = 2.0
# Fewer contacts than this in both windows together say nothing about a rate.
LEAST_CONTACTS: Final = 5

RULE: Final = (
    f"mean contacts per day in the {WINDOW_DAYS} days before and after the moment, counting only"
    " days inside the period that the contact records cover; called higher or lower from a ratio"
    f" of {MARKED_RATIO:g}, with at least {LEAST_CONTACTS} contacts in both windows together"
)


@dataclass(frozen=True)
class Moment:
    """A moment that contact is compared around. words: what it is, for a sentence."""

    at: datetime
    words: str
    kind: str


@dataclass(frozen=True)
class Window:
    """One side of the moment. days: how much of it lies in the period of the records."""

    from_at: datetime
    to_at: datetime
    days: float
    contacts: int

    @property
    def per_day(self) -> float | None:
        """Return contacts per day, None where the records do not cover the window."""
        return self.contacts / self.days if self.days > 0 else None


def moments(case: Case, suspect: str, victim: str) -> list[Moment]:
    """List the knowledge events of a suspect and the orders that protect the victim."""
    told = [
        Moment(k.at.astimezone(UTC), f"{k.how or 'told to stop'}, by {k.by or 'not stated'}",
               "knowledge")
        for k in case.knowledge if k.person == suspect
    ]  # fmt: skip
    served = [
        Moment(o.served_at.astimezone(UTC), f"service of order {o.key}", "order")
        for o in case.orders
        if o.defendant == suspect and (not o.protected or victim in o.protected)
    ]
    return sorted(told + served, key=lambda m: (m.at, m.words))


def before_and_after(
    tables: Tables, pair: Pair, moment: Moment, covered: tuple[datetime, datetime], zone: str
) -> Finding:
    """Compare the contact of a pair before and after a moment by RULE.

    covered is the first and last moment of any contact record, naive UTC; days outside it
    do not count as days without contact.
    """
    at = moment.at.replace(tzinfo=None)
    counts = _counts(tables, pair, at)
    before = _window(tables, pair, at - timedelta(days=WINDOW_DAYS), at, covered)
    after = _window(tables, pair, at, at + timedelta(days=WINDOW_DAYS), covered)
    local = to_wall_clock(micros(moment.at), zone).isoformat(sep=" ")
    total = {side: sum(n for s, _, n in counts if s == side) for side in ("before", "after")}
    return Finding(
        analysis=NAME,
        version=VERSION,
        kind="contact_before_after",
        question="How much contact is recorded before and after this moment?",
        title=f"Contact from {pair[0]} to {pair[1]} before and after {moment.words}",
        statement=(
            f"The records supplied show {total['before']:,} contacts from {pair[0]} to {pair[1]}"
            f" before {local} ({zone}; {moment.words}) and {total['after']:,} from then on."
            f" {_rate_sentence(before, after)}"
        ),
        method=f"Occurrences counted by start time, attempts included. Rule: {RULE}.",
        settings={
            "window_days": WINDOW_DAYS,
            "marked_ratio": MARKED_RATIO,
            "least_contacts": LEAST_CONTACTS,
            "moment": iso_utc(moment.at),
            "moment_kind": moment.kind,
        },
        values=_values(pair, at, total, before, after),
        series={"by_channel": [
            Value(f"{channel} {side}", n, "contacts",
                  where=_where(pair, at, side, ("channel", "=", channel)))
            for side, channel, n in counts
        ]},
        pair=pair,
        period=(iso_utc(covered[0]), iso_utc(covered[1])),
        where=_where(pair, at, None),
        caveats=[
            "More records before or after can come from the sources supplied, not from conduct:"
            " see the periods that each exhibit covers.",
            "A contact counts for a person as far as the identifier is attributed.",
        ],
    )  # fmt: skip


def _where(pair: Pair, at: datetime, side: str | None, *more: tuple[str, str, object]) -> Where:
    conditions: list[tuple[str, str, object]] = [
        ("from_party", "=", pair[0]),
        ("to_party", "=", pair[1]),
    ]
    if side:
        conditions.append(("started_at", "<" if side == "before" else ">=", at.isoformat(sep=" ")))
    return Where("contacts", [*conditions, *more])


def _counts(tables: Tables, pair: Pair, at: datetime) -> list[tuple[str, str, int]]:
    rows = tables.rows(
        """select s.side, s.channel, count(*) as contacts from (
            select case when c.started_us < ? then 'before' else 'after' end as side,
                coalesce(c.channel, 'not stated') as channel
            from chosen_contacts as c
            where c.from_party = ? and c.to_party = ? and c.started_us is not null) as s
        group by s.side, s.channel order by s.side desc, s.channel""",
        [micros(at), *pair],
    )
    return [(str(side), str(channel), int(n)) for side, channel, n in rows]


def _window(
    tables: Tables, pair: Pair, low: datetime, high: datetime, covered: tuple[datetime, datetime]
) -> Window:
    first, last = max(low, covered[0]), min(high, covered[1])
    days = max(0.0, (last - first) / timedelta(days=1))
    count = tables.rows(
        """select count(*) from chosen_contacts as c where c.from_party = ? and c.to_party = ?
        and c.started_us >= ? and c.started_us < ?""",
        [pair[0], pair[1], micros(low), micros(high)],
    )[0][0]
    return Window(low, high, days, int(count))


def _ratio(before: Window, after: Window) -> float | None:
    if before.per_day is None or after.per_day is None or before.per_day == 0:
        return None
    return after.per_day / before.per_day


def _rate_sentence(before: Window, after: Window) -> str:
    if before.per_day is None or after.per_day is None:
        return "The records do not cover both windows, so no rates are compared."
    text = (
        f"Mean per day: {before.per_day:.2f} in the {before.days:.1f} days covered before,"
        f" {after.per_day:.2f} in the {after.days:.1f} days covered after"
    )
    if before.contacts + after.contacts < LEAST_CONTACTS:
        return f"{text}: too few to compare."
    ratio = _ratio(before, after)
    if ratio is None or ratio >= MARKED_RATIO:
        return f"{text}: higher after."
    return f"{text}: {'lower after' if ratio <= 1 / MARKED_RATIO else 'no marked change'}."


def _values(
    pair: Pair, at: datetime, total: dict[str, int], before: Window, after: Window
) -> list[Value]:
    values = [
        Value(f"contacts {side}", total[side], "contacts", where=_where(pair, at, side))
        for side in ("before", "after")
    ]
    for side, window in (("before", before), ("after", after)):
        rate = window.per_day
        values.append(
            Value(
                f"mean per day {side}",
                None if rate is None else round(rate, 3),
                "contacts per day",
                where=Where("contacts", [
                    ("from_party", "=", pair[0]), ("to_party", "=", pair[1]),
                    ("started_at", ">=", window.from_at.isoformat(sep=" ")),
                    ("started_at", "<", window.to_at.isoformat(sep=" ")),
                ]),
            )
        )  # fmt: skip
    ratio = _ratio(before, after)
    ratio_where = Where("contacts", [
        ("from_party", "=", pair[0]), ("to_party", "=", pair[1]),
        ("started_at", ">=", before.from_at.isoformat(sep=" ")),
        ("started_at", "<", after.to_at.isoformat(sep=" ")),
    ])  # fmt: skip
    shown = None if ratio is None else round(ratio, 2)
    return [*values, Value("ratio of rates", shown, "times", where=ratio_where)]
