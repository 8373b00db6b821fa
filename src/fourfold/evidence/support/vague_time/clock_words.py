"""A clock time in words: "quarter past 7 in the evening", "20 to 5", "half 1", "5ish", "19:15".

All functions take plain text (see `plain.py`). Minutes are minutes after midnight.
"""

import re
from typing import Final, NamedTuple

from fourfold.evidence.support.vague_time.day_parts import find_part

EXACT_TOLERANCE_MIN: Final = 15  # "8pm"
ABOUT_TOLERANCE_MIN: Final = 30  # "about 8", "8ish"
AFTER_REACH_MIN: Final = 120  # "after 9", "before 7": how far that reaches
WAKING_MIN: Final = range(7 * 60, 23 * 60)  # decides "5ish" when only one reading lies in it
HALF_DAY_MIN: Final = 12 * 60
DAY_MIN: Final = 24 * 60
MOST_CLOCKS: Final = 12  # of one entry; no more are looked for
_EARLIEST_RISING: Final = 6 * 60
_SLEEPING: Final = range(9)

_HOUR: Final = r"(?:1[0-2]|0?[1-9])"
_SPOKEN_MINUTES: Final = {"half": 30, "quarter": 15, "a quarter": 15}
_ABOUT = re.compile(
    r"\babout\b|\baround\b|\bapprox\w*|\broughly\b|\bnearly\b|\balmost\b|\bish\b|\dn?ish\b|[~≈]"
    r"|\bsome ?time\b|\bor so\b|\bmaybe\b|\bgone\b|\bcoming up (?:to|for)\b|\btowards\b"
    r"|\bgetting on for\b|\bjust (?:after|before)\b|\bcirca\b|\bc\."
)


class Clock(NamedTuple):
    """A time of day. is_decided: the words leave no second reading twelve hours away."""

    minute: int
    is_decided: bool
    start: int
    end: int


class Span(NamedTuple):
    """Minutes after midnight of the day named, the rule that made them, and notes."""

    from_min: int
    until_min: int
    rule: str
    notes: tuple[str, ...] = ()


_BESIDE: Final = r"(?: ?(?P<half>am|pm)\b)?"
_FOUR_DIGITS = re.compile(r"(?<!\d)(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d) ?(?:hrs|hours|h)\b")
# The 24-hour clock without a mark, where nothing else is said: "1730", "about 2200ish".
_BARE: Final = r"([01]\d|2[0-3])([0-5]\d)"
_BARE_DIGITS = re.compile(
    rf"^((?:[a-z.~@]+ ?)?){_BARE}(?:( ?(?:-|to|until|till?|and) ?){_BARE})?(?=(?: ?-?ish| or so)?$)"
)
_HALF_HOUR = re.compile(rf"\bhalf (?P<h>{_HOUR})(?!\d){_BESIDE}")  # British: half 1 is 1:30
# Tried in this order.
_CLOCKS: Final = (
    re.compile(rf"(?<!\d)(?P<h>[01]?\d|2[0-4])[:.h](?P<m>[0-5]\d)(?:[:.]\d\d)?(?!\d){_BESIDE}"),
    _FOUR_DIGITS,
    re.compile(
        r"\b(?P<minutes>a quarter|quarter|half|5|10|20|25|\d\d? min\w*)"
        r" (?P<side>past|gone|to|till|before|after)"
        rf" (?P<h>{_HOUR}|midnight|midday|noon)(?!\d){_BESIDE}"
    ),
    _HALF_HOUR,
    re.compile(rf"(?<!\d)(?P<h>{_HOUR})(?:ish)? ?(?P<half>am|pm)\b"),
    re.compile(rf"(?<!\d)(?P<h>{_HOUR})(?: ?-?n?ish\b| oclock\b)"),
    re.compile(r"\b(?P<word>midnight|midday|noon)\b"),
    re.compile(
        r"(?:\b(?:about|around|at|by|approx\.?|roughly|nearly|after|before|gone|almost|maybe"
        r"|since|until|till|coming up (?:to|for)|getting on for|going on(?: for)?"
        rf"|towards) |[~≈@] ?|^)(?P<h>{_HOUR})(?= ?$|,|;|\.| (?:in the|at night|on|or so|this|that"
        r"|when|the|tonight|last night|yesterday)\b)"
    ),
)
# Not "just after 9", and not "10 after 9", which is a clock time itself.
_AFTER = re.compile(
    r"(?:(?<!just )(?<!soon )(?<!\d )(?<!quarter )(?<!half )\bafter|\bsince) (?:\d|mid)"
)
_BEFORE = re.compile(
    r"(?:(?<!just )(?<!\d )(?<!quarter )(?<!half )\bbefore|\bby|(?<!coming )\bup to|^until"
    r"|^till?) (?:\d|mid)"
)
_BETWEEN = re.compile(
    r"\b(?:between|from) (?P<a>.{1,24}?) (?:and|to|until|till|til) (?P<b>.+)"
    r"|(?P<a2>\d{1,2}(?:[:.]\d\d)?(?: ?[ap]m)?) ?(?:-|till?|until) ?(?P<b2>\d{1,2}.*)"
    r"|(?P<a3>\d{1,2}(?:[:.]\d\d(?: ?[ap]m)?| ?[ap]m)) ?to ?(?P<b3>\d{1,2}.*)"
)
_TILL_LATE = re.compile(r"\b(?:till?|until|to) (?:very )?late\b|\bonwards\b")
_PAST_MIDNIGHT = re.compile(r"\b(?:after|past|gone) midnight\b")
EITHER_MIDNIGHT: Final = "midnight at the beginning or the end of that day; both are inside"
LATE_MIN: Final = 26 * 60
# "5 to 6" is five minutes before six, or from five until six.
_TO_OR_UNTIL = re.compile(r"(?<!\d)(?P<a>5|10) to (?P<b>6|7|11|12)(?!\d)")
EITHER_TO: Final = "minutes before the hour, or from one hour to the other; both are inside"


