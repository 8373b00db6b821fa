"""Which number was used with which SIM and handset, and when: the table `device_stints`.

Only what records of a line state: the number is the line whose record it is, the IMSI names
the SIM, the first 14 digits of the IMEI name the handset.
"""

from typing import Final

from fourfold.evidence.model.protocols import Tables

IMEI_DIGITS: Final = 14  # the fifteenth is a check digit, which networks often write as 0


def make_stints(tables: Tables) -> None:
    """Make `device_records` and make and export `device_stints`.

    device_stints: number, imsi, imei14, person, first_at, last_at, events, row_ids; one row
    per number, SIM and handset that occur together. Times of records, UTC.
    """
    tables.step(
        "device_records",
        f"""select e.event_id, e.subject_id as number, coalesce(e.imsi, '') as imsi,
            coalesce(substr(e.imei, 1, {IMEI_DIGITS}), '') as imei14, e.started_us,
            e.started_at, e.row_ids
        from events_us as e
        where e.subject_id like 'tel:%' and e.started_us is not null
            and (coalesce(e.imsi, '') <> '' or coalesce(e.imei, '') <> '')""",
    )
    tables.run(
        """create or replace table device_stints as
        with persons as (
            select p.identifier, min(p.person) as person from attributions as p
            group by p.identifier having count(distinct p.person) = 1
        )
        select r.number, r.imsi, r.imei14, max(p.person) as person,
            min(r.started_at) as first_at, max(r.started_at) as last_at, count(*) as events,
            flatten(list(r.row_ids order by r.started_us, r.event_id)) as row_ids
        from device_records as r left join persons as p on p.identifier = r.number
        group by r.number, r.imsi, r.imei14
        order by r.number, min(r.started_us), r.imsi, r.imei14"""
    )
    tables.export("device_stints")
    tables.run(
        "create or replace temp view device_stints_us as select s.*,"
        " epoch_us(s.first_at) as first_us, epoch_us(s.last_at) as last_us"
        " from device_stints as s"
    )
