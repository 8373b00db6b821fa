"""A question that names a declared interest is told from one that does not."""

import pytest

from fourfold.web.cases.rules.interests import names_interest
from fourfold.web.users.identifiers import normalise


@pytest.mark.parametrize(
    ("kind", "declared", "asked", "names"),
    [
        ("name", "Ada Okafor", "okafor", True),
        ("name", "Ada Okafor", "Ms Ada Okafor of Sedge", True),
        ("name", "Ada Okafor", "Ada Fell", False),
        ("phone", "07700 900123", "+44 7700 900123", True),
        ("phone", "07700 900123", "call 07700900123 tonight", True),
        ("phone", "07700 900123", "07700 900124", False),
        ("vehicle", "AB00 CDE", "red ab00cde", True),
        ("email", "ada@example.org", "Ada@Example.org letters", True),
        ("address", "4 Mill Lane, ZZ99 1AA", "4 mill lane zz99 1aa", True),
        ("address", "4 Mill Lane, ZZ99 1AA", "9 mill lane zz99 1aa", False),
        ("name", "Ada Okafor", "  ", False),
    ],
)
def test_question_names_interest(kind: str, declared: str, asked: str, names: bool) -> None:
    assert names_interest(kind, normalise(kind, declared), asked) is names
