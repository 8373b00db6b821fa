"""The chance control: the same comparison on day- and week-shifted records.

The right side's records are moved by whole days of wall-clock time, so that habits stay
where they are on the clock. A shifted comparison cannot show two persons at one moment:
what it finds, habit and chance explain. Two answers:

- per coincidence: on how many other days would the one device's records have coincided
  with the other's records of this coincidence (`chance_rate` of `chance_trials`; a trial
  counts only if the other device has a record in the window at all);
- per pair: days with a coincidence per day on which both have records, as found and
  shifted.
"""

from fourfold.evidence.analyses.coincidence.cells import (
    CellSearch,
    find_close_sites,
    find_same_cell,
)
from fourfold.evidence.analyses.coincidence.pairs import Reach, Search, find_pairs
from fourfold.evidence.analyses.coincidence.settings import DAY_US, Settings
from fourfold.evidence.model.protocols import Tables


def control(tables: Tables, settings: Settings) -> dict[str, int]:
    """Repeat the comparison of each class on shifted records of the pairs that coincided.

    Makes coincidence_trials (span_no, chance_trials, chance_hits) and
    coincidence_rates (class, party_a, party_b, trial, days, days_hit; trial 0 is as found).

    Returns:
        Comparisons made per class; above the limit of the crowd guard they were refused, and
        the trials of that class are missing.
    """
    tables.step("coincidence_shifts", _shifts(settings))
    tables.step("coincidence_wall", _WALL)
    made = {
        "A": _shifted_fixes(tables, settings),
        "B": _shifted_cells(tables, settings),
        "C": _shifted_sites(tables, settings),
    }
    refused = [name for name, n in made.items() if n > settings.limit_of(name)]
    tables.step("coincidence_shifted", _SHIFTED)
    tables.step("coincidence_occupied", _occupied(settings))
    tables.step("coincidence_trials", _trials(settings, refused))
    tables.step("coincidence_days", _DAYS)
    tables.step("coincidence_rates", _rates(refused))
    return made


def _shifted_fixes(tables: Tables, settings: Settings) -> int:
    search = Search(
        name="coincidence_shifted_a",
        left=_side("A", "left"),
        right=_side("A", "right"),
        reach=Reach(settings.distance_m, settings.window_us),
        shifts_days=settings.shifts_days,
    )
    return find_pairs(tables, search, settings.comparison_limit)


def _shifted_cells(tables: Tables, settings: Settings) -> int:
    search = CellSearch(
        name="coincidence_shifted_b",
        left=_side("B", "left"),
        right=_side("B", "right"),
        window_us=settings.cell_window_us,
        shifts_days=settings.shifts_days,
    )
    return find_same_cell(tables, search, settings.comparison_limit)


def _shifted_sites(tables: Tables, settings: Settings) -> int:
    sides = (_side("C", "left"), _side("C", "right"))
    return find_close_sites(tables, "coincidence_shifted_c", settings, sides, settings.shifts_days)


def _side(class_name: str, side: str) -> str:
    """The records of one side, by the clock on the wall."""
    return (
        "(select w.sight_no, w.party_no, w.wall_us as started_us, w.cell_id, 0 as is_open, w.lat,"
        f" w.lon from coincidence_wall as w where w.class = '{class_name}' and w.is_{side} = 1)"
    )


def _shifts(settings: Settings) -> str:
    lines = [f"select cast({days} as bigint) as days" for days in settings.shifts_days]
    return " union all ".join(lines)


# Only devices that coincided at all are compared again, and only on the side they stood on.
_WALL = """
    select p.class, s.sight_no, s.party_no, s.party, s.subject_id, s.cell_id, s.lat, s.lon,
        s.wall_us, s.wall_day, max(p.is_left) as is_left, max(p.is_right) as is_right
    from coincidence_sightings as s join (
        select distinct class, subject_a as subject_id, 1 as is_left, 0 as is_right
        from coincidence_spans
        union all
        select distinct class, subject_b as subject_id, 0 as is_left, 1 as is_right
        from coincidence_spans
    ) as p on p.subject_id = s.subject_id
        and s.kind = case when p.class = 'A' then 'fix' else 'cell' end
    group by p.class, s.sight_no, s.party_no, s.party, s.subject_id, s.cell_id, s.lat, s.lon,
        s.wall_us, s.wall_day
"""

_SHIFTED = """
    select 'A' as class, p.trial, p.sight_a, p.sight_b from coincidence_shifted_a as p
    union all
    select 'B' as class, p.trial, p.sight_a, p.sight_b from coincidence_shifted_b as p
    union all
    select 'C' as class, p.trial, p.sight_a, p.sight_b from coincidence_shifted_c as p
"""


