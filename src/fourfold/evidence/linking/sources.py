"""The records to be linked, and how good a clock and a memory their sources are.

Two steps: `link_sources` (one line per exhibit and family), `link_events` (one line per
record of a call or message, with persons, in the order of their numbers `n`).
A family is what can be one happening: cellular calls, WhatsApp messages and so on. Texts and
picture messages are one family: handsets show a long text as a picture message.
"""

from typing import Final

from fourfold.evidence.linking.outcomes import outcome_rank
from fourfold.evidence.model.protocols import Tables

CELLULAR_CALL: Final = "call:cellular"
TEXT: Final = "message:sms"

# Whose time and outcome is taken when several sources state one happening.
NETWORK_RANK: Final = 0  # a provider's record: a central clock, written when it happened
UTC_RANK: Final = 1  # times stated in UTC or with their offset
ZONE_RANK: Final = 2  # wall-clock times, the zone stated by somebody
ASSUMED_RANK: Final = 3  # wall-clock times, the zone assumed
COARSE_PENALTY: Final = 4  # times known to the minute come after all others
COARSE_S: Final = 60

# What is compared of a text: letters and digits. Exports differ in quotes, spaces, emoji.
_COMPARED = "nullif(regexp_replace(lower(e.text), '[^\\p{L}\\p{N}]+', '', 'g'), '')"


def prepare(tables: Tables) -> None:
    """Make `link_sources` and `link_events` from the events of kinds call and message.

    Times are integer microseconds (UTC). A record without a time is linked to nothing and
    becomes an occurrence of its own. `lane` numbers what has one family and one recipient.
    """
    tables.step(
        "link_records",
        f"""select e.event_id, e.exhibit_id,
            e.kind || ':' || coalesce(case when e.channel = 'mms' then 'sms'
                else e.channel end, 'unknown') as family,
            e.direction, {outcome_rank("e.outcome")} as outcome_no, e.lasted_s, e.ring_s,
            e.started_us, e.ended_us, coalesce(e.time_precision_s, 1e0) as time_precision_s,
            e.time_basis, coalesce(e.is_clock_change_hour, false) as is_clock_change_hour,
            e.subject_id, coalesce(e.from_id, 'unknown') as from_id,
            coalesce(e.to_ids[1], '') as to_id, coalesce(len(e.to_ids), 0) as recipients, e.via_id,
            e.imsi is not null or e.cell_id is not null as is_network,
            coalesce(e.is_withheld, false) or coalesce(e.from_id, '') = 'withheld'
                as is_withheld, {_COMPARED} as compared
        from events_us as e where e.kind in ('call', 'message')""",
    )
    _rank_sources(tables)
    _number_records(tables)


def _rank_sources(tables: Tables) -> None:
    """Rank each exhibit's records of a family; `place` orders them from the best down."""
    tables.step(
        "link_sources",
        f"""with ranked as (
            select r.exhibit_id, r.family,
                case when max(cast(r.is_network as integer)) = 1 then {NETWORK_RANK}
                else max(case when r.time_basis in ('stated_utc', 'stated_offset')
                        then {UTC_RANK} when r.time_basis = 'zone_of_source'
                        then {ZONE_RANK} else {ASSUMED_RANK} end)
                    + case when max(r.time_precision_s) >= {COARSE_S}
                        then {COARSE_PENALTY} else 0 end end as rank
            from link_records as r group by r.exhibit_id, r.family
        )
        select r.exhibit_id, r.family, r.rank, cast(row_number() over (partition by r.family
            order by r.rank, length(r.exhibit_id), r.exhibit_id) as integer) as place
        from ranked as r""",
    )


def _number_records(tables: Tables) -> None:
    """Number the records in time order; set persons, source and lane beside them.

    Messages of one minute in an export without seconds stand in the order of the file: that
    is the order in which they were sent, and pairing in order needs it. A provider's records
    carry seconds, so their (many) rows are not looked up.
    """
    tables.step(
        "link_places_in_file",
        """select r.event_id, cast(split_part(l.code, '.', 2) as bigint) as place_in_file
        from link_records as r join ledger as l on l.row_id = split_part(r.event_id, '.', 1)
        where not r.is_network""",
    )
    tables.step(
        "link_numbers",
        """select r.event_id, row_number() over (order by r.started_us nulls last,
            r.exhibit_id, coalesce(f.place_in_file, 0), r.event_id) as n
        from link_records as r
        left join link_places_in_file as f on f.event_id = r.event_id""",
    )
    tables.step(
        "link_persons",
        """select r.*, i.n, s.rank, s.place, a.from_person, a.from_strength,
            a.to_person, a.to_strength,
            coalesce(a.from_person, r.from_id) as from_party,
            coalesce(a.to_person, r.to_id)
                || case when r.recipients > 1 then '+' || r.recipients else '' end as to_party
        from link_records as r
        join link_numbers as i on i.event_id = r.event_id
        join link_sources as s on s.exhibit_id = r.exhibit_id and s.family = r.family
        left join attributed_events as a on a.event_id = r.event_id""",
    )
    # A lane is one family and one recipient. Records can be stated by another exhibit too if
    # one has records of the same caller to that recipient, or if the caller was withheld.
    tables.step(
        "lanes",
        """select p.family, p.to_party, p.from_party, min(p.exhibit_id) <> max(p.exhibit_id)
                as is_shared, min(min(p.n)) over (partition by p.family, p.to_party) as lane
        from link_persons as p group by p.family, p.to_party, p.from_party""",
    )
    tables.step(
        "link_events",
        """select p.*, l.lane, l.is_shared or p.is_withheld as is_shared from link_persons as p
        join lanes as l on l.family = p.family and l.to_party = p.to_party
            and l.from_party = p.from_party""",
    )
