"""Handing in files in a real browser: in parts, as a folder, after an interruption, by a form."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from lib.chromium import chromium
from lib.workspace import Workspace, serving

pytestmark = pytest.mark.browser

MAKE = """
import time
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from fourfold.web.cases.models import *
from fourfold.web.users.models import *
force = Force.objects.create(name="Teasel Constabulary")
team = Team.objects.create(force=force, name="Harm reduction, north")
user = User.objects.create_user(
    email="ash@example.org", name="Ash Larch", role=Role.INVESTIGATOR, force=force, team=team)
now = timezone.now()
case = Case.objects.create(
    force=force, team=team, operation_name="Op Teasel", opened_by=user, opened_at=now)
Assignment.objects.create(case=case, user=user, assigned_by=user, from_at=now)
session = SessionStore()
session[SESSION_KEY] = str(user.pk)
session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
session[HASH_SESSION_KEY] = user.get_session_auth_hash()
session["stepped_up_at"] = int(time.time())
session.create()
print(session.session_key, case.ref)
"""
EXHIBITS = """
from fourfold.web.exhibits.models import Exhibit
for x in Exhibit.objects.order_by("path"):
    print(x.path, x.size_bytes, x.sha256)
"""
MEGABYTE = 2**20


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    yield from chromium()


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with serving(tmp_path_factory.mktemp("upload") / "home") as running:
        yield running


@pytest.fixture(scope="module")
def made(workspace: Workspace) -> tuple[str, str]:
    """The key of a session of an investigator, and the case it is assigned to."""
    key, case_ref = workspace.python(MAKE).split()
    return key, case_ref


def context_of(browser: Browser, workspace: Workspace, key: str, *, script: bool) -> BrowserContext:
    context = browser.new_context(java_script_enabled=script)
    context.add_cookies([{"name": "sessionid", "value": key, "url": workspace.url}])
    return context


@pytest.fixture
def page(browser: Browser, workspace: Workspace, made: tuple[str, str]) -> Iterator[Page]:
    context = context_of(browser, workspace, made[0], script=True)
    page = context.new_page()
    page.goto(f"{workspace.url}/cases/{made[1]}/exhibits/upload/")
    yield page
    context.close()


def listed(workspace: Workspace) -> dict[str, tuple[int, str]]:
    lines = [line.rsplit(" ", 2) for line in workspace.python(EXHIBITS).splitlines()]
    return {path: (int(size), digest) for path, size, digest in lines}


def fact_of(content: bytes) -> tuple[int, str]:
    return len(content), hashlib.sha256(content).hexdigest()


def test_the_hash_of_the_browser_is_sha_256(page: Page) -> None:
    found = page.evaluate(
        """async () => {
          const { Sha256 } = await import("/static/exhibits/upload_sha256.js");
          const content = Uint8Array.from({ length: 1000 }, (_, i) => (i * 7) % 256);
          const hashes = [];
          for (let length = 0; length < 200; length += 1) {
            const hash = new Sha256();
            for (let at = 0; at < length; at += 1 + (length % 67)) {
              hash.update(content.subarray(at, Math.min(length, at + 1 + (length % 67))));
            }
            hashes.push(hash.hex());
          }
          return hashes;
        }"""
    )
    content = bytes((i * 7) % 256 for i in range(1000))
    assert found == [hashlib.sha256(content[:length]).hexdigest() for length in range(200)]


def test_files_are_sent_in_parts_and_gone_on_with_after_an_interruption(
    page: Page, workspace: Workspace, made: tuple[str, str], tmp_path: Path
) -> None:
    large = bytes(range(256)) * (30 * MEGABYTE // 256) + b"end"
    (tmp_path / "large.bin").write_bytes(large)
    (tmp_path / "small.csv").write_bytes(b"at,to\n")
    (tmp_path / "con.txt").write_bytes(b"x")
    parts: list[str] = []

    def cut_the_line_after_two_parts(route: Route) -> None:
        parts.append(route.request.url)
        if len(parts) == 3:
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/part/**", cut_the_line_after_two_parts)
    page.get_by_label("Received from").fill("Reading Buses")
    page.get_by_label("Files", exact=True).set_input_files(
        [tmp_path / "large.bin", tmp_path / "small.csv", tmp_path / "con.txt"]
    )
    page.get_by_role("button", name="Upload", exact=True).press("Enter")
    say = page.locator("[data-say]")
    expect(say).to_contain_text("2 of 3 taken in. 1 refused", timeout=60_000)
    expect(page.locator(".ff-uploads__row--refused")).to_contain_text("Windows reserves this name")

    assert listed(workspace)["large.bin"] == fact_of(large)
    offsets = [int(url.rsplit("=", 1)[1]) for url in parts]
    assert offsets == [0, 8 * MEGABYTE, 16 * MEGABYTE, 16 * MEGABYTE, 24 * MEGABYTE, 0]

    say.get_by_role("link", name="See the exhibits").click()
    expect(page.get_by_role("heading", name="Exhibits", level=1)).to_be_visible()
    expect(page.get_by_role("cell", name="large.bin")).to_be_visible()


def test_after_a_reload_only_what_is_missing_is_sent(page: Page, tmp_path: Path) -> None:
    (tmp_path / "again.bin").write_bytes(b"0123456789" * MEGABYTE)
    page.route("**/part/?offset=8388608", lambda route: route.abort())
    page.get_by_label("Files", exact=True).set_input_files(tmp_path / "again.bin")
    page.get_by_role("button", name="Upload", exact=True).click()
    expect(page.locator(".ff-uploads__row")).to_contain_text("Sending: 8.4 MB of 10.5 MB")

    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.unroute("**/part/?offset=8388608")
    expect(page.get_by_text("8.4 MB of 10.5 MB")).to_be_visible()
    parts: list[str] = []
    page.on("request", lambda r: parts.append(r.url) if "/part/" in r.url else None)
    page.get_by_label("Files", exact=True).set_input_files(tmp_path / "again.bin")
    page.get_by_role("button", name="Upload", exact=True).click()
    expect(page.locator("[data-say]")).to_contain_text("1 of 1 taken in")
    assert [url.rsplit("=", 1)[1] for url in parts] == ["8388608"]


def test_a_whole_folder_keeps_its_places(page: Page, workspace: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "handed-in"
    (folder / "exhibits" / "cd").mkdir(parents=True)
    (folder / "case.toml").write_text('[case]\nreference = "URN/1"\n')
    (folder / "exhibits" / "cd" / "calls.csv").write_text("a,b\n")
    page.get_by_label("Or a whole folder").set_input_files(folder)
    page.get_by_role("button", name="Upload", exact=True).click()
    expect(page.locator("[data-say]")).to_contain_text("2 of 2 taken in")
    assert {"case.toml", "exhibits/cd/calls.csv"} <= set(listed(workspace))


def test_files_can_be_dropped_onto_the_box(page: Page, workspace: Workspace) -> None:
    transfer = page.evaluate_handle(
        """() => {
          const transfer = new DataTransfer();
          transfer.items.add(new File(["dropped"], "dropped.txt"));
          return transfer;
        }"""
    )
    page.locator("[data-drop]").dispatch_event("drop", {"dataTransfer": transfer})
    expect(page.get_by_text("1 dropped. Press Upload to send them.")).to_be_visible()
    page.get_by_role("button", name="Upload", exact=True).click()
    expect(page.locator("[data-say]")).to_contain_text("1 of 1 taken in")
    assert listed(workspace)["dropped.txt"] == fact_of(b"dropped")


def test_a_session_that_ended_is_said_at_once_and_nothing_is_lost(
    page: Page, workspace: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "late.txt").write_bytes(b"late")
    cookies = page.context.cookies()
    page.get_by_label("Files", exact=True).set_input_files(tmp_path / "late.txt")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Upload", exact=True).click()
    row = page.locator(".ff-uploads__row")
    expect(row).to_contain_text("If your session ended, sign in again")

    page.context.add_cookies([each for each in cookies if each["name"] == "sessionid"])  # type: ignore[list-item]
    row.get_by_role("button", name="Try again late.txt").click()
    expect(row).to_contain_text("Taken in and sealed")


def test_cancelling_erases_what_had_arrived(page: Page, tmp_path: Path) -> None:
    (tmp_path / "stop.bin").write_bytes(b"0123456789" * MEGABYTE)
    page.route("**/part/?offset=8388608", lambda _route: None)  # hangs
    page.get_by_label("Files", exact=True).set_input_files(tmp_path / "stop.bin")
    page.get_by_role("button", name="Upload", exact=True).click()
    row = page.locator(".ff-uploads__row")
    expect(row).to_contain_text("Sending: 8.4 MB")
    row.get_by_role("button", name="Cancel stop.bin").press("Enter")
    expect(row).to_contain_text("Cancelled. What had arrived was erased.")
    page.reload()
    expect(page.get_by_text("stop.bin")).to_have_count(0)


def test_without_javascript_an_ordinary_form_does_the_same(
    browser: Browser, workspace: Workspace, made: tuple[str, str], tmp_path: Path
) -> None:
    context = context_of(browser, workspace, made[0], script=False)
    page = context.new_page()
    page.goto(f"{workspace.url}/cases/{made[1]}/exhibits/upload/")
    (tmp_path / "one.csv").write_bytes(b"1")
    (tmp_path / "two.csv").write_bytes(b"2" * 3 * MEGABYTE)
    page.get_by_label("Files", exact=True).set_input_files(
        [tmp_path / "one.csv", tmp_path / "two.csv"]
    )
    page.get_by_label("Folder inside the case").fill("by-form")
    page.get_by_role("button", name="Upload", exact=True).click()
    expect(page.get_by_text("2 files taken in and sealed.")).to_be_visible()
    assert listed(workspace)["by-form/two.csv"] == fact_of(b"2" * 3 * MEGABYTE)

    page.goto(f"{workspace.url}/cases/{made[1]}/exhibits/")
    row = page.get_by_role("row").filter(has_text="by-form/one.csv")
    row.get_by_role("link").click()
    page.get_by_role("button", name="Download the original").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the original").click()
    assert Path(download.value.path()).read_bytes() == b"1"
    context.close()


# Eight children take in a file each and are killed, none of them warned, at different moments.
KILL = """
import hashlib, os, signal, time
from django.db import connections
from fourfold.web.cases.models import Case
from fourfold.web.exhibits.actions import uploads
from fourfold.web.users.models import User
content = bytes(range(256)) * 65_536
digest = hashlib.sha256(content).hexdigest()
connections.close_all()
for number in range(8):
    child = os.fork()
    if child == 0:
        uploads.take_in(
            actor=User.objects.select_related("force").get(),
            case=Case.objects.get(ref="{case_ref}"),
            offer=uploads.Offer(f"killed/{number}.bin", len(content), digest),
            chunks=[content],
        )
        os._exit(0)
    time.sleep(0.04 * number)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
