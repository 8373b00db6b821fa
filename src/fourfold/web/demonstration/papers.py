"""The documents of the invented super-complaints: sealed as real ones are, with their hand-over."""

from dataclasses import dataclass
from datetime import datetime

from fourfold.web.demonstration import people
from fourfold.web.demonstration.complaints import OWN, Stage
from fourfold.web.demonstration.writing import create
from fourfold.web.supercomplaints import files
from fourfold.web.supercomplaints.models import Document, Handover, SuperComplaint
from fourfold.web.supercomplaints.rules import canonical
from fourfold.web.supercomplaints.selectors import complaints as selectors

EVIDENCE = (
    "What callers told us (invented)\n\nA survey of callers by Lanternlight Trust. Every number"
    " in it is invented, as is everybody who called.\n\n{title}\n"
)


def write(stage: Stage, made: SuperComplaint) -> None:
    """Seal the evidence relied on; of what was submitted, the complaint as it was."""
    body = stage.cast.actor(people.LANTERNLIGHT)
    at = made.received_at or stage.world.now
    evidence = EVIDENCE.format(title=made.title).encode()
    told = Paper(Document.Kind.EVIDENCE, "What callers told us", "callers.txt", evidence)
    kept = [_kept(stage, made, told, at)]
    for row in create(Document, kept, [body]):
        _hand_over(stage, row, at)
        stage.book.note(body, "document.give", row, OWN)
    if made.received_at is None:
        return
    content = selectors.as_submitted(made, at)
    sealed = [
        _kept(
            stage,
            made,
            Paper(
                Document.Kind.COMPLAINT,
                f"The complaint as submitted ({words})",
                f"{made.ref}-complaint.{suffix}",
                data,
            ),
            at,
        )
        for words, suffix, data in (
            ("text", "txt", canonical.as_text(content)),
            ("JSON", "json", canonical.as_json(content)),
        )
    ]
    for row in create(Document, sealed, [body, body]):
        _hand_over(stage, row, at)


@dataclass(frozen=True)
class Paper:
    """A document to seal: what it is, its title, its name, its bytes."""

    kind: str
    title: str
    name: str
    data: bytes


def _kept(stage: Stage, made: SuperComplaint, paper: Paper, at: datetime) -> Document:
    kept = files.keep([paper.data])
    return Document(
        supercomplaint=made,
        kind=paper.kind,
        seen_by=Document.Seen.PARTIES,
        title=paper.title,
        file_name=paper.name,
        media_type="application/json" if paper.name.endswith("json") else "text/plain",
        sha256=kept.sha256,
        size_bytes=kept.size_bytes,
        from_whom=made.body.name,
        given_by=made.body,
        taken_in_by=stage.cast.actor(people.LANTERNLIGHT),
        taken_in_at=at,
    )


def _hand_over(stage: Stage, row: Document, at: datetime) -> None:
    actor = stage.cast.actor(people.LANTERNLIGHT)
    Handover.objects.create(
        document=row,
        at=at,
        from_whom=row.from_whom,
        to_whom=f"{actor.name} ({actor.ref})",
        reason="Taken in by upload",
        recorded_by=actor,
    )
