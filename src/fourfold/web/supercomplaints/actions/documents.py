"""Documents: take in, let go, hand over. Bytes are sealed first, the record names them after."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from fourfold.web.exhibits.rules import content, paths
from fourfold.web.supercomplaints import files
from fourfold.web.supercomplaints.errors import FrozenError
from fourfold.web.supercomplaints.models import Document, Handover, Organisation, SuperComplaint
from fourfold.web.users import access
from fourfold.web.users.models import Role, User

ACTS = {Role.COMPLAINANT: "document.give", Role.RESPONDER: "answerevidence.add"}
TAKEN_IN = "Taken in by upload"
NAME_CHARACTERS = 200


@dataclass(frozen=True)
class DocumentFacts:
    """What is said of a document. `act`: the act asked of the policy, where not by the role."""

    kind: str
    title: str
    file_name: str
    seen_by: str = Document.Seen.AUTHORITIES
    from_whom: str = ""
    given_by: Organisation | None = None
    act: str = ""


def add_document(
    *, actor: User, supercomplaint: SuperComplaint, facts: DocumentFacts, chunks: Iterable[bytes]
) -> Document:
    """Seal a file and write its record, first hand-over and ledger.

    The subject asked of the policy is the super-complaint: an app above whose actor may act on
    something else (a reply, an answer) asks there first and calls `keep_document`.

    Raises:
        files.FileRefusedError: the file is not kept; its words say why.
        FrozenError: evidence of the body after submission.
    """
    act = facts.act or ACTS.get(Role(actor.role), "document.add")
    decision = access.require(actor, act, supercomplaint)
    is_preparing = supercomplaint.state == SuperComplaint.State.PREPARING
    if facts.kind == Document.Kind.EVIDENCE and not is_preparing:
        raise FrozenError
    with transaction.atomic():
        document = keep_document(
            actor=actor, supercomplaint=supercomplaint, facts=facts, chunks=chunks
        )
        detail = {"sha256": document.sha256, "size_bytes": document.size_bytes}
        access.record_act(actor, act, document, decision=decision, detail=detail)
    return document


def keep_document(
    *, actor: User, supercomplaint: SuperComplaint, facts: DocumentFacts, chunks: Iterable[bytes]
) -> Document:
    """Seal a file and write its record; whoever calls it has asked and records the act."""
    kept = files.keep(chunks)
    with files.opened(kept.sha256) as file:
        media_type = content.media_type(file.read(content.HEAD_BYTES))
    name = paths.printable(facts.file_name).replace("/", "-")[-NAME_CHARACTERS:] or "file"
    with transaction.atomic():
        document = Document.objects.create(
            supercomplaint=supercomplaint,
            kind=facts.kind,
            seen_by=facts.seen_by,
            title=facts.title or name,
            file_name=name,
            media_type=media_type,
            sha256=kept.sha256,
            size_bytes=kept.size_bytes,
            from_whom=facts.from_whom,
            given_by=facts.given_by,
            taken_in_by=actor,
            taken_in_at=timezone.now(),
        )
        Handover.objects.create(
            document=document,
            at=document.taken_in_at,
            from_whom=facts.from_whom or "Not recorded",
            to_whom=f"{actor.name} ({actor.ref})"[:200],
            reason=TAKEN_IN,
            recorded_by=actor,
        )
    return document


@dataclass(frozen=True)
class HandOverFacts:
    """One hand-over: when, from whom, to whom, why."""

    at: datetime
    from_whom: str
    to_whom: str
    reason: str


def record_hand_over(*, actor: User, document: Document, facts: HandOverFacts) -> Handover:
    """Add an entry to the continuity of a document. Entries are never changed."""
    decision = access.require(actor, "document.move", document)
    with transaction.atomic():
        entry = Handover.objects.create(document=document, recorded_by=actor, **vars(facts))
        access.record_act(actor, "document.move", document, decision=decision)
    return entry


def release(*, actor: User, document: Document) -> Path:
    """Let the sealed bytes go to the actor, after their hash was checked again.

    Raises:
        storage.SealBrokenError: they are missing or changed; nothing leaves.
    """
    decision = access.require(actor, "document.download", document)
    path = files.path_of(document.sha256)
    with transaction.atomic():
        detail = {"sha256": document.sha256, "size_bytes": document.size_bytes}
        access.record_act(actor, "document.download", document, decision=decision, detail=detail)
    return path
