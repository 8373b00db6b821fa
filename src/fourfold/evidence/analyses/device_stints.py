"""Which number was used with which SIM and handset, and when: the table `device_stints`.

Only what records of a line state: the number is the line whose record it is, the IMSI names
the SIM, the first 14 digits of the IMEI name the handset.
"""

from typing import Final

from fourfold.evidence.model.protocols import Tables

IMEI_DIGITS: Final = 14  # the fifteenth is a check digit, which networks often write as 0


def make_stints(tables: Tables) -> None:
    """Make the steps `device_records` and `device_spans`; make and export `device_stints`.

    device_stints: number, imsi, imei14, person, first_at, last_at, events, row_ids; one row
    per number, SIM and handset that occur together. Times of records, UTC.
    """
    tables.step(
        "device_records",
        f"""select e.event_id, e.subject_id as number, coalesce(e.imsi, '') as imsi,
            coalesce(substr(e.imei, 1, {IMEI_DIGITS}), '') as imei14, e.started_us
        from events_us as e
        where e.subject_id like 'tel:%' and e.started_us is not null
            and (coalesce(e.imsi, '') <> '' or coalesce(e.imei, '') <> '')""",
    )
    tables.step(
        "device_spans",
        """select r.number, r.imsi, r.imei14, min(r.started_us) as first_us,
            max(r.started_us) as last_us, count(*) as events
        from device_records as r group by r.number, r.imsi, r.imei14""",
    )
    tables.run(
        """create or replace table device_stints as
        with persons as (
            select p.identifier, min(p.person) as person from attributions as p
            group by p.identifier having count(distinct p.person) = 1
        ), listed as (
            select r.number, r.imsi, r.imei14,
                flatten(list(e.row_ids order by r.started_us, r.event_id)) as row_ids
            from device_records as r join events as e on e.event_id = r.event_id
            group by r.number, r.imsi, r.imei14
        )
        select s.number, s.imsi, s.imei14, p.person, make_timestamp(s.first_us) as first_at,
            make_timestamp(s.last_us) as last_at, s.events, l.row_ids
        from device_spans as s join listed as l on l.number = s.number and l.imsi = s.imsi
            and l.imei14 = s.imei14
        left join persons as p on p.identifier = s.number
        order by s.number, s.first_us, s.imsi, s.imei14"""
    )
    tables.export("device_stints")
