"""The entries of the chronology as SQL in named steps, each from one kind of source.

All steps have the columns of ENTRY; `chronology_entries` is their union. No step depends
on the order of rows: ties are broken by identifiers.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final, NamedTuple

from fourfold.evidence.analyses.act_labels import labels_of_statement
from fourfold.evidence.model.case import STRENGTHS, Case
from fourfold.evidence.model.protocols import Tables
from fourfold.evidence.model.tables import PRIVATE_NOTE
from fourfold.evidence.support.clock import micros, to_wall_clock

# Fixes and data sessions come by the thousand: what stands no further apart than this is
# one stretch. Location histories of phones record about twice an hour, so an hour joins them.
STRETCH_PAUSE_MIN: Final = 60
BULK_KINDS: Final = ("device_fix", "network_fix", "data_session")
_MINUTE_US: Final = 60_000_000

_LABELS: Final = {
    "device_fix": "Position fix",
    "network_fix": "Position stated by the network",
    "data_session": "Data session",
    "camera_read": "Camera record",
    "gate": "Gate or ticket record",
    "statement": "Diary or statement entry",
    "post": "Post",
    "photo": "Photo",
    "device_event": "Device event",
    "subscriber": "Subscriber record",
    "visit": "Visit stated by its source",
    "journey": "Journey stated by its source",
}
_COLUMNS: Final = (
    "started_at", "ended_at", "started_us", "ended_us", "time_relation", "is_clock_change_hour",
    "local_day", "local_hour", "kind", "channel", "outcome", "from_party", "to_party", "summary",
    "text", "lat", "lon", "accuracy_m", "place_kind", "act_codes", "act_of", "occurrence_id",
    "event_ids", "exhibit_ids", "row_ids", "source_order", "tie",
)  # fmt: skip
_EMPTY: Final = "cast([] as varchar[])"


def make_entries(tables: Tables, case: Case) -> None:
    """Make `chronology_entries`: occurrences, single events, stretches, and what the case states.

    Columns: those of the exported table, plus started_us and ended_us, act_of (whose act a
    label concerns, a person key or ''), source_order and tie (for a total order).
    """
    _make_owners(tables)
    tables.step("chronology_occurrences", _occurrences(case))
    tables.step("chronology_stretches", _stretches())
    tables.step("chronology_labels", _no_labels())
    _insert(tables, "chronology_labels", _statement_labels(tables))
    tables.step("chronology_bare", _bare())
    tables.step("chronology_owned", _OWNED)
    tables.step("chronology_singles", _singles(case))
    tables.step("chronology_stated", _nothing())
    stated = (_values(moment, case.display_zone) for moment in _stated_moments(case))
    _insert(tables, "chronology_stated", stated)
    tables.step("chronology_coincidences", _coincidences(tables, case))
    parts = ("occurrences", "singles", "stated", "coincidences")
    columns = ", ".join(f"p.{column}" for column in _COLUMNS)
    union = " union all ".join(f"select {columns} from chronology_{p} as p" for p in parts)
    tables.step("chronology_entries", union)


def _insert(tables: Tables, name: str, rows: Iterable[list[Any]]) -> None:
    for row in rows:
        tables.run(f"insert into {name} values ({', '.join('?' * len(row))})", row)


def _make_owners(tables: Tables) -> None:
    """Make `chronology_owners`: whose an identifier is said to be, and for which period."""
    rank = " ".join(f"when '{s}' then {n}" for n, s in enumerate(STRENGTHS))
    tables.step(
        "chronology_owners",
        f"""select {_key("a.identifier")} as key, a.person, a.strength,
            case a.strength {rank} else {len(STRENGTHS)} end as rank,
            coalesce(epoch_us(a.from_at), {-(2**62)}) as from_us,
            coalesce(epoch_us(a.to_at), {2**62}) as to_us
        from attributions as a where a.person is not null""",
    )


def _key(identifier: str) -> str:
    """SQL: IMEIs are compared on 14 digits, the fifteenth is a check digit."""
    return (
        f"(case when {identifier} like 'imei:%' then substr({identifier}, 1, 19)"
        f" else {identifier} end)"
    )


def _party(identifier: str, person: str, strength: str) -> str:
    """SQL: an identifier as a summary prints it, always with the state of its attribution."""
    return (
        f"(coalesce({identifier}, 'an identifier that is not stated') || case when {person} is null"
        f" then ' (not attributed)' else ' (attributed to ' || {person} || ', '"
        f" || coalesce({strength}, 'strength not stated') || ')' end)"
    )


def _keys(people: tuple[str, ...]) -> str:
    quoted = ", ".join("'" + key.replace("'", "''") + "'" for key in people)
    return f"({quoted})" if quoted else "(null)"


def _occurrences(case: Case) -> str:
    is_contact = f"o.from_person in {_keys(case.suspects)} and o.to_person in {_keys(case.victims)}"
    receiver = (
        f"{_party('o.to_ids[1]', 'o.to_person', 'o.to_strength')} || case when len(o.to_ids) > 1"
        " then ' and ' || cast(len(o.to_ids) - 1 as varchar) || ' more' else '' end"
    )
    return f"""select o.started_at, o.ended_at, o.started_us, o.ended_us, o.time_relation,
        coalesce(o.is_clock_change_hour, false) as is_clock_change_hour, o.local_day, o.local_hour,
        o.kind, o.channel, o.outcome, coalesce(o.from_person, o.from_id) as from_party,
        coalesce(o.to_person, o.to_ids[1]) as to_party,
        case when o.kind = 'call' then 'Call' else 'Message' end
            || case when o.channel is null or o.channel = 'cellular' then ''
                else ' (' || o.channel || ')' end
            || case when o.lasted_s > 0e0
                then ', ' || cast(cast(floor(o.lasted_s) as bigint) as varchar) || ' s' else '' end
            || coalesce(', ' || replace(o.outcome, '_', ' '), '')
            || case when o.is_withheld then ', number withheld' else '' end
            || ': from ' || {_party("o.from_id", "o.from_person", "o.from_strength")}
            || ' to ' || {receiver} as summary,
        o.text, cast(null as double) as lat, cast(null as double) as lon,
        cast(null as double) as accuracy_m, 'none' as place_kind,
        case when {is_contact} then ['b'] else {_EMPTY} end as act_codes,
        case when {is_contact} then o.from_person else '' end as act_of,
        o.occurrence_id, o.event_ids, o.exhibit_ids, o.row_ids, 1 as source_order,
        coalesce(o.event_ids[1], o.occurrence_id) as tie
        from occurrences_us as o where o.started_us is not null"""


def _stretches() -> str:
    """SQL: fixes and data sessions of one subject and exhibit, joined while the pause is short.

    A stretch ends at midnight, and where an attribution of its subject begins or ends.
    """
    kinds = ", ".join(f"'{kind}'" for kind in BULK_KINDS)
    same = "partition by e.kind, e.subject_id, e.exhibit_id, e.place_kind, e.local_day"
    ordered = f"{same} order by e.started_us, e.event_id rows between unbounded preceding and"
    return f"""
        with turns as (
            select b.key, b.at_us from (
                select w.key, w.from_us as at_us from chronology_owners as w
                union select w.key, w.to_us as at_us from chronology_owners as w) as b
            where abs(b.at_us) < {2**62}
        ), ordered as (
            select e.event_id, e.row_ids, e.kind, e.subject_id, e.exhibit_id, e.place_kind,
                e.local_day, e.local_hour, e.started_us, e.ended_us, e.is_clock_change_hour,
                max(e.ended_us) over ({ordered} 1 preceding) as reached_us,
                max(e.started_us) over ({ordered} 1 preceding) as before_us
            from events_us as e
            where e.kind in ({kinds}) and e.started_us is not null
        ), broken as (
            select e.*, case when e.started_us - e.reached_us <= {STRETCH_PAUSE_MIN * _MINUTE_US}
                and not exists (select 1 from turns as t where t.key = {_key("e.subject_id")}
                    and t.at_us > e.before_us and t.at_us <= e.started_us)
                then 0 else 1 end as is_first
            from ordered as e
        ), numbered as (
            select e.*, sum(e.is_first) over ({ordered} current row) as stretch
            from broken as e
        )
        select e.kind, e.subject_id, e.exhibit_id, e.place_kind, e.local_day,
            min(e.started_us) as started_us, max(e.ended_us) as ended_us,
            min(e.local_hour) as local_hour, bool_or(e.is_clock_change_hour)
                as is_clock_change_hour, count(*) as records, min(e.event_id) as first_event,
            list(e.event_id order by e.started_us, e.event_id) as event_ids,
            flatten(list(e.row_ids order by e.started_us, e.event_id)) as row_ids
        from numbered as e
        group by e.kind, e.subject_id, e.exhibit_id, e.place_kind, e.local_day, e.stretch"""


def _no_labels() -> str:
    return (
        "select cast(null as varchar) as event_id, cast(null as varchar[]) as act_codes where 1 = 0"
    )


def _statement_labels(tables: Tables) -> Iterable[list[Any]]:
    entries = tables.rows(
        f"""select e.event_id, e.text from events as e where e.kind = 'statement'
            and e.text is not null and not {_is_private("e")} order by e.event_id"""
    )
    found = ((event_id, labels_of_statement(text)) for event_id, text in entries)
    return [[event_id, labels] for event_id, labels in found if labels]


def _is_private(event: str) -> str:
    """SQL: the diary readers mark a private note so; its words are nobody else's to read."""
    return f"(coalesce({event}.decode_note, '') like '%{PRIVATE_NOTE}%')"


