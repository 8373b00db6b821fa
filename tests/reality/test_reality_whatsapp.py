"""WhatsApp text exports of other projects and of the synthetic cases, against their truth."""

import json
from collections import Counter
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from fourfold.evidence.model.row import Event
from fourfold.evidence.readers import whatsapp_text
from fourfold.evidence.support import clock
from lib.shared import reality, shared
from lib.sources import Reading, source_of

pytestmark = reality

IOS = [
    "languages/arabic_ios.txt",
    "languages/deutch_ios.txt",
    "languages/english_ios.txt",
    "languages/french_ios.txt",
    "languages/italian_ios.txt",
    "languages/spanish_ios.txt",
    "calendars/gregorian_ios.txt",
    "calendars/buddhist_ios.txt",
]


def reading_of(path: Path) -> Reading:
    source = source_of(path)
    assert whatsapp_text.recognises(source)
    return Reading(whatsapp_text, source)


def wall(event: Event) -> str:
    return str(clock.to_wall_clock(event.started_at or 0, "Europe/London"))


def table(events: list[Event]) -> list[tuple[str, bool, bool, bool, bool]]:
    """What must not depend on language or calendar; seconds differ by rounding (README)."""
    first = events[0].from_id
    return [
        (
            wall(e)[:16],
            e.from_id == first,
            e.text is None,
            e.media_ref is None,
            e.state == "deleted",
        )
        for e in events
    ]


@pytest.mark.parametrize("name", IOS)
def test_every_language_and_calendar_gives_the_same_table(name: str):
    """The README counts 23 messages; the first is WhatsApp's own notice.

    So 23 rows are read, 22 used, and the notice is set aside as a system line. The two
    calendar files go on after these 23 (25 and 28 rows in all).
    """
    plain = reading_of(shared("whatsapp-locales", "languages", "english_ios.txt"))
    assert plain.counts == {"rows": 23, "used": 22, "merged": 0, "set_aside": 1}
    other = reading_of(shared("whatsapp-locales", *name.split("/")))
    assert len(other.rows) == {"gregorian_ios": 25, "buddhist_ios": 28}.get(Path(name).stem, 23)
    assert table(other.events[:22]) == table(plain.events)
    assert not isinstance(other.meanings[0], list)
    assert wall(other.events[0])[:10] == "2022-03-27"
    for mine, theirs in zip(other.events[:22], plain.events, strict=True):
        assert abs((mine.started_at or 0) - (theirs.started_at or 0)) <= clock.SECOND_US


@pytest.mark.parametrize(
    ("name", "rows", "set_aside", "deleted", "missed", "media"),
    [
        ("english_android.txt", 60, 1, 8, 2, 29),
        ("english_android_media.txt", 60, 1, 8, 2, 29),
        ("deutch_android_media.txt", 41, 1, 7, 2, 21),
        ("english_ios_media.txt", 25, 3, 2, 0, 14),
    ],
)
def test_android_and_media_exports_hold_what_their_lines_say(
    name: str, rows: int, set_aside: int, deleted: int, missed: int, media: int
):
    path = shared("whatsapp-locales", "languages", name)
    result = reading_of(path)
    assert result.counts == {
        "rows": rows, "used": rows - set_aside, "merged": 0, "set_aside": set_aside,
    }  # fmt: skip
    assert Counter(e.state for e in result.events)["deleted"] == deleted
    assert Counter(e.outcome for e in result.events)["missed"] == missed
    assert sum(1 for e in result.events if e.media_ref) == media


def test_lorem_gives_500_messages_day_first():
    result = reading_of(shared("whatsapp-whatstk", "lorem.txt"))
    assert result.counts == {"rows": 500, "used": 500, "merged": 0, "set_aside": 0}
    assert wall(result.events[0]) == "2020-01-15 02:22:56"
    assert wall(result.events[-1]) == "2020-05-11 22:32:48"
    assert len({e.from_id for e in result.events}) == 4


def test_the_group_over_a_notice_is_no_participant():
    result = reading_of(shared("whatsapp-whatstk", "pokemon.txt"))
    assert result.counts == {"rows": 20, "used": 18, "merged": 0, "set_aside": 2}
    assert "name:X/1:Pokemon Chat" not in (result.events[0].to_ids or [])


