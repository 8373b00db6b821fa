"""Stated times: zones, precision, epochs, dates, doubtful years."""

import pytest

from fourfold.evidence.support.moment import Moment, of_epoch, read_moment


def read(text: str) -> Moment:
    return read_moment(text, "Europe/London", "assumed")


@pytest.mark.parametrize(
    ("text", "at_s", "precision_s", "basis"),
    [
        ("2026-07-01T05:29:13Z", 1782883753, 1.0, "stated_utc"),
        ("2026-07-01T05:29:13.123Z", 1782883753.123, 0.001, "stated_utc"),
        ("2026-07-01T06:29:13.5+01:00", 1782883753.5, 0.1, "stated_offset"),
        ("2026-07-01T06:29+01:00", 1782883740, 60.0, "stated_offset"),
        ("2026-07-01 06:29:13", 1782883753, 1.0, "assumed"),
        ("2026-07-01T06:29", 1782883740, 60.0, "assumed"),
        ("2026-07-01", 1782860400, 86_400.0, "assumed"),
        ("2026-07", 1782860400, 31 * 86_400.0, "assumed"),
        ("1782883753", 1782883753, 1.0, "stated_utc"),
        ("1782883753123", 1782883753.123, 0.001, "stated_utc"),
        (" 2026-07-01T05:29:13Z\n", 1782883753, 1.0, "stated_utc"),
        ("20260701T052913Z", 1782883753, 1.0, "stated_utc"),
    ],
)
def test_spellings(text: str, at_s: float, precision_s: float, basis: str) -> None:
    moment = read(text)
    assert moment.at == round(at_s * 1_000_000)
    assert moment.precision_s == pytest.approx(precision_s)
    assert moment.basis == basis


@pytest.mark.parametrize("text", ["", "soon", "2026-13-01T00:00:00Z", "12:00", "2026-02-30"])
def test_no_time_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"isoformat|month|day"):
        read(text)


def test_repeated_hour_gives_the_first_reading_and_the_flag() -> None:
    moment = read("2026-10-25T01:30:00")
    assert moment.is_clock_change_hour
    assert moment.at == 1792888200 * 1_000_000
    assert moment.zone_used == "Europe/London"


def test_years_of_an_unset_clock_are_doubted() -> None:
    assert "1901" in read("1901-12-13T20:45:52.2073437Z").note
    assert "2155" in read("2155-01-01T00:00:00Z").note
    assert read("2026-01-01T00:00:00Z").note == ""
    assert "1970" in of_epoch(0).note


def test_epoch_beyond_all_years_is_an_error() -> None:
    with pytest.raises(ValueError, match="no time"):
        of_epoch(10**18)
