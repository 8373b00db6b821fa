"""Files of a package: recorded, signed for a minute, bound to the session, closed in."""

import html
import io
import re
import time
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from fourfold.web.accountability.models import LedgerEntry
from fourfold.web.exhibits.engine import tokens
from fourfold.web.exhibits.engine.folder import package_of
from fourfold.web.exhibits.models import EngineRun
from fourfold.web.users import step_up
from fourfold.web.users.models import Role, User

SignIn = Callable[[User], Client]


@pytest.fixture
def client(signed_in: SignIn, investigator: User) -> Client:
    client = signed_in(investigator)
    client.get(reverse("home"))  # notes the session among the user's sessions
    session = client.session
    session[step_up.KEY] = int(time.time())
    session.save()
    return client


def link(client: Client, run: EngineRun, file: str = "workbook.html") -> str:
    """Return the signed address that the staff site sends a person to."""
    of = {"case_ref": run.case.ref, "run_ref": run.ref}
    if file == "workbook.html":
        response = client.get(reverse("exhibits:workbook", kwargs=of))
        assert response.status_code == 302
        return str(response.headers["Location"])
    page = client.post(reverse("exhibits:package_file", kwargs={**of, "file": file}))
    found = re.search(r'href="(http[^"]+)"', page.content.decode())
    assert found
    return html.unescape(found[1])


def fetch(address: str) -> Any:
    """Ask the host of files, as a browser without any cookie."""
    host, path = address.removeprefix("http://").split("/", 1)
    return Client().get(f"/{path}", headers={"host": host})


def test_the_workbook_is_answered_closed_in(client: Client, demo_run: EngineRun) -> None:
    response = fetch(link(client, demo_run))

    assert response.status_code == 200
    assert response.getvalue() == (package_of(demo_run.ref) / "workbook.html").read_bytes()
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox allow-scripts allow-downloads")
    assert "allow-same-origin" not in policy
    assert "default-src 'none'" in policy
    assert response.headers["Cache-Control"] == "no-store"
    assert not response.cookies


def test_opening_the_workbook_is_recorded(client: Client, demo_run: EngineRun) -> None:
    link(client, demo_run)

    assert LedgerEntry.objects.filter(act="workbook.open", subject_ref=demo_run.ref).count() == 1


def test_a_download_is_recorded_as_a_disclosure(client: Client, demo_run: EngineRun) -> None:
    response = fetch(link(client, demo_run, "report.pdf"))

    assert response.headers["Content-Disposition"].startswith("attachment")
    assert b"".join(response).startswith(b"%PDF")
    entry = LedgerEntry.objects.get(act="package.download", subject_ref=demo_run.ref)
    assert (entry.op, entry.detail) == ("export", {"file": "report.pdf"})


def test_a_download_wants_a_recent_passkey(
    signed_in: SignIn, investigator: User, demo_run: EngineRun
) -> None:
    of = {"case_ref": demo_run.case.ref, "run_ref": demo_run.ref, "file": "report.pdf"}

    response = signed_in(investigator).post(reverse("exhibits:package_file", kwargs=of))

    assert response.status_code == 302
    assert not LedgerEntry.objects.filter(act="package.download").exists()


def test_the_whole_package_comes_as_an_archive(client: Client, demo_run: EngineRun) -> None:
    response = fetch(link(client, demo_run, "package.zip"))

    with zipfile.ZipFile(io.BytesIO(response.getvalue())) as archive:
        assert archive.testzip() is None
        names = set(archive.namelist())
    package = package_of(demo_run.ref)
    expected = {p.relative_to(package).as_posix() for p in package.rglob("*") if p.is_file()}
    assert names == {f"{demo_run.ref}/{name}" for name in expected}


def test_a_link_is_too_old_after_a_minute(
    client: Client, demo_run: EngineRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = link(client, demo_run)
    monkeypatch.setattr(tokens, "OPEN_SECONDS", -1)

    assert fetch(address).status_code == 403


def test_a_link_dies_with_its_session(client: Client, demo_run: EngineRun) -> None:
    address = link(client, demo_run)
    client.logout()

    assert fetch(address).status_code == 403


def test_a_link_asks_the_policy_again(client: Client, demo_run: EngineRun) -> None:
    address = link(client, demo_run)
    demo_run.case.assignments.all().delete()

    assert fetch(address).status_code == 403


def test_a_link_to_one_file_opens_no_other(client: Client, demo_run: EngineRun) -> None:
    address = link(client, demo_run).replace("workbook.html", "report.pdf")

    assert fetch(address).status_code == 403


def test_another_signature_opens_nothing(settings: Any, demo_run: EngineRun) -> None:
    forged = signing.TimestampSigner(salt="another").sign_object({"run": demo_run.ref})

    assert fetch(f"http://{settings.FILES_HOST}/files/{forged}/workbook.html").status_code == 403


def test_the_staff_host_serves_no_file(client: Client, demo_run: EngineRun) -> None:
    path = "/" + link(client, demo_run).removeprefix("http://").split("/", 1)[1]

    assert client.get(path).status_code == 404


def test_with_one_host_for_both_it_works_and_sets_no_cookie(
    client: Client, demo_run: EngineRun, settings: Any
) -> None:
    settings.FILES_HOST = "testserver"
    path = "/" + link(client, demo_run).removeprefix("http://").split("/", 1)[1]

    response = client.get(path)

    assert response.status_code == 200
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert not response.cookies


@pytest.mark.parametrize("file", ["run.json", "workbook.html", "..", "originals"])
def test_only_listed_files_leave(client: Client, demo_run: EngineRun, file: str) -> None:
    of = {"case_ref": demo_run.case.ref, "run_ref": demo_run.ref, "file": file}

    assert client.get(reverse("exhibits:package_file", kwargs=of)).status_code == 404


def test_who_is_not_assigned_gets_no_link(
    signed_in: SignIn, make_user: Callable[..., User], demo_run: EngineRun
) -> None:
    colleague = signed_in(make_user(Role.INVESTIGATOR))
    of = {"case_ref": demo_run.case.ref, "run_ref": demo_run.ref}

    assert colleague.get(reverse("exhibits:workbook", kwargs=of)).status_code == 403
