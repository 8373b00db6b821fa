"""Taking a report on the page: everything optional, nothing lost, what is missing said."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fourfold.web.accountability.models import LedgerEntry
from fourfold.web.cases.models import Case, Report
from fourfold.web.users.models import User

SignedIn = Callable[[User], Client]
ROWS = {"identifiers-TOTAL_FORMS": "2", "identifiers-INITIAL_FORMS": "0"}


def listed(html: str) -> list[str]:
    """The reports in the table of a page, in order."""
    return re.findall(r'class="govuk-link ff-ref" href="/reports/(R-\w+)/"', html)


def post_report(client: Client, **told: str) -> str:
    answer = client.post(reverse("cases:report_new"), {**ROWS, **told})
    assert answer.status_code == 302, answer.content
    return answer.headers["Location"]


def test_an_empty_report_is_saved_with_everything_not_asked(
    investigator: User, signed_in: SignedIn
) -> None:
    post_report(signed_in(investigator))
    report = Report.objects.get()
    assert {report.fixated, report.repeated, report.in_danger_now} == {"not_asked"}


def test_saving_leads_to_the_earlier_reports(investigator: User, signed_in: SignedIn) -> None:
    address = post_report(signed_in(investigator), victim_words="He waits outside.")
    assert address == reverse("cases:report_match", args=[Report.objects.get().ref])


def test_save_and_add_more_leads_back_to_the_rows(investigator: User, signed_in: SignedIn) -> None:
    address = post_report(signed_in(investigator), next="more")
    assert address.endswith("/change/#identifiers")


def test_not_known_is_kept_apart_from_not_asked(investigator: User, signed_in: SignedIn) -> None:
    post_report(signed_in(investigator), fixated="not_known", obsessive="no")
    report = Report.objects.get()
    assert (report.fixated, report.obsessive, report.unwanted) == ("not_known", "no", "not_asked")


def test_rows_and_pasted_lines_become_identifiers_and_the_rest_goes_to_the_notes(
    investigator: User, signed_in: SignedIn
) -> None:
    post_report(
        signed_in(investigator),
        **{
            "identifiers-0-whose": "victim",
            "identifiers-0-kind": "phone",
            "identifiers-0-text": "07700 900111",
            "identifiers-0-is_sensitive": "on",
            "identifiers-1-text": "the flat above the shop",
            "pasted": "AB00 CDE\nsomething he said",
            "pasted_whose": "suspect",
        },
    )
    report = Report.objects.get()
    rows = report.identifiers.values_list("whose", "kind", "text", "is_sensitive")
    assert list(rows) == [
        ("victim", "phone", "07700 900111", True),
        ("suspect", "vehicle", "AB00 CDE", False),
    ]
    assert report.notes == "something he said\nthe flat above the shop"


def test_a_report_page_says_which_decision_needs_what_is_missing(
    investigator: User, signed_in: SignedIn, take: Callable[..., Report]
) -> None:
    report = take(investigator, classification="harassment")
    page = signed_in(investigator).get(reverse("cases:report", args=[report.ref]))
    assert "a reason against FOUR and section 2A(3)" in page.content.decode()


def test_the_former_partner_rule_speaks_on_the_page(
    investigator: User, signed_in: SignedIn, take: Callable[..., Report]
) -> None:
    report = take(investigator, relationship="former_partner", repeated="yes")
    page = signed_in(investigator).get(reverse("cases:report", args=[report.ref]))
    assert "unless police are satisfied that it is harassment only" in page.content.decode()


def test_changing_a_report_keeps_versions_of_what_was_taken_out(
    investigator: User, signed_in: SignedIn, take: Callable[..., Report]
) -> None:
    report = take(investigator, [("suspect", "phone", "07700 900222")])
    address = reverse("cases:report_change", args=[report.ref])
    signed_in(investigator).post(address, {**ROWS, "victim_words": "More."})
    report.refresh_from_db()
    assert report.victim_words == "More."
    assert report.identifiers.count() == 0
    kept = report.identifiers.model.history.values_list("history_type", "text")  # type: ignore[attr-defined]
    assert set(kept) == {("+", "07700 900222"), ("-", "07700 900222")}


def test_the_change_form_shows_what_stands(
    investigator: User, signed_in: SignedIn, take: Callable[..., Report]
) -> None:
    report = take(
        investigator, [("victim", "name", "Robin Ayre")], repeated="yes", is_by_victim=False
    )
    page = signed_in(investigator).get(reverse("cases:report_change", args=[report.ref]))
    html = page.content.decode()
    assert re.search(r'name="repeated" type="radio" value="yes" checked', html)
    assert re.search(r'name="is_by_victim" type="radio" value="no" checked', html)
    assert re.search(r'name="identifiers-0-text" type="text" value="Robin Ayre"', html)


def test_a_report_in_the_ledger_holds_counts_only(
    investigator: User, take: Callable[..., Report]
) -> None:
    report = take(investigator, [("victim", "name", "Robin Ayre")], victim_words="He waits.")
    entry = LedgerEntry.objects.latest("seq")
    assert (entry.act, entry.subject_ref, entry.detail) == (
        "report.take", report.ref, {"identifiers": 1},
    )  # fmt: skip


def test_the_list_shows_what_is_in_no_case_first_and_its_figures(
    investigator: User,
    case: Case,
    signed_in: SignedIn,
    take: Callable[..., Report],
    joined: Callable[..., Report],
) -> None:
    inside = joined(investigator, case)
    outside = take(investigator, in_danger_now="yes")
    html = signed_in(investigator).get(reverse("cases:reports"), {"state": "all"}).content.decode()
    assert listed(html) == [outside.ref, inside.ref]
    numbers = re.findall(r'ff-figure__value">(\d+)<', html)
    assert numbers[:3] == ["1", "1", "1"]


def test_the_list_narrows_by_date_and_by_taker(
    investigator: User, colleague: User, signed_in: SignedIn, take: Callable[..., Report]
) -> None:
    take(colleague)
    mine = take(investigator)
    client, address = signed_in(investigator), reverse("cases:reports")
    day = {"to_on-day": "1", "to_on-month": "1", "to_on-year": "2020"}
    assert listed(client.get(address, {"mine": "on"}).content.decode()) == [mine.ref]
    assert listed(client.get(address, day).content.decode()) == []


@pytest.mark.parametrize(
    "name",
    [
        "reports", "report_new", "report", "report_change", "report_match", "report_join",
        "report_open_case", "case_reports", "search",
    ],
)  # fmt: skip
def test_a_page_asks_at_most_fifteen_queries(
    name: str, some_reports: dict[str, list[str]], investigator: User, signed_in: SignedIn
) -> None:
    client = signed_in(investigator)
    client.get("/healthz")  # the first page of a session also writes the session down
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(reverse(f"cases:{name}", args=some_reports.get(name, [])))
    assert answer.status_code == 200
    asked = [q["sql"] for q in queries if not is_of_the_frame(q["sql"])]
    users = [one for one in asked if 'FROM "users_user" WHERE "users_user"."id" =' in one]
    tracking = 1 if len(users) > 1 else 0
    assert len(asked) - tracking <= 15, "\n".join(one[:140] for one in asked)


def is_of_the_frame(statement: str) -> bool:
    """Savepoints stand for BEGIN and COMMIT, the lock for the ledger's turn; allauth tracks."""
    return any(word in statement for word in ("SAVEPOINT", "usersessions", "pg_advisory"))


@pytest.fixture
def some_reports(
    investigator: User,
    case: Case,
    take: Callable[..., Report],
    joined: Callable[..., Report],
) -> dict[str, list[str]]:
    """Arguments of the pages: a report in a case, and one that matches it and others."""
    told = [("suspect", "phone", "07700 900222"), ("victim", "name", "Robin Ayre")]
    inside = joined(investigator, case, told)
    outside = [take(investigator, told) for _ in range(3)][-1]
    return {
        "report": [inside.ref],
        "report_change": [inside.ref],
        "report_match": [outside.ref],
        "report_join": [outside.ref],
        "report_open_case": [outside.ref],
        "case_reports": [case.ref],
    }


def test_an_advocate_takes_no_report(make_user: Callable[..., User], signed_in: SignedIn) -> None:
    answer = signed_in(make_user("advocate")).get(reverse("cases:report_new"))
    assert answer.status_code == 403
