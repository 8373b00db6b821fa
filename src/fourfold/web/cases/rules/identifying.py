"""Read what somebody typed or pasted: a number, an address, a vehicle, an account, a name.

A line that fits nothing is never guessed: it is kept as it stands, in the notes.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from fourfold.web.users.models import IdentifierKind as Kind

EMAIL: Final = re.compile(r"[^\s@,;:]+@[^\s@,;:]+\.[A-Za-z]{2,}")
PHONE: Final = re.compile(r"\+?[\d(][\d\s().-]{7,19}\d")
POSTCODE: Final = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b", re.I)
VEHICLES: Final = (
    re.compile(r"[A-Z]{2}\s?\d{2}\s?[A-Z]{3}", re.I),
    re.compile(r"[A-Z]\d{1,3}\s?[A-Z]{3}", re.I),
    re.compile(r"[A-Z]{3}\s?\d{1,3}[A-Z]", re.I),
    re.compile(r"[A-Z]{1,2}Z\s?\d{1,4}", re.I),
)
SERVICES: Final = (
    "instagram", "facebook", "whatsapp", "snapchat", "tiktok", "twitter", "telegram", "signal",
    "discord", "linkedin", "youtube", "reddit", "messenger", "threads", "tinder", "hinge",
    "bumble", "strava", "vinted", "ebay", "spotify", "steam", "skype", "insta", "snap", "x",
)  # fmt: skip
ACCOUNT_OF: Final = re.compile(rf"(?:{'|'.join(SERVICES)})\s*[:/]\s*@?\S+", re.I)
ACCOUNT_ON: Final = re.compile(rf"@?(\S+)\s+(?:on|\()\s*({'|'.join(SERVICES)})\)?", re.I)
LINK: Final = re.compile(r"https?://\S+/\S+", re.I)
HANDLE: Final = re.compile(r"@[\w.-]{2,}")
NAME: Final = re.compile(r"[^\W\d_a-z][\w'’-]*(?: [^\W\d_][\w'’-]*){1,4}")
LABEL: Final = re.compile(
    r"^(?:phone|mobile|mob|tel|number|call|car|van|vehicle|reg|plate|email|e-mail|address|name|"
    r"imei|account|handle|lives at)\s*[:=-]\s*",
    re.I,
)
IMEI_DIGITS: Final = 15
PHONE_DIGITS: Final = range(9, 16)


@dataclass(frozen=True)
class Typed:
    """What was read: kind and text as it was typed."""

    kind: str
    text: str


def kind_of(text: str) -> str:
    """Return the kind of identifier that a text is, or an empty text."""
    text = text.strip()
    return next((kind for kind, fits in KINDS if fits(text)), "")


def _is_phone(text: str) -> bool:
    return bool(PHONE.fullmatch(text)) and len(re.sub(r"\D", "", text)) in PHONE_DIGITS


def _is_vehicle(text: str) -> bool:
    return any(pattern.fullmatch(text) for pattern in VEHICLES)


def _is_account(text: str) -> bool:
    return any(pattern.fullmatch(text) for pattern in (ACCOUNT_OF, ACCOUNT_ON, LINK, HANDLE))


def _is_imei(text: str) -> bool:
    digits = re.sub(r"[\s/-]", "", text)
    if len(digits) != IMEI_DIGITS or not digits.isdigit():
        return False
    doubled = (int(d) * (2 if at % 2 else 1) for at, d in enumerate(digits))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


KINDS: Final[tuple[tuple[str, Callable[[str], object]], ...]] = (
    (Kind.EMAIL, EMAIL.fullmatch),
    (Kind.DEVICE, _is_imei),
    (Kind.PHONE, _is_phone),
    (Kind.VEHICLE, _is_vehicle),
    (Kind.ACCOUNT, _is_account),
    (Kind.ADDRESS, POSTCODE.search),
    (Kind.NAME, NAME.fullmatch),
)


def read_pasted(text: str) -> tuple[list[Typed], list[str]]:
    """Return what was recognised in pasted lines, and the lines that were not.

    One thing to a line, or several with commas; a line with a postcode is one address.
    """
    found: list[Typed] = []
    left: list[str] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        bare = LABEL.sub("", line)
        pieces = [bare] if POSTCODE.search(bare) else re.split(r"[,;]|\t", bare)
        read = [_read(piece) for piece in pieces if piece.strip()]
        if read and all(read):
            found += [typed for typed in read if typed]
        else:
            left.append(line)
    return list(dict.fromkeys(found)), left


def _read(piece: str) -> Typed | None:
    text = LABEL.sub("", piece.strip())
    kind = kind_of(text)
    if not kind or len(text) > 300:
        return None
    on = ACCOUNT_ON.fullmatch(text)
    return Typed(kind, f"{on.group(2)}: {on.group(1)}" if on else text)
