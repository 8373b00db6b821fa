"""SQL that turns sheet_used into staged events: one expression per column of the schema."""

from collections.abc import Callable
from typing import Final

from fourfold.evidence.model import limits
from fourfold.evidence.model.tables import STAGED_EVENTS
from fourfold.evidence.readers.sheets import moments
from fourfold.evidence.readers.sheets.columns import Setting, literal, number, text_column
from fourfold.evidence.readers.sheets.pack import BY_CALL_LEGS, Duration, Kind
from fourfold.evidence.readers.sheets.parties import number_columns, who
from fourfold.evidence.readers.sheets.places import is_position, where
from fourfold.evidence.readers.sheets.tokens import quoted
from fourfold.evidence.readers.sheets.used import Used
from fourfold.evidence.support import clock

_FROM_1900_S: Final = 2_208_988_800  # a time of day alone is read as one of 1 January 1900


def events_query(setting: Setting, period: tuple[int, int] | None = None) -> str:
    """Return the query for all events of rows that have no other fate (sheet_fate).

    Its columns are those of STAGED_EVENTS, and the locator of the row.

    period: only events that start in [first, last) UTC microseconds, ordered by time,
        subject and row. Only what differs from row to row is sorted, not the whole events,
        which are three times as wide; no join follows, so the order stays.
    """
    first = {**_what(setting), **_when(setting), **who(setting), **where(setting)}
    same = {name: sql for name, sql in first.items() if "u." not in sql} | _by_kinds(setting.used)
    outer = {name: name for name in (*first, *same)} | _second_look(setting)
    events = {
        name: f"cast({outer.get(name, 'null')} as {kind})" for name, kind in STAGED_EVENTS.items()
    }
    rows, order = "sheet_used", ""
    if period:
        at = first["started_at"]
        order = "order by started_at, n"
        if "subject_id" not in same:
            order = "order by started_at, subject_id, n"
        # The first condition is one that the scan itself can apply, before it fetches columns.
        rows = f"""(select * from sheet_used as u
            where u.start_wall between {period[0] - clock.DAY_US} and {period[1] + clock.DAY_US}
            and {at} >= {period[0]} and {at} < {period[1]})"""
    differing = {name: sql for name, sql in first.items() if name not in same}
    return f"""
        select {_listed(events)}, locator from (select *, {_listed(same)} from (
            select u.locator, u.kind_no, {_listed(differing)}
            from ({joined_rows(setting, rows)}) as u
            where not exists (select 1 from sheet_fate as f where f.n = u.n) {order}) as u)"""


def _listed(columns: dict[str, str]) -> str:
    return ", ".join(f"{sql} as {name}" for name, sql in columns.items())


def joined_rows(setting: Setting, rows: str = "sheet_used") -> str:
    """Return the query for rows of sheet_used with what was worked out per distinct value."""
    columns, joins = ["s.*"], []
    for role, column in number_columns(setting.used):
        columns.append(f"{role}.identifier as {role}_id, {role}.hides as {role}_hides")
        joins.append(f"left join sheet_numbers as {role} on {role}.text = s.{column}")
    place = setting.used.pack.position
    if place and place.easting and place.northing:
        easting, northing = setting.used.column(place.easting), setting.used.column(place.northing)
        columns.append("g.lat as grid_lat, g.lon as grid_lon")
        joins.append(
            f"left join sheet_grid as g on g.easting = s.{easting} and g.northing = s.{northing}"
        )
    return f"select {', '.join(columns)} from {rows} as s {' '.join(joins)}"


def _what(setting: Setting) -> dict[str, str]:
    used = setting.used
    return {
        "n": "u.n",
        "k": "0",
        "lasted_s": _seconds(used, used.pack.duration),
        "ring_s": _seconds(used, used.pack.ring),
        "text": _text(used),
        "media_ref": text_column(used, used.pack.media),
        "state": "'intact'",
    }


def _by_kinds(used: Used) -> dict[str, str]:
    return {
        "kind": _by_kind(used, lambda kind: kind.kind),
        "channel": _by_kind(used, lambda kind: kind.channel),
        "outcome_rule": _by_kind(used, lambda kind: kind.outcome),
        "kind_direction": _by_kind(used, lambda kind: kind.direction),
        "time_relation": _by_kind(used, lambda kind: kind.time_relation),
    }


def _by_kind(used: Used, choose: Callable[[Kind], str | None]) -> str:
    kinds = used.pack.kinds
    numbered = list(enumerate(kinds.values.values(), start=1))
    if kinds.always:
        numbered.append((0, kinds.always))
    words = {choose(kind) for _, kind in numbered}
    if len(words) == 1:
        return literal(words.pop())
    arms = " ".join(f"when {number} then {literal(choose(kind))}" for number, kind in numbered)
    return f"case u.kind_no {arms} end"


