"""SQL that turns sheet_used into staged events: one expression per column of the schema."""

from collections.abc import Callable
from dataclasses import dataclass

from fourfold.evidence.model import limits
from fourfold.evidence.model.tables import STAGED_EVENTS
from fourfold.evidence.readers.sheets import moments
from fourfold.evidence.readers.sheets.pack import BY_CALL_LEGS, Duration, Identity, Kind
from fourfold.evidence.readers.sheets.tokens import quoted
from fourfold.evidence.readers.sheets.used import Used
from fourfold.evidence.support import clock

Period = tuple[int, int] | None


@dataclass(frozen=True)
class Setting:
    """What the source adds to the pack: its zone, its subject, the span of its times."""

    used: Used
    zone: str
    zone_basis: str
    subject: str | None  # None: a column names it
    ref: str
    between: Period


def events_query(setting: Setting) -> str:
    """Return the query for all events of rows that have no other fate (sheet_fate)."""
    inner = {**_what(setting), **_when(setting), **_who(setting), **_where(setting)}
    names = [c for c in STAGED_EVENTS if c in inner]
    inner_sql = ", ".join(f"{sql} as {name}" for name, sql in inner.items())
    outer = {**{name: name for name in names}, **_second_look(setting)}
    listed = ", ".join(
        f"cast({outer.get(name, 'null')} as {kind}) as {name}"
        for name, kind in STAGED_EVENTS.items()
    )
    return f"""
        select {listed} from (
            select {inner_sql} from sheet_used as u {_joins(setting)}
            where not exists (select 1 from sheet_fate as f where f.n = u.n))"""


def _joins(setting: Setting) -> str:
    joins = [
        f"left join sheet_numbers as {alias} on {alias}.text = u.{column}"
        for alias, column in number_columns(setting.used)
    ]
    place = setting.used.pack.position
    if place and place.easting and place.northing:
        easting, northing = setting.used.column(place.easting), setting.used.column(place.northing)
        joins.append(
            f"left join sheet_grid as g on g.easting = u.{easting} and g.northing = u.{northing}"
        )
    return " ".join(joins)


def number_columns(used: Used) -> list[tuple[str, str]]:
    """Return (alias of the join, column) for every column that holds telephone numbers."""
    roles = {
        "num_from": used.pack.from_, "num_to": used.pack.to, "num_other": used.pack.other,
        "num_via": used.pack.via, "num_subject": used.pack.subject,
    }  # fmt: skip
    return [
        (alias, column)
        for alias, identity in roles.items()
        if identity and identity.scheme == "number" and (column := used.column(identity.column))
    ]


def _what(setting: Setting) -> dict[str, str]:
    used = setting.used
    return {
        "n": "u.n",
        "k": "0",
        "kind": _by_kind(used, lambda kind: kind.kind),
        "channel": _by_kind(used, lambda kind: kind.channel),
        "outcome_rule": _by_kind(used, lambda kind: kind.outcome),
        "kind_direction": _by_kind(used, lambda kind: kind.direction),
        "lasted_s": _seconds(used, used.pack.duration),
        "ring_s": _seconds(used, used.pack.ring),
        "text": _text(used),
        "media_ref": _column(used, used.pack.media),
        "state": "'intact'",
    }


def _by_kind(used: Used, choose: Callable[[Kind], str | None]) -> str:
    kinds = used.pack.kinds
    numbered = list(enumerate(kinds.values.values(), start=1))
    if kinds.always:
        numbered.append((0, kinds.always))
    words = {choose(kind) for _, kind in numbered}
    if len(words) == 1:
        return _literal(words.pop())
    arms = " ".join(f"when {number} then {_literal(choose(kind))}" for number, kind in numbered)
    return f"case u.kind_no {arms} end"


def _literal(word: str | None) -> str:
    return "null::varchar" if word is None else quoted(word)