def _bare() -> str:
    """SQL: events that stand for themselves, and stretches; `tie` names each."""
    others = ", ".join(f"'{kind}'" for kind in (*BULK_KINDS, "call", "message"))
    return f"""
        select e.event_id as tie, [e.event_id] as event_ids, e.row_ids, e.exhibit_id, e.kind,
            e.channel, e.outcome, e.started_us, e.ended_us, e.time_relation,
            e.is_clock_change_hour, e.local_day, e.local_hour,
            case when e.kind = 'post' then coalesce(e.from_id, e.subject_id)
                else e.subject_id end as subject_id,
            case when {_is_private("e")} then null else e.text end as text,
            e.lat, e.lon, e.accuracy_m, e.place_kind, {_is_private("e")} as is_private,
            1 as records
        from events_us as e where e.kind not in ({others}) and e.started_us is not null
        union all
        select s.first_event as tie, s.event_ids, s.row_ids, s.exhibit_id, s.kind,
            e.channel, e.outcome, s.started_us, s.ended_us,
            case when s.records > 1 and s.kind <> 'data_session' then 'during'
                else e.time_relation end as time_relation,
            s.is_clock_change_hour, s.local_day, s.local_hour, s.subject_id, null as text,
            case when s.records = 1 then e.lat end as lat,
            case when s.records = 1 then e.lon end as lon,
            case when s.records = 1 then e.accuracy_m end as accuracy_m,
            s.place_kind, false as is_private, s.records
        from chronology_stretches as s join events as e on e.event_id = s.first_event"""


