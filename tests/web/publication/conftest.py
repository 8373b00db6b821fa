"""A written public site of invented things, made once for the tests of this folder."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fourfold.web.publication.actions.publishing import publish, withdraw
from fourfold.web.publication.actions.site import write_site
from fourfold.web.publication.content import Kind, SupportService
from fourfold.web.users.models import Force, Role, User
from lib import published_world
from lib.public_site import TAKEN_DOWN, Made


@pytest.fixture(scope="module")
def made(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Made]:
    folder = tmp_path_factory.mktemp("public")
    with django_db_blocker.unblock(), transaction.atomic():
        force = Force.objects.create(name="Invented Inspectorate", contact="01632 960100")
        officer = User.objects.create_user(
            email="officer@example.org", name="O. Officer", role=Role.COMPLAINTS_OFFICER,
            force=force,
        )  # fmt: skip
        published_world.make(officer)
        publish(actor=officer, content=SupportService("SV-GONE", TAKEN_DOWN, TAKEN_DOWN))
        withdraw(actor=officer, kind=Kind.SUPPORT_SERVICE, ref="SV-GONE")
        with CaptureQueriesContext(connection) as queries:
            write_site(out=folder / "site")
        asked = [query["sql"] for query in queries.captured_queries]  # a request empties them
        write_site(out=folder / "again")
        paths = [
            p.relative_to(folder / "site").as_posix()
            for p in (folder / "site").rglob("*")
            if p.is_file()
        ]
        client = Client()
        answers, counted = {}, {}
        for path in paths:
            with CaptureQueriesContext(connection) as queries:
                answers[path] = client.get(f"/public/{path}")
            counted[path] = len(queries)
        live = {
            path: (a.status_code, a.content, {**a.headers, "cookies": str(a.cookies)})
            for path, a in answers.items()
        }
        yield Made(folder / "site", folder / "again", asked, live, counted)
        transaction.set_rollback(True)
