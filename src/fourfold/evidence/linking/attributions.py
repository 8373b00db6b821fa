"""Whose identifier it is: what case.toml states, and what exhibits are said to come from.

An attribution is kept apart from the use of an identifier. Three things come out of it:
the table `attributions`, the table `parties` (identifier as it stands in events, channel,
period, person, strength; periods of one identifier never overlap) and the view
`attributed_events` (event_id with the persons and strengths of its three sides).
"""

from datetime import UTC, datetime
from typing import Final

from fourfold.evidence.linking.periods import FIRST_US, LAST_US, Period, without_overlap
from fourfold.evidence.model.case import Case
from fourfold.evidence.model.protocols import Tables

CASE_FILE: Final = "case.toml"
ASSUMED: Final = "assumed"
IMEI_DIGITS: Final = 14  # the fifteenth is a check digit that networks often write as 0
_OWNER_BASIS: Final = "the exhibit is said to come from this person"


def fill_attributions(tables: Tables, case: Case) -> None:
    """Fill `attributions`, and make `parties` and the table `attributed_events`.

    An exhibit said to come from a person makes its device, its identifier, `person:<key>`,
    and the `exhibit:<ref>` and `device:<ref>:...` of its events that person's, with strength
    "assumed", unless case.toml attributes the identifier itself. `imei:` is compared on 14
    digits; `name:<ref>:<text>` of an event also takes what is stated for
    `name:<service>:<text>`. Periods are [from, to).

    Args:
        tables: exhibits and events are filled, the view events_us exists.
        case: its attributions are entered first, in the order of case.toml.
    """
    _list_identifiers(tables)
    _enter_stated(tables, case)
    _enter_owners(tables)
    resolve(tables)


def resolve(tables: Tables) -> None:
    """Make `parties` and the table `attributed_events` from a filled table `attributions`."""
    _list_identifiers(tables)
    _make_parties(tables)
    _attribute_events(tables)


def _enter_stated(tables: Tables, case: Case) -> None:
    for a in case.attributions:
        tables.run(
            "insert into attributions values (?, ?, ?, ?, ?, ?, ?)",
            [
                a.identifier,
                a.person,
                _naive(a.from_at),
                _naive(a.to_at),
                a.basis,
                a.strength,
                CASE_FILE,
            ],
        )


def _naive(moment: datetime | None) -> datetime | None:
    """Return a moment as the tables keep it: in UTC, without zone."""
    return moment.astimezone(UTC).replace(tzinfo=None) if moment else None


def _list_identifiers(tables: Tables) -> None:
    """List the identifiers that events use, and on which channel."""
    tables.step(
        "used_identifiers",
        """select distinct i.identifier, i.channel from (
            select e.subject_id as identifier, e.channel as channel from events as e
            union all select e.from_id as identifier, e.channel as channel from events as e
            union all select unnest(e.to_ids) as identifier, e.channel as channel
            from events as e where e.to_ids is not null
        ) as i where i.identifier is not null""",
    )


def _enter_owners(tables: Tables) -> None:
    """Enter what the exhibits' owners make plain; case.toml wins where it names the identifier."""
    tables.run(
        f"""insert into attributions
        with said as (
            select x.person, x.ref, x.device as identifier from exhibits as x
            union all select x.person, x.ref, x.identifier from exhibits as x
            union all select x.person, x.ref, 'person:' || x.person from exhibits as x
            union all select x.person, x.ref, u.identifier from exhibits as x
                join used_identifiers as u on u.identifier = 'exhibit:' || x.ref
                or u.identifier = 'device:' || x.ref or u.identifier like 'device:' || x.ref || ':%'
        ), stated as (select {_key("a.identifier")} as key from attributions as a)
        select s.identifier, s.person, null as from_at, null as to_at,
            '{_OWNER_BASIS}' as basis, '{ASSUMED}' as strength,
            string_agg(distinct s.ref, ', ' order by s.ref) as stated_by
        from said as s
        where s.person is not null and s.identifier is not null
            and {_key("s.identifier")} not in (select st.key from stated as st)
        group by s.identifier, s.person
        order by s.identifier, s.person"""
    )


