"""Every URL, asked by every kind of person, in a world full of hostile text. Walked once."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction

from fourfold.web.accountability.models import LedgerEntry
from fourfold.web.users.models import Role
from lib import hostile_world, site_walk
from lib.hostile_world import MARK, SUM
from lib.site_walk import Answer

CHANGES = ("alter", "collect", "erase")
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0")
WANTED = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
    "x-robots-tag": "noindex, nofollow",
}
NEEDED_OF_POLICY = ("default-src 'none'", "base-uri 'none'", "frame-ancestors ")
pytestmark = pytest.mark.django_db
OPEN_SOURCES = {"*", "https:", "http:", "'unsafe-inline'", "'unsafe-eval'", "'strict-dynamic'"}
PUBLIC = "/public/"
INLINE = re.compile(
    r"<style|\sstyle=\"|<script(?![^>]*(?:\ssrc=|application/json))|=\"javascript:", re.IGNORECASE
)
STRANGE_HOST = re.compile(
    r"(?:src|href|action|srcset|poster|data)=\"\s*(?:https?:)?//", re.IGNORECASE
)


@dataclass(frozen=True)
class Walked:
    """What was answered, and which acts that change something stood in the ledger after it."""

    answers: list[Answer]
    changes: list[str]


@pytest.fixture(scope="module", params=["everyday", pytest.param("whole", marks=pytest.mark.slow)])
def walked(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any
) -> Iterator[Walked]:
    with django_db_blocker.unblock(), transaction.atomic():
        answers = site_walk.walk(hostile_world.make(), is_whole=request.param == "whole")
        changes = LedgerEntry.objects.filter(outcome="done", op__in=CHANGES)
        yield Walked(answers, list(changes.values_list("act", flat=True)))
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def answers(walked: Walked) -> list[Answer]:
    return walked.answers


@pytest.fixture(scope="module")
def pages(answers: list[Answer]) -> list[Answer]:
    return [answer for answer in answers if answer.is_page]


def test_looking_never_changes_anything(walked: Walked) -> None:
    """GET of every URL leaves nothing in the ledger but looks, exports and refusals."""
    assert walked.changes == []


def test_no_page_repeats_the_host_it_was_asked_by(answers: list[Answer]) -> None:
    said = [
        a.where for a in answers if "evil.example.org" in a.headers.get("location", "") + a.body
    ]
    assert said == []


def test_nothing_fails_on_hostile_records(answers: list[Answer]) -> None:
    assert [a.where for a in answers if a.status >= 500] == []


def test_every_answer_has_the_closing_headers(answers: list[Answer]) -> None:
    wrong = [
        (a.where, name, a.headers.get(name))
        for a in answers
        for name, value in WANTED.items()
        if a.headers.get(name) != value
    ]
    assert wrong == []


def test_no_policy_allows_anything_unsafe(answers: list[Answer]) -> None:
    wrong = []
    for a in answers:
        policy = a.headers.get("content-security-policy", "")
        is_open = OPEN_SOURCES & set(policy.replace(";", " ").split())
        if is_open or any(needed not in policy for needed in NEEDED_OF_POLICY):
            wrong.append((a.where, policy))
    assert wrong == []


def test_no_answer_lets_another_site_read_it(answers: list[Answer]) -> None:
    assert [a.where for a in answers if "access-control-allow-origin" in a.headers] == []


def test_every_text_answer_names_its_letters(answers: list[Answer]) -> None:
    kinds = [(a.where, a.headers.get("content-type", "").lower()) for a in answers if a.body]
    wrong = [k for k in kinds if k[1].startswith("text/") and "charset=utf-8" not in k[1]]
    assert wrong == []


def test_no_page_holds_code_or_styles_of_its_own(pages: list[Answer]) -> None:
    assert [a.where for a in pages if INLINE.search(a.body)] == []


def test_no_page_asks_a_strange_host(pages: list[Answer]) -> None:
    """The public site names its sources by links, and asks nobody for anything."""
    ours = re.compile(r"=\"https?://127\.0\.0\.1(?::\d+)?/")
    links = re.compile(r"<a [^>]*>")
    bodies = [
        (a.where, links.sub("", a.body) if a.path.startswith(PUBLIC) else a.body) for a in pages
    ]
    assert [where for where, body in bodies if STRANGE_HOST.search(ours.sub('="/', body))] == []


def test_text_stays_text_on_every_page(pages: list[Answer]) -> None:
    broken_out = []
    for a in pages:
        tags = a.page.tags
        as_code = [
            t for t, attrs in tags if t == MARK or any(f"on{MARK}" in name for name in attrs)
        ]
        if as_code or f"<{MARK}" in a.body:
            broken_out.append(a.where)
    assert broken_out == []


def test_text_is_never_a_template(answers: list[Answer]) -> None:
    assert [a.where for a in answers if SUM in a.body] == []


def test_hostile_text_is_on_many_pages(pages: list[Answer]) -> None:
    """Guard of the tests above: there is something to escape, on most pages of a case."""
    assert len([a for a in pages if f"&lt;{MARK}" in a.body]) >= 40


def test_no_link_runs_code(pages: list[Answer]) -> None:
    kinds = re.compile(r"\s*(?:javascript|data|vbscript):", re.IGNORECASE)
    wrong = [(a.where, x) for a in pages for x in a.page.links if kinds.match(x)]
    assert wrong == []


def test_no_form_that_changes_lacks_its_token(pages: list[Answer]) -> None:
    wrong = [
        (a.where, form.action)
        for a in pages
        for form in a.page.forms
        if form.method == "post" and "csrfmiddlewaretoken" not in form.fields
    ]
    assert wrong == []


def test_no_address_carries_what_was_typed(pages: list[Answer]) -> None:
    """A link or a form's target may hold references, never text of a record."""
    wrong = [
        (a.where, x)
        for a in pages
        for x in [*a.page.links, *(f.action for f in a.page.forms)]
        if MARK in x
    ]
    assert wrong == []


