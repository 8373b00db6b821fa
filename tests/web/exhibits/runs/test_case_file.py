"""The case's facts and the engine's case.toml."""

import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fourfold.evidence import pipeline
from fourfold.evidence.model import case as engine
from fourfold.web.exhibits.engine.case_file import NAME, orders_text, to_toml

TEXT = st.text(min_size=1, max_size=30)
MAYBE = st.none() | TEXT
MOMENT = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
MAYBE_MOMENT = st.none() | MOMENT
SCHEMED = st.sampled_from(
    (
        "tel:+447700900123",
        "email:a@example.org",
        "vrm:AB00CDE",
        "imei:001001950879160",
        "imsi:234150000000001",
        "card:1",
        "instagram:some.one",
        'name:DEF/3:J 🚫 "x"\\',
    )
)


@st.composite
def cases(draw: st.DrawFn) -> engine.Case:
    keys = draw(st.lists(TEXT, min_size=1, max_size=4, unique=True))
    key = st.sampled_from(keys)
    refs = draw(st.lists(TEXT, max_size=3, unique=True))
    files = draw(
        st.lists(
            st.from_regex(r"exhibits/[a-zé 0-9]{1,9}\.csv", fullmatch=True), max_size=3, unique=True
        )
    )
    authority = st.lists(st.sampled_from(refs), max_size=2).map(tuple) if refs else st.just(())
    return engine.Case(
        folder=Path(),
        reference=draw(TEXT),
        title=draw(st.text(max_size=20)),
        has_case_file=True,
        people=tuple(
            engine.Person(
                k, draw(st.sampled_from(("suspect", "victim", "third_party"))), draw(MAYBE)
            )
            for k in keys
        ),
        attributions=tuple(
            draw(
                st.lists(
                    st.builds(
                        engine.Attribution,
                        SCHEMED,
                        key,
                        st.sampled_from(engine.STRENGTHS),
                        st.text(max_size=9),
                        MAYBE_MOMENT,
                        MAYBE_MOMENT,
                    ),
                    max_size=3,
                )
            )
        ),
        places=tuple(
            engine.Place(
                k,
                draw(st.floats(-90, 90)),
                draw(st.floats(-180, 180)),
                draw(st.text(max_size=9)),
                draw(st.floats(0, 1e6)),
                draw(st.none() | key),
                draw(st.booleans()),
            )
            for k in draw(st.lists(TEXT, max_size=2, unique=True))
        ),
        knowledge=tuple(
            draw(
                st.lists(
                    st.builds(
                        engine.Knowledge,
                        key,
                        MOMENT,
                        st.text(max_size=9),
                        st.text(max_size=9),
                        st.text(max_size=9),
                    ),
                    max_size=2,
                )
            )
        ),
        authorities=tuple(
            engine.Authority(
                r,
                draw(st.text(max_size=9)),
                draw(MAYBE_MOMENT),
                draw(MAYBE_MOMENT),
                tuple(draw(st.lists(SCHEMED, max_size=2))),
            )
            for r in refs
        ),
        exhibits=tuple(
            engine.ExhibitFacts(
                f,
                draw(MAYBE),
                draw(MAYBE),
                draw(MAYBE_MOMENT),
                draw(authority),
                draw(MAYBE),
                draw(st.none() | st.just("Europe/Paris")),
                draw(st.none() | key),
                draw(MAYBE),
                draw(MAYBE),
                draw(st.none() | st.just("0" * 64)),
            )
            for f in files
        ),
    )


def parsed(text: str) -> engine.Case:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / NAME).write_bytes(text.encode())
        return pipeline.load_case(Path(folder))


@settings(max_examples=60, deadline=None)
@given(cases())
def test_any_facts_come_back_from_the_engines_own_parser(case: engine.Case) -> None:
    text = to_toml(case)
    read = parsed(text)
    assert replace(read, folder=case.folder, notes=()) == case
    assert to_toml(read) == text


ORDERS = """[[order]]
key = "O1"  # as made
kind = "interim_spo"
defendant = "S"
protected = ["V"]
served_at = 2026-10-02T15:40:00+01:00

  [[order.term]]
  key = "T3"
  kind = "exclusion_area"
  text = "Not to enter [[this]] area."
  shape = "polygon"
  points = [
    [51.1, -0.9],
    [51.2, -0.9],
    [51.2, -0.8],
  ]
"""


def test_orders_are_kept_letter_by_letter() -> None:
    text = f'[case]\nreference = "R"\n\n{ORDERS}\n[[authority]]\nref = "CD/1"\n'

    assert orders_text(text).strip() == ORDERS.strip()


def test_orders_reach_the_engine() -> None:
    people = (engine.Person("S", "suspect"), engine.Person("V", "victim"))
    case = engine.Case(Path(), "R", has_case_file=True, people=people)

    read = parsed(to_toml(case, ORDERS))

    assert [(o.key, len(o.terms[0].points)) for o in read.orders] == [("O1", 3)]


@pytest.mark.parametrize("offset", [timedelta(hours=1), timedelta(0)])
def test_a_moment_is_written_in_utc(offset: timedelta) -> None:
    from datetime import timezone

    at = datetime(2026, 7, 1, 12, tzinfo=timezone(offset))
    case = engine.Case(Path(), "R", authorities=(engine.Authority("A", from_at=at),))

    assert f"from = {(at - offset):%Y-%m-%dT%H:%M:%S}Z" in to_toml(case)
