"""The vocabulary: every act has an operation and words that may stand on a page."""

import re
from dataclasses import dataclass

import pytest

from fourfold.evidence.model.wording import forbidden_words
from fourfold.web.accountability.acts import ACTS, OPERATIONS, ActKind, describe
from fourfold.web.accountability.rules import is_reference_or_code
from fourfold.web.users.permissions import ROLE_MAY


@dataclass
class Line:
    act: str
    outcome: str


@pytest.mark.parametrize("act", ACTS)
def test_act_has_operation_and_wording(act: str) -> None:
    kind = ACTS[act]
    assert is_reference_or_code(act) and re.fullmatch(r"[a-z_]+\.[a-z_]+", act)
    assert kind.op in OPERATIONS
    assert not forbidden_words(f"{kind.sentence} | {kind.attempt}")


def test_every_act_of_the_permissions_has_a_line() -> None:
    assert set().union(*ROLE_MAY.values()) <= ACTS.keys()


@pytest.mark.parametrize(
    ("act", "outcome", "words"),
    [
        ("case.open", "done", "opened the case"),
        ("case.open", "refused", "was not allowed to open the case"),
        ("case.peek", "done", "did what was then called case.peek"),
    ],
)
def test_describe(act: str, outcome: str, words: str) -> None:
    assert describe(Line(act, outcome)) == words


def test_an_operation_that_the_law_does_not_name_is_refused() -> None:
    with pytest.raises(ValueError, match="section 62"):
        ActKind("peek", "peeked", "peek")
