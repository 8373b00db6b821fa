"""Coincidences against the known truth of the synthetic cases."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from lib.brute import Point, brute_pairs
from lib.cases import data_of, truth_of
from lib.shared import reality

pytestmark = reality
LONDON = ZoneInfo("Europe/London")
CASES = ("case-small", "case-typical")


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00")).replace(tzinfo=None)


def local_day(at: datetime) -> str:
    return at.replace(tzinfo=UTC).astimezone(LONDON).date().isoformat()


def cells_of_readable_exhibits(name: str) -> list[dict[str, Any]]:
    """The truth's cell-days that the exhibits read so far can show, by the truth's records."""
    refs = {ref for (ref,) in data_of(name).rows("select ref from exhibits where state = 'read'")}
    lines = {x["ref"]: (x.get("meta") or {}).get("line", "") for x in truth_of(name)["exhibits"]}
    seen: dict[tuple[str, str], list[datetime]] = {}
    for event in truth_of(name)["events"]:
        for record in event.get("rec", []):
            if record.get("cell") and not record.get("aside") and record["x"] in refs:
                side = lines[record["x"]][:1]
                seen.setdefault((side, record["cell"]), []).append(moment(record["t"]))
    window = timedelta(minutes=30)
    return [
        row
        for row in truth_of(name)["same_cell"]
        if any(
            abs(a - b) <= window and local_day(min(a, b)) == row["day"]
            for a in seen.get(("S", row["cell"]), [])
            for b in seen.get(("V", row["cell"]), [])
        )
    ]


@pytest.mark.parametrize("name", CASES)
def test_same_cell_is_found_on_exactly_the_true_days(name: str) -> None:
    found = data_of(name).dicts(
        "select * from coincidences where class = 'B' and person_a = 'S' and person_b = 'V'"
    )
    expected = cells_of_readable_exhibits(name)
    assert {(c["cell_id"], local_day(c["started_at"])) for c in found} == {
        (row["cell"], row["day"]) for row in expected
    }
    assert len(expected) == len(truth_of(name)["same_cell"]), "every true one is reachable"


@pytest.mark.parametrize("name", CASES)
def test_same_cell_has_the_true_least_gap(name: str) -> None:
    least: dict[tuple[str, str], float] = {}
    for c in data_of(name).dicts(
        "select * from coincidences where class = 'B' and person_a = 'S' and person_b = 'V'"
    ):
        key = (c["cell_id"], local_day(c["started_at"]))
        least[key] = min(least.get(key, 1e9), c["least_gap_s"])
    true = {(row["cell"], row["day"]): row["min_gap_s"] for row in cells_of_readable_exhibits(name)}
    assert {key: round(gap) for key, gap in least.items()} == true


def test_class_a_pairs_are_those_of_brute_force_over_the_case() -> None:
    data = data_of("case-typical")
    rows = data.rows(
        "select row_number() over (order by e.event_id), p.person, epoch_us(e.started_at),"
        " e.lat, e.lon from events as e join attributions as p on p.identifier = e.subject_id"
        " where e.kind = 'device_fix' and e.place_kind = 'fix' and p.person in ('S', 'V')"
        " and e.lat is not null and (p.from_at is null or e.started_at >= p.from_at)"
        " and (p.to_at is null or e.started_at < p.to_at)"
    )
    sides = {"S": 1, "V": 2}
    points = [Point(n, sides[person], at, lat, lon) for n, person, at, lat, lon in rows]
    assert len(points) > 3000
    found = data.rows(
        "select cast(sum(pairs) as bigint), min(min_distance_m) from coincidences"
        " where class = 'A' and person_a = 'S' and person_b = 'V'"
    )[0]
    true = brute_pairs_by_hour(points)
    assert found == (len(true), round(min(true.values()), 1))


def brute_pairs_by_hour(points: list[Point]) -> dict[tuple[int, int], float]:
    """Brute force, hour by hour with the hours beside it: the same pairs, sooner."""
    hour = 3_600_000_000
    by_hour: dict[int, list[Point]] = {}
    for p in points:
        by_hour.setdefault(p.started_us // hour, []).append(p)
    found: dict[tuple[int, int], float] = {}
    for at in by_hour:
        both = [p for step in (0, 1) for p in by_hour.get(at + step, [])]
        found |= brute_pairs(both, 100.0, 5 * 60_000_000)
    return found


def test_class_a_finds_true_copresence_and_nothing_else() -> None:
    """Every one found is a true one; those without fixes of both in the window stay unseen."""
    true = [(moment(c["from"]), moment(c["to"])) for c in truth_of("case-typical")["copresence"]]
    found = data_of("case-typical").rows(
        "select started_at, ended_at from coincidences where class = 'A'"
        " and person_a = 'S' and person_b = 'V'"
    )
    margin = timedelta(minutes=12)  # the window, and one handset whose clock is 7 minutes slow
    for start, end in found:
        assert any(start <= b + margin and end >= a - margin for a, b in true), start
    seen = [1 for a, b in true if any(start <= b and end >= a for start, end in found)]
    assert len(seen) >= 4, "more readers may make more of the 13 reachable, never fewer"


@pytest.mark.parametrize("name", CASES)
def test_every_coincidence_leads_to_rows_of_the_ledger(name: str) -> None:
    data = data_of(name)
    for table in ("coincidences", "contradictions", "gaps"):
        lost = data.rows(
            f"select r.row_id from (select unnest(row_ids) as row_id from {table}) as r"
            " where r.row_id not in (select row_id from ledger)"
        )
        assert lost == []
    assert data.rows("select count(*) from coincidences where len(row_ids) < 2") == [(0,)]


def test_contradictions_never_overlap_a_true_copresence() -> None:
    true = [(moment(c["from"]), moment(c["to"])) for c in truth_of("case-typical")["copresence"]]
    found = data_of("case-typical").rows("select started_at, ended_at from contradictions")
    assert found
    assert not [s for s, e in found for a, b in true if s <= b and e >= a]
