"""When identifiers match, in which words that is said, and in which order."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourfold.evidence.model.wording import forbidden_words
from fourfold.web.cases.rules.matching import (
    SWAPPED,
    WORDS_OF_KIND,
    Known,
    Reason,
    compare,
    may_point,
    order_of,
    similar_names,
)
from fourfold.web.users.identifiers import NORMAL_FORMS, normalise
from fourfold.web.users.models import IdentifierKind

S, V, OTHER, NOBODY = "suspect", "victim", "other", ""


def known(whose: str, kind: str, text: str, is_sensitive: bool = False) -> Known:
    said = frozenset(whose.split()) if whose else frozenset()
    return Known(kind, normalise(kind, text), said, is_sensitive)


@pytest.mark.parametrize(
    ("here", "there", "words"),
    [
        # whose, kind, text here      | whose, kind, text there      | the sentence, or nothing
        ((S, "phone", "07700 900123"), (S, "phone", "+44 7700 900123"),
         "Same phone number: said to be the suspect's in both."),
        ((S, "vehicle", "AB00 CDE"), (V, "vehicle", "ab00cde"),
         "Same vehicle registration: said to be the suspect's here, "
         "said to be the victim's there."),
        ((V, "address", "Flat 2, 5 Elm Rd, ZZ1 1ZZ"), (NOBODY, "address", "5 Elm Road flat 2 zz11zz"),
         None),  # the flat is named first in one: another house number order is another address
        ((V, "address", "5 Elm Rd, ZZ1 1ZZ"), (NOBODY, "address", "5, Elm Road, zz11zz"),
         "Same address: said to be the victim's here, not said whose there."),
        ((OTHER, "account", "instagram: @quiet.tern"), (S + " " + V, "account", "instagram:quiet.tern"),
         "Same online account: said to be somebody else's here, "
         "said to be the suspect's and the victim's there."),
        ((V, "name", "Ayre, Robin"), (V, "name", "robin AYRE"),
         "Same name: said to be the victim's in both."),
        ((S, "name", "Jordan Marsh"), (S, "name", "Jordon Marsh"),
         "Similar name, one letter different: said to be the suspect's in both."),
        ((S, "name", "Jordan Marsh"), (S, "name", "Jordan Harsh"), None),  # another initial
        ((S, "name", "Jo Li"), (S, "name", "Jo Lu"), None),  # too short to be cautious about
        ((S, "phone", "07700 900123"), (S, "phone", "07700 900124"), None),  # never for numbers
        ((S, "phone", "07700 900123"), (S, "card", "07700 900123"), None),  # another kind
        ((S, "phone", "--"), (S, "phone", "()"), None),  # nothing left to compare
    ],
)  # fmt: skip
def test_a_match_is_told_in_words(
    here: tuple[str, str, str], there: tuple[str, str, str], words: str | None
) -> None:
    reasons = compare([known(*here)], [known(*there)])
    assert [reason.words for reason in reasons] == ([words] if words else [])


@pytest.mark.parametrize(
    ("here", "there", "is_swapped"),
    [(S, V, True), (V, S, True), (S, S, False), (V, V, False), (OTHER, V, False), (S, NOBODY, False),
     ("suspect victim", V, True)],
)  # fmt: skip
def test_suspect_and_victim_the_other_way_round_are_pointed_out(
    here: str, there: str, is_swapped: bool
) -> None:
    (reason,) = compare([known(here, "card", "1")], [known(there, "card", "1")])
    assert reason.is_swapped is is_swapped


@pytest.mark.parametrize(
    ("here", "there", "sensitive", "allowed"),
    [
        (V, V, True, True),  # both say that it is the victim's
        (S, V, True, False),  # a pointer would tell the asker that the number is right
        (OTHER, NOBODY, True, False),
        (S, V, False, True),
    ],
)
def test_what_is_kept_safe_makes_a_pointer_only_for_the_victim(
    here: str, there: str, sensitive: bool, allowed: bool
) -> None:
    reasons = compare(
        [known(here, "phone", "07700 900123")], [known(there, "phone", "07700900123", sensitive)]
    )
    assert may_point(reasons) is allowed


def test_an_identifier_told_twice_is_one_reason_with_everybody_it_is_said_of() -> None:
    here = [known(S, "phone", "07700 900123"), known(V, "phone", "+447700900123")]
    (reason,) = compare(here, [known(S, "phone", "07700 900123")])
    assert reason.whose_here == {S, V}


def test_most_identifiers_come_first_then_similar_names_then_the_newest() -> None:
    same, similar = (
        Reason("card", frozenset(), frozenset()),
        Reason("name", frozenset(), frozenset(), is_similar=True),
    )
    old, new = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)
    matches = {
        "one, new": ([same], new),
        "two, old": ([same, same], old),
        "one, old": ([same], old),
        "similar": ([similar], new),
        "one and similar, old": ([same, similar], old),
    }
    ordered = sorted(matches, key=lambda name: order_of(*matches[name]))
    assert ordered == ["two, old", "one and similar, old", "one, new", "one, old", "similar"]


def test_no_sentence_says_more_than_it_may() -> None:
    ways = [frozenset(), frozenset((S,)), frozenset((V, OTHER))]
    for kind in WORDS_OF_KIND:
        for here in ways:
            for there in ways:
                reason = Reason(kind, here, there)
                assert not forbidden_words(reason.words)
    assert not forbidden_words(SWAPPED)


names = st.text(alphabet="abcdeé- ", min_size=1, max_size=12)
texts = st.one_of(
    st.text(max_size=40),
    st.from_regex(
        r"\A(Flat )?[0-9]{0,2}[a-c]?,? ?(Elm Rd)? ?ZZ[0-9]{1,2} ?[0-9][A-Z]{2}[, 0-9a-c]{0,5}\Z"
    ),
    st.text(alphabet="0123456789+() tel:-", max_size=20),
)
sides = st.lists(
    st.builds(
        known,
        st.sampled_from([S, V, OTHER, NOBODY]),
        st.sampled_from(["phone", "name", "vehicle"]),
        st.sampled_from(["07700 900123", "+447700900123", "Jordan Marsh", "Jordon Marsh",
                         "Marsh Jordan", "AB00 CDE", "ab00cde", ""]),
    ),
    max_size=4,
)  # fmt: skip


@given(st.sampled_from(sorted(NORMAL_FORMS)), texts)
def test_a_normal_form_is_its_own_normal_form(kind: str, text: str) -> None:
    once = normalise(kind, text)
    assert normalise(kind, once) == once


@given(sides, sides)
def test_matching_is_symmetric(here: list[Known], there: list[Known]) -> None:
    def told(one: list[Known], other: list[Known]) -> set[object]:
        return {(r.kind, r.is_similar, r.is_swapped) for r in compare(one, other)}

    assert told(here, there) == told(there, here)


@given(names, names)
def test_a_similar_name_is_similar_both_ways(one: str, other: str) -> None:
    one, other = normalise("name", one), normalise("name", other)
    assert (other in set(similar_names(one))) == (one in set(similar_names(other)))


def test_every_kind_has_its_words() -> None:
    assert set(WORDS_OF_KIND) == set(IdentifierKind)
