"""Wall-clock time to UTC and back: the hour that happens twice, the hour that does not."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourfold.evidence.store.engine import Engine
from fourfold.evidence.support import clock

LONDON = "Europe/London"


@pytest.mark.parametrize(
    ("wall", "utc", "is_flagged"),
    [
        ("2026-07-01T10:00:00", "2026-07-01T09:00:00Z", False),
        ("2026-10-25T00:59:59", "2026-10-24T23:59:59Z", False),
        ("2026-10-25T01:12:20", "2026-10-25T00:12:20Z", True),  # twice: the first reading
        ("2026-10-25T02:00:00", "2026-10-25T02:00:00Z", False),
        ("2026-03-29T00:59:59", "2026-03-29T00:59:59Z", False),
        ("2026-03-29T01:30:00", "2026-03-29T01:30:00Z", True),  # never: read as the hour after
        ("2026-03-29T02:00:00", "2026-03-29T01:00:00Z", False),
    ],
)
def test_wall_clock_in_london(wall: str, utc: str, is_flagged: bool) -> None:
    instant = clock.from_wall_clock(datetime.fromisoformat(wall), LONDON)
    assert (clock.iso_utc(instant.at), instant.is_clock_change_hour) == (utc, is_flagged)


@given(
    st.datetimes(datetime(1971, 1, 1), datetime(2050, 1, 1)),
    st.sampled_from([LONDON, "America/New_York", "Australia/Sydney", "Asia/Kolkata", "UTC"]),
)
def test_unflagged_wall_clock_comes_back(wall: datetime, zone: str) -> None:
    instant = clock.from_wall_clock(wall, zone)
    if not instant.is_clock_change_hour:
        assert clock.to_wall_clock(instant.at, zone) == wall
        aware = wall.replace(tzinfo=clock.zone_info(zone)).astimezone(UTC)
        assert clock.micros(aware) == instant.at


def test_sql_agrees_with_python_all_year() -> None:
    engine = Engine()
    start = clock.micros(datetime(2026, 1, 1))
    walls = [start + quarter * 900 * clock.SECOND_US for quarter in range(4 * 24 * 365)]
    between = (walls[0], walls[-1])
    for zone in (LONDON, "America/New_York"):
        offset = clock.sql_offset_of_wall(zone, "w", between)
        flag = clock.sql_is_clock_change(zone, "w", between)
        found = engine.rows(f"select w - {offset}, {flag} from (select unnest(?) as w)", [walls])
        assert found == [
            tuple(clock.from_wall_clock(clock.from_micros(w).replace(tzinfo=None), zone))
            for w in walls
        ]


def test_zone_outside_the_list_is_refused() -> None:
    for name in ("", "../../etc/passwd", "Europe", "Mars/Crater"):
        with pytest.raises(clock.ZoneInfoNotFoundError):
            clock.zone_info(name)