_OWNED: Final = f"""
    select b.tie, arg_min(w.person, w.rank || '|' || w.person) as person,
        arg_min(w.strength, w.rank || '|' || w.person) as strength
    from chronology_bare as b join chronology_owners as w on w.key = {_key("b.subject_id")}
        and b.started_us >= w.from_us and b.started_us < w.to_us
    group by b.tie"""


def _singles(case: Case) -> str:
    """SQL: the bare entries with attribution, summary and proposed labels."""
    label = " ".join(f"when '{kind}' then '{words}'" for kind, words in _LABELS.items())
    is_post = f"(b.kind = 'post' and o.person in {_keys(case.suspects)})"
    only_suspect = case.suspects[0].replace("'", "''") if len(case.suspects) == 1 else ""
    return f"""
        select make_timestamp(b.started_us) as started_at,
            case when b.ended_us > b.started_us then make_timestamp(b.ended_us) end as ended_at,
            b.started_us, b.ended_us, b.time_relation,
            coalesce(b.is_clock_change_hour, false) as is_clock_change_hour,
            b.local_day, b.local_hour, b.kind, b.channel, b.outcome,
            coalesce(o.person, b.subject_id) as from_party, cast(null as varchar) as to_party,
            case b.kind {label} else 'Record' end
                || case when b.records > 1 then ', ' || cast(b.records as varchar) || ' records'
                    else '' end
                || case b.place_kind when 'searched' then ' (a place searched for)'
                    when 'received' then ' (a place received)' else '' end
                || case when b.is_private then ' (private note; text withheld)' else '' end
                || ': record of ' || {_party("b.subject_id", "o.person", "o.strength")}
                as summary,
            b.text, b.lat, b.lon, b.accuracy_m, b.place_kind,
            case when {is_post} then ['c'] else coalesce(l.act_codes, {_EMPTY}) end as act_codes,
            case when {is_post} then o.person
                when l.act_codes is not null then '{only_suspect}' else '' end as act_of,
            cast(null as varchar) as occurrence_id, b.event_ids, [b.exhibit_id] as exhibit_ids,
            b.row_ids, 2 as source_order, b.tie
        from chronology_bare as b left join chronology_owned as o on o.tie = b.tie
        left join chronology_labels as l on l.event_id = b.tie"""


def _nothing() -> str:
    types = {
        "started_at": "timestamp", "ended_at": "timestamp", "started_us": "bigint",
        "ended_us": "bigint", "is_clock_change_hour": "boolean", "local_hour": "integer",
        "lat": "double", "lon": "double", "accuracy_m": "double", "act_codes": "varchar[]",
        "event_ids": "varchar[]", "exhibit_ids": "varchar[]", "row_ids": "varchar[]",
        "source_order": "integer",
    }  # fmt: skip
    columns = ", ".join(f"cast(null as {types.get(c, 'varchar')}) as {c}" for c in _COLUMNS)
    return f"select {columns} where 1 = 0"


