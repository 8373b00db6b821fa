"""The receipt of a submission: what was sealed, with hashes and times, as text, JSON or PDF."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from fourfold.web.base.words import uk_date, uk_time
from fourfold.web.publication.content import Section, Table
from fourfold.web.publication.typeset import Sheet, pdf
from fourfold.web.supercomplaints.models import Document, SuperComplaint
from fourfold.web.supercomplaints.rules.canonical import as_json
from fourfold.web.supercomplaints.selectors.complaints import Sealed

SAYS: Final = (
    "This receipt says that the files named here were sealed when the super-complaint was"
    " submitted. Whoever holds a copy can compare it: its SHA-256 must be the same."
)


@dataclass(frozen=True)
class Format:
    """One way to write a receipt."""

    media_type: str
    write: Callable[[dict[str, Any]], bytes]


def content_of(supercomplaint: SuperComplaint, sealed: Sealed) -> dict[str, Any]:
    """Return what a receipt says, as plain values."""
    received_at = supercomplaint.received_at
    return {
        "ref": supercomplaint.ref,
        "title": supercomplaint.title,
        "body": supercomplaint.body.name,
        "received_at": received_at.isoformat(timespec="seconds") if received_at else "",
        "received_words": uk_time(received_at, zone=True),
        "on": supercomplaint.made_on.isoformat() if supercomplaint.made_on else "",
        "acknowledge_by_words": uk_date(supercomplaint.acknowledge_by_on),
        "complaint": [_file(each) for each in sealed.documents],
        "evidence": [_file(each) for each in sealed.evidence],
    }


def _file(document: Document) -> dict[str, Any]:
    return {
        "title": document.title,
        "file_name": document.file_name,
        "sha256": document.sha256,
        "size_bytes": document.size_bytes,
        "taken_in_at": document.taken_in_at.isoformat(timespec="seconds"),
    }


def _text(content: dict[str, Any]) -> bytes:
    lines = [
        "RECEIPT OF A SUPER-COMPLAINT", "",
        *(f"{label}: {value}" for label, value in _facts(content)), "",
        "Sealed when it was submitted",
        *(_line(each) for each in content["complaint"]), "",
        "Evidence relied on",
        *([_line(each) for each in content["evidence"]] or ["None was attached."]), "", SAYS,
    ]  # fmt: skip
    return ("\n".join(lines) + "\n").encode()


def _line(file: dict[str, Any]) -> str:
    size = f"{file['size_bytes']} bytes"
    return f"- {file['file_name']} ({size}, {file['taken_in_at']})\n  SHA-256 {file['sha256']}"


def _facts(content: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    return (
        ("Reference", content["ref"]),
        ("Title", content["title"]),
        ("Made by", content["body"]),
        ("Received", content["received_words"]),
        ("To be acknowledged by the end of", content["acknowledge_by_words"]),
    )


def _pdf(content: dict[str, Any]) -> bytes:
    return pdf(
        Sheet(
            title="Receipt of a super-complaint",
            on=content["on"],
            facts=_facts(content),
            parts=(
                Section("What this receipt says", (SAYS,)),
                _table("Sealed when it was submitted", content["complaint"]),
                _table("Evidence relied on", content["evidence"]),
            ),
            has_contents=False,
        )
    )


def _table(caption: str, files: list[dict[str, Any]]) -> Table:
    rows = tuple(
        (file["file_name"], str(file["size_bytes"]), file["taken_in_at"], file["sha256"])
        for file in files
    )
    note = "" if rows else "None was attached."
    return Table(caption, ("File", "Bytes", "Taken in", "SHA-256"), rows, note)


FORMATS: Final = {
    "txt": Format("text/plain; charset=utf-8", _text),
    "json": Format("application/json", as_json),
    "pdf": Format("application/pdf", _pdf),
}
