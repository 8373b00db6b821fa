"""Presence in person: coincidences, positions of the suspect's devices, camera events.

A device is not a person. A position far from the place named conflicts with an entry
only as far as the person carried the device; the wording says so.
"""

from typing import Any, Final, NamedTuple

from fourfold.evidence.analyses.diary_candidates import FULL, NOT, PART, Candidate, sql_list
from fourfold.evidence.analyses.diary_entries import Asked
from fourfold.evidence.analyses.diary_windows import Window
from fourfold.evidence.analyses.diary_words import BELL, VEHICLE
from fourfold.evidence.model import limits
from fourfold.evidence.model.case import STRENGTHS, Case, Place
from fourfold.evidence.model.protocols import Tables
from fourfold.evidence.support.clock import DAY_US, SECOND_US
from fourfold.evidence.support.geo import distance_m

FAR_M: Final = 10_000.0  # closer than this is never called a conflict
SPEED_M_PER_S: Final = 130 / 3.6  # between two positions a device is allowed this speed
LEAST_EXCLUDED_SHARE: Final = 0.5  # of the window, by positions and that speed
LONGEST_WINDOW_US: Final = DAY_US  # over longer windows nothing is excluded
CELL_REACH_M: Final = 35_000.0  # a handset may use a cell this far away (GSM timing limit)
FIX_WITHOUT_ACCURACY_M: Final = 1_000.0
CAMERA_REACH_M: Final = 100.0
AT_PLACE_M: Final = 50.0  # beyond the place's own radius; two workplaces may lie 250 m apart
WORST_ACCURACY_M: Final = 100.0  # a fix less accurate does not show a place


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


def has_table(tables: Tables, name: str) -> bool:
    """Tell whether an earlier analysis made this table."""
    return any(name in row for row in tables.rows("show tables"))


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


def days_of_records(tables: Tables, case: Case) -> set[str]:
    """Return the local days with any record of a device attributed to a suspect.

    Only the strongest strength counts that any such record has: a tablet on an account
    is not a reason to say that there are data about the person's telephone.
    """
    rows = tables.rows(
        f"""select e.local_day, p.strength from events_us as e join parties as p
            on p.identifier = e.subject_id and p.channel = coalesce(e.channel, '')
            and e.started_us >= p.from_us and e.started_us < p.to_us
        where p.person in ({sql_list(list(case.suspects))}) and e.local_day is not null
            and e.kind <> 'statement'
        group by e.local_day, p.strength order by e.local_day, p.strength"""
    )
    strengths = {strength for _, strength in rows}
    best = next((s for s in STRENGTHS if s in strengths), None)
    return {day for day, strength in rows if strength == best}


def conflict_with(
    found: list[Position], window: Window, places: tuple[Place, ...]
) -> Conflict | None:
    """Return the conflict between positions and the place named, if there is one.

    found: positions in the shown window. The devices with the strongest attribution must
    have positions in the window, all of them far. Devices with a weaker attribution that
    agree with them help to exclude time; one that does not (a tablet left with somebody)
    is left out and counted.
    """
    if not places or not found or window.to_us - window.from_us > LONGEST_WINDOW_US:
        return None
    best = min(p.weakness for p in found)
    inside = [p for p in found if window.holds(p.started_us)]
    close = {p.subject_id for p in inside if _bound(p, places) < FAR_M}
    strong = [p for p in inside if p.weakness == best]
    if not strong or any(p.subject_id in close for p in strong):
        return None
    used = [p for p in found if p.subject_id not in close]
    share = _excluded_share(used, window, places)
    if share < LEAST_EXCLUDED_SHARE:
        return None
    used_inside = tuple(p for p in inside if p.subject_id not in close)
    least = min(_bound(p, places) for p in used_inside)
    return Conflict(least, share, used_inside, sum(p.subject_id in close for p in inside))


def _bound(position: Position, places: tuple[Place, ...]) -> float:
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
        reach_us = int(_bound(position, places) / SPEED_M_PER_S * SECOND_US)
        spans.append((position.started_us - reach_us, position.started_us + reach_us))
    excluded, covered_to = 0, window.from_us
    for first, last in sorted(spans):
        start, end = max(first, covered_to), min(last, window.to_us)
        if end > start:
            excluded += end - start
            covered_to = end
    return excluded / (window.to_us - window.from_us)


