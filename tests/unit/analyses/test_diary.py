"""Diary entries against small literal records: one row of a table per rule of the outcome."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from fourfold.evidence.analyses import diary
from fourfold.evidence.analyses.diary_windows import Window, count_with, local_days, twins
from fourfold.evidence.analyses.diary_words import claim_of, places_named, quotes_of
from fourfold.evidence.linking.attributions import fill_attributions
from fourfold.evidence.model.case import Attribution, Case, Person, Place
from fourfold.evidence.model.finding import Finding
from fourfold.evidence.store.casestore import CaseStore
from fourfold.evidence.support.clock import micros
from fourfold.evidence.support.labelled import join_labelled
from lib.stores import store_with

S, V, F = "tel:+447700900981", "tel:+447700900281", "tel:+447700900192"
TABLET = "device:GHI/3:7"
WORK = Place("v_work", 51.455702, -0.967643, "Workplace of V", 60, "V")
DWELLING = Place("v_home", 51.462211, -0.951992, "Address of V until the move", 60, "V")
NEW = Place("v_new", 51.443243, -0.925158, "Present address of V", 60, "V", is_sensitive=True)
CASE = Case(
    folder=Path(),
    reference="T/1",
    people=(
        Person("S", "suspect", "Jorah Orrelby"),
        Person("V", "victim", "Isolde Castlequay"),
        Person("F", "third_party", "Kester Dunmarrow"),
    ),
    attributions=(
        Attribution(S, "S", "accepted"),
        Attribution(V, "V", "accepted"),
        Attribution(F, "F", "accepted"),
        Attribution(TABLET, "S", "assumed"),
    ),
    places=(WORK, DWELLING, NEW, Place("gym", 51.452429, -0.959411, "Gym")),
)
FAR = (51.5157, -0.1201)  # 58 km from WORK
FORBIDDEN = re.compile(
    r"\b(was at|was with|met|followed|near|nearby|proximity|proven|home|consistent with)\b", re.I
)


def entry(
    words: str, how: str = "", where: str = "", *, kept: str = "", day: str = "2026-08-17"
) -> dict[str, Any]:
    """A diary entry; its words were read as 19:45 to 20:15 UTC."""
    return {
        "event_id": "rd.0",
        "row_ids": ["rd"],
        "exhibit_id": "X1",
        "kind": "statement",
        "channel": "diary",
        "started_at": f"{day}T19:45:00",
        "ended_at": f"{day}T20:15:00",
        "time_relation": "within",
        "time_text": "17/08/2026 | about 9",
        "subject_id": "person:V",
        "local_day": day,
        "text": None if kept else words,
        "decode_note": join_labelled(
            {"time rule": "numeric_date + clock_about", "how": how, "where": where, "kept": kept}
        ),
    }


def contact(
    at: str, kind: str = "call", sender: str | None = S, to: str = V, **more: Any
) -> dict[str, Any]:
    """An event of this contact as V's (or the sender's) line shows it."""
    facts = {
        "kind": kind,
        "channel": "cellular" if kind == "call" else "sms",
        "outcome": "no_answer" if kind == "call" else "received",
        "from_id": sender or "withheld",
        "to_ids": [to],
        "started_at": at,
        "is_withheld": sender is None,
        "subject_id": V if V in {to, sender} else S,
        "place_kind": "none",
        "time_relation": "at",
        "local_day": at[:10],
    }
    return facts | more


def position(at: str, place: tuple[float, float], subject: str = S, **more: Any) -> dict[str, Any]:
    facts = {
        "kind": "device_fix", "channel": None, "started_at": at, "subject_id": subject,
        "place_kind": "fix", "lat": place[0], "lon": place[1], "accuracy_m": 10.0,
        "time_relation": "at", "local_day": at[:10],
    }  # fmt: skip
    return facts | more


PERSON_OF = {S: "S", V: "V", F: "F"}


def occurrence(number: int, event: dict[str, Any]) -> dict[str, Any]:
    sides = {}
    for side, identifier in (("from", event["from_id"]), ("to", event["to_ids"][0])):
        person = PERSON_OF.get(identifier)
        sides |= {f"{side}_person": person, f"{side}_strength": "accepted" if person else None}
    columns = (
        "kind",
        "channel",
        "outcome",
        "started_at",
        "from_id",
        "to_ids",
        "is_withheld",
        "text",
        "lasted_s",
    )
    return sides | {c: event.get(c) for c in columns} | {
        "occurrence_id": f"O{number}", "event_ids": [f"e{number}.0"], "row_ids": [f"r{number}"],
    }  # fmt: skip


def store_of(diary_entry: dict[str, Any], records: list[dict[str, Any]]) -> CaseStore:
    """A store with one diary entry; records spread over the case period make the coverage."""
    events = [
        {"event_id": f"e{n}.0", "row_ids": [f"r{n}"], "exhibit_id": "X2", **record}
        for n, record in enumerate(records)
    ]
    contacts = [occurrence(n, r) for n, r in enumerate(records) if r["kind"] in {"call", "message"}]
    exhibits = [
        {"exhibit_id": "X1", "ref": "DEF/9", "person": "V"},
        {"exhibit_id": "X2", "ref": "ABC/1"},
    ]
    store = store_with(events=[diary_entry, *events], occurrences=contacts, exhibits=exhibits)
    fill_attributions(store, CASE)
    return store


def us(text: str) -> int:
    return micros(datetime.fromisoformat(text))


def ring(at: str = "20:01", **more: Any) -> dict[str, Any]:
    return contact(f"2026-08-17T{at}:00", **more)


def text(words: str | None = None, at: str = "20:01", **more: Any) -> dict[str, Any]:
    return contact(f"2026-08-17T{at}:00", "message", text=words, **more)


def rings(count: int) -> list[dict[str, Any]]:
    return [ring(f"20:0{n}") for n in range(count)]


# The first and last record of every source. They go from V to S and help no entry.
EDGES = [
    contact(f"2026-08-{day}T06:00:00", kind, V, S)
    for day in ("01", "31")
    for kind in ("call", "message")
]


def checked(
    diary_entry: dict[str, Any], records: list[dict[str, Any]]
) -> tuple[dict[str, Any], Finding]:
    """The row and the finding of one entry; whatever it is, its sentences keep to the rules."""
    store = store_of(diary_entry, [*EDGES, *records])
    findings = diary.run(store, CASE)
    rows = store.dicts("select * from diary_checks")
    assert len(rows) == len(findings) == 1
    row, finding = rows[0], findings[0]
    said = [finding.title, finding.statement, finding.method, *finding.caveats]
    said += [str(finding.settings), row["reason"], row["candidates"]]
    assert not FORBIDDEN.search(" ".join(said))
    return row, finding


def candidates(row: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(row["candidates"])
    return found


SUPPORTED, PARTLY, NOTHING = "supported", "partly", "data_but_nothing"
NO_DATA, CONTRADICTED = "no_data", "contradicted"
RANG, DENIES = "He rang three times.", "I have not answered a single call."
QUOTING = "Text from him: Look outside now"
POLICE = "Police rang him, officer told me."
STATION = "tel:+441632960101"
CONTACTS: list[tuple[str, str, str, list[dict[str, Any]], str]] = [
    # what it shows, words, how, records, outcome
    ("count agrees", RANG, "", rings(3), SUPPORTED),
    ("fewer than said", RANG, "", rings(2), PARTLY),
    ("more than said", RANG, "", rings(5), SUPPORTED),
    ("about is lenient", "rang about four times", "", rings(3), SUPPORTED),
    ("gross clash", "He rang twenty times.", "", rings(1), CONTRADICTED),
    ("about never clashes", "rang about twenty times", "", rings(1), PARTLY),
    ("other direction", RANG, "", [ring(sender=V, to=S)], NOTHING),
    ("her own act", "I texted him to stop.", "", [text(sender=V, to=S)], SUPPORTED),
    ("other kind", RANG, "", [text()], NOTHING),
    ("how decides", "He was angry.", "Phone call", [ring()], SUPPORTED),
    ("outside the window", RANG, "", [ring("21:30")], NOTHING),
    ("widened by 15 minutes", "He rang.", "", [ring("20:29")], SUPPORTED),
    ("not widened by more", "He rang.", "", [ring("20:30")], NOTHING),
    ("private number, shown", "Private number rang.", "", [ring()], NOTHING),
    ("private number, withheld", "Private number rang.", "", [ring(sender=None)], SUPPORTED),
    ("withheld and unknown", "He rang.", "", [ring(sender=None)], NOTHING),
    ("said not answered", "He rang, I did not pick up.", "", [ring(outcome="answered")], NOTHING),
    ("said answered", "He rang. I answered.", "", [ring(outcome="answered")], SUPPORTED),
    ("denial against a record", DENIES, "", [ring(outcome="answered")], CONTRADICTED),
    ("denial that holds", DENIES, "", [ring()], SUPPORTED),
    ("words quoted", QUOTING, "", [text("look outside, now!")], SUPPORTED),
    ("other words", QUOTING, "", [text("Why are you ignoring me")], NOTHING),
    ("no content", QUOTING, "", [text()], PARTLY),
    ("same words an hour out", QUOTING, "", [text("Look outside now", "21:10")], PARTLY),
    ("service without a source", "Message on Instagram.", "", [text()], NO_DATA),
    ("third party", "Kester texted for him.", "Text", [text(sender=F)], SUPPORTED),
    ("not the third party", "Kester texted for him.", "Text", [text()], NOTHING),
    ("told of others", POLICE, "", [ring(sender=STATION, to=S)], PARTLY),
    ("no means", "Did not sleep.", "", [ring()], NO_DATA),
]


@pytest.mark.parametrize(("what", "words", "how", "records", "outcome"), CONTACTS)
def test_contact_outcomes(
    what: str, words: str, how: str, records: list[dict[str, Any]], outcome: str
) -> None:
    row, finding = checked(entry(words, how), records)
    assert row["outcome"] == finding.details["outcome"] == outcome, f"{what}: {row['reason']}"


def test_no_data_after_the_last_record() -> None:
    row, _ = checked(entry("He rang.", day="2026-10-07"), [ring()])
    assert row["outcome"] == "no_data"
    assert candidates(row) == []


AT_WORK = (WORK.lat, WORK.lon)


def fix(at: str, place: tuple[float, float] = AT_WORK, **more: Any) -> dict[str, Any]:
    return position(f"2026-08-17T{at}:00", place, **more)


LONDON = [fix(at, FAR) for at in ("19:20", "19:50", "20:10", "20:40")]
DAY_BEFORE = position("2026-08-16T20:00:00", FAR)
STOOD = "He stood by the bike racks."
PRESENCE: list[tuple[str, str, list[dict[str, Any]], str]] = [
    # what it shows, where, records, outcome
    ("fixes at the place", "Outside work", [fix("20:00")], SUPPORTED),
    ("fix too coarse", "Outside work", [fix("20:00", accuracy_m=500.0)], NOTHING),
    ("another place", "Outside work", [fix("20:00", (DWELLING.lat, DWELLING.lon))], NOTHING),
    ("far all the time", "Outside work", LONDON, CONTRADICTED),
    ("far, with time to travel", "Outside work", [fix("19:31", FAR, place_kind="cell")], NOTHING),
    ("place not known", "By the river", LONDON, NOTHING),
    ("nothing that day", "Outside work", [DAY_BEFORE], NO_DATA),
    (
        "a weaker device elsewhere does not undo it",
        "Outside work",
        [*LONDON, fix("20:00", (51.4605, -0.9505), subject=TABLET)],
        CONTRADICTED,
    ),
    (
        "a weaker device alone is no data",
        "Outside work",
        [DAY_BEFORE, fix("20:00", FAR, subject=TABLET)],
        NO_DATA,
    ),
    (
        "at or before is no position",
        "Outside work",
        [fix("20:00", FAR, time_relation="at_or_before")],
        NOTHING,
    ),
]


@pytest.mark.parametrize(("what", "where", "records", "outcome"), PRESENCE)
def test_presence_outcomes(
    what: str, where: str, records: list[dict[str, Any]], outcome: str
) -> None:
    row, _ = checked(entry(STOOD, "In person", where), records)
    assert row["outcome"] == outcome, f"{what}: {row['reason']}"


def test_contact_and_presence_in_one_entry_take_the_better_answer() -> None:
    row, _ = checked(entry("He rang, then he stood outside.", where="Outside work"), [ring()])
    assert row["outcome"] == SUPPORTED
    row, _ = checked(entry("He rang, then he stood outside.", where="Outside work"), [fix("20:00")])
    assert row["outcome"] == SUPPORTED


def test_sources_that_cover_a_part_of_the_window_say_so() -> None:
    row, _ = checked(
        entry("He rang.", day="2026-08-31"), [contact("2026-08-31T19:50:00", sender=V, to=S)]
    )
    assert "covered in part by X2" in row["reason"]
    row, _ = checked(entry("He rang."), [])
    assert "covered by X2" in row["reason"]


def test_conflict_is_worded_about_devices_and_leads_to_its_rows() -> None:
    row, finding = checked(entry(STOOD, "In person", "Outside work"), LONDON)
    assert "no less than 58 km from the place named" in row["reason"]
    assert "a device is not a person" in row["reason"]
    assert {"r5", "r6"} <= set(finding.row_ids)
    assert finding.settings["speed allowed, km/h"] == 130


@pytest.mark.parametrize(
    ("class_", "outcome"), [("A", "supported"), ("B", "partly"), ("C", "data_but_nothing")]
)
def test_coincidences_by_class(class_: str, outcome: str) -> None:
    store = store_of(entry(STOOD, "In person"), [*EDGES, fix("09:00", FAR)])
    store.run(
        "create table coincidences (coincidence_id varchar, class varchar, subject_a varchar,"
        " subject_b varchar, person_a varchar, person_b varchar, started_at timestamp,"
        " ended_at timestamp, min_distance_m double, row_ids varchar[])"
    )
    store.run(
        "insert into coincidences values ('C1', ?, 'a', 'b', 'V', 'S', timestamp"
        " '2026-08-17 19:50:00', timestamp '2026-08-17 20:20:00', 12, ['r9'])",
        [class_],
    )
    diary.run(store, CASE)
    row = store.dicts("select * from diary_checks")[0]
    assert row["outcome"] == outcome
    assert [c["helps"] for c in candidates(row)] == ([True] if class_ != "C" else [])


def test_candidates_that_do_not_help_are_shown_with_their_reason() -> None:
    records = [ring(), text(at="20:02"), ring("22:00")]
    row, finding = checked(entry("He rang.", "Phone call"), records)
    assert [(c["helps"], c["why"], c["row_ids"]) for c in candidates(row)] == [
        (True, "right kind and parties", ["r4"]),
        (False, "another kind of record than the entry names", ["r5"]),
        (False, "outside the window; right kind and parties", ["r6"]),
    ]
    assert candidates(row)[0]["started_at"] == "2026-08-17T20:01:00Z"
    assert set(row["row_ids"]) == {"rd", "r4", "r5", "r6"} == set(finding.row_ids)


def test_chance_rate_counts_other_days_only() -> None:
    days = [datetime(2026, 8, 17, 20, 1, tzinfo=UTC) + timedelta(days=n) for n in (-3, -2, 0, 4)]
    row, finding = checked(entry("He rang."), [contact(f"{day:%Y-%m-%dT%H:%M:%S}") for day in days])
    assert row["chance_trials"] == 29  # evenings of 1 to 30 August without the 17th
    assert row["chance_rate"] == pytest.approx(3 / 29)
    assert finding.counts_tried["day-shifted windows"] == 29


def test_private_note_is_never_tested_nor_exported() -> None:
    row, finding = checked(entry("secret", kept="private note"), [ring()])
    assert (row["outcome"], row["is_private"], row["words"]) == ("not_tested", True, None)
    assert (candidates(row), row["chance_rate"]) == ([], None)
    assert "private note" in finding.statement


def test_every_value_leads_to_rows_and_settings_are_printed() -> None:
    _, finding = checked(entry("He rang."), [ring()])
    assert all(value.row_ids or value.where for value in finding.values)
    assert finding.settings["time rule"] == "numeric_date + clock_about"
    assert finding.settings["interval widened by, minutes"] == 15
    assert finding.settings["keyword rules that fired"] == ["means:call"]
    assert "means call" in finding.settings["keyword table"]


def test_without_a_diary_there_is_an_empty_table() -> None:
    store = store_with(events=[], exhibits=[])
    fill_attributions(store, CASE)
    assert diary.run(store, CASE) == []
    assert store.rows("select count(*) from diary_checks") == [(0,)]
    assert "diary_checks" in store.exported


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("He rang the bell", {"in_person", "bell"}),
        ("Flowers came to work with a message", set()),
        ("No caller ID again at 3", {"call"}),
        ("drove past the gym", {"in_person", "vehicle"}),
        ("I have never once picked up to him", {"call"}),
        ("He rang me", {"call"}),
        ("Text from him", {"message"}),
        ("His car went past, I saw him outside", {"in_person", "vehicle"}),
        ("He stood across the road and rang the bell", {"in_person", "bell"}),
    ],
)
def test_means_words(words: str, kinds: set[str]) -> None:
    assert claim_of(words, "", "", CASE).kinds == kinds


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("Outside work", ["v_work"]),
        ("Home", ["v_home", "v_new"]),
        ("the gym", ["gym"]),
        ("bus stop", []),
    ],
)
def test_place_words(words: str, keys: list[str]) -> None:
    assert [place.key for place in places_named(words, "V", CASE)] == keys


def test_quotes() -> None:
    assert quotes_of("Message, 'nice lunch'. I wrote back.", "") == ("nice lunch",)
    assert quotes_of("Text from him: I know you're in.", "none") == ("i know youre in",)
    assert quotes_of("He rang.", "pick up now") == ("pick up now",)


def test_twins_keep_the_hours_of_the_clock_over_its_change() -> None:
    window = Window(us("2026-10-24T19:00:00"), us("2026-10-24T20:00:00"))  # 20:00 in summer time
    found = twins(window, us("2026-10-23T00:00:00"), us("2026-10-27T00:00:00"), "Europe/London")
    assert found == [
        Window(us("2026-10-23T19:00:00"), us("2026-10-23T20:00:00")),
        Window(us("2026-10-25T20:00:00"), us("2026-10-25T21:00:00")),
        Window(us("2026-10-26T20:00:00"), us("2026-10-26T21:00:00")),
    ]
    assert count_with(found, [us("2026-10-25T20:30:00"), us("2026-10-26T21:00:00")]) == 1
    assert local_days(window, "Europe/London") == {"2026-10-24"}


@pytest.mark.parametrize(
    ("words", "other"),
    [
        ("Kester texted for him", "F"),
        ("A text from Kester asking me to ring him", "F"),
        ("He rang me while I was with Kester", ""),
        ("Kester saw that he rang", ""),
    ],
)
def test_a_third_party_is_the_one_who_acts_not_one_who_is_named(words: str, other: str) -> None:
    assert claim_of(words, "", "", CASE).other == other


def test_a_general_how_leaves_the_service_to_the_text() -> None:
    assert claim_of("Message on Instagram", "Online", "", CASE).channel == "instagram"
    assert claim_of("He saw my Instagram", "Text", "", CASE).channel is None
