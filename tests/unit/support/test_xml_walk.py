"""The walk: places of elements, hostile and damaged documents."""

import pytest

from fourfold.evidence.support.xml_walk import XmlWalk, readable_xml


class Marks(XmlWalk):
    """Finds every element called x with its own text."""

    starts: list[int]

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.starts = []

    def started(self, name: str, attributes: dict[str, str], at: int) -> None:
        if name == "x":
            self.starts.append(at)

    def ended(self, name: str, text: str, at: int) -> None:
        if name == "x":
            self.found.append(self.raw(self.starts.pop(), self.tag_end(at)))


@pytest.mark.parametrize(
    "element",
    [
        "<x/>", "<x a='1 > 0'/>", "<x></x>", "<x>é &gt; b</x >", "<x><y/></x>", "<x>/></x>",
        "<x><![CDATA[</x>]]></x>", "<x><!-- </x> --></x>",
    ],
)  # fmt: skip
def test_element_is_found_with_exactly_its_text(element: str) -> None:
    walk = Marks(f"<r>{element}{element}</r>".encode())
    assert list(walk.walk()) == [element, element]
    assert walk.trouble is None


def test_file_of_many_chunks_keeps_its_places() -> None:
    padding = "<y>" + "z" * 400_000 + "</y>"
    walk = Marks(f"<r>{(padding + '<x>é</x>') * 8}</r>".encode())
    assert list(walk.walk()) == ["<x>é</x>"] * 8


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ("<r><x>1</x><x", "truncated"),
        ("<r><x>1</x>", "truncated"),
        ("<r><x>1</x><x>2</r>", "malformed"),
        ("<r><x>1</x> a < b </r>", "malformed"),
        ('<!DOCTYPE r [<!ENTITY a "b">]><r><x>&a;</x></r>', "malformed"),
        ('<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/hostname">]><r>&a;</r>', "malformed"),
        ("", "truncated"),
    ],
)
def test_trouble_is_named(document: str, reason: str) -> None:
    walk = Marks(document.encode())
    found = list(walk.walk())
    assert walk.trouble is not None
    assert walk.trouble.reason == reason
    assert found == (["<x>1</x>"] if "<x>1</x>" in document else [])


def test_declared_encodings_become_utf8() -> None:
    document = '<?xml version="1.0" encoding="windows-1252"?><r>é€</r>'
    assert "é€".encode() in readable_xml(document.encode("cp1252"))
    assert "é".encode() in readable_xml("<r>é</r>".encode("utf-16"))
    assert b"<r>" in readable_xml(b'<?xml version="1.0" encoding="no-such"?><r>\xff</r>')


def test_forbidden_characters_become_spaces_and_lawful_references_stay() -> None:
    assert readable_xml(b"\n <r>a\x00&#1;&#xD83D;&#233;&#x1F600;</r>") == (
        b"<r>a " + b" " * 4 + b" " * 8 + b"&#233;&#x1F600;</r>"
    )