def _key(identifier: str) -> str:
    """Return SQL for what two identifiers are compared by."""
    return (
        f"(case when {identifier} like 'imei:%' then substr({identifier}, 1, {5 + IMEI_DIGITS})"
        f" else {identifier} end)"
    )


def _make_parties(tables: Tables) -> None:
    """Resolve every identifier of an event to persons and periods, once per identifier."""
    stated = tables.rows(
        f"""select {_key("a.identifier")}, epoch_us(a.from_at), epoch_us(a.to_at), a.person,
        a.strength from attributions as a"""
    )
    tables.step(
        "attributed_keys",
        "select cast(null as varchar) as key, cast(null as bigint) as from_us,"
        " cast(null as bigint) as to_us, cast(null as varchar) as person,"
        " cast(null as varchar) as strength where 1 = 0",
    )
    periods = without_overlap(
        Period(key, _bound(low, FIRST_US), _bound(high, LAST_US), person, strength)
        for key, low, high, person, strength in stated
    )
    if periods:
        holes = ", ".join(["(?, ?, ?, ?, ?)"] * len(periods))
        tables.run(f"insert into attributed_keys values {holes}", [v for p in periods for v in p])
    _join_parties(tables)


def _bound(at: int | None, otherwise: int) -> int:
    return otherwise if at is None else at


def _join_parties(tables: Tables) -> None:
    """Join identifiers to periods; a name falls back on what is stated for its service."""
    tables.run(
        f"""create or replace table parties as
        with keyed as (
            select u.identifier, coalesce(u.channel, '') as channel,
                {_key("u.identifier")} as key,
                case when u.identifier like 'name:%' then 'name:' || u.channel
                    || substr(u.identifier, 5 + instr(substr(u.identifier, 6), ':')) end
                    as service_key
            from used_identifiers as u
        ), chosen as (
            select k.identifier, k.channel, case when exists (
                select 1 from attributed_keys as x where x.key = k.key)
                then k.key else k.service_key end as key
            from keyed as k
        )
        select c.identifier, c.channel, a.from_us, a.to_us, a.person, a.strength
        from chosen as c join attributed_keys as a on a.key = c.key""",
    )


def _attribute_events(tables: Tables) -> None:
    """Make `attributed_events`; of several recipients the first attributed one stands for all."""
    tables.run(
        f"""create or replace table attributed_events as
        with several as (
            select t.event_id, t.channel, t.started_us, t.to_ids[t.place] as to_id, t.place
            from (select e.event_id, e.channel, e.started_us, e.to_ids,
                    unnest(range(1, len(e.to_ids) + 1)) as place
                from events_us as e where len(e.to_ids) > 1) as t
        ), firsts as (
            select s.event_id, arg_min(p.person, s.place) as person,
                arg_min(p.strength, s.place) as strength
            from several as s join parties as p on {_holds("p", "s.to_id", "s")}
            group by s.event_id
        )
        select e.event_id, f.person as from_person, f.strength as from_strength,
            coalesce(t.person, m.person) as to_person,
            coalesce(t.strength, m.strength) as to_strength,
            o.person as subject_person, o.strength as subject_strength
        from events_us as e
        left join parties as f on {_holds("f", "e.from_id", "e")}
        left join parties as t on len(e.to_ids) = 1 and {_holds("t", "e.to_ids[1]", "e")}
        left join firsts as m on m.event_id = e.event_id
        left join parties as o on {_holds("o", "e.subject_id", "e")}"""
    )


def _holds(party: str, identifier: str, event: str) -> str:
    """Return SQL: the party holds for this identifier at the time of the event."""
    at = f"coalesce({event}.started_us, {FIRST_US})"
    return (
        f"{party}.identifier = {identifier} and {party}.channel = coalesce({event}.channel, '')"
        f" and {at} >= {party}.from_us and {at} < {party}.to_us"
    )