def _when(setting: Setting) -> dict[str, str]:
    used, zone, between = setting.used, setting.zone, setting.between
    text = used.text_of(used.pack.times.start)
    change = clock.sql_is_clock_change(zone, "u.start_wall", between)
    offset = clock.sql_offset_of_wall(zone, "u.start_wall", between)
    end_offset = clock.sql_offset_of_wall(zone, "u.end_wall", between)
    end_change = clock.sql_is_clock_change(zone, "u.end_wall", between)
    precision = "0.001" if used.order == "epoch_ms" else "1.0"
    if used.order not in ("epoch_s", "epoch_ms"):
        precision = moments.precision_s(f"({text})")
    return {
        "started_at": f"u.start_wall - case when u.start_basis is null then {offset} else 0 end",
        "first_end": f"u.end_wall - case when u.end_basis is null then {end_offset} else 0 end",
        "is_end_twice": f"u.end_basis is null and {end_change}",
        "time_relation": _by_kind(used, lambda kind: kind.time_relation),
        "time_precision_s": precision,
        "time_text": text,
        "zone_used": f"coalesce(u.start_zone, {quoted(zone)})",
        "time_basis": f"coalesce(u.start_basis, {quoted(setting.zone_basis)})",
        "is_clock_change_hour": f"u.start_basis is null and {change}",
    }


def _who(setting: Setting) -> dict[str, str]:
    used = setting.used
    pack = used.pack
    subject = _literal(setting.subject)
    if pack.subject and pack.subject.column:
        subject = f"coalesce({_identity(setting, pack.subject, 'num_subject')}, {subject})"
    hides = "coalesce(num_to.hides, false)" if _has_number(used, "num_to") else "false"
    if _has_number(used, "num_other"):
        hides = f"({hides} or coalesce(num_other.hides, false))"
    return {
        "subject_id": subject,
        "stated_from": _identity(setting, pack.from_, "num_from", blank="withheld"),
        "stated_to": _identity(setting, pack.to, "num_to"),
        "other": _identity(setting, pack.other, "num_other", blank="withheld"),
        "via_id": _identity(setting, pack.via, "num_via"),
        "stated_direction": _mapped(used),
        "hides": hides,
        "imei": _column(used, pack.imei),
        "imsi": _column(used, pack.imsi),
    }


def _has_number(used: Used, alias: str) -> bool:
    return any(alias == known for known, _ in number_columns(used))


def _identity(
    setting: Setting, identity: Identity | None, alias: str, blank: str | None = None
) -> str:
    column = setting.used.column(identity.column) if identity else None
    if identity is None or column is None:
        return "null::varchar"
    value = f"u.{column}"
    if identity.scheme == "number":
        found = f"{alias}.identifier"
    elif identity.scheme == "name":
        found = f"{quoted(f'name:{setting.ref}:')} || {value}"
    elif identity.scheme == "vrm":
        found = f"'vrm:' || upper(replace({value}, ' ', ''))"
    else:
        found = f"'{identity.scheme}:' || {value}"
    return f"case when {value} = '' then {_literal(blank)} else {found} end"


def _mapped(used: Used) -> str:
    mapped = used.pack.direction
    column = used.column(mapped.column) if mapped else None
    if mapped is None or column is None:
        return "null::varchar"
    arms = " ".join(
        f"when {quoted(value.casefold())} then {quoted(word)}"
        for value, word in mapped.values.items()
    )
    return f"case lower(u.{column}) {arms} end"


def _where(setting: Setting) -> dict[str, str]:
    used, place = setting.used, setting.used.pack.position
    if place is None:
        return {"supplied_lat": "null::double", "supplied_lon": "null::double"}
    lat, lon = f"u.{used.column(place.lat)}", f"u.{used.column(place.lon)}"
    if place.pair:
        pair = f"string_split(trim(u.{used.column(place.pair)}, '()[] '), ',')"
        lat, lon = (
            f"{pair}[{place.pair_order.split().index(name) + 1}]" for name in ("lat", "lon")
        )
    if place.easting and place.northing:
        lat, lon = "g.lat", "g.lon"
    elif not place.pair and not (used.column(place.lat) and used.column(place.lon)):
        lat = lon = "null::double"
    else:
        sign = -1 if place.turns_latitude else 1
        lat = _degrees(lat, used, place.scale * sign)
        lon = _degrees(lon, used, place.scale)
    return {
        "supplied_lat": lat,
        "supplied_lon": lon,
        "accuracy_m": _number(used, place.accuracy, litter=" mMetrsE"),
        "accuracy_meaning": _literal(place.accuracy_meaning),
        "azimuth_deg": _number(used, place.azimuth, litter=" °"),
        "cell_id": _column(used, place.cell),
        "end_cell_id": _column(used, place.end_cell),
    }


