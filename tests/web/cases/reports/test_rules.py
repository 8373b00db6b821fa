"""What is read from a pasted line, what a report still owes, and neutral names."""

import pytest

from fourfold.evidence.model.wording import forbidden_words
from fourfold.web.cases.models import Report
from fourfold.web.cases.models.answers import Answer, Jurisdiction
from fourfold.web.cases.reference import offences
from fourfold.web.cases.rules import reports as rules
from fourfold.web.cases.rules.identifying import kind_of, read_pasted
from fourfold.web.cases.rules.operation_names import NAMES, proposals


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("07700 900123", "phone"),
        ("+44 (0)7700 900123", "phone"),
        ("robin@example.org", "email"),
        ("AB00 CDE", "vehicle"),
        ("instagram: @quiet.tern", "account"),
        ("quiet.tern on snapchat", "account"),
        ("https://www.facebook.com/quiet.tern", "account"),
        ("14 Teasel Row, ZZ99 3VZ", "address"),
        ("490154203237518", "device"),
        ("Jordan Marsh", "name"),
        ("the man next door", ""),
        ("900123", ""),
    ],
)
def test_a_text_is_recognised_or_left_alone(text: str, kind: str) -> None:
    assert kind_of(text) == kind


def test_pasted_lines_are_read_and_what_is_not_recognised_is_kept() -> None:
    read, left = read_pasted(
        "Phone: 07700 900123, 07700 900124\n\n14 Teasel Row, Sedge, ZZ99 3VZ\nblue car, AB00 CDE"
    )
    assert [(one.kind, one.text) for one in read] == [
        ("phone", "07700 900123"),
        ("phone", "07700 900124"),
        ("address", "14 Teasel Row, Sedge, ZZ99 3VZ"),
    ]
    assert left == ["blue car, AB00 CDE"]


@pytest.mark.parametrize(
    ("relationship", "repeated", "jurisdiction", "speaks"),
    [
        ("former_partner", "yes", "england-and-wales", True),
        ("former_partner", "not_asked", "england-and-wales", False),
        ("former_partner", "not_known", "england-and-wales", False),
        ("partner", "yes", "england-and-wales", False),
        ("former_partner", "yes", "northern-ireland", False),
    ],
)
def test_the_rule_about_former_partners(
    relationship: str, repeated: str, jurisdiction: str, speaks: bool
) -> None:
    assert rules.ex_partner_rule_speaks(relationship, repeated, jurisdiction) is speaks


@pytest.mark.parametrize(
    ("classification", "reason", "is_owed"),
    [
        ("harassment", "", True),
        ("harassment", " ", True),
        ("harassment", "Neighbours' dispute, not fixated", False),
        ("other", "", True),  # a former partner, and it is not treated as stalking
        ("stalking", "", False),
        ("undecided", "", False),
    ],
)
def test_a_reason_is_owed_where_it_is_not_treated_as_stalking(
    classification: str, reason: str, is_owed: bool
) -> None:
    report = Report(
        relationship=Report.Relationship.FORMER_PARTNER,
        repeated=Answer.YES,
        jurisdiction=Jurisdiction.ENGLAND_AND_WALES,
        classification=classification,
        classification_reason=reason,
    )
    fields = [one.field for one in rules.owed(report, frozenset())]
    assert ("classification_reason" in fields) is is_owed


def test_a_question_that_was_asked_is_not_owed_even_if_nobody_knows() -> None:
    report = Report(fixated=Answer.NOT_KNOWN)
    assert "fixated" not in [one.field for one in rules.owed(report, frozenset())]


def test_no_wording_says_more_than_it_may() -> None:
    told = [one.what + one.decision for one in rules.owed(Report(), frozenset())]
    asked = [prompt.question + prompt.hint for prompt in rules.FOUR]
    for text in (*told, *asked, rules.EX_PARTNER_RULE, rules.HARASSMENT_REASON):
        assert not forbidden_words(text)


def test_a_name_is_proposed_that_no_case_has() -> None:
    assert "Plover" not in proposals({"Operation Plover"})
    assert proposals({f"Operation {name}" for name in NAMES})[0].endswith(" 2")


def test_every_offence_has_a_source_and_only_sourced_codes() -> None:
    for offence in offences.read():
        assert offence["source"]
        if "home_office_code" in offence:
            assert "unconfirmed" in offence["source"], offence["code"]


def test_every_jurisdiction_has_its_offence_of_stalking() -> None:
    stalking = {one["jurisdiction"] for one in offences.read() if one.get("is_stalking")}
    assert stalking == set(Jurisdiction.values)
