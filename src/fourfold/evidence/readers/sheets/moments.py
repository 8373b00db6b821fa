"""SQL that reads times: text to wall-clock or UTC microseconds, by the order a pack states.

The common shape is read by one pattern or cast (fast); anything else by a list of patterns. A value
that carries Z or an offset is UTC at once; all others are wall-clock time of a zone.
"""

from typing import Final, NamedTuple

from fourfold.evidence.model.protocols import Tables
from fourfold.evidence.readers.sheets.pack import DateOrder
from fourfold.evidence.support import clock

NOTHING: Final = "null::varchar"
STATED_UTC, STATED_OFFSET = "stated_utc", "stated_offset"
EARLIEST_US: Final = 0  # 1970
LATEST_US: Final = 130 * 365 * clock.DAY_US  # 2099
UNDECIDED: Final = "day and month cannot be told apart in this file; read as day, then month"
_DATES: Final = {
    "dmy": ("%d/%m/%y", "%d/%m/%Y", "%d-%m-%y", "%d-%m-%Y", "%d.%m.%y", "%d.%m.%Y", "%d %b %Y",
            "%d-%b-%Y", "%d-%b-%y", "%d %B %Y"),
    "mdy": ("%m/%d/%y", "%m/%d/%Y", "%m-%d-%y", "%m-%d-%Y", "%b %d, %Y", "%B %d, %Y", "%b %d %Y"),
    "ymd": ("%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y-%m-%d"),
}  # fmt: skip
_TIMES: Final = ("%H:%M:%S", "%H:%M", "%H:%M:%S.%f", "%I:%M:%S %p", "%I:%M %p", "%H%M%S")
_HAS_OFFSET: Final = r":\d\d([.,]\d+)?\s*([zZ]|[+-]\d\d(:?\d\d)?)$"
_EPOCH_DIGITS: Final = {"epoch_s": 6, "epoch_ms": 3}


class Moment(NamedTuple):
    """SQL for one moment: `at` from its text; basis and zone are null for wall-clock time."""

    at: str
    basis: str
    zone: str


def states_zone(order: DateOrder) -> bool:
    """Tell whether text of this order can say its own offset from UTC."""
    return order not in ("dmy", "mdy")


def moment(text: str, order: DateOrder) -> Moment:
    """Return SQL that reads a column of text; every part is null if it cannot be.

    `at` still has to be bounded (see `bounded`): DuckDB works out anew what a CASE repeats.
    """
    if order in _EPOCH_DIGITS:
        factor = 10 ** _EPOCH_DIGITS[order]
        number = f"try_cast({text} as decimal(28, 6))"
        return Moment(f"try_cast({number} * {factor} as bigint)", f"'{STATED_UTC}'", "'UTC'")
    if not states_zone(order):
        return Moment(_day_first_or_month_first(text, order), NOTHING, NOTHING)
    has_offset = f"regexp_matches({text}, '{_HAS_OFFSET}')"
    suffix = f"upper(regexp_extract({text}, '{_HAS_OFFSET}', 2))"
    wall = f"epoch_us(coalesce(try_cast({text} as timestamp), {_by_patterns(text, 'ymd')}))"
    return Moment(
        f"case when {has_offset} then epoch_us(try_cast({text} as timestamptz)) else {wall} end",
        f"case when not {has_offset} then null when {suffix} = 'Z' then '{STATED_UTC}'"
        f" else '{STATED_OFFSET}' end",
        f"case when not {has_offset} then null when {suffix} = 'Z' then 'UTC' else {suffix} end",
    )


def bounded(at: str) -> str:
    """Return SQL for a column of microseconds, null outside the years that can be used."""
    return f"case when {at} between {EARLIEST_US} and {LATEST_US} then {at} end"


def precision_s(text: str) -> str:
    """Return SQL for the width of a moment as stated: 60 without seconds, 0.001 with fractions."""
    tail = f"substr({text}, 11)"
    seconds = f"regexp_matches({tail}, '\\d:\\d\\d:\\d\\d')"
    return (
        f"case when strlen({text}) = 19 and substr({text}, 17, 1) = ':' then 1.0"
        f" when contains({tail}, '.') then 0.001"
        f" when {seconds} or not contains({tail}, ':') then 1.0 else 60.0 end"
    )


def learn_order(tables: Tables, texts: str) -> tuple[DateOrder, str]:
    """Decide the order of a column over all its values.

    texts: a query with one column `text`.

    Returns:
        (order, note): the note is empty when the values themselves decide.
    """
    pattern = r"^\D*(\d{1,4})\D+(\d{1,2})\D"
    first, second = (f"try_cast(regexp_extract(text, '{pattern}', {i}) as integer)" for i in (1, 2))
    year_first, day_first, month_first, values = tables.rows(
        f"select count(*) filter (first > 31), count(*) filter (first between 13 and 31),"
        f" count(*) filter (second between 13 and 31 and first <= 12), count(first)"
        f" from (select {first} as first, {second} as second from ({texts}))"
    )[0]
    if year_first or not values:
        return "iso", ""
    if day_first and month_first:
        return "dmy", (
            "some dates read only as day, then month, others only as month, then day;"
            " read as day, then month"
        )
    if month_first:
        return "mdy", ""
    return "dmy", "" if day_first else UNDECIDED


def _day_first_or_month_first(text: str, order: str) -> str:
    day, month = (1, 4) if order == "dmy" else (4, 1)
    iso = (
        f"substr({text}, 7, 4) || '-' || substr({text}, {month}, 2) || '-'"
        f" || substr({text}, {day}, 2) || substr({text}, 11)"
    )
    is_usual = f"strlen({text}) = 19 and substr({text}, 17, 1) = ':'"
    is_iso = f"regexp_matches({text}, '^\\d\\d\\d\\d-\\d\\d-\\d\\d[ T]?[0-9:.]*$')"
    return (
        f"epoch_us(coalesce(case when strlen({text}) = 19 then"
        f" try_strptime({text}, '{_DATES[order][1]} {_TIMES[0]}') end,"
        f" case when {is_usual} then try_cast({iso} as timestamp) end,"
        f" case when {is_iso} then try_cast({text} as timestamp) end,"
        f" {_by_patterns(text, order)}))"
    )


def _by_patterns(text: str, order: str) -> str:
    patterns = ", ".join(f"'{d} {t}'" for d in _DATES[order] for t in _TIMES)
    return f"try_strptime({text}, [{patterns}])"
