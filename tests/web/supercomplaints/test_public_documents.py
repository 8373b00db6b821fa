"""Documents on the public site: chosen, read through, without the contact person, taken off."""

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.utils import timezone

from fourfold.web.accountability.models import LedgerEntry
from fourfold.web.publication import content
from fourfold.web.publication.content import Section
from fourfold.web.publication.models import PublicFile
from fourfold.web.publication.selectors import standing
from fourfold.web.publication.site.rendering import render
from fourfold.web.publication.site.world import World
from fourfold.web.publication.typeset import Sheet, pdf
from fourfold.web.supercomplaints.actions import documents, letters, publishing_report
from fourfold.web.supercomplaints.actions.public_record import Choice, publish_record
from fourfold.web.supercomplaints.errors import OtherComplaintError
from fourfold.web.supercomplaints.models import (
    Document,
    InvestigationReport,
    Redaction,
    Step,
    SuperComplaint,
)
from fourfold.web.supercomplaints.rules import canonical, public_files, searching
from fourfold.web.supercomplaints.rules.public_files import (
    NotPublicError,
    contact_quotes,
    may_go_public,
    public_form,
)
from fourfold.web.supercomplaints.rules.redaction import Quote
from fourfold.web.supercomplaints.selectors import public_documents
from fourfold.web.supercomplaints.selectors.complaints import as_submitted
from fourfold.web.users import access
from fourfold.web.users.models import User
from lib.investigations import Investigation, make
from lib.site_walk import client_of

NAME, DETAILS = "Ada Example", "ada@example.org, 07700 900 461, Wren Lodge"
SECRET = "safe house at Wren Lodge"
PLANTED = (NAME, "ada@example.org", "07700 900 461", SECRET)
Add = Callable[..., Document]


@pytest.fixture(scope="module", autouse=True)
def files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep the files of this module in one folder."""
    folder = tmp_path_factory.mktemp("public") / "files"
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("FOURFOLD_CLAMAV", raising=False)
        patch.setattr(settings, "FILES_ROOT", folder)
        yield folder


@pytest.fixture(scope="module")
def held(files: Path, django_db_setup: None, django_db_blocker: Any) -> Iterator[Investigation]:
    """Under investigation; contact person and a withheld passage stand in its words as well."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = make()
        made.complaint.contact_name, made.complaint.contact_details = NAME, DETAILS
        made.complaint.received_at = timezone.now()
        made.complaint.subject = (
            f"How forces respond. Ask ADA  EXAMPLE (07700900461). The {SECRET} was named."
        )
        made.complaint.save()
        report = InvestigationReport.objects.create(supercomplaint=made.complaint, title="A report")
        _withhold(report, SECRET, made.chief)
        for kind, name, body in (
            ("evidence", "cases.pdf", b"%PDF-1.7 planted"),
            ("complaint", "complaint.json", NAME.encode()),
            ("letter", "letter.txt", f"Dear {NAME},\nwe wrote to {DETAILS}.".encode()),
            ("complaint", "complaint.txt", NAME.encode()),
        ):
            document = documents.keep_document(
                actor=made.chief, supercomplaint=made.complaint, chunks=[body],
                facts=documents.DocumentFacts(kind, name, name, "parties"),
            )  # fmt: skip
        Step.objects.create(
            supercomplaint=made.complaint, event="acknowledge", on=date(2024, 1, 9),
            words="Received.", basis="law", document=document,
        )  # fmt: skip
        yield made
        transaction.set_rollback(True)


def _withhold(report: InvestigationReport, quote: str, by: User) -> None:
    Redaction.objects.create(report=report, quote=quote, ground="safety", by=by, at=timezone.now())


@pytest.fixture
def parties(held: Investigation, db: None) -> Investigation:
    return held


@pytest.fixture
def complaint(parties: Investigation) -> SuperComplaint:
    return SuperComplaint.objects.get(pk=parties.complaint.pk)


@pytest.fixture
def add(parties: Investigation, complaint: SuperComplaint) -> Add:
    def made(
        name: str, body: bytes, kind: str = "report", seen_by: str = "authorities"
    ) -> Document:
        facts = documents.DocumentFacts(kind, name, name, seen_by)
        return documents.add_document(
            actor=parties.chief, supercomplaint=complaint, facts=facts, chunks=[body]
        )

    return made


