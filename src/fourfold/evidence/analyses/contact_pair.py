"""The answer to question 1 for one pair of parties, one direction."""

from typing import Any, Final

from fourfold.evidence.analyses.contact_measures import Group, Pair, PairCounts
from fourfold.evidence.analyses.contact_table import (
    NAME,
    NIGHT_FROM_HOUR,
    NIGHT_TO_HOUR,
    VERSION,
)
from fourfold.evidence.model.finding import Finding, Value, Where
from fourfold.evidence.support.clock import iso_utc

WEEKDAYS: Final = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip
_QUESTION: Final = "How often, when, by which channel and with what outcome?"


def pair_finding(counts: PairCounts, zone: str) -> Finding:
    """Say everything that was counted of one pair."""
    a, b = counts.pair
    return Finding(
        analysis=NAME,
        version=VERSION,
        kind="contact_pair",
        question=_QUESTION,
        title=f"Contact from {a} to {b}",
        statement=_statement(counts),
        method=(
            "Occurrences counted by start time in local time; attempts are included. A call is"
            " connected when it was answered; voicemail and forwarded calls are counted apart."
            f" Night is {NIGHT_FROM_HOUR}:00 to {NIGHT_TO_HOUR:02d}:00. Silence is the time"
            " between two contacts that follow one another."
        ),
        settings={
            "night_from_hour": NIGHT_FROM_HOUR,
            "night_to_hour": NIGHT_TO_HOUR,
            "display_zone": zone,
        },
        values=_values(counts) if counts.total else [_value(counts.pair, "contacts", 0)],
        series=_series(counts),
        pair=counts.pair,
        period=(iso_utc(counts.first_at), iso_utc(counts.last_at))
        if counts.first_at and counts.last_at
        else None,
        where=where(counts.pair),
        caveats=_caveats(counts),
    )


def where(pair: Pair, *more: tuple[str, str, Any]) -> Where:
    """Return the selection of a pair's contacts, narrowed by more conditions."""
    return Where("contacts", [("from_party", "=", pair[0]), ("to_party", "=", pair[1]), *more])


def _value(
    pair: Pair, name: str, count: float | str, *more: tuple[str, str, Any], unit: str = "contacts"
) -> Value:
    return Value(name, count, unit, where=where(pair, *more))


def _statement(counts: PairCounts) -> str:
    a, b = counts.pair
    if not counts.total or counts.first_at is None or counts.last_at is None:
        return f"No record in the data supplied for contact from {a} to {b}."
    calls = counts.count(lambda g: g.kind == "call")
    answered = counts.count(lambda g: g.kind == "call" and g.is_connected)
    night = counts.count(lambda g: g.is_night)
    busiest, most = _busiest(counts)
    return (
        f"The records supplied show {counts.total:,} contacts from {a} to {b} between"
        f" {counts.first_at:%d %B %Y} and {counts.last_at:%d %B %Y} (UTC dates): {calls:,} calls,"
        f" of which {answered:,} were answered, and {counts.total - calls:,} messages."
        f" {night:,} ({night / counts.total:.0%}) fall in the night. The day with most contacts"
        f" is {busiest} with {most:,}."
    )


def _busiest(counts: PairCounts) -> tuple[str, int]:
    by_day = counts.by(lambda g: g.local_day)
    day = min(by_day, key=lambda d: (-by_day[d], d))
    return str(day), by_day[day]


def _values(counts: PairCounts) -> list[Value]:
    pair, total = counts.pair, counts.total
    night = counts.count(lambda g: g.is_night)
    call = ("kind", "=", "call")
    busiest, most = _busiest(counts)
    values = [
        _value(pair, "contacts", total),
        _value(pair, "call attempts", counts.count(lambda g: g.kind == "call"), call),
        _value(pair, "answered calls",
               counts.count(lambda g: g.kind == "call" and g.is_connected),
               call, ("is_connected", "=", True)),
        _value(pair, "calls not answered",
               counts.count(lambda g: g.kind == "call" and not g.is_connected),
               call, ("is_connected", "=", False)),
        _value(pair, "messages", counts.count(lambda g: g.kind == "message"),
               ("kind", "=", "message")),
        _value(pair, "calls with number withheld",
               counts.count(lambda g: g.kind == "call" and g.is_withheld),
               call, ("is_withheld", "=", True)),
        _value(pair, "contacts at night", night, ("is_night", "=", True)),
        _value(pair, "night share", round(night / total, 4), ("is_night", "=", True),
               unit="share of contacts"),
        _value(pair, "days with contact", len(counts.by(lambda g: g.local_day)), unit="days"),
        _value(pair, "day with most contacts", busiest, ("local_day", "=", busiest), unit="day"),
        _value(pair, "contacts on that day", most, ("local_day", "=", busiest)),
    ]  # fmt: skip
    if silence := counts.silence:
        values.append(
            Value("longest silence", round(silence.hours, 2), "hours", row_ids=silence.row_ids)
        )
        values.append(
            Value("longest silence from", iso_utc(silence.from_at), "UTC", row_ids=silence.row_ids)
        )
        values.append(
            Value("longest silence to", iso_utc(silence.to_at), "UTC", row_ids=silence.row_ids)
        )
    return values


def _series(counts: PairCounts) -> dict[str, list[Value]]:
    pair = counts.pair
    hours = {hour: 0 for hour in range(24)} | counts.by(lambda g: g.local_hour)
    weekdays = {day: 0 for day in range(7)} | counts.by(lambda g: g.weekday)

    def by(column: str, of: dict[str | int, int], *more: tuple[str, str, Any]) -> list[Value]:
        return [_value(pair, str(key), n, (column, "=", key), *more) for key, n in of.items()]

    def calls(group: Group) -> str:
        return group.outcome if group.kind == "call" else ""

    outcomes = {k: n for k, n in counts.by(calls).items() if k}
    if not counts.total:
        return {}
    return {
        "by_day": by("local_day", counts.by(lambda g: g.local_day)),
        "by_hour": [
            _value(pair, f"{int(hour):02d}:00", n, ("local_hour", "=", hour))
            for hour, n in sorted(hours.items(), key=lambda item: int(item[0]))
            if int(hour) >= 0
        ],
        "by_weekday": [
            _value(pair, WEEKDAYS[int(day)], n, ("weekday", "=", day))
            for day, n in sorted(weekdays.items(), key=lambda item: int(item[0]))
            if int(day) >= 0
        ],
        "by_channel": by("channel", counts.by(lambda g: g.channel)),
        "by_call_outcome": by("outcome", outcomes, ("kind", "=", "call")),
        "by_identifier": by("from_id", counts.by(lambda g: g.from_id)),
        "by_strength": [
            _value(pair, str(key), n, ("strength", "is null", None)
                   if key == "not attributed" else ("strength", "=", key))
            for key, n in counts.by(lambda g: g.strength).items()
        ],
    }  # fmt: skip


def _caveats(counts: PairCounts) -> list[str]:
    caveats = [
        "A record shows that a line, device or account was used, not who used it; a contact"
        " counts for a person as far as the identifier is attributed."
    ]
    weak = counts.count(lambda g: g.strength in {"assumed", "disputed"})
    if weak:
        caveats.append(
            f"{weak:,} of {counts.total:,} rest on an attribution that is assumed or disputed."
        )
    if counts.count(lambda g: g.is_withheld):
        caveats.append(
            "Calls with the number withheld count for a person only where the caller's own record"
            " of the same call was joined."
        )
    return caveats