def read_clock(text: str) -> Span | None:
    """Return the stretch of the day that a clock time or a pair of them in plain text names."""
    text = _BARE_DIGITS.sub(_with_marks, text.strip())
    return _between(text) or _to_or_until(text) or _several(text) or _one_clock(text)


def _with_marks(match: re.Match[str]) -> str:
    before, hour, minute, between, hour_to, minute_to = match.groups()
    last = f"{between}{hour_to}:{minute_to}" if between else ""
    return f"{before}{hour}:{minute}{last}"


def _to_or_until(text: str) -> Span | None:
    match = _TO_OR_UNTIL.search(text)
    span = _between(f"between {match['a']} and {text[match.start('b') :]}") if match else None
    if not match or not span or not 0 < int(match["b"]) - int(match["a"]) <= 2:
        return None
    until = span.until_min + EXACT_TOLERANCE_MIN
    return Span(span.from_min, until, "clock_to", (*span.notes, EITHER_TO))


def _several(text: str) -> Span | None:
    """Read two times and more ("7pm and 9pm") as the stretch from the first to the last."""
    spans: list[Span] = []
    rest = text
    while (clock := find_clock(rest)) and len(spans) < MOST_CLOCKS:
        spans.append(_span_of(clock, rest))
        rest = f"{' ' * clock.end}{rest[clock.end :]}".replace(" and ", " at ", 1)
    if len(spans) < 2:
        return None
    notes = tuple(dict.fromkeys((*(n for s in spans for n in s.notes), "several times named")))
    first, last = min(s.from_min for s in spans), max(s.until_min for s in spans)
    return Span(first, last, "clock_several", notes)


def _one_clock(text: str) -> Span | None:
    clock = find_clock(text)
    if not clock:
        return None
    span = _span_of(clock, text)
    part = find_part(text[clock.end :]) if " and " in text[clock.end :] else None
    if part is None:
        return span
    first, last = min(span.from_min, part.from_min), max(span.until_min, part.until_min)
    return Span(first, last, "clock_several", (*span.notes, "several times named"))


def _span_of(clock: Clock, text: str) -> Span:
    readings, notes = _readings(clock)
    if clock.minute >= DAY_MIN and _PAST_MIDNIGHT.search(text):
        readings = [clock.minute - DAY_MIN, clock.minute]
        notes = (*notes, EITHER_MIDNIGHT)
    is_about = bool(_ABOUT.search(text))
    before, after = (ABOUT_TOLERANCE_MIN,) * 2 if is_about else (EXACT_TOLERANCE_MIN,) * 2
    rule = "clock_about" if is_about else "clock_exact"
    if _AFTER.search(text[: clock.end]):
        before, after, rule = 0, AFTER_REACH_MIN, "clock_after"
    elif _BEFORE.search(text[: clock.end]):
        before, after, rule = AFTER_REACH_MIN, 0, "clock_before"
    if _TILL_LATE.search(text[clock.end :]):
        until = max(LATE_MIN, max(readings) + AFTER_REACH_MIN)
        return Span(min(readings) - before, until, "clock_till_late", notes)
    return Span(min(readings) - before, max(readings) + after, rule, notes)


