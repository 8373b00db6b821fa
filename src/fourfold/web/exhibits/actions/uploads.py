"""Take in a file: start, add parts, finish, abandon. The order of writes: `storage.py`."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from fourfold.web.cases.models import Case
from fourfold.web.exhibits import storage
from fourfold.web.exhibits.actions import sealing
from fourfold.web.exhibits.models import Exhibit, Upload
from fourfold.web.exhibits.rules import limits, paths, refusals
from fourfold.web.exhibits.selectors import uploads as selectors
from fourfold.web.users import access
from fourfold.web.users.models import User
from fourfold.web.users.policy import Decision


class UploadRefusedError(Exception):
    """An upload was refused; the code's words say why and what to do next."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
        self.words = refusals.words_of(code)


class WrongOffsetError(Exception):
    """A part does not begin where the last one ended."""

    def __init__(self, wanted: int) -> None:
        super().__init__(str(wanted))
        self.wanted = wanted


class NotReceivingError(Exception):
    """The upload is finished, abandoned or refused: it takes no more."""


class NotCompleteError(WrongOffsetError):
    """The upload cannot be finished: bytes are missing."""


@dataclass(frozen=True)
class Offer:
    """A file that somebody wants to hand in, and what is said of it."""

    path: str
    size_bytes: int
    sha256: str = ""  # as the browser worked it out; empty without JavaScript
    producer: str = ""
    received_from: str = ""
    received_at: str = ""  # ISO 8601 with offset
    authorities: tuple[str, ...] = field(default=())

    def facts(self) -> dict[str, Any]:
        """Return what the upload keeps for its exhibit."""
        return {
            "producer": self.producer,
            "received_from": self.received_from,
            "received_at": self.received_at,
            "authorities": list(self.authorities),
        }


def start(*, actor: User, case: Case, offer: Offer) -> Upload:
    """Make room for a file, or find the unfinished upload of the same file to go on with.

    Raises:
        UploadRefusedError: with the reason, which is recorded.
    """
    decision = access.require(actor, "upload.start", case)
    if code := _refusal_of_offer(case, offer):
        _record_refused_offer(actor, case, offer, code, decision)
        raise UploadRefusedError(code)
    twin = selectors.unfinished_of_name(case, offer.path)
    if twin is not None and not _is_same(twin, offer):
        if twin.sha256_stated or twin.started_by_id != actor.pk:
            _record_refused_offer(actor, case, offer, "being-sent", decision)
            raise UploadRefusedError("being-sent")
        abandon(actor=actor, upload=twin)  # a form that was cut off cannot be gone on with
        twin = None
    with transaction.atomic():
        upload = twin or Upload.objects.create(
            case=case,
            name=offer.path,
            size_bytes=offer.size_bytes,
            sha256_stated=offer.sha256,
            started_by=actor,
            facts=offer.facts(),
        )
        detail = {"size_bytes": upload.size_bytes, "from_bytes": upload.received_bytes}
        access.record_act(actor, "upload.start", upload, decision=decision, detail=detail)
    return upload


def _is_same(twin: Upload, offer: Offer) -> bool:
    return bool(offer.sha256) and (
        (twin.name, twin.size_bytes, twin.sha256_stated)
        == (offer.path, offer.size_bytes, offer.sha256)
    )


def _refusal_of_offer(case: Case, offer: Offer) -> str:
    if code := paths.refusal_of(offer.path):
        return code
    if offer.size_bytes > limits.FILE_BYTES:
        return "too-large"
    if selectors.files_of_case(case) >= limits.FILES_PER_CASE:
        return "case-full"
    if storage.free_bytes() - offer.size_bytes < limits.DISK_KEPT_FREE_BYTES:
        return "disk-full"
    # Without a stated hash only the bytes can tell whether it is the same file: see `finish`.
    return sealing.refusal_of_name(case, offer.path, offer.sha256) if offer.sha256 else ""


def _record_refused_offer(
    actor: User, case: Case, offer: Offer, code: str, decision: Decision
) -> None:
    with transaction.atomic():
        upload = Upload.objects.create(
            case=case,
            name=paths.printable(offer.path),
            size_bytes=min(offer.size_bytes, 2**63 - 1),
            sha256_stated=offer.sha256,
            started_by=actor,
            state=Upload.State.REFUSED,
            refusal=code,
        )
        detail = {"reason": code}
        access.record_act(actor, "upload.refuse", upload, decision=decision, detail=detail)