class _Stated(NamedTuple):
    """A moment that case.toml states: no row stands behind it, and it is marked so."""

    kind: str
    tie: str
    at: datetime
    person: str
    what: str
    words: dict[str, str]


def _stated_moments(case: Case) -> Iterator[_Stated]:
    for n, told in enumerate(case.knowledge):
        words = {"by": told.by, "how": told.how, "words": told.words}
        yield _Stated("knowledge", f"{n:06d}", told.at, told.person, "told to stop", words)
    for n, order in enumerate(case.orders):
        words = {"kind": order.kind, "court": order.court, "service": order.service}
        moments = (("made", order.made_at), ("served", order.served_at), ("ends", order.until))
        for k, (what, at) in enumerate(moments):
            if at is not None:
                said = f"order {order.key} {what}"
                yield _Stated("order", f"{n:06d}.{k}", at, order.defendant, said, words)


def _values(stated: _Stated, zone: str) -> list[Any]:
    """Return a stated moment as an entry. Seconds :00 mean: known to the minute."""
    utc = stated.at.astimezone(UTC).replace(tzinfo=None)
    wall = to_wall_clock(micros(utc), zone)
    ended = utc + timedelta(minutes=1) if utc.second == 0 else None
    values: dict[str, Any] = {
        "started_at": utc,
        "ended_at": ended,
        "started_us": micros(utc),
        "ended_us": micros(ended or utc),
        "time_relation": "within" if ended else "at",
        "is_clock_change_hour": False,
        "local_day": wall.date().isoformat(),
        "local_hour": wall.hour,
        "kind": stated.kind,
        "to_party": stated.person,
        "summary": f"Stated in case.toml for person {stated.person}: {stated.what}",
        "text": "; ".join(f"{name}: {text}" for name, text in stated.words.items() if text) or None,
        "place_kind": "none",
        "act_codes": [],
        "act_of": "",
        "event_ids": [],
        "exhibit_ids": [],
        "row_ids": [],
        "source_order": 0,
        "tie": f"{stated.kind}:{stated.tie}",
    }
    return [values.get(column) for column in _COLUMNS]


def _coincidences(tables: Tables, case: Case) -> str:
    """SQL: class A coincidences of a suspect's and a victim's devices, if they were looked for.

    Left out are those that both devices' habits explain, and classes B and C: a shared cell
    is no act and happens by habit, and class C is for investigation only.
    """
    if not tables.rows(
        "select 1 from information_schema.tables as t where t.table_name = 'coincidences'"
    ):
        return _nothing()
    suspects, victims = _keys(case.suspects), _keys(case.victims)
    return f"""
        select c.started_at, c.ended_at, epoch_us(c.started_at) as started_us,
            epoch_us(coalesce(c.ended_at, c.started_at)) as ended_us, 'during' as time_relation,
            coalesce(e.is_clock_change_hour, false) as is_clock_change_hour, e.local_day,
            e.local_hour, 'coincidence' as kind, cast(null as varchar) as channel,
            cast(null as varchar) as outcome, c.person_a as from_party, c.person_b as to_party,
            'Time-and-place coincidence ' || c.coincidence_id || ' (class A): fixes of '
                || c.subject_a || ' (attributed to ' || c.person_a || ') and ' || c.subject_b
                || ' (attributed to ' || c.person_b || '), weaker attribution '
                || coalesce(c.strength, 'not stated') as summary,
            cast(null as varchar) as text, cast(null as double) as lat,
            cast(null as double) as lon, cast(null as double) as accuracy_m,
            'none' as place_kind, {_EMPTY} as act_codes,
            case when c.person_a in {suspects} then c.person_a else c.person_b end as act_of,
            cast(null as varchar) as occurrence_id, c.event_ids,
            list_sort(list_distinct(x.exhibit_ids)) as exhibit_ids, c.row_ids,
            3 as source_order, c.coincidence_id as tie
        from coincidences as c
        left join events as e on e.event_id = c.event_ids[1]
        left join (
            select m.coincidence_id, list(v.exhibit_id) as exhibit_ids
            from (select n.coincidence_id, unnest(n.event_ids) as event_id
                from coincidences as n where n.class = 'A') as m
            join events as v on v.event_id = m.event_id group by m.coincidence_id
        ) as x on x.coincidence_id = c.coincidence_id
        where c.class = 'A' and c.explained_by is null
            and ((c.person_a in {suspects} and c.person_b in {victims})
                or (c.person_b in {suspects} and c.person_a in {victims}))"""
