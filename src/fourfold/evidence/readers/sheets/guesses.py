"""Guess what a column means from the words of its header and the shape of its values."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from fourfold.evidence.readers.sheets.pack import normalised

SURE, LIKELY, GUESS = "sure", "likely", "a guess"

KIND_WORDS: Final = {
    "call": "call", "voice": "call", "phone call": "call", "moc": "call", "mtc": "call",
    "text": "message", "sms": "message", "mms": "message", "sms-mo": "message",
    "sms-mt": "message", "message": "message", "data": "data_session", "gprs": "data_session",
    "visit": "visit", "activity": "journey", "journey": "journey",
}  # fmt: skip
DIRECTION_WORDS: Final = {
    "in": "incoming", "incoming": "incoming", "received": "incoming", "i": "incoming",
    "inbound": "incoming", "out": "outgoing", "outgoing": "outgoing", "sent": "outgoing",
    "o": "outgoing", "outbound": "outgoing", "dialled": "outgoing",
}  # fmt: skip
_ISO: Final = re.compile(r"\d{4}-\d\d?-\d\d?([ T]\d\d?:\d\d.*)?")
_DATE: Final = re.compile(r"\d{1,2}[/.-](\d{1,2}|[A-Za-z]{3,9})[/.-]\d{2,4}([ T,]+\d\d?:\d\d.*)?")
_CLOCK: Final = re.compile(r"\d{1,2}:\d\d(:\d\d(\.\d+)?)?( ?[AaPp][Mm])?")
_NUMBER: Final = re.compile(r"[+-]?\d+([.,]\d+)?")
_DEGREES: Final = re.compile(r"[+-]?\d{1,3}[.,]\d+ ?°?[NSEWnsew]?")
_PAIR: Final = re.compile(r"[(\[]? ?-?\d{1,3}\.\d+ ?, ?-?\d{1,3}\.\d+ ?[)\]]?")
_SECONDS: Final = re.compile(r"\d{9,10}(\.\d{1,9})?")
_MILLISECONDS: Final = re.compile(r"\d{12,13}")
_E7: Final = re.compile(r"-?\d{7,10}")
_PHONE: Final = re.compile(r"\+?[\d ()-]{5,20}")
_HMS: Final = re.compile(r"\d+:\d\d?:\d\d?")
_GRID: Final = re.compile(r"\d{5,7}(\.\d+)?")


@dataclass(frozen=True)
class Guess:
    """A column, what it seems to mean, why, and how sure that is, in words."""

    column: str
    meaning: str
    reason: str
    confidence: str


@dataclass(frozen=True)
class _Rule:
    meaning: str
    words: str  # a pattern over the normalised header
    fits: Callable[[str], object]  # a test of one value
    shape: str  # what the values look like, in words


def _is_epoch_s(value: str) -> bool:
    return bool(_SECONDS.fullmatch(value)) and 5e8 < float(value) < 4e9


def _is_epoch_ms(value: str) -> bool:
    return bool(_MILLISECONDS.fullmatch(value)) and 5e11 < int(value) < 4e12


def _is_word_of(words: Iterable[str]) -> Callable[[str], bool]:
    known = frozenset(words)
    return lambda value: value.casefold() in known


_ANY: Final[Callable[[str], object]] = bool
_START = r"(^| )(start|begin|from|date|time|datetime|timestamp|when|recorded|seizure)"
_END = r"(^| )(end|finish|stop|until|to)( |$)(date|time|datetime|timestamp)?"
_OUT = r"^from$|calling|caller|originat|sender|a party|a number|outgoing party"
_IN = r"^to$|called|recipient|terminat|dialled|b party|b number|incoming party"
_RUNNING = r"^(#|row|row no|no|nr|index|item|record)$"
_WRITTEN = r"text|body|message|content|comment|description|^what |note"
RULES: Final = (
    _Rule("running number", _RUNNING, _NUMBER.fullmatch, "numbers"),
    _Rule("imei", r"imei", _ANY, ""),
    _Rule("imsi", r"imsi", _ANY, ""),
    _Rule("lat", r"^lat|latitude", _DEGREES.fullmatch, "degrees"),
    _Rule("lon", r"^(lon|lng)|longitude", _DEGREES.fullmatch, "degrees"),
    _Rule("lat e7", r"^lat|latitude", _E7.fullmatch, "whole ten-millionths of a degree"),
    _Rule("lon e7", r"^(lon|lng)|longitude", _E7.fullmatch, "whole ten-millionths of a degree"),
    _Rule("pair", r"gps|coordinate|position|location|lat.*lon|lon.*lat", _PAIR.fullmatch, "pairs"),
    _Rule("easting", r"easting", _GRID.fullmatch, "metres of a grid"),
    _Rule("northing", r"northing", _GRID.fullmatch, "metres of a grid"),
    _Rule("accuracy", r"accuracy|error radius|uncertainty", _ANY, ""),
    _Rule("azimuth", r"azimuth", _ANY, ""),
    _Rule("duration h:m:s", r"duration|call length|talk time", _HMS.fullmatch, "h:m:s"),
    _Rule("duration seconds", r"duration|call length|talk time", _NUMBER.fullmatch, "numbers"),
    _Rule("ring", r"ring", _NUMBER.fullmatch, "numbers"),
    _Rule("end iso", _END, _ISO.fullmatch, "ISO dates with times"),
    _Rule("end date time", _END, _DATE.fullmatch, "dates"),
    _Rule("start iso", _START, _ISO.fullmatch, "ISO dates"),
    _Rule("start epoch_s", _START, _is_epoch_s, "seconds since 1970"),
    _Rule("start epoch_ms", _START, _is_epoch_ms, "milliseconds since 1970"),
    _Rule("start date", _START, _DATE.fullmatch, "dates"),
    _Rule("start clock", _START, _CLOCK.fullmatch, "times of day"),
    _Rule("direction", r"direction|in out|inout|^dir$", _is_word_of(DIRECTION_WORDS), "in or out"),
    _Rule("kind", r"type|kind|interaction|event|service", _is_word_of(KIND_WORDS), "known kinds"),
    _Rule("via", r"forward|divert", _ANY, ""),
    _Rule("from", _OUT, _ANY, ""),
    _Rule("to", _IN, _ANY, ""),
    _Rule("other", r"correspondent|contact|other party|^number$|phone number|msisdn", _ANY, ""),
    _Rule("end cell", r"(end|last).*(cell|antenna|mast)", _ANY, ""),
    _Rule("cell", r"cell.*(id|identity)|^cell$|antenna|mast|cgi|site id", _ANY, ""),
    _Rule("vrm", r"vrm|plate|registration", _ANY, ""),
    _Rule("camera", r"camera", _ANY, ""),
    _Rule("device", r"device ?id|^device$|tracker|unit id", _ANY, ""),
    _Rule("text", _WRITTEN, _ANY, ""),
)  # fmt: skip


def guess(column: str, values: list[str]) -> Guess | None:
    """Return the first meaning whose header words and values both fit; None if none does."""
    header = normalised(column)
    for rule in RULES:
        word = re.search(rule.words, header)
        fitting = sum(bool(rule.fits(value)) for value in values)
        if (
            not word
            or (values and fitting * 10 < len(values) * 9)
            or not (values or rule.fits is _ANY)
        ):
            continue
        reason = f"the header says {word[0].strip()!r}"
        if not rule.shape:
            return Guess(column, rule.meaning, reason, LIKELY)
        share = "all" if fitting == len(values) else f"{fitting} of {len(values)}"
        confidence = SURE if fitting == len(values) else LIKELY
        return Guess(column, rule.meaning, f"{reason}; {share} values are {rule.shape}", confidence)
    return _by_values_alone(column, values)


def _by_values_alone(column: str, values: list[str]) -> Guess | None:
    shapes = {"start iso": (_ISO, "ISO dates with times"), "start date": (_DATE, "dates")}
    for meaning, (pattern, shape) in shapes.items():
        if values and all(pattern.fullmatch(value) for value in values):
            return Guess(column, meaning, f"all values are {shape}; the header does not say", GUESS)
    return None
