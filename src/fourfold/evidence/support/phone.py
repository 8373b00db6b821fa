"""Telephone numbers as dialled to identifiers of one grammar.

`tel:+447700900123` (E.164), `short:222` (short code), `sender:SHOPNAME` (a text's
alphanumeric sender), `withheld`. What was dialled stays in the row.
"""

import re
from functools import lru_cache
from typing import Final, NamedTuple

WITHHELD: Final = "withheld"
UK_WITHHOLD_PREFIX: Final = "141"  # "141" before a number hides the caller's own number
UK_RELEASE_PREFIX: Final = "1470"
# The same two as every handset may send them.
GSM_WITHHOLD_PREFIX: Final = "#31#"
GSM_RELEASE_PREFIX: Final = "*31#"
SHORT_CODE_DIGITS: Final = 6
WITHHELD_WORDS: Final = frozenset(
    (
        "withheld", "private", "unknown", "anonymous", "restricted", "unavailable", "blocked",
        "payphone", "null", "none", "-1", "-2", "-3", "hidden", "nocallerid", "notprovided",
        "numberwithheld", "privatenumber", "unknownnumber", "unknowncaller", "callerwithheld",
        "privatecaller", "numberunavailable", "blockednumber", "hiddennumber",
    )
)  # fmt: skip
# Spaces, brackets, dots, dashes, and the marks that turn the direction of text.
_LITTER = re.compile(
    r"[\s().\-\u2010-\u2015\u2007\u2009\u202f\u200e\u200f\u202a-\u202e\u2066-\u2069]+"
)
# A workbook drops the 0 in front: ten digits from 7 are a mobile number too.
_UK_MOBILE = re.compile(r"(?:\+44|0044|44|0|)(7\d{9})")
# What stands around a number: a workbook's text mark or fraction, the address of an app.
_WRAPPED = re.compile(
    r"^\s*'?(?:tel:|sip:)?(?P<number>[+*#\d][*#\d\s().\-]*?)(?:\.0+|[@;].*)?\s*$", re.IGNORECASE
)
_PHONE_LIKE = re.compile(r"\+?\d+")


class Number(NamedTuple):
    """A number read. hides_caller: the dialled text asked the network to hide the caller."""

    identifier: str
    hides_caller: bool


@lru_cache(maxsize=65_536)
def identifier_of(dialled: str, region: str = "GB") -> Number:
    """Read a number as dialled or printed; blank and words such as "Private" are withheld."""
    wrapped = _WRAPPED.match(dialled or "")
    text = _LITTER.sub("", wrapped["number"] if wrapped else dialled or "")
    is_word = text.lower() in WITHHELD_WORDS or (dialled or "").strip() in WITHHELD_WORDS
    if not text or is_word:
        return Number(WITHHELD, False)
    hides = False
    if region == "GB":
        text, hides = _without_uk_prefix(text)
    if match := _UK_MOBILE.fullmatch(text):
        return Number(f"tel:+44{match[1]}", hides)
    if not _PHONE_LIKE.fullmatch(text):
        return Number(f"sender:{dialled.strip()}", hides)
    if len(text.lstrip("+")) <= SHORT_CODE_DIGITS:
        return Number(f"short:{text.lstrip('+')}", hides)
    return Number(_by_numbering_plan(text, region), hides)


def _without_uk_prefix(text: str) -> tuple[str, bool]:
    for prefix, hides in (
        (UK_RELEASE_PREFIX, False), (UK_WITHHOLD_PREFIX, True),
        (GSM_RELEASE_PREFIX, False), (GSM_WITHHOLD_PREFIX, True),
    ):  # fmt: skip
        rest = text.removeprefix(prefix)
        if rest != text and len(rest) > SHORT_CODE_DIGITS + 2:
            return rest, hides
    return text, False


def _by_numbering_plan(text: str, region: str) -> str:
    import phonenumbers  # slow to import, needed only for what the rules above leave over

    for candidate in (text, f"+{text}"):
        try:
            number = phonenumbers.parse(candidate, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_possible_number(number) and (
            candidate.startswith(("+", "00", "0")) or phonenumbers.is_valid_number(number)
        ):
            return "tel:" + phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return f"tel:{text}"


def imei_key(imei: str | None) -> str | None:
    """Return the 14 digits by which two IMEIs are compared; None when there are fewer."""
    digits = "".join(c for c in imei or "" if c.isdigit())
    return digits[:14] if len(digits) >= 14 else None
