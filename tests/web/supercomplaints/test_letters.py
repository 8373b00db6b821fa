"""Regulation 7: the body is told of progress; how often was not seen, so it is chosen."""

from datetime import date

import pytest

from fourfold.web.accountability.models import LedgerEntry
from fourfold.web.supercomplaints.actions import letters
from fourfold.web.supercomplaints.actions.letters import LetterFacts
from fourfold.web.supercomplaints.errors import NotFromHereError, NotNowError
from fourfold.web.supercomplaints.models import Organisation, Step
from fourfold.web.supercomplaints.rules import investigation
from fourfold.web.supercomplaints.rules.investigation import Told, due, letter
from fourfold.web.supercomplaints.selectors import letters as selectors
from fourfold.web.users import access
from lib.investigations import Investigation, make

TODAY = date(2024, 6, 1)


@pytest.mark.parametrize(
    ("state", "last_on", "every", "words", "is_late"),
    [
        ("under_investigation", date(2024, 3, 1), 90, "Overdue by 2 days: due on 30 May 2024.", True),
        ("under_investigation", date(2024, 3, 3), 90, "Due today.", False),
        ("under_investigation", date(2024, 3, 4), 90, "Due on 2 June 2024, in 1 day.", False),
        ("under_investigation", date(2024, 3, 1), None, "No interval is chosen", False),
        ("under_investigation", None, 90, "The day of the decision is not recorded", False),
        ("concluded", date(2024, 3, 1), 90, "None is due", False),
    ],
)  # fmt: skip
def test_reg_7_when_the_next_progress_report_is_due(
    state: str, last_on: date | None, every: int | None, words: str, is_late: bool
) -> None:
    found = due(state, last_on, every, TODAY)
    assert found.words.startswith(words)
    assert found.is_late is is_late


def test_reg_7_the_duty_is_law_the_interval_was_not_seen_the_lead_is_practice() -> None:
    assert investigation.DUTY.basis == "law"
    assert investigation.INTERVAL.basis == "not_seen"
    assert investigation.LEAD.basis == "practice"


def test_reg_7_a_letter_says_counts_and_days_and_when_the_next_comes() -> None:
    made = letter(
        Told(
            ref="SC-1",
            title="Teasels",
            body="Teasel Trust",
            contact="Sam Rush",
            lead="Office",
            since_on=date(2024, 3, 1),
            until_on=TODAY,
            done=(("Meeting", 2),),
            steps=((date(2024, 3, 2), "A step."),),
            next_on=date(2024, 8, 30),
        )
    )
    for words in ("To Sam Rush, Teasel Trust", "from 1 March 2024 to 1 June 2024", "- Meeting: 2",
                  "- 2 March 2024: A step.", "again by 30 August 2024"):  # fmt: skip
        assert words in made


@pytest.fixture
def world(db: None) -> Investigation:
    return make()


def test_reg_7_a_letter_is_a_draft_until_it_is_sent(world: Investigation) -> None:
    complaint = world.complaint
    letters.set_interval(actor=world.chief, supercomplaint=complaint, every_days=90)
    made = letters.keep_letter(
        actor=world.chief,
        supercomplaint=complaint,
        facts=LetterFacts(date(2024, 5, 1), selectors.text_of(complaint, date(2024, 5, 1))),
    )
    assert selectors.letters_of(world.complainant, complaint) == []
    assert not access.see(world.complainant, "progressletter.open", made)
    assert selectors.due_of(complaint, TODAY).is_late
    letters.send_letter(actor=world.chief, letter=made)
    assert selectors.letters_of(world.complainant, complaint) == [made]
    assert selectors.letters_of(world.others["other_body"], complaint) == []
    assert not selectors.due_of(complaint, TODAY).is_late
    step = Step.objects.get(event="report_progress")
    assert (step.on, step.basis, step.to_state) == (
        date(2024, 5, 1), "law", "under_investigation",
    )  # fmt: skip
    with pytest.raises(NotNowError):
        letters.send_letter(actor=world.chief, letter=made)
    with pytest.raises(NotNowError):
        letters.keep_letter(
            actor=world.chief,
            supercomplaint=complaint,
            facts=LetterFacts(TODAY, "x"),
            letter=made,
        )


def test_reg_7_no_progress_is_reported_after_the_end(world: Investigation) -> None:
    facts = LetterFacts(date(2024, 5, 1), "So far.")
    made = letters.keep_letter(actor=world.chief, supercomplaint=world.complaint, facts=facts)
    world.complaint.state = "concluded"
    world.complaint.save()
    with pytest.raises(NotFromHereError):
        letters.send_letter(actor=world.chief, letter=made)
    made.refresh_from_db()
    assert made.sent_at is None


def test_practice_one_authority_leads(world: Investigation) -> None:
    lead = world.officers["director_general"].force.organisation
    letters.name_lead(actor=world.chief, supercomplaint=world.complaint, lead=lead)
    assert "Office director_general leads" in selectors.text_of(world.complaint, TODAY)
    with pytest.raises(NotNowError):
        letters.name_lead(
            actor=world.chief, supercomplaint=world.complaint, lead=world.complaint.body
        )


def test_who_collates_is_named_by_an_officer_and_recorded(db: None) -> None:
    world = make()
    council = Organisation.objects.create(
        name="Larch Council", kind=Organisation.Kind.NATIONAL_BODY
    )
    officer = world.officers["college"]
    letters.name_collator(actor=officer, supercomplaint=world.complaint, collator=council)
    world.complaint.refresh_from_db()
    assert world.complaint.collator == council
    assert LedgerEntry.objects.filter(act="supercomplaint.collator").count() == 1
