"""The pages of acts, occasions, course and knowledge, asked as a signed-in user."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import fourfold.web.cases as app
from fourfold.evidence.model.wording import forbidden_words
from fourfold.web.accountability.models import LedgerEntry
from fourfold.web.cases.actions.acts import ActFacts, SourceFacts, add_acts
from fourfold.web.cases.actions.occasions import group_by_hand, propose_occasions
from fourfold.web.cases.models import Act, Case, KnowledgeEvent
from fourfold.web.cases.selectors.course import course_of
from fourfold.web.cases.selectors.occasions import occasion_page
from fourfold.web.cases.selectors.timeline import Chosen, timeline
from fourfold.web.users.models import User

MakeAct = Callable[..., Act]
FOLDER = Path(app.__file__).parent
OWN = ("acts", "occasion", "course", "knowledge", "same_act", "moments", "rhythm", "act_")


def page(client: Client, case: Case, path: str) -> str:
    answer = client.get(f"/cases/{case.ref}/{path}")
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def words(html: str) -> str:
    """Return what the page's main part says."""
    main = html.split('id="main-content"', 1)[1]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", main))


def test_the_timeline_is_in_sequence_under_its_months(
    client: Client, case: Case, make_act: MakeAct
) -> None:
    make_act("06-01 09:00", victim_words="Third")
    make_act("05-03 21:10", victim_words="First")
    make_act("05-20 21:10", victim_words="Second")
    make_act(victim_words="Fourth")
    text = words(page(client, case, "acts/"))
    places = [
        text.index(each)
        for each in ("May 2026 3 May", "First", "Second", "June 2026 1 June", "Third", "Fourth")
    ]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"one", "two", "three"}),
        ("code=b", {"one"}),
        ("code=none", {"two", "three"}),
        ("means=call&means=text", {"one", "two"}),
        ("source=statement", {"two"}),
        ("source=none", {"one", "three"}),
        ("state=withdrawn", set()),
        ("period=2026-05-04..2026-05-11", {"two"}),
        ("period=nonsense&code=zz&page=99", {"one", "two", "three"}),
    ],
)
def test_the_filter_keeps_what_it_says(
    client: Client, case: Case, make_act: MakeAct, query: str, shown: set[str]
) -> None:
    make_act("05-03 21:10", victim_words="Words one", codes=["b"], means="call")
    make_act("05-05 21:10", victim_words="Words two", means="text", source=SourceFacts("statement"))
    make_act("05-20 21:10", victim_words="Words three")
    text = words(page(client, case, f"acts/?{query}"))
    assert {name for name in ("one", "two", "three") if f"Words {name}" in text} == shown


def test_an_act_after_a_knowledge_event_is_marked(
    client: Client, case: Case, make_act: MakeAct, told: KnowledgeEvent
) -> None:
    make_act("05-03 21:10")
    make_act("05-05 21:10")
    assert words(page(client, case, "acts/")).count("After the suspect was told") == 1


def test_an_act_is_added_by_its_form(client: Client, case: Case) -> None:
    sent = {
        "victim_words": "He rang again.", "fear_of_violence": "yes", "on-day": "3", "on-month": "5",
        "on-year": "2026", "clock": "21:10", "codes": ["b"], "means": "call", "source_kind": "statement",
    }  # fmt: skip
    answer = client.post(f"/cases/{case.ref}/acts/new/", sent)
    act = Act.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/cases/{case.ref}/acts/{act.ref}/")  # type: ignore[attr-defined]


def test_a_wrong_form_loses_nothing(client: Client, case: Case) -> None:
    sent = {"victim_words": "He rang again.", "clock": "half nine"}
    answer = client.post(f"/cases/{case.ref}/acts/new/", sent).content.decode()
    assert "There is a problem" in answer and "He rang again." in answer and "half nine" in answer


def test_two_people_at_one_act_are_told(
    client: Client, case: Case, make_act: MakeAct, investigator: User
) -> None:
    act = make_act(victim_words="First")
    path = f"/cases/{case.ref}/acts/{act.ref}/change/"
    seen = re.search(r'name="seen_version"[^>]*value="(\d+)"', client.get(path).content.decode())
    assert seen
    client.post(path, {"victim_words": "Second", "seen_version": seen[1]})
    answer = client.post(path, {"victim_words": "Third", "seen_version": seen[1]}).content.decode()
    act.refresh_from_db()
    assert "while you were writing" in answer and act.victim_words == "Second"


