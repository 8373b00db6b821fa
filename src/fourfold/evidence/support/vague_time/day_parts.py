"""Parts of a day in words ("tea time", "in the night") as hours: one printed table.

The hours are a convention, the same for every case and generous, so that a true memory
is not missed; the rule is printed with the finding that uses it. They were set with the
truth of the synthetic cases in view, so agreement with that truth is no validation.
"""

import re
from typing import Final, NamedTuple

MINUTES: Final = 60


class DayPart(NamedTuple):
    """Minutes after midnight of the day named; until may lie in the next day."""

    rule: str
    pattern: re.Pattern[str]
    from_min: int
    until_min: int
    note: str = ""


def _part(rule: str, words: str, from_hour: float, until_hour: float, note: str = "") -> DayPart:
    pattern = re.compile(rf"\b(?:{words})\b")
    return DayPart(rule, pattern, round(from_hour * MINUTES), round(until_hour * MINUTES), note)


_SOME: Final = r"(?:some ?time )?(?:in the )?"
_SOME_AFTER: Final = r"(?: some ?time)?"
_NIGHT_NOTE: Final = "taken as the night that ends on the day named"

# The phrase that begins first in the words decides; of two at one place, the earlier line.
DAY_PARTS: Final = (
    _part("small_hours", r"small hours|early hours", 0, 5),
    _part(
        "in_the_night",
        r"in the (?:middle of the )?night|(?:the )?middle of the night|during the night|overnight"
        r"|through the night|all night",
        0, 6, _NIGHT_NOTE,
    ),
    _part("woke_up", r"wok(?:e|en)(?: me)?(?: up)?|wak(?:e|ing)(?: up)?|asleep", 0, 8, _NIGHT_NOTE),
    _part("first_thing", r"first thing", 6, 9),
    _part("breakfast", r"breakfast(?: ?time)?", 6.5, 9.5),
    _part("way_to_work", r"(?:on (?:the|my) )?way (?:in )?to work", 7, 9.5),
    _part("before_work", r"before work", 6, 9.5),
    _part("got_up", r"(?:got|getting|get) up(?: for work)?", 5, 12),
    _part("school_run", r"school run", 8, 16, "morning or afternoon run not said"),
    _part("early_morning", r"early (?:in the )?morning|early am", 5, 8),
    _part("mid_morning", r"mid[ -]?morning", 9.5, 11.5),
    _part("late_morning", r"late (?:in the )?morning", 10, 12.5),
    _part("morning", r"(?:this )?morning|morn", 6, 12),
    _part("before_noon", rf"^{_SOME}am{_SOME_AFTER}$", 0, 12),
    _part("after_noon", rf"^{_SOME}pm{_SOME_AFTER}$", 12, 24),
    _part(
        "school_pick_up",
        r"school pick[ -]?up|pick(?:ed|ing)? (?:up )?the (?:kids|children)",
        14.5, 16.5,
    ),
    _part("lunch", r"lunch(?: ?time| ?break| ?hour)?", 12, 14),
    _part("early_afternoon", r"early (?:in the )?afternoon|after lunch", 12.5, 15),
    _part("mid_afternoon", r"mid[ -]?afternoon", 14, 16),
    _part("late_afternoon", r"late (?:in the )?afternoon", 15.5, 18),
    _part("afternoon", r"afternoon|aft", 12, 18),
    _part("tea_time", r"tea[ -]?time|tea", 16, 18),
    _part("way_back", r"(?:on (?:the|my) )?way (?:back|hom\w*)|walk(?:ing)? hom\w*", 16.75, 18.5),
    _part("after_work", r"after work", 17, 19.5),
    _part("leaving_work", r"(?:finish(?:ed|ing)|left|leaving) (?:my )?(?:work|shift)", 16, 19),
    _part("on_the_way", r"on (?:the|my) way", 7, 19, "direction of the way not said"),
    _part("dinner", r"dinner(?: ?time)?", 12, 20.5, "midday or evening meal not said"),
    _part("supper", r"supper(?: ?time)?", 17.5, 20.5),
    _part("early_evening", r"early (?:in the )?evening", 17, 19.5),
    _part("late_evening", r"late (?:in the )?evening", 20.5, 24),
    _part("all_evening", r"all (?:the )?evening", 17, 24),
    _part("evening", r"evening|eve", 17, 23.5),
    _part("tonight", r"tonight", 18, 24),
    _part("last_night", r"last night", 18, 30, "the evening and night that began the day before"),
    _part("late_night", r"late at night|late (?:that )?night|bed ?time|going to bed", 21, 26),
    _part("late", r"late on|quite late|very late", 21, 26),
    _part("night", r"(?:at |that )?night(?: ?time)?", 20, 30, "until the morning after"),
    _part("daytime", r"day ?time|during the day", 7, 19),
)  # fmt: skip

# Says how often rather than when: it counts where no part of the day is named.
ALL_DAY: Final = _part(
    "all_day", r"all day|whole day|on and off|all the time|constantly|throughout", 0, 24
)
ISH_MIN: Final = 30  # "teatime-ish", "lunch or so": so much either way


def find_part(text: str) -> DayPart | None:
    """Return the part of the day that begins first in plain text."""
    part = _first_part(text) or (ALL_DAY if ALL_DAY.pattern.search(text) else None)
    if part is None or not re.search(r"[a-z] ?-?ish\b|\bor so\b", text):
        return part
    return part._replace(from_min=part.from_min - ISH_MIN, until_min=part.until_min + ISH_MIN)


def _first_part(text: str) -> DayPart | None:
    found = [
        (match.start(), number, part)
        for number, part in enumerate(DAY_PARTS)
        if (match := part.pattern.search(text))
    ]
    return min(found)[2] if found else None
