"""The table `contacts`: one row per occurrence and pair of parties.

A party is a person where the identifier is attributed, else the identifier itself.
"""

from datetime import date
from typing import Final

from fourfold.evidence.model.case import STRENGTHS
from fourfold.evidence.model.protocols import Tables

# Night as most people would call it, in local time of the display zone.
NIGHT_FROM_HOUR: Final = 22
NIGHT_TO_HOUR: Final = 6


def make_contacts(tables: Tables) -> None:
    """Make and export `contacts` (docs/contracts.md) and the view `contacts_us`.

    A message to several recipients gives one row for each. strength is the weaker of both
    sides and empty where a side is not attributed. is_connected: an answered call, or a
    message that did not fail; calls taken by voicemail or sent on are not connected.
    """
    _make_weekdays(tables)
    _make_sides(tables)
    tables.run(
        f"""create or replace table contacts as
        select o.occurrence_id, o.event_ids, s.from_party, s.to_party, s.from_id, s.to_id,
            {_weaker("s.from_strength", "s.to_strength")} as strength,
            o.kind, case when o.kind = 'call' and coalesce(o.channel, 'cellular') = 'cellular'
                then 'call' else o.channel end as channel,
            o.outcome, case when o.kind = 'call' then coalesce(o.outcome, '') = 'answered'
                else coalesce(o.outcome, '') <> 'failed' end as is_connected,
            coalesce(o.is_withheld, false) as is_withheld, o.started_at, o.lasted_s,
            o.local_day, o.local_hour, w.weekday,
            o.local_hour >= {NIGHT_FROM_HOUR} or o.local_hour < {NIGHT_TO_HOUR} as is_night,
            o.text, o.row_ids
        from contact_sides as s join occurrences as o on o.occurrence_id = s.occurrence_id
        left join contact_weekdays as w on w.local_day = o.local_day
        order by o.started_at, length(o.occurrence_id), o.occurrence_id, s.place"""
    )
    tables.export("contacts")
    view_times(tables)


def view_times(tables: Tables) -> None:
    """Make the view `contacts_us`: contacts with started_us (BIGINT)."""
    tables.run(
        "create or replace temp view contacts_us as"
        " select c.*, epoch_us(c.started_at) as started_us from contacts as c"
    )


def _make_weekdays(tables: Tables) -> None:
    """Number the weekdays of the days that occur, 0 for Monday; engines count them otherwise."""
    days = [
        row[0]
        for row in tables.rows(
            "select distinct o.local_day from occurrences as o where o.local_day is not null"
            " order by o.local_day"
        )
    ]
    listed = [f"('{day}', {date.fromisoformat(day).weekday()})" for day in days] or ["('', 0)"]
    tables.step(
        "contact_weekdays",
        f"select d.local_day, d.weekday from (values {', '.join(listed)}) as d(local_day, weekday)",
    )


def _make_sides(tables: Tables) -> None:
    """List who and whom, `contact_sides`; of several recipients each is resolved alone."""
    tables.step(
        "contact_sides",
        """with several as (
            select t.*, t.to_ids[t.place] as to_id from (
                select o.occurrence_id, o.from_id, o.from_person, o.from_strength, o.started_us,
                    o.to_ids, unnest(range(1, len(o.to_ids) + 1)) as place
                from occurrences_us as o where len(o.to_ids) > 1) as t
        ), resolved as (
            select s.occurrence_id, s.place, min(a.person) as person,
                min(a.strength) as strength
            from several as s join attributions as a on a.identifier = s.to_id
                and (a.from_at is null or s.started_us >= epoch_us(a.from_at))
                and (a.to_at is null or s.started_us < epoch_us(a.to_at))
            group by s.occurrence_id, s.place
        )
        select o.occurrence_id, 1 as place, coalesce(o.from_id, 'unknown') as from_id,
            coalesce(o.to_ids[1], 'unknown') as to_id,
            coalesce(o.from_person, o.from_id, 'unknown') as from_party,
            coalesce(o.to_person, o.to_ids[1], 'unknown') as to_party,
            o.from_strength, o.to_strength
        from occurrences as o where coalesce(len(o.to_ids), 0) < 2
        union all
        select s.occurrence_id, s.place, coalesce(s.from_id, 'unknown') as from_id, s.to_id,
            coalesce(s.from_person, s.from_id, 'unknown') as from_party,
            coalesce(r.person, s.to_id) as to_party, s.from_strength, r.strength as to_strength
        from several as s left join resolved as r
            on r.occurrence_id = s.occurrence_id and r.place = s.place""",
    )


def _weaker(one: str, other: str) -> str:
    """Return SQL for the weaker of two strengths, null where one side is not attributed."""
    arms = " ".join(
        f"when {one} = '{strength}' or {other} = '{strength}' then '{strength}'"
        for strength in reversed(STRENGTHS)
    )
    return f"case when {one} is null or {other} is null then null {arms} end"
