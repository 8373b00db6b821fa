"""The table `contacts`: one row per occurrence and pair of parties.

A party is a person where the identifier is attributed, else the identifier itself.
"""

from typing import Final

from fourfold.evidence.model.case import STRENGTHS
from fourfold.evidence.model.protocols import Tables
from fourfold.evidence.support.clock import sql_offset

NAME: Final = "contact"
VERSION: Final = "1"

# Night as most people would call it, in local time of the display zone.
NIGHT_FROM_HOUR: Final = 22
NIGHT_TO_HOUR: Final = 6


def make_contacts(tables: Tables, zone: str) -> None:
    """Make and export `contacts` (docs/contracts.md) and the view `contacts_us`.

    A message to several recipients gives one row for each. strength is the weaker of both
    sides and empty where a side is not attributed. is_connected: an answered call, or a
    message that did not fail; calls taken by voicemail or sent on are not connected.

    Args:
        tables: `occurrences` is filled, the view occurrences_us exists.
        zone: the display zone, in which local days of occurrences are given.
    """
    weekday = _weekday(tables, zone)
    _resolve_several(tables)
    one = """occurrences_us as o where coalesce(len(o.to_ids), 0) < 2"""
    each = "contact_several as o"
    tables.run(
        f"create or replace table contacts as {_contacts(_ONE, weekday, one)}"
        f" union all {_contacts(_EACH, weekday, each)}"
    )
    tables.export("contacts")
    view_times(tables)


# What the columns to_id, to_party and the strength of that side are made from.
_ONE: Final = ("o.to_ids[1]", "o.to_person", "o.to_strength")
_EACH: Final = ("o.to_id", "o.each_person", "o.each_strength")


def _contacts(to: tuple[str, str, str], weekday: str, source: str) -> str:
    to_id, to_person, to_strength = to
    return f"""select o.occurrence_id, o.event_ids,
        coalesce(o.from_person, o.from_id, 'unknown') as from_party,
        coalesce({to_person}, {to_id}, 'unknown') as to_party,
        coalesce(o.from_id, 'unknown') as from_id, coalesce({to_id}, 'unknown') as to_id,
        {_weaker("o.from_strength", to_strength)} as strength,
        o.kind, case when o.kind = 'call' and coalesce(o.channel, 'cellular') = 'cellular'
            then 'call' else o.channel end as channel,
        o.outcome, case when o.kind = 'call' then coalesce(o.outcome, '') = 'answered'
            else coalesce(o.outcome, '') <> 'failed' end as is_connected,
        coalesce(o.is_withheld, false) as is_withheld, o.started_at, o.lasted_s,
        o.local_day, o.local_hour, {weekday} as weekday,
        o.local_hour >= {NIGHT_FROM_HOUR} or o.local_hour < {NIGHT_TO_HOUR} as is_night,
        o.text, o.row_ids
    from {source}"""


def view_times(tables: Tables) -> None:
    """Make the view `contacts_us`: contacts with started_us (BIGINT)."""
    tables.run(
        "create or replace temp view contacts_us as"
        " select c.*, epoch_us(c.started_at) as started_us from contacts as c"
    )


def _weekday(tables: Tables, zone: str) -> str:
    """Return SQL for the local weekday, 0 for Monday: engines number the days otherwise."""
    low, high = tables.rows("select min(o.started_us), max(o.started_us) from occurrences_us as o")[
        0
    ]
    offset = sql_offset(zone, "o.started_us", (low, high) if low is not None else None)
    day = f"cast(floor((o.started_us + {offset}) / 8.64e10) as bigint)"
    # 1 January 1970 was a Thursday; the second remainder is for days before it.
    return f"cast((({day} + 3) % 7 + 7) % 7 as integer)"


def _resolve_several(tables: Tables) -> None:
    """List every recipient of messages to several, each with the person it is attributed to."""
    tables.run(
        """create or replace temp table contact_several as with several as (
            select t.*, t.to_ids[t.place] as to_id from (
                select o.*, unnest(range(1, len(o.to_ids) + 1)) as place
                from occurrences_us as o where len(o.to_ids) > 1) as t
        ), resolved as (
            select s.occurrence_id, s.place, min(a.person) as each_person,
                min(a.strength) as each_strength
            from several as s join attributions as a on a.identifier = s.to_id
                and (a.from_at is null or s.started_us >= epoch_us(a.from_at))
                and (a.to_at is null or s.started_us < epoch_us(a.to_at))
            group by s.occurrence_id, s.place
        )
        select s.*, r.each_person, r.each_strength from several as s left join resolved as r
            on r.occurrence_id = s.occurrence_id and r.place = s.place
        order by s.started_us, length(s.occurrence_id), s.occurrence_id, s.place""",
    )


def _weaker(one: str, other: str) -> str:
    """Return SQL for the weaker of two strengths, null where one side is not attributed."""
    arms = " ".join(
        f"when {one} = '{strength}' or {other} = '{strength}' then '{strength}'"
        for strength in reversed(STRENGTHS)
    )
    return f"case when {one} is null or {other} is null then null {arms} end"