def _occupied(settings: Settings) -> str:
    """SQL: per span, side and shift, whether the other device has a record in the window.

    The first record at or after the start of each window is found with one ordered pass.
    """
    return f"""
        select o.span_no, o.side, o.trial
        from (
            select u.*, min(u.record_us) over (partition by u.class, u.subject_id
                order by u.at_us, u.is_record
                rows between current row and unbounded following) as next_us
            from (
                select v.class, v.subject_id, v.low_us as at_us, 0 as is_record,
                    cast(null as bigint) as record_us, v.high_us, v.span_no, v.side, v.trial
                from ({_windows(settings)}) as v
                union all
                select r.class, r.subject_id, r.wall_us as at_us, 1 as is_record,
                    r.wall_us as record_us, cast(null as bigint) as high_us,
                    cast(null as bigint) as span_no, cast(null as varchar(1)) as side,
                    cast(null as bigint) as trial
                from coincidence_wall as r
            ) as u
        ) as o
        where o.is_record = 0 and o.next_us <= o.high_us
    """


def _windows(settings: Settings) -> str:
    """SQL: the stretch of the other device's own clock that each trial looks at."""
    reach = f"case when s.class = 'A' then {settings.window_us} else {settings.cell_window_us} end"
    sign = "case when m.side = 'a' then -1 else 1 end"
    return f"""
        select s.class, s.span_no, m.side, f.days as trial,
            case when m.side = 'a' then s.subject_b else s.subject_a end as subject_id,
            min(w.wall_us) - {reach} + {sign} * f.days * {DAY_US} as low_us,
            max(w.wall_us) + {reach} + {sign} * f.days * {DAY_US} as high_us
        from coincidence_spans as s
        join coincidence_members as m on m.span_no = s.span_no
        join coincidence_sightings as w on w.sight_no = m.sight_no
        cross join coincidence_shifts as f
        group by s.class, s.span_no, m.side, f.days, s.subject_a, s.subject_b
    """


def _trials(settings: Settings, refused: list[str]) -> str:
    """SQL: trials and hits per span; a class that was refused has none."""
    return f"""
        select o.span_no, count(*) as chance_trials,
            sum(case when h.span_no is null then 0 else 1 end) as chance_hits
        from coincidence_occupied as o
        join coincidence_spans as s on s.span_no = o.span_no
        left join ({_HITS}) as h
            on h.span_no = o.span_no and h.side = o.side and h.trial = o.trial
        where s.class not in ({_listed(refused)})
        group by o.span_no
    """


_HITS = """
    select distinct h.span_no, h.side, h.trial
    from (
        select m.span_no, m.side, p.class, p.trial, p.sight_a, p.sight_b
        from coincidence_shifted as p
        join coincidence_members as m on m.side = 'a' and m.sight_no = p.sight_a
        union all
        select m.span_no, m.side, p.class, p.trial, p.sight_a, p.sight_b
        from coincidence_shifted as p
        join coincidence_members as m on m.side = 'b' and m.sight_no = p.sight_b
    ) as h
    join coincidence_sightings as a on a.sight_no = h.sight_a
    join coincidence_sightings as b on b.sight_no = h.sight_b
    join coincidence_spans as s on s.span_no = h.span_no and s.class = h.class
        and s.subject_a = a.subject_id and s.subject_b = b.subject_id
"""

_DAYS = """
    select distinct w.class, w.party, w.party_no, w.wall_day, w.is_left, w.is_right
    from coincidence_wall as w
"""


def _rates(refused: list[str]) -> str:
    """SQL: days on which both parties have records, and those with a pair, per trial."""
    return f"""
        select d.class, d.party_a, d.party_b, d.trial, d.days, coalesce(h.days, 0) as days_hit
        from (
            select l.class, l.party as party_a, r.party as party_b, f.days as trial,
                count(distinct l.wall_day) as days
            from (select days from coincidence_shifts union all select 0 as days) as f
            join coincidence_days as l on l.is_left = 1
            join coincidence_days as r on r.is_right = 1 and r.class = l.class
                and l.wall_day = r.wall_day + f.days and l.party_no < r.party_no
            where f.days = 0 or l.class not in ({_listed(refused)})
            group by l.class, l.party, r.party, f.days
        ) as d
        left join (
            select p.class, p.trial, a.party as party_a, b.party as party_b,
                count(distinct a.wall_day) as days
            from (
                select class, trial, sight_a, sight_b from coincidence_shifted
                union all
                select class, 0 as trial, sight_a, sight_b from coincidence_pairs
            ) as p
            join coincidence_sightings as a on a.sight_no = p.sight_a
            join coincidence_sightings as b on b.sight_no = p.sight_b
            group by p.class, p.trial, a.party, b.party
        ) as h on h.class = d.class and h.trial = d.trial
            and h.party_a = d.party_a and h.party_b = d.party_b
    """


def _listed(classes: list[str]) -> str:
    return ", ".join(f"'{name}'" for name in ["", *classes])