def _when(setting: Setting) -> dict[str, str]:
    used, zone, between = setting.used, setting.zone, setting.between
    basis, own_zone, end_basis = (
        ("u.start_basis", "u.start_zone", "u.end_basis")
        if used.states_zone
        else (moments.NOTHING,) * 3
    )
    offset = clock.sql_offset_of_wall(zone, "u.start_wall", between)
    change = clock.sql_is_clock_change(zone, "u.start_wall", between)
    end_offset = clock.sql_offset_of_wall(zone, "u.end_wall", between)
    end_change = clock.sql_is_clock_change(zone, "u.end_wall", between)
    columns = map(used.column, used.pack.times.start.columns)
    return {
        **{column: f"u.{column}" for column in columns if column},  # joined after the sort
        "started_at": f"u.start_wall - case when {basis} is null then {offset} else 0 end",
        "first_end": f"u.end_wall - case when {end_basis} is null then {end_offset} else 0 end",
        "is_end_twice": f"{end_basis} is null and {end_change}",
        "time_text": used.text_of(used.pack.times.start),
        "zone_used": f"coalesce({own_zone}, {quoted(zone)})",
        "time_basis": f"coalesce({basis}, {quoted(setting.zone_basis)})",
        "is_clock_change_hour": f"{basis} is null and {change}",
    }


def _seconds(used: Used, duration: Duration | None) -> str:
    column = used.column(duration.column) if duration else None
    if duration is None or column is None:
        return "null::double"
    if duration.format == "seconds":
        return number(used, duration.column, litter=" s")
    text = f"u.{column}" if duration.format == "h:m:s" else f"('0:' || u.{column})"
    return (
        f"coalesce(epoch(try_strptime({text}, '%H:%M:%S')) + {_FROM_1900_S},"
        f" case when regexp_full_match({text}, '\\d+:\\d\\d?:\\d\\d?')"
        f" then epoch(try_cast({text} as interval)) end)"
    )


def _text(used: Used) -> str:
    columns = [column for column in map(used.column, used.pack.text) if column]
    if not columns:
        return "null::varchar"
    parts = ", ".join(f"nullif(u.{column}, '')" for column in columns)
    return f"left(nullif(concat_ws(' ', {parts}), ''), {limits.TEXT_CHARS})"


def _second_look(setting: Setting) -> dict[str, str]:
    """Return the columns that are worked out from the first ones."""
    pack = setting.used.pack
    place_kind = pack.position.place_kind if pack.position else "none"
    direction = "coalesce(stated_direction, case when subject_id = stated_from then 'outgoing'"
    direction += " when subject_id = stated_to then 'incoming' end, kind_direction)"
    is_contact = "kind in ('call', 'message')"
    precision = {"epoch_s": "1.0", "epoch_ms": "0.001"}.get(setting.used.order)
    ended = f"case when first_end < started_at and is_end_twice then first_end + {clock.HOUR_US}"
    ended += " else first_end end"
    has_position = is_position("supplied_lat", "supplied_lon")
    from_stated = f"case when {is_contact} or stated_from <> 'withheld' then stated_from end"
    to_stated = "case when stated_to is not null then [stated_to] end"
    return {
        "ended_at": f"case when {ended} >= started_at then {ended} end",
        "time_precision_s": precision or moments.precision_s("time_text"),
        "lasted_s": "case when kind = 'message' then null else lasted_s end",
        "ring_s": "case when kind = 'call' then ring_s end",
        "direction": f"case when {is_contact} then {direction} end",
        "outcome": f"case outcome_rule when '{BY_CALL_LEGS}' then {_OUTCOME} else outcome_rule end",
        "from_id": _FROM_OTHER if pack.other else from_stated,
        "to_ids": _TO_OTHER if pack.other else to_stated,
        "is_withheld": f"{is_contact} and (hides or coalesce(from_id = 'withheld', false))",
        "lat": f"case when {has_position} then supplied_lat end",
        "lon": f"case when {has_position} then supplied_lon end",
        "place_kind": _place_kind(place_kind, has_position),
        "position_basis": f"case when {has_position} then 'supplied' else 'none' end",
        "decode_note": _notes(setting, ended),
    }


_OUTCOME = (
    "case when via_id like 'short:%' then 'voicemail' when via_id is not null then 'forwarded'"
    " when lasted_s > 0 then 'answered' when ring_s > 0 then 'no_answer'"
    " when lasted_s = 0 and ring_s = 0 then 'busy' end"
)
_FROM_OTHER = "case stated_direction when 'outgoing' then subject_id when 'incoming' then other end"
_TO_OTHER = (
    "case stated_direction when 'outgoing' then [other] when 'incoming' then [subject_id] end"
)


def _place_kind(place_kind: str, has_position: str) -> str:
    if place_kind == "cell":
        return f"case when cell_id is not null or {has_position} then 'cell' else 'none' end"
    return quoted(place_kind)


def _notes(setting: Setting, ended: str) -> str:
    parts = [f"case when {ended} < started_at then 'the end stated lies before the start' end"]
    if setting.used.order_note:
        parts.append(quoted(setting.used.order_note))
    if setting.used.pack.direction:
        parts.append("case when stated_direction is null then 'direction not understood' end")
    return f"nullif(concat_ws('; ', {', '.join(parts)}), '')"
