"""Files of a package: recorded and signed here, answered on the host of files."""

import asyncio
import zipfile
from collections.abc import AsyncIterator, Iterator
from io import RawIOBase
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.handlers.asgi import ASGIRequest
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_safe

from fourfold.web.base.middleware import plain
from fourfold.web.exhibits.actions.runs import release_package
from fourfold.web.exhibits.engine import tokens
from fourfold.web.exhibits.engine.folder import package_of
from fourfold.web.exhibits.models import EngineRun
from fourfold.web.exhibits.rules.package_files import (
    CLOSED,
    FILES,
    WHOLE,
    WORKBOOK,
    WORKBOOK_POLICY,
    PackageFile,
)
from fourfold.web.exhibits.selectors.runs import finished_run_by_ref
from fourfold.web.users.access import actor_of, needs, open_to, see
from fourfold.web.users.step_up import grave

CHUNK_BYTES: Final = 2**18
EARLIEST_ZIP_DATE: Final = (1980, 1, 1, 0, 0, 0)  # no clock of this machine in the archive


@require_GET
@needs("workbook.open", finished_run_by_ref)
def workbook(request: HttpRequest, run: EngineRun, **_: str) -> HttpResponse:
    """Send the person to the workbook on the host of files."""
    return redirect(tokens.address(request, run, WORKBOOK))


@needs("package.download", finished_run_by_ref, look="run.open")
@grave
def package_file(request: HttpRequest, run: EngineRun, *, file: str, **_: str) -> HttpResponse:
    """Say what a download means; then offer a link to it on the host of files.

    A link and no redirect: a form of ours may lead to no other host.
    """
    if file not in FILES or file == WORKBOOK:
        raise Http404("There is no such record.")
    context = {"case": run.case, "tab": "runs", "run": run, "file": FILES[file], "address": ""}
    if request.method == "POST":
        release_package(actor=actor_of(request), run=run, file=file)
        context["address"] = tokens.address(request, run, file)
    return render(request, "exhibits/runs/download.html", context)


@require_safe
@open_to("a signed link that lasts a minute; its session and permission are asked again")
def serve(request: HttpRequest, *, token: str, name: str) -> HttpResponseBase:
    """Answer one file of a package, closed in so that nothing in it reaches anything."""
    if request.get_host().rsplit(":", 1)[0] != settings.FILES_HOST or name not in FILES:
        raise Http404("There is no such record.")
    file = FILES[name]
    try:
        ticket = tokens.redeem(token, name)
    except tokens.TokenError:
        return _closed("This link is too old. Go back to the run and open it again.", 403)
    if not see(ticket.user, file.action, ticket.run):
        return _closed("You may not open this any more.", 403)
    request.session.modified = False  # where both hosts are one, no cookie goes with evidence
    return _answer(request, ticket.run, file)


def _closed(words: str, status: int) -> HttpResponse:
    response = plain(words, status)
    response.headers["Content-Security-Policy"] = CLOSED
    return response


def _answer(request: HttpRequest, run: EngineRun, file: PackageFile) -> HttpResponseBase:
    package = package_of(run.ref)
    chunks = _zipped(package, run.ref) if file.name == WHOLE else _read(package / file.name)
    is_async = isinstance(request, ASGIRequest)
    response = StreamingHttpResponse(
        _in_threads(chunks) if is_async else chunks, content_type=file.media_type
    )
    headers = response.headers
    headers["Content-Security-Policy"] = WORKBOOK_POLICY if file.is_shown else CLOSED
    headers["Cross-Origin-Resource-Policy"] = "same-site"
    if not file.is_shown:
        named = content_disposition_header(True, f"{run.ref}-{file.name}")
        headers["Content-Disposition"] = named or "attachment"
    return response


def _read(path: Path) -> Iterator[bytes]:
    if not path.is_file():
        raise Http404("There is no such record.")
    return _chunks_of(path)


def _chunks_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            yield chunk


async def _in_threads(chunks: Iterator[bytes]) -> AsyncIterator[bytes]:
    while (chunk := await asyncio.to_thread(next, chunks, None)) is not None:
        yield chunk


class _Outflow(RawIOBase):
    """A file that can only be written to, and is emptied as it fills."""

    def __init__(self) -> None:
        self.written = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.written += data
        return len(data)

    def taken(self) -> bytes:
        """Return what was written since the last time."""
        data, self.written = bytes(self.written), bytearray()
        return data


def _zipped(package: Path, root: str) -> Iterator[bytes]:
    """Yield a package as a ZIP archive, file by file; nothing is held in memory or on the disk."""
    out = _Outflow()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        for path in sorted(p for p in package.rglob("*") if p.is_file()):
            entry = zipfile.ZipInfo(
                f"{root}/{path.relative_to(package).as_posix()}", EARLIEST_ZIP_DATE
            )
            with archive.open(entry, "w", force_zip64=True) as member:
                for chunk in _chunks_of(path):
                    member.write(chunk)
                    yield out.taken()
    yield out.taken()
