"""The invented world: people, lines, handsets, places, masts, and the clock of the country.

No number, plate, postcode, cell or person exists: Ofcom's drama numbers, IMEIs with the test
prefix 00, the unassigned network 234-99, plates of a year code never issued, postcodes ZZ.
The map points lie in open country and mean nothing there.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from math import atan2, cos, degrees, hypot, radians
from random import Random
from typing import Final

Xy = tuple[float, float]  # metres east and north of the middle of the invented town

MIDDLE_LAT: Final = 52.2
MIDDLE_LON: Final = -1.0
METRES_PER_LAT: Final = 111_267.0
METRES_PER_LON: Final = 111_320.0 * cos(radians(MIDDLE_LAT))
# The National Grid around the middle as a plane; within 6 km it is less than 5 m out.
GRID_MIDDLE: Final = (468_442.3, 256_223.1)
GRID_EAST: Final = (1.0016821, -0.0137842)
GRID_NORTH: Final = (0.0139129, 0.9996298)

SUSPECT, VICTIM, FRIEND = "S", "V", "F"
S1, S2 = "447700900117", "447700900264"
V1, F1 = "447700900381", "447700900422"
SOLICITOR: Final = "447700900905"
POLICE: Final = "447700900906"
VOICEMAIL: Final = "222"
OTHERS: Final = tuple(f"4477009005{n:02d}" for n in range(60))
NAMES: Final = {
    SUSPECT: "Corwin Haddlesey",
    VICTIM: "Tamsin Oakhollow",
    FRIEND: "Perrin Oakhollow",
    "L": "Quillfeather & Moss (solicitors)",
}
IMEI_A, IMEI_B = "004401001234560", "004401007654320"
IMEI_V, IMEI_F = "004401005550010", "004401005550120"
IMSI: Final = {
    S1: "234990000000117", S2: "234990000000264", V1: "234990000000381", F1: "234990000000422",
}  # fmt: skip
PLATE: Final = "QX00 DMO"
PHONE_TAG, TABLET_TAG = -1_900_100_117, 801_500_264

PLACES: Final[dict[str, Xy]] = {
    "v_home": (1_800.0, 1_200.0),
    "v_work": (-350.0, -150.0),
    "s_home": (-2_900.0, -1_700.0),
    "s_work": (-900.0, 600.0),
    "shop": (600.0, 1_900.0),
    "v_new": (3_600.0, -2_400.0),
    # beyond the 35 km that a cell can reach, so that a cell there excludes the town
    "far_town": (45_000.0, 48_000.0),
}


def _moment(text: str) -> int:
    """Return epoch seconds of a UTC text."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


FIRST: Final = _moment("2026-06-30T23:00:00")  # 1 July, 00:00 local
LAST: Final = _moment("2026-11-01T00:00:00")
DAYS: Final = 123
DAY_S: Final = 86_400
CLOCKS_BACK: Final = _moment("2026-10-25T01:00:00")
AUTHORITY_END: Final = _moment("2026-10-30T00:00:00")  # of the suspect's call data
V_CLOCK_ERROR_S: Final = -420  # the victim's handset is seven minutes slow

NEW_SIM_AT: Final = _moment("2026-08-28T17:20:00")
NEW_HANDSET_AT: Final = _moment("2026-09-13T11:00:00")
MOVED_AT: Final = _moment("2026-10-16T09:00:00")


def local(at: float) -> datetime:
    """Return the naive wall-clock time of the country at epoch seconds."""
    offset = 3_600 if at < CLOCKS_BACK else 0
    return datetime(1970, 1, 1) + timedelta(seconds=at + offset)


def at_local(text: str) -> int:
    """Return epoch seconds of a wall-clock text; the repeated hour gives its first reading."""
    summer = _moment(text) - 3_600
    return summer if summer < CLOCKS_BACK else summer + 3_600


def iso_local(at: float, spec: str = "milliseconds") -> str:
    """Return wall-clock text with its offset."""
    offset = "+01:00" if at < CLOCKS_BACK else "+00:00"
    return local(at).isoformat(timespec=spec) + offset


def iso_utc(at: float, spec: str = "milliseconds") -> str:
    """Return UTC text with Z."""
    moment = datetime(1970, 1, 1) + timedelta(seconds=at)
    return moment.isoformat(timespec=spec) + "Z"