def presence_candidates(tables: Tables, asked: Asked, found: list[Position]) -> list[Candidate]:
    """Return what bears on presence in person inside the shown margin; found: see positions."""
    return [
        *_coincidences(tables, asked),
        *_at_place(found, asked.window, asked.places),
        *_elsewhere(found, asked),
        *_cameras(tables, asked),
    ]


_CLASS_WORDS: Final = {
    "A": (FULL, "fixes of both devices agree in time and place"),
    "B": (PART, "records of both devices on one cell; a cell serves a large area"),
    "C": (NOT, "different cells; for investigation only"),
}


def _pair(asked: Asked) -> str:
    """Return SQL: a coincidence of a suspect's device and the writer's."""
    suspects, me = sql_list(list(asked.case.suspects)), sql_list([asked.owner])
    return (
        f"((c.person_a in ({suspects}) and c.person_b in ({me}))"
        f" or (c.person_b in ({suspects}) and c.person_a in ({me})))"
    )


def _coincidences(tables: Tables, asked: Asked) -> list[Candidate]:
    if not has_table(tables, "coincidences"):
        return []
    shown = asked.window.shown
    rows = tables.dicts(
        "select c.coincidence_id, c.class, epoch_us(c.started_at) as started_us,"
        " epoch_us(c.ended_at) as ended_us, c.row_ids from coincidences as c"
        f" where epoch_us(c.started_at) < ? and epoch_us(c.ended_at) >= ? and {_pair(asked)}"
        " order by c.started_at, c.coincidence_id",
        [shown.to_us, shown.from_us],
    )
    return [_coincidence(row, asked.window) for row in rows]


def _coincidence(row: dict[str, Any], window: Window) -> Candidate:
    strength, why = _CLASS_WORDS[row["class"]]
    is_inside = window.holds(row["started_us"], row["ended_us"])
    return Candidate(
        label=f"coincidence {row['coincidence_id']}, class {row['class']}",
        started_us=row["started_us"],
        ended_us=row["ended_us"],
        strength=strength if is_inside else NOT,
        why=why if is_inside else f"outside the window; {why}",
        row_ids=tuple(row["row_ids"] or ()),
        is_inside=is_inside,
    )


def _is_at(position: Position, places: tuple[Place, ...]) -> bool:
    return (
        position.kind == "fix"
        and position.reach_m <= WORST_ACCURACY_M
        and any(
            distance_m(position.lat, position.lon, place.lat, place.lon)
            <= place.radius_m + AT_PLACE_M
            for place in places
        )
    )


def _at_place(found: list[Position], window: Window, places: tuple[Place, ...]) -> list[Candidate]:
    """Return one candidate for all fixes inside the window at a place named, if there are any."""
    fixes = [p for p in found if window.holds(p.started_us) and _is_at(p, places)]
    if not fixes:
        return []
    strength = _strength_name(min(p.weakness for p in fixes))
    return [
        Candidate(
            label=f"{len(fixes)} fixes of a device attributed ({strength}) to the suspect",
            started_us=fixes[0].started_us,
            ended_us=fixes[-1].started_us,
            strength=FULL,
            why=f"supplied positions within {AT_PLACE_M:.0f} m of the edge of the place named",
            row_ids=tuple(dict.fromkeys(p.row_id for p in fixes)),
            is_inside=True,
        )
    ]


def _elsewhere(found: list[Position], asked: Asked) -> list[Candidate]:
    """Return one candidate per device for its positions inside the window that show no place."""
    devices: dict[str, list[Position]] = {}
    for position in found if asked.every_place else []:
        if asked.window.holds(position.started_us) and not _is_at(position, asked.places):
            devices.setdefault(position.subject_id, []).append(position)
    return [_device(subject, devices[subject], asked) for subject in sorted(devices)]


def _device(subject: str, there: list[Position], asked: Asked) -> Candidate:
    bounds = [_bound(position, asked.every_place) for position in there]
    strength = _strength_name(there[0].weakness)
    rows = tuple(dict.fromkeys(p.row_id for p in there))
    return Candidate(
        label=f"{len(there)} other positions of {subject}, attributed ({strength}) to the suspect",
        started_us=there[0].started_us,
        ended_us=there[-1].started_us,
        strength=NOT,
        why=f"the records allow distances from {min(bounds) / 1000:.1f} km to the place named",
        row_ids=rows[: limits.FINDING_ROW_IDS],
        is_inside=True,
    )