def add_part(*, actor: User, upload: Upload, offset: int, chunks: Iterable[bytes]) -> int:
    """Write the next part; return how many bytes are there now. Parts are not in the ledger.

    Raises:
        WrongOffsetError: with the offset that is wanted.
        storage.TooManyBytesError: the part is too large, or goes beyond the announced size.
        storage.BusyError: another request writes to it.
        NotReceivingError: it takes no more parts.
    """
    access.require(actor, "upload.part", upload)
    _must_receive(upload)
    with storage.held(upload.ref, is_writing=True) as descriptor:
        upload.refresh_from_db(fields=["state", "received_bytes"])
        _must_receive(upload)
        there = min(upload.received_bytes, storage.incoming_size(upload.ref))
        if offset != there:
            raise WrongOffsetError(there)
        room = min(limits.PART_BYTES, upload.size_bytes - offset)
        end = storage.write_at(descriptor, offset, chunks, limit_bytes=room)
        Upload.objects.filter(pk=upload.pk).update(received_bytes=end, updated_at=timezone.now())
    upload.received_bytes = end
    return end


def _must_receive(upload: Upload) -> None:
    if upload.state != Upload.State.RECEIVING:
        raise NotReceivingError(upload.ref)


def finish(*, actor: User, upload: Upload) -> Exhibit:
    """Compare, scan and seal what arrived, and make the exhibit of it.

    Raises:
        NotCompleteError: bytes are missing; carries the offset to go on from.
        UploadRefusedError: recorded, and the bytes kept apart.
        storage.BusyError: another request is finishing it.
    """
    decision = access.require(actor, "upload.finish", upload)
    upload.refresh_from_db()
    if upload.state == Upload.State.FINISHED:
        return Exhibit.objects.select_related("case").get(upload=upload)
    _must_receive(upload)
    if upload.received_bytes < upload.size_bytes:
        raise NotCompleteError(upload.received_bytes)
    with storage.held(upload.ref, is_writing=False):
        upload.refresh_from_db(fields=["state"])
        _must_receive(upload)
        found = sealing.examine(upload)
        if not found.refusal:
            found = sealing.seal(upload, found)
        exhibit = None if found.refusal else sealing.write(actor, upload, found, decision)
        if exhibit is None:
            code = found.refusal or sealing.refusal_of_name(upload.case, upload.name, found.sha256)
            _refuse(actor, upload, code, decision)
            raise UploadRefusedError(code)
        storage.forget(upload.ref)
    return exhibit


def _refuse(actor: User, upload: Upload, code: str, decision: Decision) -> None:
    with transaction.atomic():
        upload.state, upload.refusal = Upload.State.REFUSED, code
        upload.save(update_fields=["state", "refusal", "updated_at"])
        detail = {"reason": code}
        access.record_act(actor, "upload.refuse", upload, decision=decision, detail=detail)
    clear_refused(upload)


def clear_refused(upload: Upload) -> None:
    """Move the bytes of a refused upload apart; drop them where the same bytes are sealed."""
    if refusals.REFUSALS[upload.refusal].keeps_bytes:
        storage.set_apart(upload.ref)
    else:
        storage.forget(upload.ref)


def abandon(*, actor: User, upload: Upload) -> None:
    """Give up an unfinished upload: its bytes are erased, that it was is recorded."""
    decision = access.require(actor, "upload.abandon", upload)
    with storage.held(upload.ref, is_writing=False):
        upload.refresh_from_db()
        _must_receive(upload)
        with transaction.atomic():
            upload.state = Upload.State.ABANDONED
            upload.save(update_fields=["state", "updated_at"])
            detail = {"received_bytes": upload.received_bytes}
            access.record_act(actor, "upload.abandon", upload, decision=decision, detail=detail)
        storage.forget(upload.ref)


def take_in(*, actor: User, case: Case, offer: Offer, chunks: Iterable[bytes]) -> Exhibit:
    """Start, fill and finish in one go: a file of an ordinary form, or of a command."""
    upload = start(actor=actor, case=case, offer=offer)
    for offset, part in _parts(chunks, upload.received_bytes):
        add_part(actor=actor, upload=upload, offset=offset, chunks=part)
    return finish(actor=actor, upload=upload)


def _parts(chunks: Iterable[bytes], already: int) -> Iterator[tuple[int, list[bytes]]]:
    """Group chunks into parts; skip what an earlier, interrupted call has written."""
    part: list[bytes] = []
    offset = end = 0
    for chunk in chunks:
        begin, end = end, end + len(chunk)
        if end <= already:
            continue
        if not part:
            offset = max(begin, already)
        fresh = chunk[max(0, already - begin) :]
        for at in range(0, len(fresh), storage.CHUNK_BYTES):
            part.append(fresh[at : at + storage.CHUNK_BYTES])
            if sum(map(len, part)) + storage.CHUNK_BYTES > limits.PART_BYTES:
                yield offset, part
                offset, part = offset + sum(map(len, part)), []
    if part:
        yield offset, part