@pytest.fixture
def publish(
    parties: Investigation, complaint: SuperComplaint
) -> Callable[..., content.SuperComplaint]:
    def published(*refs: str, title: str = "A title", is_read: bool = True) -> Any:
        chosen = [Choice(ref, title, is_read) for ref in refs]
        publish_record(actor=parties.chief, supercomplaint=complaint, chosen=chosen)
        found = standing.one(content.SuperComplaint, complaint.ref)
        assert found is not None
        return found

    return published


def _packed(name: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        file.writestr(name, "<x/>")
    return held.getvalue()


def _pdf(*words: str) -> bytes:
    return pdf(
        Sheet(
            title="An annex",
            on="2026-11-22",
            parts=(Section("Heading", words),),
            has_contents=False,
        )
    )


def test_complaint_letters_and_annexes_may_go_evidence_never(
    parties: Investigation, complaint: SuperComplaint, add: Add
) -> None:
    annex = add("annex.txt", b"Words.")
    add("notes.txt", b"Words.", "material")
    add("lead.txt", b"Words.", "report", "lead")
    add("own.txt", b"Words.", "response", "own")
    found = public_documents.candidates(parties.chief, complaint)
    kinds = [each.record.kind for each in found if isinstance(each.record, Document)]
    assert sorted(kinds) == ["complaint", "letter", "report"]
    assert annex.ref in {each.ref for each in found}
    assert not any(each.record.file_name.endswith(".json") for each in found
                   if isinstance(each.record, Document))  # fmt: skip
    for kind in Document.Kind.values:
        for seen in ("lead", "giver", "own"):
            assert not may_go_public(kind=kind, seen_by=seen, file_name="a.pdf")


def test_the_public_complaint_is_without_the_contact_person(
    complaint: SuperComplaint, publish: Callable[..., Any], parties: Investigation
) -> None:
    letters.send_letter(
        actor=parties.chief,
        letter=letters.keep_letter(
            actor=parties.chief, supercomplaint=complaint,
            facts=letters.LetterFacts(timezone.localdate(), f"Dear {NAME}, we saw the {SECRET}."),
        ),
    )  # fmt: skip
    refs = [each.ref for each in public_documents.candidates(parties.chief, complaint)]
    found = publish(*refs)
    assert len(found.files) == 3 == PublicFile.objects.count()  # complaint, letter, progress letter
    for held in PublicFile.objects.all():
        texts = searching.prepared_texts((bytes(held.content).decode(),))
        assert not any(searching.hits(texts, Quote(each)) for each in PLANTED)
        told = next(each for each in found.files if each.name == held.name)
        assert told.sha256 == hashlib.sha256(bytes(held.content)).hexdigest() == held.sha256
        assert told.size_bytes == held.size_bytes and told.media_type == "text/plain"
    whole = next(each for each in PublicFile.objects.all() if b"SUPER-COMPLAINT" in each.content)
    text = bytes(whole.content).decode()
    assert "Contact:" not in text and "cases.pdf" not in text and "[withheld]" in text
    assert "Reports are not read." in text
    assert {step.file for step in found.timeline if step.file} <= {
        each.name for each in found.files
    }
    assert any(step.file == whole.name for step in found.timeline)


def test_the_public_page_lists_title_size_kind_day_and_hash(
    complaint: SuperComplaint, publish: Callable[..., Any], add: Add
) -> None:
    annex = add("annex.csv", b"Force,Value\r\n=1+1,2\r\n")
    found = publish(annex.ref, title="Annex: values of forces")
    path = f"super-complaints/{complaint.ref}.html"
    rendered = render(World(), path)
    assert rendered is not None
    page = rendered.body.decode()
    file = found.files[0]
    assert file.media_type == "text/csv" and file.name == f"{annex.ref.lower()}.csv"
    for words in ("Annex: values of forces", "CSV", "text/csv", file.sha256, file.name):
        assert words in page
    assert b"'=1+1" in bytes(PublicFile.objects.get(name=file.name).content)
    assert not any(each.casefold() in page.casefold() for each in (*PLANTED, "07700900461"))


def test_unpublishing_takes_a_file_off(
    complaint: SuperComplaint, publish: Callable[..., Any], add: Add
) -> None:
    annex = add("annex.txt", b"Words.")
    first = publish(annex.ref)
    name = first.files[0].name
    assert publish(annex.ref).files == first.files
    assert PublicFile.objects.count() == 1  # the same again writes nothing
    assert publish().files == ()
    assert standing.file_of("super_complaint", complaint.ref, name) is None
    annex.refresh_from_db()
    assert not annex.is_public and annex.read_through_by is not None
    assert [each.is_public for each in annex.history.order_by("pk")] == [False, True, True, False]
    detail = LedgerEntry.objects.filter(act="supercomplaint.publish").latest("seq").detail
    assert detail["taken_off"] == [annex.ref] and detail["files"] == 0


def test_publishing_otherwise_keeps_what_was_chosen(
    parties: Investigation, complaint: SuperComplaint, publish: Callable[..., Any], add: Add
) -> None:
    annex = add("annex.txt", b"Words.")
    publish(annex.ref)
    publish_record(actor=parties.chief, supercomplaint=complaint)
    found = standing.one(content.SuperComplaint, complaint.ref)
    assert found is not None and len(found.files) == 1


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        ({"is_read": False}, "once somebody has read it"),
        ({"title": " "}, "a title for the public"),
        ({"title": f"Letter to {NAME}"}, "another title"),
        ({"title": f"The {SECRET}"}, "another title"),
    ],
)
def test_nothing_goes_unread_or_under_a_title_that_tells(
    publish: Callable[..., Any], add: Add, choice: dict[str, Any], words: str
) -> None:
    annex = add("annex.txt", b"Words.")
    with pytest.raises(NotPublicError, match=words):
        publish(annex.ref, **choice)
    annex.refresh_from_db()
    assert not annex.is_public and not PublicFile.objects.exists()


