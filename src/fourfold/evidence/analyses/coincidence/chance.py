"""The chance control: the same comparison on day- and week-shifted records.

The right side's records are moved by whole days of wall-clock time, so that habits stay
where they are on the clock. A shifted comparison cannot show two persons at one moment:
what it finds, habit and chance explain. Two answers:

- per coincidence: on how many other days would the one device's records have coincided
  with the other's records of this coincidence (`chance_rate` of `chance_trials`; a trial
  counts only if the other device has a record in the window at all);
- per pair: days with a coincidence per day on which both have records, as found and
  shifted.

Fixes are compared pair by pair. Of records with a cell only the first and the last of each
slot is needed (slots.py): whether there is any pair, they tell exactly.
"""

from fourfold.evidence.analyses.coincidence import cells, slots
from fourfold.evidence.analyses.coincidence.pairs import Reach, Search, find_pairs, listed
from fourfold.evidence.analyses.coincidence.settings import Settings
from fourfold.evidence.model.protocols import Tables

SIDES = "coincidence_sides"


def control(tables: Tables, settings: Settings) -> dict[str, int]:
    """Repeat the comparison of each class on shifted records of the pairs that coincided.

    Makes coincidence_trials (span_no, chance_trials, chance_hits) and
    coincidence_rates (class, party_a, party_b, trial, days, days_hit; trial 0 is as found).

    Returns:
        Comparisons made per class; above the limit of the crowd guard they were refused, and
        the trials of that class are missing.
    """
    tables.step(SIDES, _SIDES)
    made = {"A": _shifted_fixes(tables, settings)}
    timing = cells.Timing(
        settings.cell_window_us, clock="wall_us", shifts_days=settings.shifts_days
    )
    made |= cells.count_comparisons(tables, timing, SIDES)
    refused = [name for name, n in made.items() if n > settings.limit_of(name)]
    slots.make_slots(tables, settings)
    tables.step("coincidence_occupied", slots.occupied(settings))
    tables.step("coincidence_trials", _trials(refused))
    tables.step("coincidence_days", _DAYS)
    tables.step("coincidence_rates", _rates(settings, refused))
    return made


def _shifted_fixes(tables: Tables, settings: Settings) -> int:
    side = (
        "(select s.sight_no, s.party_no, s.wall_us as started_us, s.lat, s.lon"
        f" from coincidence_sightings as s join {SIDES} as d on d.subject_no = s.subject_no"
        " where s.kind = 'fix' and d.class = 'A' and d.{} = 1)"
    )
    search = Search(
        name="coincidence_shifted_fixes",
        left=side.format("is_left"),
        right=side.format("is_right"),
        reach=Reach(settings.distance_m, settings.window_us),
        shifts_days=settings.shifts_days,
    )
    return find_pairs(tables, search, settings.comparison_limit)


# Only devices that coincided at all are compared again, and only on the side they stood on.
_SIDES = """
    select p.class, p.kind, p.subject_no, max(p.is_left) as is_left, max(p.is_right) as is_right
    from (
        select class, case when class = 'A' then 'fix' else 'cell' end as kind,
            subject_no_a as subject_no, 1 as is_left, 0 as is_right
        from coincidence_spans
        union all
        select class, case when class = 'A' then 'fix' else 'cell' end as kind,
            subject_no_b as subject_no, 0 as is_left, 1 as is_right
        from coincidence_spans
    ) as p
    group by p.class, p.kind, p.subject_no
"""


def _trials(refused: list[str]) -> str:
    """SQL: trials and hits per span; a class that was refused has none."""
    return f"""
        select o.span_no, count(*) as chance_trials,
            sum(case when h.span_no is null then 0 else 1 end) as chance_hits
        from coincidence_occupied as o
        left join (
            select distinct u.span_no, u.side, u.trial from ({_FIX_HITS} union all
                select g.span_no, g.side, g.trial from coincidence_agreed as g) as u
        ) as h on h.span_no = o.span_no and h.side = o.side and h.trial = o.trial
        where o.class not in ({_listed(refused)})
        group by o.span_no
    """


_FIX_HITS = " union all ".join(
    f"""
    select m.span_no, m.side, p.trial
    from coincidence_shifted_fixes as p
    join coincidence_sightings as a on a.sight_no = p.sight_a
    join coincidence_sightings as b on b.sight_no = p.sight_b
    join coincidence_members as m on m.sight_no = p.sight_{side}
    join coincidence_spans as s on s.span_no = m.span_no
        and s.subject_no_a = a.subject_no and s.subject_no_b = b.subject_no
    where m.side = '{side}'
    """
    for side in "ab"
)

_DAYS = """
    select distinct d.class, u.party_no, u.wall_day, d.is_left, d.is_right
    from coincidence_used as u
    join coincidence_sides as d on d.kind = u.kind and d.subject_no = u.subject_no
"""


def _rates(settings: Settings, refused: list[str]) -> str:
    """SQL: days on which both parties have records, and those with a pair, per trial."""
    return f"""
        select d.class, d.party_a, d.party_b, d.trial, d.days, coalesce(h.days, 0) as days_hit
        from (
            select l.class, l.party_no as party_a, r.party_no as party_b, f.trial,
                count(distinct l.wall_day) as days
            from {listed((0, *settings.shifts_days))} as f(trial)
            cross join coincidence_days as r
            join coincidence_days as l on l.class = r.class and l.wall_day = r.wall_day + f.trial
            where l.is_left = 1 and r.is_right = 1 and l.party_no < r.party_no
                and (f.trial = 0 or l.class not in ({_listed(refused)}))
            group by l.class, l.party_no, r.party_no, f.trial
        ) as d
        left join (
            select u.class, u.trial, u.party_a, u.party_b, count(distinct u.day) as days
            from ({_HITS_AS_FOUND} union all {_FIX_DAYS} union all {_CELL_DAYS}) as u
            group by u.class, u.trial, u.party_a, u.party_b
        ) as h on h.class = d.class and h.trial = d.trial
            and h.party_a = d.party_a and h.party_b = d.party_b
    """


_HITS_AS_FOUND = """
    select p.class, 0 as trial, a.party_no as party_a, b.party_no as party_b, p.day_a as day
    from (select distinct class, holder_a, holder_b, day_a from coincidence_pairs) as p
    join coincidence_holders as a on a.holder_no = p.holder_a
    join coincidence_holders as b on b.holder_no = p.holder_b
"""

_FIX_DAYS = """
    select 'A' as class, p.trial, a.party_no as party_a, b.party_no as party_b, a.wall_day as day
    from coincidence_shifted_fixes as p
    join coincidence_sightings as a on a.sight_no = p.sight_a
    join coincidence_sightings as b on b.sight_no = p.sight_b
"""

_CELL_DAYS = """
    select g.class, g.trial, g.party_a, g.party_b, g.wall_day as day
    from coincidence_agreed as g where g.span_no = 0
"""


def _listed(classes: list[str]) -> str:
    return ", ".join(f"'{name}'" for name in ["", *classes])
