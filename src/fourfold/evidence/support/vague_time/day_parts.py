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
    _part("way_to_work", r"(?:on (?:the|my) )?way (?:in )?to work|before work", 7, 9.5),
    _part("school_run", r"school run", 8, 16, "morning or afternoon run not said"),
    _part("early_morning", r"early (?:in the )?morning|early am", 5, 8),
    _part("mid_morning", r"mid[ -]?morning", 9.5, 11.5),
    _part("late_morning", r"late (?:in the )?morning", 10, 12.5),
    _part("morning", r"(?:this )?morning", 6, 12),
    _part("lunch", r"lunch(?: ?time| ?break| ?hour)?", 12, 14),
    _part("early_afternoon", r"early (?:in the )?afternoon|after lunch", 12.5, 15),
    _part("mid_afternoon", r"mid[ -]?afternoon", 14, 16),
    _part("late_afternoon", r"late (?:in the )?afternoon", 15.5, 18),
    _part("afternoon", r"afternoon", 12, 18),
    _part("tea_time", r"tea[ -]?time|tea", 16, 18),
    _part("way_back", r"(?:on (?:the|my) )?way (?:back|hom\w*)|walk(?:ing)? hom\w*", 16.75, 18.5),
    _part("after_work", r"after work", 17, 19.5),
    _part("leaving_work", r"(?:finish(?:ed|ing)|left|leaving) (?:my )?(?:work|shift)", 16, 19),
    _part("on_the_way", r"on (?:the|my) way", 7, 19, "direction of the way not said"),
    _part("dinner", r"dinner(?: ?time)?|supper(?: ?time)?", 17.5, 20.5),
    _part("early_evening", r"early (?:in the )?evening", 17, 19.5),
    _part("late_evening", r"late (?:in the )?evening", 20.5, 24),
    _part("evening", r"evening", 17, 23.5),
    _part("tonight", r"tonight", 18, 24),
    _part("last_night", r"last night", 18, 30, "the evening and night that began the day before"),
    _part("late_night", r"late at night|late (?:that )?night|bed ?time|going to bed", 21, 26),
    _part("late", r"late on|quite late|very late", 21, 26),
    _part("night", r"(?:at |that )?night(?: ?time)?", 20, 30, "until the morning after"),
    _part("all_day", r"all day|whole day|on and off|all the time|constantly|throughout", 0, 24),
    _part("daytime", r"day ?time|during the day", 7, 19),
)  # fmt: skip


def find_part(text: str) -> DayPart | None:
    """Return the part of the day that begins first in plain text."""
    found = [
        (match.start(), number, part)
        for number, part in enumerate(DAY_PARTS)
        if (match := part.pattern.search(text))
    ]
    return min(found)[2] if found else None
