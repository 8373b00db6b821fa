"""The layout, every component and the error pages, as markup."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings

from fourfold.web.base import error_pages
from web.base.pages_lib.showcase import ERRORS, MIDDLEWARE, URLS


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with override_settings(ROOT_URLCONF=URLS, MIDDLEWARE=MIDDLEWARE):
        yield Client()


@pytest.fixture(scope="module")
def showcase(client: Client) -> str:
    return client.get("/showcase/?sort=-at&stage=open").content.decode()


@pytest.fixture(scope="module", params=[*ERRORS])
def error_page(client: Client, request: pytest.FixtureRequest) -> str:
    return client.get(f"/error/{request.param}/").content.decode()


def test_nothing_is_inline(showcase: str) -> None:
    assert not re.search(
        r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:", showcase
    )


def test_nothing_comes_from_elsewhere(showcase: str) -> None:
    assert not re.search(r"(?:src|href|action)=\"(?:https?:)?//", showcase)


def test_every_id_is_given_once(showcase: str) -> None:
    ids = re.findall(r'\sid="([^"]*)"', showcase)
    assert sorted(ids) == sorted(set(ids))


def test_demonstration_is_said_on_the_page(showcase: str) -> None:
    assert "Every case, person and number in it is invented" in showcase
    assert "Not for real reports" in showcase


def test_title_says_that_there_are_errors(client: Client) -> None:
    page = client.get("/showcase/?wrong=1").content.decode()
    assert "<title>Error: Components – Fourfold</title>" in page


def test_sort_link_turns_the_order_and_keeps_the_filter(showcase: str) -> None:
    assert 'aria-sort="descending"' in showcase
    assert "?stage=open&amp;sort=at" in showcase


def test_typed_text_comes_back(showcase: str) -> None:
    assert "They stood at the gate again.</textarea>" in showcase


def test_error_page_says_what_to_do_next(error_page: str) -> None:
    assert "govuk-list--bullet" in error_page
    assert error_page.count("<h1") == 1


@pytest.mark.parametrize("page", [error_pages.broken, error_pages.bad_request])
def test_page_for_what_broke_needs_no_database(page: Callable[..., HttpResponse]) -> None:
    assert b"<h1" in page(RequestFactory().get("/")).content  # the database is closed to this test


def test_refusal_names_its_rule_and_the_way_in(client: Client) -> None:
    page = client.get("/error/refused/").content.decode()
    assert "<code>need-to-know</code>" in page
    assert "/cases/C-7K2M9QX4TA/emergency/" in page
