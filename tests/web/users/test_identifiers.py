"""The same thing written twice is found; different things stay different."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourfold.web.users.identifiers import NORMAL_FORMS, normalise

SAME = [
    ("phone", "07700 900123", "+44 (0)7700 900123"),
    ("phone", "0044 7700 900123", "tel:+447700900123"),
    ("phone", "447700900123", "07700-900-123"),
    ("email", "Rowan.Larch@Example.org", "rowan.larch@example.org"),
    ("vehicle", "VO00 OBV", "vo00obv"),
    ("name", "Łucja Żółć-Ashgrundle", "ŻÓŁĆ ASHGRUNDLE, Łucja"),
    ("name", "O'Larch, Rowan", "rowan o’larch"),
    ("address", "Flat 2, 14 Teasel Row, Bath ZZ99 3VZ", "flat 2 14 teasel row zz993vz"),
    ("account", "Instagram:@Isolde", "instagram:isolde"),
    ("account", "https://www.instagram.com/isolde", "instagram.com:isolde"),
]
DIFFERENT = [
    ("phone", "07700 900123", "07700 900124"),
    ("address", "14 Teasel Row ZZ99 3VZ", "16 Teasel Row ZZ99 3VZ"),
    ("name", "Rowan Larch", "Rowan Larke"),
]


@pytest.mark.parametrize(("kind", "one", "other"), SAME)
def test_written_otherwise_but_the_same(kind: str, one: str, other: str) -> None:
    assert normalise(kind, one) == normalise(kind, other) != ""


@pytest.mark.parametrize(("kind", "one", "other"), DIFFERENT)
def test_different(kind: str, one: str, other: str) -> None:
    assert normalise(kind, one) != normalise(kind, other)


@given(st.sampled_from(sorted(NORMAL_FORMS)), st.text(max_size=60))
def test_a_normal_form_is_its_own_normal_form(kind: str, text: str) -> None:
    once = normalise(kind, text)
    assert normalise(kind, once) == once
