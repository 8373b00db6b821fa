"""Documents of the public record: which may go public, how each would read, and those that do."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Final

from django.db.models import Max
from django.utils import timezone

from fourfold.web.publication import content
from fourfold.web.publication.content import Attachment
from fourfold.web.supercomplaints import files
from fourfold.web.supercomplaints.models import (
    Document,
    ProgressLetter,
    Redaction,
    SuperComplaint,
)
from fourfold.web.supercomplaints.rules import canonical, public_files
from fourfold.web.supercomplaints.rules.public_files import NotPublicError, PublicForm
from fourfold.web.supercomplaints.rules.redaction import Quote, apply, withheld
from fourfold.web.supercomplaints.selectors import complaints, contents
from fourfold.web.supercomplaints.selectors.reports import quotes_within
from fourfold.web.users import policy
from fourfold.web.users.models import User

COMPLAINT_TITLE: Final = "The super-complaint, without the person to contact"
LETTER_TITLE: Final = "Progress report"
Record = Document | ProgressLetter


@dataclass(frozen=True)
class Candidate:
    """A document that may go public. `is_made`: the program makes its public version, as text."""

    record: Record
    title: str
    what: str
    on: date
    is_made: bool

    @property
    def ref(self) -> str:
        """Return its reference."""
        return self.record.ref

    @property
    def is_letter(self) -> bool:
        """Say whether it is a progress letter, which is no file."""
        return isinstance(self.record, ProgressLetter)


@dataclass(frozen=True)
class PublicRecord:
    """The public record of a super-complaint, and the files that go with it."""

    content: content.SuperComplaint
    files: tuple[Attachment, ...]


def candidates(actor: User, supercomplaint: SuperComplaint) -> list[Candidate]:
    """Return what the actor may open and the public may read, oldest first."""
    held = Document.objects.filter(
        supercomplaint=supercomplaint, kind__in=public_files.KINDS, seen_by__in=public_files.SEEN
    )
    letters = ProgressLetter.objects.filter(supercomplaint=supercomplaint, sent_at__isnull=False)
    found = [
        *(candidate_of(each) for each in policy.permitted(actor, "document.open", held)
          if is_offered(each)),
        *(candidate_of(each) for each in policy.permitted(actor, "progressletter.open", letters)),
    ]  # fmt: skip
    return sorted(found, key=lambda each: (each.on, each.ref))


def is_offered(record: Record) -> bool:
    """Return whether a document, or a letter, is of those that may go public."""
    if isinstance(record, ProgressLetter):
        return record.sent_at is not None
    return public_files.may_go_public(
        kind=record.kind, seen_by=record.seen_by, file_name=record.file_name
    )


def candidate_of(record: Record) -> Candidate:
    """Return a document as one that may go public."""
    if isinstance(record, ProgressLetter):
        title = record.public_title or LETTER_TITLE
        return Candidate(record, title, "Progress letter", record.on, is_made=True)
    is_complaint = record.kind == Document.Kind.COMPLAINT
    title = record.public_title or (COMPLAINT_TITLE if is_complaint else record.title)
    is_text = record.media_type == "text/plain" and not record.file_name.lower().endswith(".csv")
    return Candidate(
        record, title, str(record.get_kind_display()), timezone.localdate(record.taken_in_at),
        is_made=is_complaint or is_text,
    )  # fmt: skip


def quotes_of(supercomplaint: SuperComplaint) -> list[Quote]:
    """Return what must stand in no public file: what is withheld, and the contact person."""
    return [*quotes_within(supercomplaint), *contact_of(supercomplaint)]


def contact_of(supercomplaint: SuperComplaint) -> list[Quote]:
    """Return what names the contact person: it leaves neither in a file nor in the record."""
    return public_files.contact_quotes(supercomplaint.contact_name, supercomplaint.contact_details)


def form_of(record: Record, quotes: list[Quote]) -> PublicForm:
    """Return a document as it would go public.

    Raises:
        NotPublicError: it cannot go as it is.
        storage.SealBrokenError: its bytes are missing or changed.
    """
    title = candidate_of(record).title
    if isinstance(record, ProgressLetter):
        return public_files.public_form(title, "letter.txt", record.text.encode(), quotes)
    if record.kind == Document.Kind.COMPLAINT:
        return public_files.public_form(title, "complaint.txt", _complaint_text(record), quotes)
    if record.size_bytes > public_files.PUBLIC_FILE_BYTES:
        raise public_files.too_large(title)
    with files.opened(record.sha256) as file:
        return public_files.public_form(title, record.file_name, file.read(), quotes)


def _complaint_text(document: Document) -> bytes:
    supercomplaint = document.supercomplaint
    at = supercomplaint.received_at or document.taken_in_at
    return canonical.as_public_text(complaints.as_submitted(supercomplaint, at))


def record_of(supercomplaint: SuperComplaint) -> PublicRecord:
    """Return the public record with the documents that were marked for it.

    Raises:
        NotPublicError: one of them holds what is withheld by now.
    """
    quotes = quotes_of(supercomplaint)
    marked: list[Record] = [
        *Document.objects.filter(supercomplaint=supercomplaint, is_public=True),
        *ProgressLetter.objects.filter(supercomplaint=supercomplaint, is_public=True),
    ]
    found = sorted(
        (candidate_of(each) for each in marked if is_offered(each)),
        key=lambda each: (each.on, each.ref),
    )
    newest = Redaction.objects.filter(report__supercomplaint=supercomplaint).aggregate(
        at=Max("created_at")
    )["at"]
    told: list[content.File] = []
    held: list[Attachment] = []
    file_of: dict[int | None, str] = {}
    for each in found:
        form, title = form_of(each.record, quotes), withheld(each.title, quotes)
        if not form.is_searched and _is_read_before(each.record, newest):
            raise NotPublicError(
                f"“{title}” cannot be searched, and words to withhold were added since somebody"
                " read it through. Publish the record once more: read it again, or leave it out."
            )
        name = f"{each.ref.lower()}.{form.suffix}"
        held.append(Attachment(name, title, form.media_type, form.body))
        told.append(
            content.File(
                name, title, form.media_type, len(form.body), each.on.isoformat(),
                sha256(form.body).hexdigest(),
            )
        )  # fmt: skip
        if not each.is_letter:
            file_of[each.record.pk] = name
    made = contents.super_complaint(supercomplaint, tuple(told), file_of)
    return PublicRecord(apply(made, contact_of(supercomplaint)), tuple(held))


def _is_read_before(record: Record, newest: datetime | None) -> bool:
    return bool(newest and record.read_through_at and record.read_through_at < newest)
