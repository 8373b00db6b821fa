"""Which field is the day, which calendar, which half of the day: decided by a whole file.

An order of the fields that makes impossible dates is out; of two possible orders the one
in which the messages stand in time order is right; then the one without dates after the
exhibit was received; then the one without implausible gaps. If nothing tells them apart,
day first is read, and every message says so.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Final, NamedTuple

from fourfold.evidence.readers.whatsapp.headers import Stamp

FIRST_YEAR: Final = 2009  # WhatsApp began in January 2009
LAST_YEAR: Final = 2099
BUDDHIST_YEARS: Final = 543
SPAN_RATIO: Final = 6  # a wrong order turns days into months: a span about 30 times longer
SPAN_DATES: Final = 5  # fewer different dates say nothing about their span

DAY_FIRST: Final = (2, 1, 0)  # positions of year, month and day in the header
MONTH_FIRST: Final = (2, 0, 1)
YEAR_FIRST: Final = (0, 1, 2)
YEAR_DAY_MONTH: Final = (0, 2, 1)
UNDECIDED_NOTES: Final = {
    DAY_FIRST: "day and month cannot be told apart in this file; read day first",
    MONTH_FIRST: "day and year cannot be told apart in this file; read month first",
}
SPAN_NOTE: Final = "order of day and month decided only by the span of the whole file"
HALF_NOTE: Final = "the words for the half of the day are not known; hours read as printed"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Letters alone, small: "a. m." and "A.M." are both "am". From Unicode CLDR day periods.
_MORNING: Final = _words(
    "am ص قظ 午前 上午 凌晨 清晨 早上 오전 πμ öö fm vm прпл пробд проб de dop vorm pg sa yb rn pd"
    " ap पूर्वाह्न ก่อนเที่ยง לפנהצ পূর্বাহ্ণ rano priepiet ujutro dopoludnia"
)
_AFTERNOON: Final = _words(
    "pm م بظ 午後 下午 中午 晚上 오후 μμ ös em nm слпл слобд слоб du odp nachm ptg tgh mlm ch yh in"
    " md ip अपराह्न หลังเที่ยง אחהצ অপরাহ্ণ popołudniu popiet popoludní odpoludnia"
)
_NEUTRAL: Final = _words("be ad г klo kl à às alle um uhr u h")


class Reading(NamedTuple):
    """How the stamps of one file are read, and what is doubtful about it."""

    order: tuple[int, int, int]
    is_afternoon: dict[tuple[str, str], bool | None]
    note: str = ""


def learn_reading(stamps: Sequence[Stamp], received: datetime | None = None) -> Reading:
    """Decide the order of the fields and the halves of the day from all stamps of a file.

    received: when the exhibit was received; no message can be later.
    """
    order, note = _order(stamps, received)
    halves, half_note = _halves(stamps, order)
    return Reading(order, halves, "; ".join(n for n in (note, half_note) if n))


def wall_time(stamp: Stamp, reading: Reading) -> datetime | None:
    """Return the wall-clock time of a stamp; None when no such date exists."""
    hour = stamp.hour
    half = reading.is_afternoon.get(stamp.words)
    if half is not None and hour <= 12:
        hour = hour % 12 + (12 if half else 0)
    date = _date(stamp, reading.order)
    return date and date.replace(hour=hour % 24, minute=stamp.minute, second=stamp.second)


def in_order(keys: Sequence[datetime]) -> set[int]:
    """Return the positions of a longest run (not gap-free) that never goes back in time."""
    tails: list[datetime] = []
    at: list[int] = []
    before: list[int] = []
    for position, key in enumerate(keys):
        place = bisect_right(tails, key)
        before.append(at[place - 1] if place else -1)
        if place == len(tails):
            tails.append(key)
            at.append(position)
        else:
            tails[place], at[place] = key, position
    kept: set[int] = set()
    position = at[-1] if at else -1
    while position >= 0:
        kept.add(position)
        position = before[position]
    return kept


def year_of(printed: int, *, is_short: bool) -> int:
    """Return the Gregorian year of a printed one: two digits, four digits, or Buddhist.

    Two digits from 52 on are Buddhist (2552 is 2009), as a Gregorian 2052 is to come.
    """
    if is_short:
        printed += 2500 if printed >= FIRST_YEAR + BUDDHIST_YEARS - 2500 else 2000
    return printed - BUDDHIST_YEARS if printed >= FIRST_YEAR + BUDDHIST_YEARS else printed


def _date(stamp: Stamp, order: tuple[int, int, int]) -> datetime | None:
    year, month, day = (stamp.fields[position] for position in order)
    year = year_of(year, is_short=stamp.style.year_at == -1)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return datetime(year, month, day)
    except ValueError:
        return None


class _Trial(NamedTuple):
    """What one order of the fields would mean for the file."""

    order: tuple[int, int, int]
    dates: list[datetime]
    impossible: int
    out_of_order: int
    late: int

    @property
    def span_days(self) -> int:
        return (max(self.dates) - min(self.dates)).days + 1 if self.dates else 0


def _try(stamps: Sequence[Stamp], order: tuple[int, int, int], received: datetime | None) -> _Trial:
    read = [_date(stamp, order) for stamp in stamps]
    dates = [date for date in read if date is not None]
    late = sum(1 for date in dates if received and date > received)
    return _Trial(order, dates, len(read) - len(dates), len(dates) - len(in_order(dates)), late)


def _order(stamps: Sequence[Stamp], received: datetime | None) -> tuple[tuple[int, int, int], str]:
    trials = [_try(stamps, order, received) for order in _possible_orders(stamps)]
    for fault in (_impossible, _out_of_order, _late):
        trials = _least(trials, fault)
        if _agree(trials):
            return trials[0].order, ""
    if trials[0].order == YEAR_FIRST:  # a year in front is followed by the month (ISO 8601)
        return YEAR_FIRST, ""
    spans = sorted(trials, key=lambda trial: trial.span_days)
    dates = len(set(spans[0].dates))
    if dates >= SPAN_DATES and spans[0].span_days * SPAN_RATIO <= spans[1].span_days:
        return spans[0].order, SPAN_NOTE
    return trials[0].order, UNDECIDED_NOTES[trials[0].order]


def _possible_orders(stamps: Sequence[Stamp]) -> tuple[tuple[int, int, int], ...]:
    """Return the orders to try, the likeliest first.

    A year of two digits stands in front only in few regions: Korean puts a point behind
    the date, and in any region a year changes less often than a day.
    """
    style = stamps[0].style
    if style.year_at == 0:
        return YEAR_FIRST, YEAR_DAY_MONTH
    if style.year_at == 2:
        return DAY_FIRST, MONTH_FIRST
    if style.between == ".":
        return YEAR_FIRST, DAY_FIRST, MONTH_FIRST
    first, last = (len({stamp.fields[at] for stamp in stamps}) for at in (0, 2))
    return (DAY_FIRST, MONTH_FIRST, *((YEAR_FIRST, YEAR_DAY_MONTH) if first < last else ()))


def _agree(trials: list[_Trial]) -> bool:
    """One order is left, or those left give the same dates (5 May is 5 May)."""
    return all(a.dates == b.dates for a, b in pairwise(trials))


def _impossible(trial: _Trial) -> int:
    return trial.impossible


def _out_of_order(trial: _Trial) -> int:
    return trial.out_of_order


def _late(trial: _Trial) -> int:
    return trial.late


def _least(trials: list[_Trial], fault: Callable[[_Trial], int]) -> list[_Trial]:
    """Drop the orders with clearly more faults than the best: one line may be a stray."""
    least = min(fault(trial) for trial in trials)
    return [trial for trial in trials if fault(trial) <= 2 * least]


def _halves(
    stamps: Sequence[Stamp], order: tuple[int, int, int]
) -> tuple[dict[tuple[str, str], bool | None], str]:
    """Tell for each pair of words beside a time whether it means the afternoon."""
    halves = {words: _known_half(words) for words in dict.fromkeys(s.words for s in stamps)}
    unknown = [w for w, half in halves.items() if half is None and not _NEUTRAL.issuperset(_of(w))]
    beyond_noon = any(s.hour > 12 or s.hour == 0 for s in stamps if s.words in unknown)
    if not unknown or beyond_noon:  # such hours exist only on the clock of 24 hours
        return halves, ""
    if len(unknown) == 2:
        return _by_order(stamps, order, halves, unknown)
    return halves, HALF_NOTE


def _of(words: tuple[str, str]) -> list[str]:
    return [word for word in words if word]


def _known_half(words: tuple[str, str]) -> bool | None:
    for word in words:
        if word in _MORNING:
            return False
        if word in _AFTERNOON:
            return True
    return None


def _by_order(
    stamps: Sequence[Stamp],
    order: tuple[int, int, int],
    halves: dict[tuple[str, str], bool | None],
    unknown: list[tuple[str, str]],
) -> tuple[dict[tuple[str, str], bool | None], str]:
    """Two unknown words: the assignment that puts the messages in time order is right."""
    first, second = unknown
    choices = [{**halves, first: False, second: True}, {**halves, first: True, second: False}]
    strays = []
    for choice in choices:
        times = [wall_time(stamp, Reading(order, choice)) for stamp in stamps]
        known = [time for time in times if time]
        strays.append(len(known) - len(in_order(known)))
    if strays[0] == strays[1]:
        return halves, HALF_NOTE
    return choices[strays.index(min(strays))], ""