def latlon(place: Xy) -> tuple[float, float]:
    """Return WGS84 degrees."""
    return MIDDLE_LAT + place[1] / METRES_PER_LAT, MIDDLE_LON + place[0] / METRES_PER_LON


def grid(place: Xy) -> tuple[int, int]:
    """Return easting and northing in metres."""
    x, y = place
    easting = GRID_MIDDLE[0] + GRID_EAST[0] * x + GRID_EAST[1] * y
    northing = GRID_MIDDLE[1] + GRID_NORTH[0] * x + GRID_NORTH[1] * y
    return round(easting), round(northing)


@dataclass(frozen=True)
class Cell:
    """One sector of a mast, as the provider's return prints it."""

    cell_id: str
    site: str
    street: str
    postcode: str
    generation: str
    easting: str
    northing: str
    azimuth: str

    def columns(self) -> tuple[str, ...]:
        """Return the eight columns of a return."""
        return (
            self.cell_id, self.site, self.street, self.postcode,
            self.generation, self.easting, self.northing, self.azimuth,
        )  # fmt: skip


REACH_M: Final = 4_000.0  # a second mast beyond this is never used
NO_CELL: Final = ("",) * 8


class Masts:
    """Masts on a jittered lattice; a handset mostly uses the sector that faces it."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.sites: list[tuple[Xy, int]] = []
        self.cells: list[tuple[Cell, Cell, Cell]] = []
        spots = [(x * 1_900.0, y * 1_700.0) for y in range(-2, 3) for x in range(-2, 3)]
        for number, (x, y) in enumerate([*spots, PLACES["far_town"]]):
            site = (x + rng.uniform(-500, 500), y + rng.uniform(-500, 500))
            turn = rng.randrange(0, 120, 10)
            self.sites.append((site, turn))
            self.cells.append(_sectors(number, site, turn))
        self._ranked = lru_cache(maxsize=None)(self._rank)

    def cell_at(self, place: Xy) -> Cell:
        """Return the cell a handset at this place uses: not always the closest."""
        first, second = self._ranked(round(place[0], -2), round(place[1], -2))
        number = first if self.rng.random() < 0.85 else second
        (x, y), turn = self.sites[number]
        bearing = degrees(atan2(place[0] - x, place[1] - y)) % 360
        return self.cells[number][round(((bearing - turn) % 360) / 120) % 3]

    def _rank(self, x: float, y: float) -> tuple[int, int]:
        order = sorted(range(len(self.sites)), key=lambda n: self._distance_m(n, x, y))
        is_in_reach = self._distance_m(order[1], x, y) < REACH_M
        return order[0], order[1] if is_in_reach else order[0]

    def _distance_m(self, number: int, x: float, y: float) -> float:
        site, _ = self.sites[number]
        return hypot(site[0] - x, site[1] - y)


def _sectors(number: int, site: Xy, turn: int) -> tuple[Cell, Cell, Cell]:
    """Make the three sectors of a mast; one mast has no azimuth, one no position."""
    easting, northing = (str(value) for value in grid(site))
    is_old = number % 6 == 5
    if number == 7:
        easting = northing = ""
    cells = []
    for sector in range(3):
        azimuth = "" if number in {3, 7} else str((turn + 120 * sector) % 360)
        enb = 90_100 + number
        new_id = f"234-99-{enb * 256 + sector + 1}"
        cell_id = f"234-99-{4_400 + number}-{20_001 + sector}" if is_old else new_id
        cells.append(
            Cell(
                cell_id,
                f"SITE {enb} INVENTED MAST",
                f"{number + 1} Made Up Lane",
                f"ZZ{number + 10} 9ZZ",
                "3G" if is_old else "4G",
                easting,
                northing,
                azimuth,
            )
        )
    return cells[0], cells[1], cells[2]


def handset_of(line: str, at: int) -> str:
    """Return the IMEI in which a line's SIM stands at a moment."""
    if line == S2:
        return IMEI_A if at < NEW_HANDSET_AT else IMEI_B
    return {S1: IMEI_A, V1: IMEI_V, F1: IMEI_F}[line]
