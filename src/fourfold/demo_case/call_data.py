"""A UK provider's "Call Data" return: a preamble, a blank row, 36 columns, local times."""

import csv
import io
from collections.abc import Iterator
from random import Random
from typing import Final, NamedTuple

from fourfold.demo_case.ledger import Exhibit, Files
from fourfold.demo_case.movement import place_of
from fourfold.demo_case.story import Contact
from fourfold.demo_case.world import (
    DAY_S,
    DAYS,
    F1,
    FIRST,
    IMSI,
    LAST,
    NEW_SIM_AT,
    NO_CELL,
    S1,
    S2,
    SUSPECT,
    V1,
    VICTIM,
    VOICEMAIL,
    Masts,
    handset_of,
    local,
)

PERSON: Final = {S1: SUSPECT, S2: SUSPECT, V1: VICTIM, F1: VICTIM}
PART_S: Final = 1_800  # a switch writes a new record for each half hour of a long call
DUPLICATES: Final = 1 / 150
_CELL: Final = ("Site Name", "1st line of Address", "ID Postcode", "Generation", "Easting",
                "Northing", "Azimuth")  # fmt: skip
HEADERS: Final = (
    "Start Date", "Start Time (local)", "End Date", "End Time (local)", "Calling Number",
    "Called Number", "Forwarding Number", "CDR Type", "IMSI", "IMEI", "Ring time (secs)",
    "Call Duration (HH:mm:ss)", "IPv4 address", "IPv6 address", "Data Volume Uploaded (KB)",
    "Data Volume Downloaded (KB)", "APN", "Country of Origin", "Operator",
    "Start Cell ID or MAC Address", *(f"Start Cell {name}" for name in _CELL),
    "End Cell ID or MAC", *(f"End Cell {name}" for name in _CELL), "Row",
)  # fmt: skip

Cdr = tuple[int, list[str]]  # the start, and the columns without the row number


class Provider:
    """Writes the records of lines as one provider would."""

    def __init__(self, rng: Random, masts: Masts) -> None:
        self.rng, self.masts = rng, masts

    def voice_and_texts(self, line: str, contacts: list[Contact]) -> list[Cdr]:
        """Return the records of a line, one for each leg or part."""
        found: list[Cdr] = []
        for contact in contacts:
            if contact.channel == "call" and line in {contact.a, contact.b}:
                found += self._call(line, contact)
            elif contact.channel == "sms" and line in {contact.a, contact.b}:
                found += self._text(line, contact)
        return sorted(found, key=lambda record: record[0])

    def data_sessions(self, line: str, count: int) -> list[Cdr]:
        """Return that many data sessions, spread over the whole period."""
        first = NEW_SIM_AT if line == S2 else FIRST
        starts = sorted(self.rng.randrange(first, LAST - 8_000) for _ in range(count))
        return [self._session(line, at) for at in starts]

    def _session(self, line: str, at: int) -> Cdr:
        rng, lasted_s = self.rng, self.rng.choice((912, 3_615, 7_217))
        extra = [
            f"198.51.100.{rng.randrange(1, 255)}", f"2001:db8:{rng.randrange(4096, 65536):x}::1",
            str(rng.randrange(20, 9_000)), str(rng.randrange(50, 90_000)), "everywhere.example",
        ]  # fmt: skip
        return at, self._columns(
            line, at, at + lasted_s, (line, "", ""), "Data", None, lasted_s, extra
        )

    def _call(self, line: str, c: Contact) -> Iterator[Cdr]:
        answered = c.at + c.ring_s
        if line == c.a:
            prefix = "141" if c.is_withheld else ""
            numbers = (line, prefix + self._spelt(c.b, is_hidden=c.is_withheld), "")
            if c.parts > 1:
                yield from self._parts(line, c, numbers)
                return
            yield self._voice(line, c.at, numbers, c.ring_s, c.talk_s)
            return
        numbers = ("" if c.is_withheld else self._spelt(c.a), line, "")
        if not c.forwarded_to:
            yield self._voice(line, c.at, numbers, c.ring_s, c.talk_s)
            return
        yield self._voice(line, c.at, numbers, c.ring_s, 0)
        onward = c.forwarded_to if c.forwarded_to == VOICEMAIL else self._spelt(c.forwarded_to)
        leg = self._voice(line, answered, (numbers[0], line, onward), 0, c.talk_s)
        leg[1][19:35] = NO_CELL * 2  # the handset takes no part in it
        yield leg

    def _parts(self, line: str, c: Contact, numbers: tuple[str, str, str]) -> Iterator[Cdr]:
        at, left, ring_s = c.at, c.talk_s, c.ring_s
        while left > 0:
            yield self._voice(line, at, numbers, ring_s, min(left, PART_S))
            at, left, ring_s = at + ring_s + min(left, PART_S), left - PART_S, 0

    def _voice(
        self, line: str, at: int, numbers: tuple[str, str, str], ring_s: int, talk_s: int
    ) -> Cdr:
        end = at + ring_s + talk_s
        return at, self._columns(line, at, end, numbers, "Voice", ring_s, talk_s, [""] * 5)

    def _text(self, line: str, c: Contact) -> Iterator[Cdr]:
        is_sent = line == c.a
        kind, delay_s = ("SMS-MO", 0) if is_sent else ("SMS-MT", 3)
        for part in range(c.parts):
            at = c.at + delay_s + part
            numbers = (line, self._spelt(c.b), "") if is_sent else (self._spelt(c.a), line, "")
            yield at, self._columns(line, at, at, numbers, kind, 0, 0, [""] * 5)

    def _spelt(self, number: str, *, is_hidden: bool = False) -> str:
        """Return a number as one of the spellings that returns mix."""
        if is_hidden:
            return "0" + number[2:]
        return self.rng.choice((number, "0" + number[2:], "+" + number, "00" + number))

    def _columns(  # noqa: PLR0913, PLR0917 - a record has this many independent parts
        self, line: str, at: int, end: int, numbers: tuple[str, str, str], kind: str,
        ring_s: int | None, lasted_s: int, extra: list[str],
    ) -> list[str]:  # fmt: skip
        first, last = local(at), local(end)
        lasted = f"{lasted_s // 3600:02d}:{lasted_s // 60 % 60:02d}:{lasted_s % 60:02d}"
        person = PERSON[line]
        start_cell = self.masts.cell_at(place_of(person, at)).columns()
        is_long = end - at > 60 or kind == "Data"
        end_cell = self.masts.cell_at(place_of(person, end)).columns() if is_long else NO_CELL
        return [
            f"{first:%d/%m/%Y}", f"{first:%H:%M:%S}", f"{last:%d/%m/%Y}", f"{last:%H:%M:%S}",
            *numbers, kind, IMSI[line], handset_of(line, at),
            "" if ring_s is None else str(ring_s), lasted, *extra, "GBR", "INVENTED",
            *start_cell, *end_cell,
        ]  # fmt: skip