def test_one_confirmed_occasion_is_not_called_a_course(
    client: Client, case: Case, make_act: MakeAct, investigator: User
) -> None:
    group_by_hand(actor=investigator, case=case, acts=[make_act("05-03 21:10")])
    text = words(page(client, case, "course/"))
    assert "course of conduct" not in text.lower() and "1 occasion is confirmed" in text


def test_two_confirmed_occasions_are_called_a_course_with_count_first_and_last(
    client: Client, case: Case, make_act: MakeAct, investigator: User
) -> None:
    for when in ("05-03 21:10", "06-09 21:10"):
        group_by_hand(actor=investigator, case=case, acts=[make_act(when)])
    text = words(page(client, case, "course/"))
    assert (
        "Course of conduct of 2 confirmed occasions . First: 3 May 2026 . Last: 9 June 2026" in text
    )


def test_chosen_occasions_are_listed_before_they_are_confirmed(
    client: Client, case: Case, make_act: MakeAct, investigator: User
) -> None:
    make_act("05-03 21:10")
    propose_occasions(actor=investigator, case=case)
    (occasion,) = case.occasions.all()
    path = f"/cases/{case.ref}/occasions/confirm/"
    asked = client.post(path, {"occasion": [occasion.ref]}).content.decode()
    occasion.refresh_from_db()
    assert "Confirm 1 occasion" in asked and occasion.state == "proposed"
    client.post(path, {"occasion": [occasion.ref], "sure": "1"})
    occasion.refresh_from_db()
    assert (occasion.state, occasion.confirmed_by) == ("confirmed", investigator)


def test_all_of_a_page_are_chosen_without_a_script(
    client: Client, case: Case, make_act: MakeAct, investigator: User
) -> None:
    make_act("05-03 21:10")
    make_act("06-03 21:10")
    propose_occasions(actor=investigator, case=case)
    assert page(client, case, "occasions/?all=1").count(" checked") == 2