def _between(text: str) -> Span | None:
    """Read "between 9 and 10 at night", "from 9 to 10", "9-10pm"; no tolerance is added."""
    match = _BETWEEN.search(text)
    if not match:
        return None
    first = match["a"] or match["a2"] or match["a3"]
    last = match["b"] or match["b2"] or match["b3"]
    second = find_clock(last) or find_clock(f"at {last}")
    one = find_clock(f"{first} {_half_words(last)}") or find_clock(
        f"at {first}, {_half_words(last)}"
    )
    if not one or not second:
        return None
    low, high = min(_readings(one)[0]), max(_readings(second)[0])
    if one.is_decided and not second.is_decided:  # "09:00-10:30", "7pm to 9"
        second = second._replace(minute=_next_after(low, second.minute), is_decided=True)
        high = second.minute
    if low >= high and one.is_decided:  # "between 11 and 1 at night" goes past midnight
        high += DAY_MIN if low - high > HALF_DAY_MIN else HALF_DAY_MIN
    notes = tuple(dict.fromkeys((*_readings(one)[1], *_readings(second)[1])))
    return Span(low, high, "clock_between", notes) if low < high <= 2 * DAY_MIN else None


def _next_after(low: int, minute: int) -> int:
    """Return the first reading of an undecided time that comes after another time."""
    return next(
        at for at in (minute % HALF_DAY_MIN + n * HALF_DAY_MIN for n in range(4)) if at > low
    )


def _half_words(text: str) -> str:
    """Return the words that decide morning or evening, for the other time of a pair."""
    found = re.search(r"\b(am|pm|in the \w+|at night|tonight)\b|(?<=\d)(am|pm)\b", text)
    return found[0] if found else ""


def find_clock(text: str) -> Clock | None:
    """Return the first clock time in plain text, by the first form that fits."""
    for form in _CLOCKS:
        match = form.search(text)
        if match:
            return _decided(match, text)
    return None


def _decided(match: re.Match[str], text: str) -> Clock | None:
    groups = match.groupdict()
    if word := groups.get("word"):
        return Clock(DAY_MIN if word == "midnight" else HALF_DAY_MIN, True, *match.span())
    minute, is_24h = _minute_of(match, groups)
    half = (
        groups.get("half")
        or _half_of_day(text[match.end() :], minute // 60)
        or _half_of_day(text[: match.start()], minute // 60)
    )
    if is_24h or minute >= 13 * 60:
        return Clock(max(minute, 0), True, *match.span())
    if half is None:
        return Clock(minute, False, *match.span())
    at = _in_half(minute, half)
    if at < 60 and "night" in text:  # "half 12 at night" belongs to the end of the day named
        at += DAY_MIN
    if at < _EARLIEST_RISING and "last night" in text:  # after the midnight of that night
        at += DAY_MIN
    return Clock(at, True, *match.span())


def _minute_of(match: re.Match[str], groups: dict[str, str | None]) -> tuple[int, bool]:
    """Return minutes after midnight as spoken, and whether the 24-hour clock is certain."""
    hour_text = groups["h"] or "0"
    if hour_text in {"midnight", "midday", "noon"}:
        hour, is_24h = (24 if hour_text == "midnight" else 12), True
    else:
        hour = int(hour_text)
        is_24h = hour in {0, 24} or hour > 12 or (len(hour_text) == 2 and hour_text[0] == "0")
        is_24h = is_24h or match.re is _FOUR_DIGITS
    if spoken := groups.get("minutes"):
        minutes = _SPOKEN_MINUTES.get(spoken) or int(spoken.split(" ")[0])
        is_after = groups["side"] in {"past", "gone", "after"}
        return hour * 60 + (minutes if is_after else -minutes), is_24h
    if match.re is _HALF_HOUR:
        return hour * 60 + 30, is_24h
    return hour * 60 + int(groups.get("m") or 0), is_24h


def _half_of_day(words: str, hour: int) -> str | None:
    """Return am or pm when the words beside a clock time decide it."""
    if re.search(r"\bmorning\b|\bsmall hours\b|\bearly hours\b|\bbreakfast\b|\bam\b", words):
        return "am"
    if hour in _SLEEPING and re.search(
        r"\bwok\w*|\bwake\w*|\bwaking\b|\basleep\b|\bgot up\b", words
    ):
        return "am"
    if re.search(r"\bnight\b|\btonight\b", words):
        return "am" if hour == 12 or hour < 5 else "pm"
    if re.search(
        r"\bevening\b|\bafternoon\b|\blunch|\btea\b|\bafter work\b|\bdinner\b|\bpm\b", words
    ):
        return "pm"
    return None


def _in_half(minute: int, half: str) -> int:
    of_half = minute % HALF_DAY_MIN
    return of_half if half == "am" else of_half + HALF_DAY_MIN


def _readings(clock: Clock) -> tuple[list[int], tuple[str, ...]]:
    """Return the readings that remain: waking hours decide between two, if they can."""
    if clock.is_decided:
        return [clock.minute], ()
    both = [_in_half(clock.minute, "am"), _in_half(clock.minute, "pm")]
    awake = [minute for minute in both if minute in WAKING_MIN]
    if len(awake) == 1:
        return awake, (
            "morning or evening not said; the reading in waking hours 07:00-23:00 taken",
        )
    return both, ("morning or evening not said; both readings are inside the interval",)
