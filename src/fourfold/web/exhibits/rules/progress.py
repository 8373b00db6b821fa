"""How far a run is, from the steps that it told: four stations, each with a bar."""

import re
from collections.abc import Iterable
from typing import Any, Final

from fourfold.web.exhibits.models import EngineRun

State = EngineRun.State
STATIONS: Final = (
    ("take in", "Take in the exhibits"),
    ("read", "Read the rows"),
    ("analyse", "Ask the questions"),
    ("render", "Lay out workbook and report"),
)
NAMES: Final = tuple(name for name, _ in STATIONS)
OVER: Final = (State.FINISHED, State.FAILED, State.CANCELLED)
MESSAGES: Final = {
    State.QUEUED: "Waiting for its turn.",
    State.RUNNING: "The engine is at work.",
    State.FINISHED: "Finished.",
    State.FAILED: "Failed.",
    State.CANCELLED: "Cancelled.",
}
_PLACE = re.compile(r"(\d+) of (\d+): ")
Station = dict[str, Any]


def stations_of(run: EngineRun, steps: Iterable[tuple[str, str]]) -> list[Station]:
    """Return the stations as the page's progress list shows them."""
    told = _of_last_attempt(steps)
    reached = max((NAMES.index(name) for name, _ in told), default=-1)
    return [_station(run, told, number, reached) for number in range(len(STATIONS))]


def _of_last_attempt(steps: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    told: list[tuple[str, str]] = []
    for station, detail in steps:
        if station == "start":
            told = []
        elif station in NAMES:
            told.append((station, detail))
    return told


def _station(run: EngineRun, told: list[tuple[str, str]], number: int, reached: int) -> Station:
    name, label = STATIONS[number]
    details = [detail for station, detail in told if station == name]
    state = _state(run, number, reached)
    done, total = _count(run, name, details)
    return {
        "key": name.replace(" ", "_"),
        "label": label,
        "state": state,
        "done": done,
        "total": total,
        "detail": _detail(name, details, state),
    }


def _state(run: EngineRun, number: int, reached: int) -> str:
    if run.state == State.FINISHED or number < reached:
        return "done"
    if number > reached:
        return "waiting"
    return "failed" if run.state in OVER else "running"


def _count(run: EngineRun, name: str, details: list[str]) -> tuple[int, int]:
    """Return how many steps are done of how many; 0 where their number is not known before."""
    if name == "take in":
        return len(details), run.exhibit_count
    place = _PLACE.match(details[-1]) if details else None
    return (int(place[1]), int(place[2])) if place else (0, 0)


def _detail(name: str, details: list[str], state: str) -> str:
    if not details:
        return ""
    if state == "done":
        return {
            "take in": f"{len(details)} files sealed",
            "read": f"{len(details)} steps",
            "analyse": f"{len(details)} questions asked",
            "render": f"{len(details)} files written",
        }[name]
    return details[-1]


def changes(before: list[Station], now: list[Station]) -> list[Station]:
    """Return the stations that have changed, as events for the page."""
    known = {station["key"]: station for station in before}
    return [
        {
            "station": station["key"],
            **{k: v for k, v in station.items() if k not in ("key", "label")},
        }
        for station in now
        if known.get(station["key"]) != station
    ]