def test_what_may_not_go_cannot_be_named(publish: Callable[..., Any], add: Add) -> None:
    for made in (add("a.txt", b"Words.", "material"), add("b.txt", b"Words.", "report", "lead")):
        with pytest.raises(OtherComplaintError):
            publish(made.ref)


def test_a_pdf_that_holds_what_is_withheld_is_stopped_and_says_where() -> None:
    quotes = [Quote(SECRET), *contact_quotes(NAME, DETAILS)]
    clean = public_form("Annex", "annex.pdf", _pdf("Nothing here."), quotes)
    assert (clean.suffix, clean.is_searched) == ("pdf", True)
    for words in (SECRET, "Write to ada@example.org", "Ring 07700 900461"):
        with pytest.raises(NotPublicError, match="in its pages"):
            public_form("Annex", "annex.pdf", _pdf(words), quotes)


@pytest.mark.parametrize("body", [f"Force,Who\nA,{NAME}\n", f'x\n"the {SECRET}"\n'])
def test_a_table_that_holds_it_is_stopped(body: str) -> None:
    quotes = [Quote(SECRET), *contact_quotes(NAME, DETAILS)]
    with pytest.raises(NotPublicError, match="in its cells"):
        public_form("Annex", "annex.csv", body.encode(), quotes)


@pytest.mark.parametrize(
    ("name", "body", "suffix"),
    [
        ("a.docx", _packed("word/document.xml"), "docx"),
        ("a.bin", _packed("xl/workbook.xml"), "xlsx"),
        ("a.pdf", b"Words.", "txt"),
        ("a.txt", b"%PDF-1.7 broken", "pdf"),
    ],
)
def test_the_kind_is_told_by_the_bytes(name: str, body: bytes, suffix: str) -> None:
    assert public_form("Annex", name, body, [Quote(SECRET)]).suffix == suffix


@pytest.mark.parametrize(
    "body",
    [b"\xff\xfe\x00", b"a\0b", b"PK\x03\x04broken", _packed("evil.txt"),
     b"\x89PNG\r\n\x1a\n\xff", b"x" * (public_files.PUBLIC_FILE_BYTES + 1)],
    ids=["bytes", "nul", "broken", "zip", "picture", "large"],
)  # fmt: skip
def test_other_kinds_and_sizes_do_not_go(body: bytes) -> None:
    with pytest.raises(NotPublicError):
        public_form("Annex", "annex.txt", body, [])


