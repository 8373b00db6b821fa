"""A workspace that really serves: own instance folder, own database, own process."""

import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit, urlunsplit

import psycopg
from playwright.sync_api import Browser, BrowserContext

from lib import prepared

START_SECONDS = 60
SIGN_IN = """
import time
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from fourfold.web.users.models import User
from fourfold.web.users.sessions import BACKEND
for ref in {refs}:
    user = User.objects.get(ref=ref)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    if {is_confirmed}:
        session["stepped_up_at"] = int(time.time())
    session.create()
    print(session.session_key)
"""


@dataclass(frozen=True)
class Workspace:
    """A running workspace: its address, and a way to run Python inside its instance."""

    url: str
    files_url: str
    home: Path
    environment: dict[str, str]

    def signed_in(self, browser: Browser, user_ref: str, **options: Any) -> BrowserContext:
        """Return a browser context in which a user is signed in."""
        return self.all_signed_in(browser, [user_ref], is_confirmed=False, **options)[0]

    def all_signed_in(
        self, browser: Browser, user_refs: list[str], *, is_confirmed: bool = True, **options: Any
    ) -> list[BrowserContext]:
        """Return a browser context for each user; they have just confirmed who they are."""
        keys = self.python(SIGN_IN.format(refs=user_refs, is_confirmed=is_confirmed)).split()
        found = []
        for key in keys:
            context = browser.new_context(base_url=self.url, **options)
            context.add_cookies([{"name": "sessionid", "value": key, "url": self.url}])
            found.append(context)
        return found

    def python(self, code: str) -> str:
        """Run Python with Django set up on this instance; return what it prints, stripped."""
        whole = f"import django; django.setup()\n{code}"
        done = subprocess.run(
            [sys.executable, "-c", whole],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise AssertionError(done.stderr)
        return done.stdout.strip()


def free_port() -> int:
    """Return a port that is free just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def own_database() -> str:
    """Return the address of a prepared database where the tests run on PostgreSQL, else nothing."""
    server = os.environ.get("FOURFOLD_DATABASE", "")
    if not server:
        return ""
    name = f"workspace_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{prepared.template(server)}"')
    parts = urlsplit(server)
    return urlunsplit(parts._replace(path=f"/{name}"))


@contextmanager
def serving(home: Path) -> Iterator[Workspace]:
    """Prepare and serve a workspace until the block ends, on the database of this test run."""
    port = free_port()
    prepared.into(home)
    environment = {
        **os.environ,
        "FOURFOLD_HOME": str(home),
        "FOURFOLD_DATABASE": own_database(),
        "FOURFOLD_STAFF_HOST": "localhost",
        "FOURFOLD_FILES_HOST": "127.0.0.1",
        "DJANGO_SETTINGS_MODULE": "fourfold.web.config.settings",
        "PYTHONPATH": str(Path(__file__).resolve().parents[2] / "src"),
    }
    words = [sys.executable, "-m", "fourfold.web", "serve", "--port", str(port), "--workers", "1"]
    log = home.parent / f"serve-{secrets.token_hex(4)}.log"
    with log.open("wb") as out:
        server = subprocess.Popen(words, env=environment, stdout=out, stderr=out)
        try:
            _wait(server, f"http://localhost:{port}/readyz", log)
            yield Workspace(
                f"http://localhost:{port}", f"http://127.0.0.1:{port}", home, environment
            )
        finally:
            server.terminate()
            server.wait(timeout=20)


def _wait(server: subprocess.Popen[bytes], url: str, log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(f"the workspace did not start:\n{log.read_text()}")