class Return(NamedTuple):
    """What is asked of a provider: a file for one line. ends_at: end of the authority."""

    name: str
    ref: str
    line: str
    authority: str
    ends_at: int = LAST + DAY_S
    has_mark: bool = False


def write_return(files: Files, asked: Return, records: list[Cdr], rng: Random) -> Exhibit:
    """Write one return with its preamble, some rows twice, and count what it holds."""
    body: list[list[str]] = []
    merged = outside = 0
    for at, columns in records:
        is_outside = at >= asked.ends_at
        is_double = rng.random() < DUPLICATES and not is_outside
        for _ in range(1 + is_double):
            body.append([*columns, str(len(body) + 1)])
        merged += is_double
        outside += is_outside
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([f"{key}:", "", "", "", value] for key, value in _preamble(asked, len(body)))
    text.write("\r\n")
    writer.writerow(HEADERS)
    writer.writerows(body)
    content = text.getvalue().encode("utf-8-sig" if asked.has_mark else "utf-8")
    facts = {"authority": asked.authority, "producer": "DC 5150 Marrowfield"}
    exhibit = files.add(asked.name, asked.ref, content, **facts)
    exhibit.rows, exhibit.merged = len(body), merged
    if outside:
        exhibit.set_aside["outside_authority"] = outside
    return exhibit


def _preamble(asked: Return, rows: int) -> Iterator[tuple[str, str]]:
    last = min(asked.ends_at, LAST) - DAY_S
    yield "URN", "URN/2026/DEMO"
    yield "Grade", "Grade 2"
    yield "Operation Name", "OP TEASEL"
    yield "Applicant", "DC 5150 Marrowfield"
    yield "Force", "Invented Constabulary"
    yield "Authorisation Reference", asked.authority
    yield "Provider", "INVENTED MOBILE"
    yield "Provider Reference", f"IM-DEMO-{asked.line[-3:]}"
    yield "Request Type", "Call data with cells"
    yield "Target Identity Type", "MSISDN"
    yield "Target Identity", asked.line
    yield "Date From", f"{local(FIRST):%d/%m/%Y} 00:00:00"
    yield "Date To", f"{local(last):%d/%m/%Y} 23:59:59"
    yield "Date of Return", "09/11/2026"
    yield "Records Returned", str(rows)
    yield "Notes", f"Times are local to the UK. Cell positions are OSGB36. {DAYS} days."
