"""What an occurrence or a diary entry proposes, in guarded words: what a record shows, no more."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from fourfold.evidence.model.wording import forbidden_words
from fourfold.web.cases.models import Act
from fourfold.web.cases.models.answers import Precision

Means = Act.Means
APPS: Final = frozenset({"whatsapp", "telegram", "instagram", "facebook", "signal", "snapchat"})
TEXTS: Final = frozenset({"sms", "mms", "rcs"})
OUTCOMES: Final = {
    "answered": "answered",
    "no_answer": "not answered",
    "missed": "not answered",
    "voicemail": "taken by voicemail",
    "busy": "engaged",
    "refused": "refused",
    "forwarded": "sent on to another number",
    "failed": "not connected",
    "received": "received",
    "sent": "sent",
}
CHECKS: Final = {
    "supported": "other records support it",
    "partly": "other records support a part of it",
    "no_data": "no data supplied cover it",
    "data_but_nothing": "the data supplied cover it and no record supports it",
    "contradicted": "other records speak against it",
    "not_tested": "not checked against other records",
}
HELD: Final = {
    "accepted": "attributed to {person}",
    "assumed": "only assumed to be of {person}",
    "disputed": "said to be of {person}, which is disputed",
}
SERVICES: Final = {"sms": "text message", "mms": "picture message", "rcs": "text message"}
NAMED: Final = {"whatsapp": "WhatsApp", "telegram": "Telegram", "instagram": "Instagram"}
UNNAMED: Final = "an identifier that the rows name"


@dataclass(frozen=True)
class Candidate:
    """An act that a run proposes."""

    question: str
    trace_code: str
    row_ids: tuple[str, ...]
    words: str
    means: str
    codes: tuple[str, ...]
    occurred_from_at: datetime | None
    occurred_to_at: datetime | None
    occurred_on: date | None
    when_text: str = ""
    identifier_text: str = ""
    quoted_words: str = ""
    attribution_basis: str = ""
    strength: str = ""

    @property
    def same_as(self) -> str:
        """Return the digest of its rows."""
        return hashlib.sha256("\n".join(sorted(self.row_ids)).encode()).hexdigest()


@dataclass(frozen=True)
class Side:
    """One side of a contact: the identifier, whose it is said to be, and how firmly."""

    identifier: str
    person: str
    strength: str

    def words(self, is_named: bool) -> str:
        """Return the side as a sentence names it."""
        held = HELD.get(self.strength, "not attributed").format(person=self.person)
        return f"{identifier_words(self.identifier) if is_named else UNNAMED} ({held})"


@dataclass(frozen=True)
class Contact:
    """One occurrence from a suspect's identifier to a victim's, as the package tells it."""

    kind: str
    channel: str
    outcome: str
    at: datetime
    precision_s: float
    lasted_s: float | None
    is_withheld: bool
    is_clock_change_hour: bool
    from_side: Side
    to_side: Side


def is_proposed(from_id: str, from_strength: str) -> bool:
    """Return whether a contact may be proposed as one from the suspect's identifier.

    A call whose number was withheld, and which no other record names the caller of, is nobody's.
    """
    return bool(from_id) and from_id != "unknown" and from_strength in HELD


def contact_words(contact: Contact, zone: ZoneInfo) -> str:
    """Return what the records show, without a word that the program may not say."""
    words = _contact_words(contact, zone, is_named=True)
    return _contact_words(contact, zone, is_named=False) if forbidden_words(words) else words


def _contact_words(contact: Contact, zone: ZoneInfo, *, is_named: bool) -> str:
    ended = [OUTCOMES.get(contact.outcome, "")]
    if contact.lasted_s and contact.outcome == "answered":
        ended.append(duration_words(contact.lasted_s))
    how = ", ".join(filter(None, ended))
    sentence = (
        f"The records show {_what(contact)} from {contact.from_side.words(is_named)} to"
        f" {contact.to_side.words(is_named)} {moment_words(contact, zone)}"
    )
    sentence += f": {how}." if how else "."
    if contact.is_withheld:
        sentence += (
            " The number was withheld from the called phone; the caller's own records name it."
        )
    return sentence


def _what(contact: Contact) -> str:
    service = NAMED.get(contact.channel, contact.channel.title())
    if contact.kind == "call":
        return "a call" if means_of(contact) == Means.CALL else f"a call by {service}"
    if contact.channel in SERVICES:
        return f"a {SERVICES[contact.channel]}"
    return "an email" if contact.channel == "email" else f"a message by {service}"


def means_of(contact: Contact) -> str:
    """Return by what means, in the words of an act."""
    if contact.channel in TEXTS:
        return Means.TEXT
    if contact.channel == "email":
        return Means.EMAIL
    if contact.kind == "post":
        return Means.SOCIAL
    if contact.kind == "call" and contact.channel in ("call", "cellular", ""):
        return Means.CALL
    return Means.APP


def moment_words(contact: Contact, zone: ZoneInfo) -> str:
    """Return when, by the clock of the case."""
    local = contact.at.astimezone(zone)
    clock = f"{local:%H:%M}" if contact.precision_s >= 60 else f"{local:%H:%M:%S}"
    doubt = ", in the hour in which the clocks change" if contact.is_clock_change_hour else ""
    return f"on {local.day} {local:%B %Y} at {clock} {local.tzname()}{doubt}"


def duration_words(seconds: float) -> str:
    """Return a duration as people say it."""
    minutes, rest = divmod(round(seconds), 60)
    told = [f"{minutes} min"] if minutes else []
    return " ".join([*told, f"{rest} s"]) if rest or not told else told[0]


def identifier_words(identifier: str) -> str:
    """Return a number as people write it, an account with its service, a name in quotes."""
    scheme, _, value = identifier.partition(":")
    if scheme == "tel":
        return national(value)
    if scheme == "name":
        exhibit, _, name = value.partition(":")
        return f"the name “{name}” shown in {exhibit}"
    if scheme in ("person", "exhibit", "device"):
        return "the device or account that the exhibit came from"
    return f"{NAMED.get(scheme, scheme)} {value}"


def national(number: str) -> str:
    """Return +447700900123 as 07700 900123."""
    if number.startswith("+44") and len(number) == 13:
        return f"0{number[3:7]} {number[7:]}"
    return number


def diary_words(exhibit_ref: str, entry_no: int, outcome: str) -> str:
    """Return what stands beside the victim's own words; the words themselves are quoted apart."""
    check = CHECKS.get(outcome, CHECKS["not_tested"])
    words = f"An entry of the diary {exhibit_ref} (check {entry_no} of the run): {check}."
    if forbidden_words(words):
        return f"An entry of a diary (check {entry_no} of the run): {check}."
    return words


def precision_of(candidate_from: datetime | None, candidate_to: datetime | None) -> str:
    """Return how exactly a moment is known, by the length of the period."""
    if candidate_from is None:
        return Precision.UNKNOWN
    length = (candidate_to or candidate_from) - candidate_from
    for longest, precision in (
        (timedelta(minutes=1), Precision.EXACT),
        (timedelta(hours=3), Precision.HOUR),
        (timedelta(hours=26), Precision.DAY),
    ):
        if length <= longest:
            return precision
    return Precision.MONTH


def touches(row_ids: Sequence[str], known: dict[str, int]) -> int | None:
    """Return the key of a known proposal that shares a row, or nothing."""
    return next((known[row_id] for row_id in row_ids if row_id in known), None)