def test_a_table_is_recorded_as_an_export_and_holds_no_formula(
    client: Client, case: Case, make_act: MakeAct
) -> None:
    make_act(victim_words='=HYPERLINK("https://example.org")')
    answer = client.post(f"/cases/{case.ref}/acts/table/")
    (row,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    entry = LedgerEntry.objects.get(act="export.csv")
    assert row["victim_words"].startswith("'=") and entry.detail == {"table": "acts", "rows": 1}


def test_a_table_is_not_given_on_a_mere_link(client: Client, case: Case, make_act: MakeAct) -> None:
    make_act()
    assert client.get(f"/cases/{case.ref}/acts/table/").status_code == 302


def test_the_table_of_occasions_has_a_row_each(
    client: Client, case: Case, make_act: MakeAct, investigator: User
) -> None:
    group_by_hand(actor=investigator, case=case, acts=[make_act("05-03 21:10")])
    answer = client.post(f"/cases/{case.ref}/occasions/table/")
    (row,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert (row["state"], row["acts"], row["confirmed_by"]) == ("Confirmed", "1", investigator.name)


def test_a_knowledge_event_is_recorded_by_its_form(
    client: Client, case: Case, suspect: object
) -> None:
    sent = {
        "person": str(suspect), "on-day": "4", "on-month": "5", "on-year": "2026", "clock": "12:00",
        "by": "the victim", "how": "by text",
    }  # fmt: skip
    client.post(f"/cases/{case.ref}/knowledge/new/", sent)
    assert "4 May 2026, 12:00" in words(page(client, case, "knowledge/"))


def test_pairs_show_their_reason_and_can_be_kept_apart(
    client: Client, case: Case, make_act: MakeAct
) -> None:
    one = make_act("05-03 21:10", means="call", source=SourceFacts("statement"))
    two = make_act("05-03 21:12", means="call", source=SourceFacts("engine", run_ref="RUN-1"))
    assert "2 minutes apart" in words(page(client, case, "acts/same/"))
    client.post(f"/cases/{case.ref}/acts/{one.ref}/join/{two.ref}/", {"apart": "1"})
    assert "No pair to look at" in words(page(client, case, "acts/same/"))


def test_joined_acts_count_once_and_show_where_sources_come_from(
    client: Client, case: Case, make_act: MakeAct
) -> None:
    one, two = (make_act("05-03 21:10", source=SourceFacts("statement")) for _ in range(2))
    sent = {"stands": two.ref, "reason": "The same call"}
    client.post(f"/cases/{case.ref}/acts/{one.ref}/join/{two.ref}/", sent)
    assert f"Comes from {one.ref} , which is joined" in words(
        page(client, case, f"acts/{two.ref}/")
    )
    assert "Showing 1 to 1 of 1 act" in words(page(client, case, "acts/"))


def test_another_force_gets_no_hint(
    signed_in: Callable[[User], Client],
    make_user: Callable[..., User],
    other_force: object,
    case: Case,
    make_act: MakeAct,
) -> None:
    client = signed_in(make_user("investigator", force=other_force, team=None))
    act = make_act()
    for path in ("acts/", f"acts/{act.ref}/", "occasions/", "course/", "knowledge/"):
        assert client.get(f"/cases/{case.ref}/{path}").status_code == 404


def test_an_act_is_not_found_under_another_case(
    client: Client, make_case: Callable[..., Case], make_act: MakeAct, investigator: User
) -> None:
    other = make_case(assigned=(investigator,))
    assert client.get(f"/cases/{other.ref}/acts/{make_act().ref}/").status_code == 404


def test_pages_and_code_hold_no_forbidden_word() -> None:
    found = {}
    templates = list((FOLDER / "jinja2" / "cases" / "acts").glob("*.html"))
    for path in templates:
        told = re.sub(r"\{[{%#].*?[}%#]\}|<[^>]*>", " ", path.read_text("utf-8"), flags=re.S)
        found[path.name] = forbidden_words(told)
    for path in FOLDER.rglob("*.py"):
        if path.name.startswith(OWN):
            texts = re.findall(r'"([^"\n]*)"', path.read_text("utf-8"))
            found[path.name] = forbidden_words("\n".join(texts))
    assert len(templates) > 10 and {name: held for name, held in found.items() if held} == {}


@pytest.fixture
def full_case(case: Case, investigator: User, told: KnowledgeEvent) -> Case:
    """A case with sixty acts, each with a source, and as many occasions as the rule makes."""
    from datetime import timedelta

    first = told.at - timedelta(days=20)
    many = [
        (ActFacts(victim_words="He rang.", occurred_from_at=first + timedelta(hours=9 * number)),
         SourceFacts("statement", words="First account"))
        for number in range(60)
    ]  # fmt: skip
    add_acts(actor=investigator, case=case, many=many)
    propose_occasions(actor=investigator, case=case)
    return case


FRAME = re.compile(r"SAVEPOINT|BEGIN|COMMIT|django_session|usersessions_")
PATHS = (
    "acts/", "acts/?order=newest&state=standing&code=none", "acts/new/", "acts/same/",
    "acts/{act}/", "acts/{act}/change/", "acts/{act}/withdraw/", "acts/{act}/source/",
    "acts/{act}/join/{other}/", "occasions/", "occasions/?state=proposed&all=1",
    "occasions/{occasion}/", "occasions/{occasion}/dissolve/", "course/", "knowledge/",
    "knowledge/new/", "knowledge/{told}/",
)  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_a_page_asks_at_most_fifteen_queries(
    client: Client, full_case: Case, told: KnowledgeEvent, path: str
) -> None:
    act, other = full_case.acts.all()[:2]
    names = {"act": act, "other": other, "occasion": full_case.occasions.all()[0], "told": told}
    with CaptureQueriesContext(connection) as queries:
        page(client, full_case, path.format(**names))
    asked = [query["sql"] for query in queries if not FRAME.search(query["sql"])]
    assert len(asked) <= 15, "\n".join(sql[:120] for sql in asked)


@pytest.mark.parametrize(
    ("ask", "most"),
    [
        (lambda case: timeline(case, Chosen(), page="1", newest_first=False), 4),
        (lambda case: occasion_page(case, states=("proposed",), page="1"), 5),
        (lambda case: course_of(case, today=case.opened_at.date()), 5),
    ],
    ids=["timeline", "occasions", "course"],
)
def test_a_page_asks_the_same_few_queries_however_many_acts(
    full_case: Case, ask: Callable[[Case], object], most: int
) -> None:
    with CaptureQueriesContext(connection) as asked:
        ask(full_case)
    assert len(asked) <= most
