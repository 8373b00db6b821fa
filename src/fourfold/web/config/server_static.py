"""Static files in front of Django: read once, kept in memory, compressed once.

The usual library for static files is made for WSGI: under ASGI its answer is a synchronous file
iterator, for which Django warns at each request, after a thread and every middleware were spent
on it. The few hundred kilobytes of our own files are answered here from memory instead; what a
page shows never waits for a thread.
"""

import gzip
import hashlib
import mimetypes
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

Scope = Mapping[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Application = Callable[[Any, Any, Any], Awaitable[None]]

COMPRESSED_AT_MOST: Final = 0.9  # of the size; else the plain bytes are kept alone
FRESH_SECONDS: Final = 300  # then the browser asks with the ETag
TEXT_KINDS: Final = ("text/", "application/javascript", "application/json", "image/svg+xml")
CLOSED: Final = (
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"content-security-policy", b"default-src 'none'; style-src 'unsafe-inline'"),
    (b"referrer-policy", b"no-referrer"),
)


@dataclass(frozen=True)
class StaticFile:
    """One file: its bytes, the compressed ones where that helps, and its headers."""

    plain: bytes
    compressed: bytes
    kind: bytes
    tag: bytes

    def headers(self) -> list[tuple[bytes, bytes]]:
        """Return the headers that every answer about it has."""
        return [
            (b"content-type", self.kind),
            (b"etag", self.tag),
            (b"cache-control", b"public, max-age=%d" % FRESH_SECONDS),
            (b"vary", b"accept-encoding"),
            *CLOSED,
        ]


def read(path: Path) -> StaticFile:
    """Read a file and prepare its answers."""
    plain = path.read_bytes()
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    is_text = kind.startswith(TEXT_KINDS)
    compressed = gzip.compress(plain, mtime=0) if is_text else b""
    if len(compressed) > COMPRESSED_AT_MOST * len(plain):
        compressed = b""
    tag = b'"' + hashlib.sha256(plain).hexdigest()[:32].encode() + b'"'
    charset = "; charset=utf-8" if is_text else ""
    return StaticFile(plain, compressed, (kind + charset).encode(), tag)


def found() -> Iterator[tuple[str, Path]]:
    """Yield the static files of every app: path under the static address, and file."""
    from django.contrib.staticfiles.finders import get_finders

    for finder in get_finders():
        for name, storage in finder.list([]):
            yield name.replace("\\", "/"), Path(storage.path(name))


class StaticFiles:
    """Answer what lies under the static address; leave the rest to Django."""

    def __init__(self, inner: Application, prefix: str, files: Mapping[str, StaticFile]) -> None:
        self.inner = inner
        self.prefix = prefix
        self.files = files

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or not scope["path"].startswith(self.prefix):
            await self.inner(scope, receive, send)
            return
        status, headers, body = self._answer(scope)
        headers.append((b"content-length", str(len(body)).encode()))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        shown = b"" if scope["method"] == "HEAD" else body
        await send({"type": "http.response.body", "body": shown})

    def _answer(self, scope: Scope) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
        plain_text = [(b"content-type", b"text/plain; charset=utf-8"), *CLOSED]
        if scope["method"] not in ("GET", "HEAD"):
            return 405, [*plain_text, (b"allow", b"GET, HEAD")], b"Not allowed\n"
        file = self.files.get(scope["path"].removeprefix(self.prefix))
        if file is None:
            return 404, plain_text, b"Not found\n"
        asked = dict(scope["headers"])
        if file.tag in asked.get(b"if-none-match", b""):
            return 304, file.headers(), b""
        if file.compressed and b"gzip" in asked.get(b"accept-encoding", b""):
            return 200, [*file.headers(), (b"content-encoding", b"gzip")], file.compressed
        return 200, file.headers(), file.plain


def in_front_of(inner: Application) -> StaticFiles:
    """Return the application with the static files of every app in front of it."""
    from django.conf import settings

    return StaticFiles(inner, settings.STATIC_URL, {name: read(path) for name, path in found()})