def test_no_table_for_spreadsheets_begins_a_formula(answers: list[Answer]) -> None:
    tables = [a for a in answers if a.headers.get("content-type", "").startswith("text/csv")]
    assert len([a for a in tables if a.body.count("\n") > 1]) >= 2
    formulas = [
        (a.where, cell)
        for a in tables
        for row in csv.reader(io.StringIO(a.body.removeprefix("\ufeff")))
        for cell in row
        if cell.startswith(FORMULA)
    ]
    assert formulas == []


def test_downloads_name_their_file_safely(answers: list[Answer]) -> None:
    signs = ("\n", "\r", "<", "/", "\\", "\u202e", '"on')
    named = [(a.where, a.headers.get("content-disposition", "")) for a in answers]
    assert [n for n in named if any(sign in n[1] for sign in signs)] == []


def test_signed_in_pages_offer_the_way_out(pages: list[Answer]) -> None:
    wrong = [
        a.where
        for a in pages
        if a.role
        and a.status == 200
        and "account/" not in a.where
        and not a.path.startswith(PUBLIC)  # the same for everybody
        and "/account/sign-out/" not in a.body
    ]
    assert wrong == []


def test_a_stranger_sees_nothing_of_any_record(answers: list[Answer]) -> None:
    assert [a.where for a in answers if not a.role and MARK in a.body] == []


def test_administrators_and_auditors_see_no_evidence(answers: list[Answer]) -> None:
    """Neither opens a case: the administrator runs accounts, the auditor reads the ledger."""
    within = re.compile(r"/cases/C-|/reports/|/search")
    wrong = [
        a.where
        for a in answers
        if a.role in (Role.ADMINISTRATOR, Role.AUDITOR)
        and within.search(a.path)
        and "/oversight/" not in a.path
        and "break-glass" not in a.path
        and a.status == 200
    ]
    assert wrong == []
