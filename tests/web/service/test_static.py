"""Static files: answered from memory, closed headers, nothing for Django to do."""

import asyncio
import gzip
from typing import Any

import pytest
from django.conf import settings

from fourfold.web.config.server_static import StaticFiles, found, in_front_of, read

STYLE = "/static/base/fourfold.css"


async def django(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 299, "headers": []})
    await send({"type": "http.response.body", "body": b"Django"})


@pytest.fixture(scope="module")
def application() -> StaticFiles:
    return in_front_of(django)


def ask(
    application: StaticFiles, path: str, method: str = "GET", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request"}

    named = [(name.replace("_", "-").encode(), text.encode()) for name, text in headers.items()]
    scope = {"type": "http", "path": path, "method": method, "headers": named}
    asyncio.run(application(scope, receive, send))
    answered = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], answered, sent[1]["body"]


def test_a_style_sheet_is_answered_with_its_kind_and_closed_headers(
    application: StaticFiles,
) -> None:
    status, headers, body = ask(application, STYLE)
    assert (status, headers["content-type"]) == (200, "text/css; charset=utf-8")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert int(headers["content-length"]) == len(body) > 0


def test_it_is_compressed_for_who_takes_it(application: StaticFiles) -> None:
    _, headers, body = ask(application, STYLE, accept_encoding="gzip, br")
    assert headers["content-encoding"] == "gzip"
    assert gzip.decompress(body) == ask(application, STYLE)[2]


def test_who_has_it_gets_nothing_again(application: StaticFiles) -> None:
    tag = ask(application, STYLE)[1]["etag"]
    assert ask(application, STYLE, if_none_match=tag)[::2] == (304, b"")


def test_the_head_alone_has_no_body(application: StaticFiles) -> None:
    status, headers, body = ask(application, STYLE, "HEAD")
    assert (status, body) == (200, b"")
    assert int(headers["content-length"]) > 0


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/static/nothing.css", "GET", 404),
        ("/static/../config/settings.py", "GET", 404),
        (STYLE, "POST", 405),
        ("/cases/", "GET", 299),
    ],
)
def test_anything_else(application: StaticFiles, path: str, method: str, status: int) -> None:
    assert ask(application, path, method)[0] == status


def test_every_static_file_can_be_read() -> None:
    files = dict(found())
    assert STYLE.removeprefix(settings.STATIC_URL) in files
    assert all(read(path).kind for path in files.values())
