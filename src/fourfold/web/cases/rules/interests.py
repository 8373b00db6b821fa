"""Whether a question names something that the person who asks has declared as an interest.

A little too often rather than not at all: what is said is only that it should be looked at.
"""

from collections.abc import Callable

from fourfold.web.cases.search.words import PHONE, VEHICLE
from fourfold.web.users.identifiers import normalise

ADDRESS_WORDS_MIN = 2


def names_interest(kind: str, normalised: str, text: str) -> bool:
    """Return whether a text names an interest of a kind, however it is written.

    A name also where only a part of it is asked for: "Okafor" asks for "Ada Okafor".
    """
    if not normalised or not text.strip():
        return False
    if normalise(kind, text) == normalised:
        return True
    return _WAYS.get(kind, _any_word)(normalised, text)


def _any_word(normalised: str, text: str) -> bool:
    pieces = text.replace(",", " ").replace(";", " ").split()
    return normalised in text.casefold().split() or any(
        normalise(kind, piece) == normalised
        for piece in pieces
        for kind in ("email", "account", "device")
    )


def _phone(normalised: str, text: str) -> bool:
    return any(normalise("phone", found.group()) == normalised for found in PHONE.finditer(text))


def _vehicle(normalised: str, text: str) -> bool:
    marks = [found.group() for found in VEHICLE.finditer(text)] + text.split()
    return any(normalise("vehicle", mark) == normalised for mark in marks)


def _name(normalised: str, text: str) -> bool:
    asked, declared = set(normalise("name", text).split()), set(normalised.split())
    return bool(asked) and (asked <= declared or declared <= asked)


def _address(normalised: str, text: str) -> bool:
    asked, declared = set(normalise("address", text).split()), set(normalised.split())
    return declared <= asked or (len(asked) >= ADDRESS_WORDS_MIN and asked <= declared)


_WAYS: dict[str, Callable[[str, str], bool]] = {
    "phone": _phone,
    "vehicle": _vehicle,
    "name": _name,
    "address": _address,
}