def _strength_name(weakness: int) -> str:
    return STRENGTHS[weakness] if weakness < len(STRENGTHS) else "not stated"


def _cameras(tables: Tables, asked: Asked) -> list[Candidate]:
    """Return camera events: of a vehicle attributed to a suspect, or attributed to nobody."""
    shown = asked.window.shown
    rows = tables.dicts(
        f"""select e.event_id, e.started_us, e.ended_us, e.channel, e.subject_id, e.text,
            e.row_ids, max(case when p.person in ({sql_list(list(asked.case.suspects))})
                then 1 else 0 end) as is_suspects
        from events_us as e left join parties as p on p.identifier = e.subject_id
            and p.channel = coalesce(e.channel, '')
            and e.started_us >= p.from_us and e.started_us < p.to_us
        where e.started_us >= ? and e.started_us < ?
            and (e.kind in ('camera_read', 'photo') or e.channel in ('doorbell', 'cctv'))
        group by e.event_id, e.started_us, e.ended_us, e.channel, e.subject_id, e.text, e.row_ids
        order by e.started_us, e.event_id""",
        [shown.from_us, shown.to_us],
    )
    return [_camera(row, asked) for row in rows]


def _camera(row: dict[str, Any], asked: Asked) -> Candidate:
    is_inside = asked.window.holds(row["started_us"], row["ended_us"])
    strength, why = _camera_strength(row, asked)
    content = f": {row['text'][:60]}" if row["text"] and not row["is_suspects"] else ""
    return Candidate(
        label=f"{row['channel'] or 'camera'} record of {row['subject_id'] or 'nobody'}{content}",
        started_us=row["started_us"],
        ended_us=row["ended_us"],
        strength=strength if is_inside else NOT,
        why=why if is_inside else f"outside the window; {why}",
        row_ids=tuple(row["row_ids"] or ()),
        is_inside=is_inside,
    )


def _camera_strength(row: dict[str, Any], asked: Asked) -> tuple[int, str]:
    kinds = asked.claim.kinds
    if row["is_suspects"] and VEHICLE in kinds:
        return PART, "a read of characters, of a vehicle attributed to the suspect"
    if row["is_suspects"]:
        return NOT, "the entry names no vehicle"
    if BELL in kinds and row["channel"] == "doorbell":
        return PART, "an event of the kind named; it names nobody"
    return NOT, "it names nobody"


def supporting_spans(tables: Tables, asked: Asked) -> list[tuple[int, int]]:
    """Return (start, end) of all that would fully support presence, over the whole case."""
    spans: list[tuple[int, int]] = []
    if has_table(tables, "coincidences"):
        rows = tables.rows(
            "select epoch_us(c.started_at), epoch_us(c.ended_at) from coincidences as c"
            f" where c.class = 'A' and {_pair(asked)} order by c.started_at, c.coincidence_id"
        )
        spans += [(start, end) for start, end in rows]
    for place in asked.places:
        spans += _fixes_at(tables, place, asked.case)
    return sorted(spans)


_DEGREE_M: Final = 111_000.0  # of latitude; the box is a first sieve, the distance decides


def _fixes_at(tables: Tables, place: Place, case: Case) -> list[tuple[int, int]]:
    """Return the moments of accurate fixes of the suspects' devices at one place."""
    margin = (place.radius_m + AT_PLACE_M) / _DEGREE_M * 1.1
    rows = tables.rows(
        f"""select e.started_us, e.lat, e.lon, e.accuracy_m from events_us as e
        join parties as p on p.identifier = e.subject_id and p.channel = coalesce(e.channel, '')
            and e.started_us >= p.from_us and e.started_us < p.to_us
        where p.person in ({sql_list(list(case.suspects))}) and e.place_kind = 'fix'
            and e.lat between ? and ? and e.lon between ? and ?
            and e.accuracy_m <= {WORST_ACCURACY_M:e}
        order by e.started_us, e.event_id""",
        [place.lat - margin, place.lat + margin, place.lon - 2 * margin, place.lon + 2 * margin],
    )
    return [
        (at, at) for at, lat, lon, accuracy in rows
        if _is_at(Position(at, lat, lon, accuracy, "fix", 0, "", ""), (place,))
    ]  # fmt: skip
