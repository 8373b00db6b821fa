"""Presence in person: coincidences, fixes at the place named, camera events."""

from typing import Any, Final

from fourfold.evidence.analyses.diary_candidates import FULL, NOT, PART, Candidate, sql_list
from fourfold.evidence.analyses.diary_entries import Asked
from fourfold.evidence.analyses.diary_positions import Position, bound_m
from fourfold.evidence.analyses.diary_windows import ALWAYS, Window
from fourfold.evidence.analyses.diary_words import BELL, VEHICLE
from fourfold.evidence.model import limits
from fourfold.evidence.model.case import STRENGTHS, Case, Place
from fourfold.evidence.model.protocols import Tables
from fourfold.evidence.support.geo import distance_m

AT_PLACE_M: Final = 50.0  # beyond the place's own radius; two workplaces may lie 250 m apart
WORST_ACCURACY_M: Final = 100.0  # a fix less accurate does not show a place


def has_table(tables: Tables, name: str) -> bool:
    """Tell whether an earlier analysis made this table."""
    return any(name in row for row in tables.rows("show tables"))


def presence_candidates(tables: Tables, asked: Asked, found: list[Position]) -> list[Candidate]:
    """Return what bears on presence in person inside the shown margin; found: see positions."""
    return [
        *_coincidences(tables, asked),
        *_at_place(found, asked.window, asked.places),
        *_elsewhere(found, asked),
        *(_camera(row, asked) for row in _cameras(tables, asked, asked.window.shown)),
    ]


# Class C (different cells) is for investigation only and stays out.
_CLASS_WORDS: Final = {
    "A": (FULL, "fixes of both devices agree in time and place"),
    "B": (PART, "records of both devices on one cell; a cell serves a large area"),
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
        f" where epoch_us(c.started_at) < ? and epoch_us(c.ended_at) >= ?"
        f" and c.class in ('A', 'B') and {_pair(asked)}"
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
    bounds = [bound_m(position, asked.every_place) for position in there]
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


def _cameras(tables: Tables, asked: Asked, window: Window) -> list[dict[str, Any]]:
    """Return camera events in a window: of a vehicle attributed to a suspect, or of nobody."""
    return tables.dicts(
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
        [window.from_us, window.to_us],
    )


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


def supporting_spans(tables: Tables, asked: Asked, least: int) -> list[tuple[int, int]]:
    """Return (start, end) of all in the case that would help at least so much."""
    spans: list[tuple[int, int]] = []
    classes = sql_list([c for c, (strength, _) in _CLASS_WORDS.items() if strength >= least])
    if has_table(tables, "coincidences"):
        rows = tables.rows(
            "select epoch_us(c.started_at), epoch_us(c.ended_at) from coincidences as c"
            f" where c.class in ({classes}) and {_pair(asked)}"
            " order by c.started_at, c.coincidence_id"
        )
        spans += [(start, end) for start, end in rows]
    if least <= PART:
        spans += [
            (row["started_us"], row["ended_us"])
            for row in _cameras(tables, asked, ALWAYS)
            if _camera_strength(row, asked)[0] >= least
        ]
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
