"""The last steps of an upload: examine what arrived, seal it, write the exhibit of it."""

from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from fourfold.web.cases.models import Case
from fourfold.web.exhibits import storage
from fourfold.web.exhibits.clients import clamav
from fourfold.web.exhibits.models import Authority, Continuity, Exhibit, Upload
from fourfold.web.exhibits.rules import content
from fourfold.web.exhibits.selectors import uploads as selectors
from fourfold.web.users import access
from fourfold.web.users.models import User
from fourfold.web.users.policy import Decision

NOT_RECORDED: Final = "Not recorded"
TAKEN_IN: Final = "Taken in by upload"


@dataclass(frozen=True)
class Found:
    """What was found in the bytes that arrived."""

    sha256: str
    size_bytes: int
    scan_state: str
    refusal: str


def examine(upload: Upload) -> Found:
    """Hash, compare and scan the bytes that arrived."""
    path = storage.incoming(upload.ref)
    sha256, size_bytes = storage.digest(path)
    refusal = ""
    if size_bytes != upload.size_bytes:
        refusal = "size-mismatch"
    elif upload.sha256_stated and upload.sha256_stated != sha256:
        refusal = "hash-mismatch"
    else:
        refusal = refusal_of_name(upload.case, upload.name, sha256)
    scan_state = clamav.NOT_SCANNED if refusal else clamav.scan(path)
    if scan_state == clamav.INFECTED:
        refusal = "infected"
    return Found(sha256, size_bytes, scan_state, refusal)


def seal(upload: Upload, found: Found) -> Found:
    """Keep the bytes for good; a damaged copy that stands in their place is a refusal."""
    try:
        storage.seal(upload.ref, found.sha256)
    except storage.SealBrokenError:
        return Found(found.sha256, found.size_bytes, found.scan_state, "seal-broken")
    return found


def write(actor: User, upload: Upload, found: Found, decision: Decision) -> Exhibit | None:
    """Write exhibit, continuity, state and ledger at once; nothing if the name was just taken."""
    with transaction.atomic():
        # On PostgreSQL one finish at a time per case, so that names cannot collide unseen.
        case = Case.objects.select_for_update(of=("self",)).get(pk=upload.case_id)
        if refusal_of_name(case, upload.name, found.sha256):
            return None
        exhibit = _exhibit(actor, upload, found)
        refs = upload.facts.get("authorities", [])
        exhibit.authorities.set(Authority.objects.filter(case=case, ref__in=refs))
        _first_entry(actor, exhibit)
        upload.state = Upload.State.FINISHED
        upload.save(update_fields=["state", "updated_at"])
        detail = {
            "upload": upload.ref,
            "sha256": found.sha256,
            "size_bytes": found.size_bytes,
            "scan": found.scan_state,
            "authorities": refs,
        }
        access.record_act(actor, "upload.finish", exhibit, decision=decision, detail=detail)
    return exhibit


def _exhibit(actor: User, upload: Upload, found: Found) -> Exhibit:
    with storage.sealed(found.sha256).open("rb") as file:
        head = file.read(content.HEAD_BYTES)
    return Exhibit.objects.create(
        case=upload.case,
        upload=upload,
        path=upload.name,
        sha256=found.sha256,
        size_bytes=found.size_bytes,
        producer=upload.facts.get("producer", ""),
        received_from=upload.facts.get("received_from", ""),
        received_at=parse_datetime(upload.facts.get("received_at", "")),
        media_type=content.media_type(head),
        scan_state=found.scan_state,
        taken_in_by=actor,
        taken_in_at=timezone.now(),
    )


def _first_entry(actor: User, exhibit: Exhibit) -> None:
    Continuity.objects.create(
        exhibit=exhibit,
        at=exhibit.taken_in_at,
        from_whom=exhibit.received_from or NOT_RECORDED,
        to_whom=f"{actor.name} ({actor.ref})",
        reason=TAKEN_IN,
        recorded_by=actor,
    )


def refusal_of_name(case: Case, path: str, sha256: str) -> str:
    """Return why a case cannot take a file of this name and hash, or an empty text."""
    there = selectors.exhibit_of_name(case, path)
    if there is None:
        return ""
    is_same = there.path == path and there.sha256 == sha256
    return "already-here" if is_same else "name-taken"
