"""Passkeys in a real browser, with an authenticator that the browser plays."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from lib.chromium import chromium
from lib.workspace import Workspace, serving

pytestmark = pytest.mark.browser

MAKE_ADMINISTRATOR = """
from fourfold.web.users import tokens
from fourfold.web.users.models import *
force = Force.objects.create(name="Teasel Constabulary")
user = User.objects.create_user(
    email="ash@example.org", name="Ash Larch", role=Role.ADMINISTRATOR, force=force)
print(tokens.make(user, SignInToken.Purpose.ENROL))
"""
LEDGER = """
from fourfold.web.accountability.models import LedgerEntry
print(*LedgerEntry.objects.order_by("seq").values_list("act", flat=True))
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    yield from chromium()


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with serving(tmp_path_factory.mktemp("passkeys") / "home") as running:
        yield running


def page_with_authenticator(browser: Browser) -> Page:
    page = browser.new_context().new_page()
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return page


def test_enrol_sign_out_sign_in_and_step_up(browser: Browser, workspace: Workspace) -> None:
    secret = workspace.python(MAKE_ADMINISTRATOR)
    page = page_with_authenticator(browser)
    page.goto(f"{workspace.url}/account/enrol/{secret}/")
    page.get_by_role("button", name="Open my account").click()
    page.get_by_label("Name of this passkey").fill("work phone")
    page.get_by_role("button", name="Add this device").click()
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()
    expect(page.get_by_text("work phone").first).to_be_visible()

    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="People and roles")).to_be_visible()

    make_old = "from django.contrib.sessions.models import Session\n"
    make_old += "from django.contrib.sessions.backends.db import SessionStore\n"
    make_old += "for row in Session.objects.all():\n"
    make_old += "    s = SessionStore(row.session_key)\n"
    make_old += "    if 'stepped_up_at' in s: s['stepped_up_at'] = 0; s.save()\n"
    workspace.python(make_old)
    page.get_by_role("button", name="Invite a person").click()
    expect(page.get_by_role("heading", name="Confirm that it is you")).to_be_visible()
    page.get_by_role("button", name="Confirm with your passkey").click()
    expect(page.get_by_role("heading", name="Invite a person")).to_be_visible()
    acts = workspace.python(LEDGER).split()
    for act in ("sign_in.done", "passkey.add", "sign_out.done", "step_up.done"):
        assert act in acts
    page.context.close()


def test_a_passkey_that_nobody_knows_is_refused(browser: Browser, workspace: Workspace) -> None:
    page = page_with_authenticator(browser)
    page.goto(f"{workspace.url}/account/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("Nothing was sent")).to_be_visible()
    page.context.close()


def test_sign_in_loads_nothing_from_elsewhere(browser: Browser, workspace: Workspace) -> None:
    page = browser.new_context().new_page()
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url))
    page.goto(f"{workspace.url}/account/sign-in/")
    assert all(url.startswith((workspace.url, "data:")) for url in seen), seen
    assert Path(workspace.home / "secret_key").stat().st_mode & 0o077 == 0
    page.context.close()