def test_a_program_within_a_file_does_not_go() -> None:
    held = io.BytesIO(_packed("word/document.xml"))
    with zipfile.ZipFile(held, "a") as file:
        file.writestr("word/vbaProject.bin", "x")
    with pytest.raises(NotPublicError):
        public_form("Annex", "annex.docx", held.getvalue(), [])


def test_words_withheld_later_ask_for_reading_again(
    parties: Investigation, complaint: SuperComplaint, publish: Callable[..., Any], add: Add
) -> None:
    annex = add("annex.docx", _packed("word/document.xml"))
    publish(annex.ref)
    report = InvestigationReport.objects.get(supercomplaint=complaint)
    _withhold(report, "teasel wood", parties.chief)
    with pytest.raises(NotPublicError, match="cannot be searched"):
        publish_record(actor=parties.chief, supercomplaint=complaint)
    assert len(publish(annex.ref).files) == 1


def test_the_sealed_complaint_stays_whole_and_its_public_text_has_no_contact(
    complaint: SuperComplaint,
) -> None:
    assert complaint.received_at is not None
    told = as_submitted(complaint, complaint.received_at)
    told["contact_details"] = "line one\nsecond line 07700 900 461"
    told["features"][0]["text"] = "Evidence relied on\nContact: the forces\nstays"
    public = canonical.as_public_text(told).decode()
    assert "second line" not in public and "line one" not in public
    assert "Contact: the forces\nstays" in public and "1 document came with it" in public
    assert "second line" in canonical.as_text(told).decode()


def test_publishing_the_report_keeps_the_documents(
    parties: Investigation, complaint: SuperComplaint, publish: Callable[..., Any], add: Add
) -> None:
    annexes = add("annex.docx", _packed("word/document.xml")), add("annex.txt", b"Words.")
    publish(*(each.ref for each in annexes))
    report = InvestigationReport.objects.get(supercomplaint=complaint)
    checked = publishing_report.check_publication(actor=parties.chief, report=report)
    assert checked.unreadable == ()
    carried = [path for path in checked.outputs if path.startswith("files/super_complaint/")]
    assert len(carried) == 2
    _withhold(report, "teasel wood", parties.chief)
    checked = publishing_report.check_publication(actor=parties.chief, report=report)
    assert len(checked.unreadable) == 1 and "cannot be searched" in checked.unreadable[0]


def test_only_an_officer_chooses(
    parties: Investigation, complaint: SuperComplaint, add: Add
) -> None:
    annex = add("annex.txt", b"Words.")
    for somebody in (parties.complainant, *parties.others.values()):
        assert somebody is not None
        with pytest.raises(access.Refused):
            publish_record(
                actor=somebody, supercomplaint=complaint,
                chosen=[Choice(annex.ref, "A title", True)],
            )  # fmt: skip


def test_the_page_offers_shows_and_publishes(
    parties: Investigation, complaint: SuperComplaint, add: Add
) -> None:
    annex = add("annex.txt", f"Seen in the {SECRET}.".encode())
    client: Client = client_of(parties.chief)
    within = f"/super-complaints/{complaint.ref}/"
    page = client.get(within + "publish/").content.decode()
    assert "I have read the public version through" in page and annex.ref in page
    shown = client.get(f"{within}documents/{annex.ref}/public/").content.decode()
    assert "Seen in the [withheld]." in shown and SECRET not in shown
    given = {f"go-{annex.ref}": "on", f"title-{annex.ref}": "Annex A"}
    unread = client.post(within + "publish/", given)
    assert unread.status_code == 400 and "Read it, then say so" in unread.content.decode()
    assert "Annex A" in unread.content.decode()
    assert client.post(within + "publish/", {**given, f"read-{annex.ref}": "on"}).status_code == 302
    held = PublicFile.objects.get()
    assert bytes(held.content) == b"Seen in the [withheld]." and held.title == "Annex A"
    evidence, body = complaint.documents.get(kind="evidence"), parties.complainant
    assert body is not None
    assert client.get(f"{within}documents/{evidence.ref}/public/").status_code == 404
    assert client_of(body).get(f"{within}documents/{annex.ref}/public/").status_code in (403, 404)