def _degrees(text: str, used: Used, scale: float) -> str:
    digits = f"trim({text}, ' °NSEWnsew')"
    number = f"replace({digits}, ',', '.')" if used.pack.decimal_comma else digits
    sign = f"case when regexp_matches({text}, '[sSwW]\\s*$') then -1e0 else 1e0 end"
    product = f"{sign} * try_cast({number} as double) * {scale!r}::double"
    return f"round({product}, 9)"


def _number(used: Used, header: str | None, litter: str = " ") -> str:
    column = used.column(header)
    if not column:
        return "null::double"
    text = f"trim(u.{column}, {quoted(litter)})"
    number = f"replace({text}, ',', '.')" if used.pack.decimal_comma else text
    return f"try_cast({number} as double)"


def _column(used: Used, header: str | None) -> str:
    column = used.column(header)
    return f"nullif(u.{column}, '')" if column else "null::varchar"


def _seconds(used: Used, duration: Duration | None) -> str:
    column = used.column(duration.column) if duration else None
    if duration is None or column is None:
        return "null::double"
    if duration.format == "seconds":
        return _number(used, duration.column, litter=" s")
    text = f"u.{column}" if duration.format == "h:m:s" else f"('0:' || u.{column})"
    return (
        f"case when regexp_full_match({text}, '\\d+:\\d\\d?:\\d\\d?')"
        f" then epoch(try_cast({text} as interval)) end"
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
    ended = f"case when first_end < started_at and is_end_twice then first_end + {clock.HOUR_US}"
    ended += " else first_end end"
    is_position = "supplied_lat between -90 and 90 and supplied_lon between -180 and 180"
    is_position = f"({is_position} and not (supplied_lat = 0 and supplied_lon = 0))"
    return {
        "ended_at": f"case when {ended} >= started_at then {ended} end",
        "lasted_s": "case when kind = 'message' then null else lasted_s end",
        "ring_s": "case when kind = 'call' then ring_s end",
        "direction": f"case when {is_contact} then {direction} end",
        "outcome": f"case when outcome_rule = '{BY_CALL_LEGS}' then {_OUTCOME} else outcome_rule end",
        **({"from_id": _FROM_OTHER, "to_ids": _TO_OTHER} if pack.other else
           {"from_id": "stated_from", "to_ids": "case when stated_to is not null then [stated_to] end"}),
        "is_withheld": f"{is_contact} and (hides or coalesce(from_id = 'withheld', false))",
        "lat": f"case when {is_position} then supplied_lat end",
        "lon": f"case when {is_position} then supplied_lon end",
        "place_kind": _place_kind(place_kind, is_position),
        "position_basis": f"case when {is_position} then 'supplied' else 'none' end",
        "decode_note": _notes(setting, ended),
    }  # fmt: skip


_OUTCOME = (
    "case when via_id like 'short:%' then 'voicemail' when via_id is not null then 'forwarded'"
    " when lasted_s > 0 then 'answered' when ring_s > 0 then 'no_answer'"
    " when lasted_s = 0 and ring_s = 0 then 'busy' end"
)
_FROM_OTHER = "case stated_direction when 'outgoing' then subject_id when 'incoming' then other end"
_TO_OTHER = (
    "case stated_direction when 'outgoing' then [other] when 'incoming' then [subject_id] end"
)


def _place_kind(place_kind: str, is_position: str) -> str:
    if place_kind == "cell":
        return f"case when cell_id is not null or {is_position} then 'cell' else 'none' end"
    return quoted(place_kind)


def _notes(setting: Setting, ended: str) -> str:
    parts = [f"case when {ended} < started_at then 'the end stated lies before the start' end"]
    if setting.used.order_note:
        parts.append(quoted(setting.used.order_note))
    if setting.used.pack.direction:
        parts.append("case when stated_direction is null then 'direction not understood' end")
    return f"nullif(concat_ws('; ', {', '.join(parts)}), '')"
