"""Every URL of every host asks for a permission, or says why it asks for none."""

import inspect
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from fourfold.web.users.permissions import ROLE_MAY
from lib import site_walk

HOSTS = ("urls", "files_urls", "victim_urls", "public_urls")
MAY_BE_ASKED_FOR = frozenset().union(*ROLE_MAY.values())
NEEDS_NONE = {
    "api:openapi-json": "the description of the interface; it holds no record",
    "api:api-root": "exists for naming the interface alone and answers 404",
}
DOORS_OF_THE_API = {"opened", "asked"}  # users/api.py: both decide and record


def addresses() -> Iterator[site_walk.Address]:
    for host in HOSTS:
        yield from site_walk.addresses(f"fourfold.web.config.{host}")


def test_every_url_asks_for_a_permission_or_says_why_not() -> None:
    forgotten = [
        f"{address.name} /{address.route}"
        for address in addresses()
        if not getattr(address.view, "permission", "")
        and not getattr(address.view, "open_to", "")
        and address.name not in NEEDS_NONE
        and not _is_of_api(address)
    ]
    assert forgotten == []


def test_every_permission_that_a_url_asks_for_is_given_to_some_role() -> None:
    asked = {getattr(address.view, "permission", "") for address in addresses()} - {""}
    assert asked <= MAY_BE_ASKED_FOR


def _is_of_api(address: site_walk.Address) -> bool:
    return address.name.startswith("api:") and address.name not in NEEDS_NONE


def api_operations() -> list[Any]:
    from fourfold.web.config.api import api

    return [
        operation
        for _, router in api._routers
        for path in router.path_operations.values()
        for operation in path.operations
    ]


def test_the_interface_has_operations() -> None:
    assert len(api_operations()) > 5


@pytest.mark.parametrize("operation", api_operations(), ids=lambda each: each.view_func.__name__)
def test_every_operation_of_the_interface_enters_by_the_door(operation: Any) -> None:
    """It calls what decides and records."""
    assert _reaches_the_door(inspect.unwrap(operation.view_func))


def _reaches_the_door(function: Any, steps: int = 2) -> bool:
    """Say whether a function, or one of the same module that it calls, calls the door."""
    called = set(function.__code__.co_names)
    if called & DOORS_OF_THE_API or not steps:
        return bool(called & DOORS_OF_THE_API)
    beside = [function.__globals__.get(name) for name in called]
    return any(
        inspect.isfunction(each)
        and each.__module__ == function.__module__
        and _reaches_the_door(each, steps - 1)
        for each in beside
    )


@pytest.mark.django_db
def test_the_interface_answers_nobody_without_a_key_or_session() -> None:
    addresses = [a for a in site_walk.addresses() if _is_of_api(a)]
    answers = {
        (address.name, method): getattr(Client(), method)("/" + address.route).status_code
        for address in addresses
        for method in ("get", "post")
    }
    assert {key: status for key, status in answers.items() if status not in (401, 405)} == {}


@pytest.mark.parametrize("address", [a for a in addresses() if getattr(a.view, "open_to", "")],
                         ids=lambda each: each.name)  # fmt: skip
def test_what_is_open_says_why_in_a_sentence(address: site_walk.Address) -> None:
    assert len(address.view.open_to.split()) >= 3
