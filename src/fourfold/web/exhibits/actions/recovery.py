"""After a crash: finish what is complete, keep what can be gone on with, list what is left over.

Called when a server or worker starts. Nothing is deleted but second names of bytes that are
sealed, and bytes whose erasure was recorded before the crash.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from fourfold.web.accountability import context
from fourfold.web.exhibits import storage
from fourfold.web.exhibits.actions import uploads
from fourfold.web.exhibits.models import Exhibit, Upload
from fourfold.web.users import access

log = logging.getLogger(__name__)

_others: list[Callable[[], Iterable[str]]] = []


def also_sealed(hashes: Callable[[], Iterable[str]]) -> None:
    """Let an app above say which sealed files are its own: they are no orphans, nor to be missed.

    Args:
        hashes: returns the SHA-256 of every file that the app keeps.
    """
    _others.append(hashes)


@dataclass
class Recovery:
    """What was found: references of uploads, names of files, hashes of originals."""

    finished: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    resumable: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    cleared: list[str] = field(default_factory=list)
    orphans_incoming: list[str] = field(default_factory=list)
    orphans_sealed: list[str] = field(default_factory=list)
    missing_sealed: list[str] = field(default_factory=list)


def recover() -> Recovery:
    """Bring files and records together after a crash; safe at any time and any number of times."""
    found = Recovery()
    with context.running(channel="job"):
        receiving = Upload.objects.filter(state=Upload.State.RECEIVING)
        for upload in receiving.select_related("case__force", "case__team", "started_by__force"):
            _go_on(upload, found)
    for name in storage.names_incoming():
        _clear(name, found)
    _compare_sealed(found)
    counts = {name: len(value) for name, value in vars(found).items() if value}
    log.info("uploads recovered: %s", counts or "nothing to do")
    return found


def _go_on(upload: Upload, found: Recovery) -> None:
    there = min(upload.received_bytes, storage.incoming_size(upload.ref))
    if there < upload.received_bytes:
        Upload.objects.filter(pk=upload.pk).update(received_bytes=there)
    if there < upload.size_bytes:
        found.resumable.append(upload.ref)
        return
    if not access.see(upload.started_by, "upload.finish", upload):
        found.waiting.append(upload.ref)  # offered again on the upload page
        return
    try:
        uploads.finish(actor=upload.started_by, upload=upload)
        found.finished.append(upload.ref)
    except uploads.UploadRefusedError:
        found.refused.append(upload.ref)
    except (storage.BusyError, uploads.NotReceivingError):
        found.waiting.append(upload.ref)  # another process has it in hand


def _clear(name: str, found: Recovery) -> None:
    upload = None
    if storage.is_upload_name(name):
        upload = Upload.objects.filter(ref=name).first()
    if upload is None or not _is_over(upload):
        found.orphans_incoming.append(name)
    elif upload.state != Upload.State.RECEIVING:
        if upload.state == Upload.State.REFUSED:
            uploads.clear_refused(upload)
        else:
            storage.forget(name)
        found.cleared.append(name)


def _is_over(upload: Upload) -> bool:
    """Return whether the file in incoming/ is explained by the state of its upload."""
    if upload.state != Upload.State.FINISHED or not storage.incoming_size(upload.ref):
        return True
    exhibit = Exhibit.objects.get(upload=upload)
    sha256, _ = storage.digest(storage.incoming(upload.ref))
    return sha256 == exhibit.sha256 and storage.sealed(sha256).is_file()


def _compare_sealed(found: Recovery) -> None:
    known = set(Exhibit.objects.values_list("sha256", flat=True).distinct())
    for hashes in _others:
        known.update(hashes())
    there = set(storage.names_sealed())
    found.orphans_sealed += sorted(there - known)
    found.missing_sealed += sorted(known - there)
