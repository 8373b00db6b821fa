"""Moments, days, numbers and sizes as people in the United Kingdom read them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

UK = ZoneInfo("Europe/London")
NOT_RECORDED = "Not recorded"


def uk_time(value: datetime | None, zone: bool = False, missing: str = NOT_RECORDED) -> str:
    """Return a moment as a clock in the United Kingdom showed it: 21 November 2026, 14:05."""
    if value is None:
        return missing
    if value.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be shown")
    local = value.astimezone(UK)
    return f"{uk_date(local)}, {local:%H:%M}" + (f" {local.tzname()}" if zone else "")


def uk_date(value: date | None, missing: str = NOT_RECORDED) -> str:
    """Return a day: 21 November 2026. A moment is taken to the day in the United Kingdom."""
    if value is None:
        return missing
    if isinstance(value, datetime) and value.tzinfo is not None:
        value = value.astimezone(UK)
    return f"{value.day} {value:%B %Y}"


def machine_time(value: date) -> str:
    """Return a day or moment for the datetime attribute of a time element."""
    return value.isoformat()


def moment_words(value: date) -> str:
    """Return a moment with its clock, or a day without one."""
    return uk_time(value) if isinstance(value, datetime) else uk_date(value)


def count(value: int) -> str:
    """Return a whole number with a comma at each thousand."""
    return f"{value:,}"


def plural(value: int, one: str, many: str = "") -> str:
    """Return a number with its noun: 1 case, 2 cases."""
    return f"{value:,} {one if value == 1 else many or one + 's'}"


def kilobytes(size_bytes: int) -> str:
    """Return a file size that a person can judge: 640 bytes, 12 KB, 3.4 MB, 1.2 GB."""
    if size_bytes < 1_000:
        return plural(size_bytes, "byte")
    size, unit = size_bytes / 1_000, "KB"
    for larger in ("MB", "GB", "TB"):
        if size < 1_000:
            break
        size, unit = size / 1_000, larger
    return f"{size:,.0f} {unit}" if unit == "KB" or size >= 100 else f"{size:,.1f} {unit}"
