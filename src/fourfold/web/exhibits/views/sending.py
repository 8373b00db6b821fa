"""What a form sent; and a file sent so that no browser opens it in the page's name."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import BinaryIO, Final

from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, QueryDict, StreamingHttpResponse
from django.utils.http import content_disposition_header

CHUNK_BYTES: Final = 2**18
CLOSED: Final = "sandbox; default-src 'none'; frame-ancestors 'none'"


def sent(request: HttpRequest) -> QueryDict | None:
    """Return what a form sent, even nothing; None where it is only looked at."""
    return request.POST if request.method == "POST" else None


def attachment(
    request: HttpRequest, path: Path, *, name: str, size_bytes: int
) -> StreamingHttpResponse:
    """Return a file as a download: never shown, never sniffed, never a script."""
    file = path.open("rb")
    is_async = isinstance(request, ASGIRequest)
    response = StreamingHttpResponse(
        _async_chunks(file) if is_async else _chunks(file),
        content_type="application/octet-stream",
    )
    disposition = content_disposition_header(True, name)
    response.headers["Content-Disposition"] = disposition or "attachment"
    response.headers["Content-Length"] = str(size_bytes)
    response.headers["Content-Security-Policy"] = CLOSED
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while chunk := file.read(CHUNK_BYTES):
            yield chunk


async def _async_chunks(file: BinaryIO) -> AsyncIterator[bytes]:
    with file:
        while chunk := await asyncio.to_thread(file.read, CHUNK_BYTES):
            yield chunk
