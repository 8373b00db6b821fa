"""One normal form per kind of identifier, so that the same thing written twice is found."""

import re
import unicodedata
from collections.abc import Callable

PHONE_DIGITS_MIN = 5
COUNTRY = "+44"
PASSES_MAX = 5
HOUSE = re.compile(r"\b\d+[A-Z]?\b")


def normalise(kind: str, text: str) -> str:
    """Return the form by which identifiers of a kind are compared; "" where nothing is left.

    Taking out spaces can join letters with accents anew, so it is done until nothing changes.
    """
    for _ in range(PASSES_MAX):
        form = NORMAL_FORMS[kind](unicodedata.normalize("NFKC", text).strip())
        if form == text:
            break
        text = form
    return text[:200]


def _phone(text: str) -> str:
    """Return +44... for a UK number, +... for one with a country code, else its digits."""
    text = re.sub(r"^(tel:)", "", text.lower()).replace("(0)", "")
    digits = re.sub(r"\D", "", text)
    if len(digits) < PHONE_DIGITS_MIN:
        return digits
    if text.lstrip().startswith("+"):
        return "+" + digits
    if digits.startswith("00"):
        return "+" + digits[2:]
    if digits.startswith("44") and len(digits) in (11, 12):
        return "+" + digits
    return COUNTRY + digits[1:] if digits.startswith("0") else digits


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text).casefold()


def _account(text: str) -> str:
    """Return service:handle; the @ of a handle and upper case do not tell accounts apart."""
    text = _plain(re.sub(r"^https?://(www\.)?", "", text.strip()))
    return text.replace("/@", ":").replace("/", ":").replace("@", "").rstrip(":")


def _letters_and_digits(text: str) -> str:
    return "".join(c for c in text.upper() if c.isalnum())


def _address(text: str) -> str:
    """Return postcode and house: the two parts that people write alike."""
    text = text.upper()
    found = re.search(r"\b([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})\b", text)
    if not found:
        return " ".join(re.findall(r"\w+", text)).casefold()
    numbers = HOUSE.findall(text[: found.start()]) or HOUSE.findall(text[found.end() :])
    return " ".join([found.group(1) + found.group(2), *numbers]).casefold()


def _name(text: str) -> str:
    """Return the words of a name without accents, in order of the alphabet."""
    decomposed = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
    return " ".join(sorted(re.findall(r"\w+", plain.replace("'", "").replace("’", ""))))


NORMAL_FORMS: dict[str, Callable[[str], str]] = {
    "phone": _phone,
    "email": _plain,
    "account": _account,
    "vehicle": _letters_and_digits,
    "address": _address,
    "name": _name,
    "device": _letters_and_digits,
    "sim": _letters_and_digits,
    "card": _letters_and_digits,
}
