"""What the program writes to its log: codes and places, never what was typed or stored."""

import io
import logging
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client

from fourfold.web.base.logs import NoEvidence
from fourfold.web.users.models import Role
from lib import hostile_world, site_walk

NAME, PHONE, PLACE = "Marigold Quillfeather", "07700 900456", "14 Nonesuch Lane"
SECRETS = (NAME, PHONE, PLACE, "Quillfeather", "900456", "Nonesuch")


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """The log as it is written: by the handler of the settings, with its filter and format."""
    handlers = [
        h for h in logging.getLogger().handlers if any(isinstance(f, NoEvidence) for f in h.filters)
    ]
    (handler,) = handlers
    assert isinstance(handler, logging.StreamHandler)
    written = io.StringIO()
    before = handler.setStream(written)
    yield written
    handler.setStream(before)


@pytest.mark.django_db
def test_a_walk_through_a_case_leaves_no_name_in_the_log(log: io.StringIO) -> None:
    world = hostile_world.make(f"{NAME} {PHONE} {PLACE}")
    client = site_walk.client_of(world.people[Role.SUPERVISOR])
    for address in site_walk.addresses():
        client.get(address.path(world), {"q": NAME, "page": PHONE})
        client.post(address.path(world), {"text": PHONE, "name": NAME, "reason": PLACE})
    written = log.getvalue()
    assert (len(written) > 0, [s for s in SECRETS if s in written]) == (True, [])


@pytest.mark.django_db
def test_a_fault_is_logged_with_its_place_and_without_its_words(
    log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError(f"Key (name)=({NAME}) already exists")

    monkeypatch.setattr("fourfold.web.base.views.connection.cursor", broken)
    Client(raise_request_exception=False).get("/readyz")
    written = log.getvalue()
    assert "builtins.ValueError" in written and "in readyz" in written
    assert NAME not in written


@pytest.mark.django_db
def test_values_of_sql_are_never_logged(log: io.StringIO, settings: object) -> None:
    logger = logging.getLogger("django.db.backends")
    before, connection.force_debug_cursor = connection.force_debug_cursor, True
    logger.setLevel(logging.DEBUG)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT %s", [PHONE])
    finally:
        logger.setLevel(logging.NOTSET)
        connection.force_debug_cursor = before
    assert log.getvalue() == ""


@pytest.mark.django_db
def test_nobody_writes_a_line_of_their_own_into_the_log(log: io.StringIO) -> None:
    client = Client(raise_request_exception=False)
    client.get("/cases/a%0A2026-01-01 INFO forged%0D%0Aline/")
    client.get("/nowhere/%0Aforged/", headers={"Host": "evil\n.example.org"})
    assert [
        line for line in log.getvalue().splitlines() if line.startswith(("forged", "2026-01-01"))
    ] == []


@pytest.mark.django_db
def test_links_that_sign_in_are_not_logged(log: io.StringIO) -> None:
    secret = "s3cr3tTokenOfForty_three-Letters_0123456789ab"
    Client().get(f"/account/enrol/{secret}/")
    Client().get(f"/demonstration/sign-in/{secret}/")
    written = log.getvalue()
    assert (secret in written, "(secret)" in written) == (False, True)
