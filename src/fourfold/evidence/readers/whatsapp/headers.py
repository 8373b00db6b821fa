"""The line that starts a message: its shape in every locale, and the style of one file.

Android writes `date, time - Name: text`, iOS `[date, time] Name: text`; the phone's
region decides order, separators, digits, calendar and the words for the half of the
day. One export keeps one style throughout, so the style is learnt from the file.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

MARKS: Final = "\u200b\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff"
SPACES: Final = " \t\u00a0\u2000-\u200a\u202f\u3000"
HEADER_CHARS: Final = 120  # the longest header seen has 47 characters before the name
NAME_CHARS: Final = 100  # WhatsApp allows 100 characters in a group's name, 25 in a person's

_GAP: Final = f"[{MARKS}{SPACES}]*"
_HEADER: Final = re.compile(
    rf"{_GAP}(?P<open>\[)?{_GAP}"
    rf"(?P<a>\d{{1,4}}){_GAP}(?P<sep1>[./\-‐‑–−年년]){_GAP}"
    rf"(?P<b>\d{{1,2}}){_GAP}(?P<sep2>[./\-‐‑–−月월]){_GAP}(?P<c>\d{{1,4}})"
    r"(?P<before>[^\d\[\]:]{1,20})"
    rf"(?P<h>\d{{1,2}})(?:[:.٫]|{_GAP}h{_GAP})(?P<m>\d{{2}})"
    rf"(?:(?:[:.٫]|{_GAP}min{_GAP})(?P<s>\d{{2}})(?:{_GAP}s\b)?)?"
    r"(?P<after>[^\d\[\]:]{0,20}?)"
    rf"(?P<close>\]|[{SPACES}{MARKS}]+[-–—](?=[{SPACES}]|$)|:(?=[{SPACES}]))[{SPACES}]?"
)
_TORN: Final = re.compile(
    rf"{_GAP}(?P<open>\[)?{_GAP}\d{{1,4}}{_GAP}[./\-]{_GAP}\d{{1,2}}{_GAP}[./\-]{_GAP}\d{{1,4}}"
    r"[^\d\[\]]{0,20}(?:\d{1,2}(?:[:.]\d{0,2}){0,2}[^\d\[\]]{0,10})?"
)
_NAME: Final = re.compile(rf"(?P<name>.{{1,{NAME_CHARS}}}?):(?:[{SPACES}{MARKS}]|$)")
_MARK: Final = re.compile(f"[{MARKS}]")
_SPACE: Final = re.compile(f"[{SPACES}]+")
_QUOTE: Final = re.compile('["“”«»„]')
_QUOTES: Final = (("“", "”"), ("«", "»"), ("„", "“"))


class Style(NamedTuple):
    """What stays the same in every header of one export."""

    is_bracketed: bool
    separators: str
    year_at: int  # 0 or 2 for a year of four digits, -1 when all fields are short
    between: str  # punctuation between date and time
    has_seconds: bool
    closing: str
    has_words: tuple[bool, bool]  # words before and after the time, such as "PM"


class Stamp(NamedTuple):
    """The date and time of a header as printed, and where the rest of the line begins."""

    line: int
    fields: tuple[int, int, int]
    hour: int
    minute: int
    second: int
    words: tuple[str, str]
    style: Style
    ends: int
    text: str


def match_header(line: str, number: int) -> Stamp | None:
    """Read the header at the start of a physical line; None when there is none."""
    match = _HEADER.match(line[:HEADER_CHARS])
    if match is None or bool(match["open"]) != (match["close"] == "]"):
        return None
    widths = len(match["a"]), len(match["b"]), len(match["c"])
    hour, minute, second = (int(match[k] or 0) for k in "hms")
    if 3 in widths or widths[0] == widths[2] == 4 or hour > 24 or minute > 59 or second > 59:
        return None
    words = _word(match["before"]), _word(match["after"])
    style = Style(
        is_bracketed=match["close"] == "]",
        separators=match["sep1"] + match["sep2"],
        year_at=widths.index(4) if 4 in widths else -1,
        between="".join(c for c in match["before"] if c in ",،."),
        has_seconds=match["s"] is not None,
        closing=match["close"].strip()[-1],
        has_words=(bool(words[0]), bool(words[1])),
    )
    fields = int(match["a"]), int(match["b"]), int(match["c"])
    text = plain(line[match.start("a") : match.end("after")])
    return Stamp(number, fields, hour, minute, second, words, style, match.end(), text)


def is_torn(line: str, style: Style) -> bool:
    """Tell whether a last line without a line end is a header cut off in the middle."""
    match = _TORN.fullmatch(line)
    return match is not None and bool(match["open"]) == style.is_bracketed


def commonest_style(stamps: Iterable[Stamp]) -> Style:
    """Return the style of most headers; of equals, the first in the file."""
    return Counter(stamp.style for stamp in stamps).most_common(1)[0][0]


def split_name(rest: str, known: Iterable[str] = ()) -> tuple[str | None, str]:
    """Split what follows a header into the sender's name and the text; None: a notice.

    known: names that occur in the file, for lines such as `Name:.` without a space.
    """
    match = _NAME.match(rest)
    if match and not _has_open_quote(match["name"]) and plain(match["name"]):
        return plain(match["name"]), rest[match.end("name") + 1 :].lstrip(" ")
    for name in known:
        if rest.startswith(f"{name}:"):
            return name, rest[len(name) + 1 :]
    return None, rest


def plain(text: str) -> str:
    """Return text without invisible marks, with ordinary spaces, trimmed."""
    if not text.isascii():
        text = _MARK.sub("", text)
    return _SPACE.sub(" ", text).strip()


def starts_with_mark(text: str) -> bool:
    """Tell whether text starts with a direction mark: on iOS, WhatsApp's own words do."""
    return _MARK.match(text) is not None


@lru_cache(maxsize=256)
def _word(text: str) -> str:
    """Return letters and their vowel signs alone: "a. m." is "am" in every spelling."""
    return "".join(c for c in plain(text).casefold() if unicodedata.category(c)[0] in "LM")


def _has_open_quote(name: str) -> bool:
    """A notice such as `X changed the subject to "A: b"` has its colon inside quotes."""
    if not _QUOTE.search(name):
        return False
    return name.count('"') % 2 == 1 or any(name.count(a) != name.count(b) for a, b in _QUOTES)
