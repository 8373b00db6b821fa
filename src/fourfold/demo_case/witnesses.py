"""Number plate cameras and the victim's diary, as CSV and as JSON, with planned outcomes."""

import csv
import io
import json
from random import Random
from typing import Any, Final, NamedTuple

from fourfold.demo_case.ledger import Exhibit, Files
from fourfold.demo_case.movement import encounters, place_of
from fourfold.demo_case.world import DAY_S, DAYS, FIRST, PLACES, PLATE, SUSPECT, latlon, local

CAMERAS: Final = {
    "CAM 01 RING ROAD": (-1_900.0, -550.0), "CAM 02 RIVER BRIDGE": (-600.0, 150.0),
    "CAM 03 HILL LANE": (1_300.0, 800.0),
}  # fmt: skip
DIARY_HEADERS: Final = (
    "Entry", "Date", "Time (as near as you can)", "What happened", "Where", "How",
    "Who saw or heard", "Evidence kept", "How it made me feel / what I changed", "Reported to",
    "Written on",
)  # fmt: skip


class Entry(NamedTuple):
    """One diary entry and the outcome that a checker should reach. date: DD/MM/YYYY or words."""

    date: str
    time: str
    what: str
    where: str
    how: str
    outcome: str
    why: str


CSV_ENTRIES: Final = (
    Entry("10/07/2026", "about quarter past seven in the evening",
          "Told him by text to stop. His answer was to ring me.", "", "Text", "supported",
          "her text and his call stand in both returns"),
    Entry("17/08/2026", "about 9 in the evening", "He rang three times one after the other.", "",
          "Phone call", "supported", "three calls between 21:02 and 21:08"),
    Entry("16/08/2026", "8pm", 'Text from him: "I know the light is on."', "", "Text", "partly",
          "the text is of 21:02, an hour later"),
    Entry("05/08/2026", "tea time, when I finished work",
          "He was stood by the bike racks when I came out.", "Outside work", "In person",
          "supported", "fixes of both devices within 50 m"),
    Entry("11/08/2026", "Tuesday morning", "He was outside my work again.", "Outside work",
          "In person", "contradicted", "his handset's fixes are 66 km away all day"),
    Entry("19/08/2026", "12 noon", "He rang me at work, I let it ring.", "Work", "Phone call",
          "data_but_nothing", "both returns cover the hour and hold no call from him"),
    Entry("26/08/2026", "5ish", "Bike racks again. Photo taken.", "Outside work", "In person",
          "supported", "fixes of both devices within 50 m"),
    Entry("10/09/2026", "about quarter to ten in the evening", "He stood across the road.",
          "Home", "In person", "supported", "fixes of both devices within 50 m"),
    Entry("03/11/2026", "about 7 in the morning", "Two calls from a private number.", "",
          "Phone call", "no_data", "no source reaches that day"),
)  # fmt: skip
JSON_ENTRIES: Final = (
    Entry("2026-09-21", "lunch time", "Private number rang twice. =SUM(1)", "", "Phone call",
          "supported", "two withheld calls at 13:05 and 13:07"),
    Entry("2026-10-06", "between 9 and 10 at night", "Outside the house. He has the order.",
          "Home", "In person", "supported", "fixes of both devices within 50 m"),
    Entry("2026-06-20", "in the afternoon", "He followed me round the market.", "Market",
          "In person", "no_data", "before every source begins"),
)  # fmt: skip
FACTS: Final = {"person": "V"}


def write_diaries(files: Files) -> None:
    """Write both diaries; one entry of the JSON is a private note."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(DIARY_HEADERS)
    for number, entry in enumerate(CSV_ENTRIES, 1):
        place = [entry.what, entry.where, entry.how, "", "", "", "", entry.date]
        writer.writerow([number, entry.date, entry.time, *place])
    exhibit = files.add("victim/diary.csv", "DEF/8", text.getvalue().encode("utf-8-sig"), **FACTS)
    exhibit.rows = len(CSV_ENTRIES)
    entries = [_json_entry(n, entry) for n, entry in enumerate(JSON_ENTRIES, 1)]
    entries[-1] |= {"private_note": False}
    diary = {
        "diary": "incident log", "owner": "Tamsin Oakhollow", "time_zone": "Europe/London",
        "entries": entries,
    }  # fmt: skip
    exhibit = files.add("victim/diary.json", "DEF/9", json.dumps(diary, indent=2).encode(), **FACTS)
    exhibit.rows = len(entries)


def _json_entry(number: int, entry: Entry) -> dict[str, Any]:
    return {
        "id": f"d{number}", "version": 1, "when": {"date": entry.date, "time": entry.time},
        "place": entry.where or None, "what_happened": entry.what, "means": entry.how,
        "words_used": None, "witnesses": [], "evidence": [], "effect": None,
        "private_note": False, "typed_by": "self", "created_at": f"{entry.date}T22:15:00+01:00",
    }  # fmt: skip


def diary_truth() -> list[dict[str, str]]:
    """Return the planned outcome of every entry, with its place in its file."""
    rows = [("DEF/8", f"line={n}", e) for n, e in enumerate(CSV_ENTRIES, 2)]
    rows += [("DEF/9", f"/entries/{n}", e) for n, e in enumerate(JSON_ENTRIES)]
    return [{"exhibit": x, "row": r, "outcome": e.outcome, "why": e.why} for x, r, e in rows]


def write_anpr(files: Files, rng: Random, per_day: float) -> Exhibit:
    """Write reads of the suspect's plate: on workdays, and on the way to planted stays."""
    times: list[int] = []
    for day in range(DAYS):
        midnight = FIRST + day * DAY_S
        if place_of(SUSPECT, midnight + 12 * 3_600) != PLACES["s_work"]:
            continue
        count = int(per_day) + (rng.random() < per_day % 1)
        times += [midnight + 8 * 3_600 + rng.randrange(60, 800) for _ in range(count)]
    times += [e.first - rng.randrange(120, 400) for e in encounters()]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(
        ["VRM", "Date/Time", "Camera", "GPS (Long, -Lat)", "Error Radius", "Make", "Model",
         "Colour", "MMC Record"]
    )  # fmt: skip
    for number, at in enumerate(sorted(times)):
        camera, (lat, lon) = _camera(rng)
        plate = PLATE.replace(" ", "")
        plate = plate.replace("0", "O", 1) if rng.random() < 0.02 else plate
        when = f"{local(at):%d/%m/%Y %H:%M:%S}"
        spot = f"({lon:.6f}, -{lat:.6f})"
        car = ["INVENTED", "ROADSTER", "BLUE", f"MMC{700000 + number}"]
        writer.writerow([plate, when, camera, spot, "15m", *car])
    facts = {"identifier": f"vrm:{PLATE.replace(' ', '')}"}
    exhibit = files.add("anpr/anpr_reads.csv", "JKL/1", text.getvalue().encode(), **facts)
    exhibit.rows = len(times)
    return exhibit


def _camera(rng: Random) -> tuple[str, tuple[float, float]]:
    name = rng.choice(tuple(CAMERAS))
    return name, latlon(CAMERAS[name])
