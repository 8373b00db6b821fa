"""Words for moments and numbers, and a template that does not stay silent."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import RequestFactory
from jinja2 import DictLoader, Environment
from jinja2.exceptions import UndefinedError

from fourfold.web.base import jinja, words


@pytest.fixture(scope="module")
def environment() -> Environment:
    return jinja.environment(loader=DictLoader({}))


def test_summer_moment_is_shown_as_clocks_showed_it() -> None:
    moment = datetime(2026, 7, 1, 13, 5, tzinfo=UTC)
    assert words.uk_time(moment, zone=True) == "1 July 2026, 14:05 BST"


def test_winter_moment_is_greenwich() -> None:
    assert words.uk_time(datetime(2026, 11, 21, 14, 5, tzinfo=UTC), zone=True).endswith("14:05 GMT")


def test_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        words.uk_time(datetime(2026, 11, 21, 14, 5))


def test_late_summer_evening_belongs_to_the_next_day() -> None:
    assert words.uk_date(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == "2 July 2026"


@pytest.mark.parametrize("show", [words.uk_time, words.uk_date])
def test_missing_moment_says_so(show: Any) -> None:
    assert show(None) == "Not recorded"


@pytest.mark.parametrize(
    ("size_bytes", "shown"),
    [
        (1, "1 byte"),
        (999, "999 bytes"),
        (12_400, "12 KB"),
        (3_400_000, "3.4 MB"),
        (2_000_000_000, "2.0 GB"),
        (512_000_000, "512 MB"),
    ],
)
def test_sizes(size_bytes: int, shown: str) -> None:
    assert words.kilobytes(size_bytes) == shown


def test_plural() -> None:
    assert [
        words.plural(1, "case"),
        words.plural(1204, "case"),
        words.plural(0, "person", "people"),
    ] == ["1 case", "1,204 cases", "0 people"]


def test_link_to_another_page_keeps_the_sort() -> None:
    request = RequestFactory().get("/cases/?sort=-at&stage=open&stage=new&page=2")
    assert jinja.query_with(request, page=3) == "?sort=-at&stage=open&stage=new&page=3"
    assert jinja.query_with(request, stage=None, page=None) == "?sort=-at"


@pytest.mark.parametrize(
    "template",
    [
        "{{ titel }}",
        "{% if titel %}x{% endif %}",
        "{% for x in titel %}{% endfor %}",
        "{{ moment.yaer }}",
        "{{ none.rule }}",
    ],
)
def test_wrong_name_is_an_error(environment: Environment, template: str) -> None:
    with pytest.raises(UndefinedError):
        environment.from_string(template).render(moment=date(2026, 1, 1))


def test_option_left_out_of_a_mapping_is_silent(environment: Environment) -> None:
    assert environment.from_string("{{ p.x }}{% if p.y %}y{% endif %}").render(p={}) == ""


def test_text_is_escaped(environment: Environment) -> None:
    page = environment.from_string("{{ text }}{{ text|ref }}").render(text="<b>")
    assert "<b>" not in page


def test_govuk_macros_are_at_hand(environment: Environment) -> None:
    page = environment.from_string(
        '{% from "govuk_frontend_jinja/components/input/macro.html" import govukInput %}'
        '{{ govukInput({"name": "x", "label": {"text": "Name"}}) }}'
    ).render()
    assert '<label class="govuk-label" for="x">' in page


def test_address_that_is_not_routed_is_nothing() -> None:
    assert jinja.url_if_routed("no_such_view") == ""


@pytest.mark.parametrize(
    ("text", "is_kept"),
    [
        ("https://example.org/a", True), ("http://example.org", True),
        ("https://example.org/o'neil?a={b}", True), ("javascript:alert(1)", False),
        ("data:text/html,x", False), ("//example.org", False), ("https://", False),
        ("words", False), ("https://[", False), ("", False), ("https://a.example/a b", False),
        ("https://gov.example@evil.example/", False), ("https://a.example/\u202e", False),
        ('https://a.example/"><b>', False), ("HTTPS://EXAMPLE.ORG/", True),
    ],
)  # fmt: skip
def test_only_addresses_of_the_web_become_links(
    environment: Environment, text: str, is_kept: bool
) -> None:
    template = environment.from_string("{{ text|web_address }}")
    assert bool(template.render(text=text)) is is_kept
