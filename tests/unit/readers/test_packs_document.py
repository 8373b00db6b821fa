"""docs/packs.md names every key of a format pack, and its example is a pack that works."""

import re
from pathlib import Path

import msgspec
import pytest

from fourfold.evidence.model.tables import KINDS, PLACE_KINDS, TIME_RELATIONS
from fourfold.evidence.readers.sheets import pack as packs
from fourfold.evidence.readers.sheets.catalogue import shipped_packs
from fourfold.evidence.readers.sheets.reader import PackReader
from lib.packs import Staged
from lib.sources import source_of

DOCUMENT = (Path(__file__).resolve().parents[3] / "docs" / "packs.md").read_text(encoding="utf-8")
STRUCTS = (
    packs.Fingerprint, packs.When, packs.Times, packs.Identity, packs.Mapped, packs.Kind,
    packs.Kinds, packs.Position, packs.Duration, packs.Pack,
)  # fmt: skip


def explained() -> set[str]:
    """Every name between backticks; of a name with dots, every part."""
    return {part for name in re.findall(r"`([\w.]+)`", DOCUMENT) for part in name.split(".")}


@pytest.mark.parametrize("struct", STRUCTS, ids=lambda s: s.__name__)
def test_every_key_is_explained(struct: type[msgspec.Struct]) -> None:
    keys = {field.encode_name for field in msgspec.structs.fields(struct)}
    assert keys - explained() == set()


def test_every_word_of_the_closed_lists_is_named() -> None:
    assert {*KINDS, *PLACE_KINDS, *TIME_RELATIONS} - explained() == set()


def test_example_reads_its_sample_as_it_says() -> None:
    (text,) = re.findall(r"```toml\n(.*?)```", DOCUMENT, re.DOTALL)
    pack = packs.parse(text, "docs/packs.md")
    assert pack.name not in {shipped.name for shipped in shipped_packs()}
    reading = Staged(PackReader(pack), source_of(pack.sample.encode()))
    assert {s: reading.count(s) for s in pack.expected_rows} == pack.expected_rows
    assert len(pack.expected) == 2
    for expected in pack.expected:
        event = reading.by_locator[expected["locator"]]
        found = {column: event.get(column) for column in expected if column in event}
        found.pop("started_at", None)
        assert found == {c: v for c, v in expected.items() if c not in ("locator", "started_at")}
    assert reading.by_locator["line=2"]["started_at"] == 1_782_892_800_000_000
