"""What the layout is told of a request."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpRequest

from fourfold.web.base.context import page_context
from fourfold.web.base.models import Instance


def request_of(**more: Any) -> HttpRequest:
    request = HttpRequest()
    for name, value in more.items():
        setattr(request, name, value)
    return request


def test_error_page_asks_no_database() -> None:
    assert page_context(request_of())["version"]


def test_nobody_is_signed_in_without_a_user() -> None:
    assert not page_context(request_of())["signed_in"]


def test_header_names_person_role_and_force() -> None:
    user = SimpleNamespace(
        is_authenticated=True,
        name="R. Example",
        get_role_display=lambda: "Investigator",
        force=SimpleNamespace(name="Teasel Constabulary"),
    )
    shown = page_context(request_of(user=user))["signed_in"]
    assert (shown.name, shown.role, shown.force) == (
        "R. Example",
        "Investigator",
        "Teasel Constabulary",
    )


def test_navigation_may_be_made_late() -> None:
    entries = [{"label": "Cases", "url": "/", "is_current": True}]
    assert list(page_context(request_of(navigation=lambda: entries))["navigation"]) == entries


@pytest.mark.django_db
def test_demonstration_is_asked_once_a_request(django_assert_num_queries: Any) -> None:
    Instance.objects.create(id=1, is_demonstration=True)
    request = request_of()
    with django_assert_num_queries(1):
        assert page_context(request)["is_demonstration"]
        assert page_context(request)["is_demonstration"]