"""
RECOVER = """
import hashlib
from fourfold.web.cases.models import Case
from fourfold.web.exhibits import storage
from fourfold.web.exhibits.actions import uploads
from fourfold.web.exhibits.actions.recovery import recover
from fourfold.web.exhibits.models import Continuity, Exhibit, Upload
from fourfold.web.users.models import User
content = bytes(range(256)) * 65_536
digest = hashlib.sha256(content).hexdigest()
found = recover()
for number in range(8):
    try:
        uploads.take_in(
            actor=User.objects.select_related("force").get(),
            case=Case.objects.get(ref="{case_ref}"),
            offer=uploads.Offer(f"killed/{number}.bin", len(content), digest),
            chunks=[content],
        )
    except uploads.UploadRefusedError as refused:
        assert refused.code == "already-here", refused.code
exhibits = Exhibit.objects.filter(path__startswith="killed/")
storage.verified(digest)
print(exhibits.count(), Continuity.objects.filter(exhibit__in=exhibits).count(),
      len(found.orphans_incoming) + len(found.orphans_sealed) + len(found.missing_sealed),
      Upload.objects.filter(name__startswith="killed/", state="receiving").count())
"""


def test_killed_without_warning_nothing_is_lost_or_half_done(
    workspace: Workspace, made: tuple[str, str]
) -> None:
    workspace.python(KILL.replace("{case_ref}", made[1]))
    assert workspace.python(RECOVER.replace("{case_ref}", made[1])) == "8 8 0 0"