def test_header_formats_that_whatstk_lists_are_read():
    path = shared("whatsapp-whatstk", "header_format_support.json")
    formats = [entry["format"] for entry in json.loads(path.read_text())]
    assert len(formats) > 50
    days = [clock.from_micros((1_584_000_000 + n * 100_000) * 10**6) for n in range(60)]
    for style in formats:
        header = style.replace("%name:", "Ada: hello")
        text = "".join(f"{day.strftime(header)}\n" for day in days)
        source = source_of(text.encode(), time_zone="UTC")
        events = Reading(whatsapp_text, source).events
        precision = 1 if "%S" in style else 60
        expected = [int(day.timestamp()) // precision * precision for day in days]
        assert [(e.started_at or 0) // 10**6 for e in events] == expected, style


@pytest.mark.parametrize(
    "name", ["[mmddyy]_24hrs", "ddmmyy_24hrs", "mmddyy_24hrs", "mmddyyyy_12hrs", "yyyymmdd_24hrs"]
)
def test_chat_miner_targets_are_all_there(name: str):
    folder = shared("chat-exports-chatminer", "whatsapp")
    target = json.loads((folder / "target.json").read_text())
    result = reading_of(folder / f"test_{name}.txt")
    assert result.counts == {"rows": 9, "used": 7, "merged": 0, "set_aside": 2}
    read = [(wall(e), e.from_id, " ".join((e.text or "").split())) for e in result.events]
    wanted = [
        (t["timestamp"].replace("T", " "), f"name:X/1:{t['author']}", t["message"])
        for t in reversed(target)
    ]
    extra = ("2019-01-20 11:23:00", "name:X/1:John Doe", ".")  # chat-miner drops this message
    assert read == [wanted[0], extra, *wanted[1:]]


CASE = ("case-typical", "case", "exhibits")
EXHIBITS = {
    "DEF/3": ("victim", "WhatsApp Chat with Jorah.txt"),
    "WIT/1": ("witness", "WhatsApp Chat with colleague.txt"),
    "MNO/3": ("friend", "WhatsApp Chat US.txt"),
    "GHI/1": ("suspect", "WhatsApp Chat - Isolde.zip"),
}


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    return json.loads(shared("case-typical", "truth.json").read_text())


@pytest.mark.parametrize("ref", EXHIBITS)
def test_a_case_exhibit_is_read_exactly(ref: str, truth: dict[str, Any]):
    content: Path | bytes = shared(*CASE, *EXHIBITS[ref])
    if str(content).endswith(".zip"):
        content = ZipFile(content).read("_chat.txt")
    card = next(x for x in truth["exhibits"] if x["ref"] == ref)
    result = Reading(whatsapp_text, source_of(content, ref=ref))
    assert result.counts == {
        "rows": card["rows_in"],
        "used": card["rows_used"],
        "merged": card["rows_merged"],
        "set_aside": card["rows_set_aside"],
    }
    aside = [
        row.locator
        for row, m in zip(result.rows, result.meanings, strict=True)
        if type(m) is not list
    ]
    assert aside == [row["row"].rpartition("!")[2] for row in card["set_aside_rows"]]
    assert _told(result, card["meta"]["participants"]) == _true(ref, truth)


def _told(result: Reading, numbers: dict[str, str]) -> list[tuple[Any, ...]]:
    def number(identifier: str) -> str:
        return numbers[identifier.split(":", 2)[2]]

    rows = [row for row, m in zip(result.rows, result.meanings, strict=True) if type(m) is list]
    return sorted(
        (
            row.locator,
            clock.iso_utc(e.started_at or 0),
            "m" if e.time_precision_s == 60 else None,
            number(e.from_id or ""),
            [number(to) for to in e.to_ids or []],
            e.text or "",
            e.media_ref is not None,
            e.state == "deleted",
            e.outcome == "missed",
        )
        for row, e in zip(rows, result.events, strict=True)
    )


def _true(ref: str, truth: dict[str, Any]) -> list[tuple[Any, ...]]:
    return sorted(
        (
            rec["r"].rpartition("!")[2],
            rec["t"],
            rec.get("p"),
            event["from"],
            [event["to"]],
            event["text"],
            "media" in event,
            event.get("deleted", False),
            event.get("missed_call", False),
        )
        for event in truth["events"]
        for rec in event.get("rec", [])
        if rec["x"] == ref
    )
