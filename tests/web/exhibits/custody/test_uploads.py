"""Taking in a file: parts, resuming, refusing, sealing."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fourfold.web.accountability.models import LedgerEntry
from fourfold.web.cases.models import Case
from fourfold.web.exhibits import storage
from fourfold.web.exhibits.actions import uploads
from fourfold.web.exhibits.models import Authority, Exhibit, Upload
from fourfold.web.exhibits.rules import limits
from fourfold.web.users.access import Refused
from fourfold.web.users.models import User

from .conftest import offer, sha256

Take = Callable[..., Exhibit]
CONTENT = b"at,to\n2026-10-02T18:02:11Z,07700 900123\n"


def test_a_file_becomes_an_exhibit_with_its_hash_and_first_entry(
    take_in: Take, investigator: User
) -> None:
    exhibit = take_in("cd/calls.csv", CONTENT, producer="DC 7041", received_from="Provider")

    assert (exhibit.path, exhibit.sha256, exhibit.size_bytes) == (
        "cd/calls.csv", sha256(CONTENT), len(CONTENT),
    )  # fmt: skip
    assert (exhibit.producer, exhibit.media_type, exhibit.scan_state) == (
        "DC 7041", "text/plain", "not_scanned",
    )  # fmt: skip
    assert storage.verified(exhibit.sha256).read_bytes() == CONTENT
    first = exhibit.continuity.get()
    assert (first.from_whom, first.recorded_by) == ("Provider", investigator)
    assert storage.names_incoming() == []


def test_it_cites_the_authorities_that_were_chosen(take_in: Take, case: Case) -> None:
    authority = Authority.objects.create(case=case, reference="CD/1", kind="communications_data")
    assert list(take_in(authorities=(authority.ref,)).authorities.all()) == [authority]


def test_what_was_said_when_it_was_received_is_kept(take_in: Take) -> None:
    now = timezone.now()
    assert take_in(received_at=now.isoformat()).received_at == now


def test_starting_and_finishing_stand_in_the_ledger_and_parts_do_not(take_in: Take) -> None:
    exhibit = take_in(content=CONTENT)

    entries = LedgerEntry.objects.order_by("seq")
    assert [entry.act for entry in entries] == ["upload.start", "upload.finish"]
    finish = entries[1]
    assert (finish.subject_ref, finish.case_ref) == (exhibit.ref, exhibit.case.ref)
    assert finish.detail["sha256"] == exhibit.sha256


def test_an_empty_file_is_an_exhibit_too(take_in: Take) -> None:
    assert take_in("empty.csv", b"").size_bytes == 0


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data(), content=st.binary(max_size=60))
def test_any_split_into_parts_and_any_interruption_gives_the_same_exhibit(
    case: Case, investigator: User, files: Path, data: st.DataObject, content: bytes
) -> None:
    path = f"{Exhibit.objects.count()}-{Upload.objects.count()}.bin"
    asked = offer(path, content)
    upload = uploads.start(actor=investigator, case=case, offer=asked)
    while upload.received_bytes < len(content):
        offset = data.draw(st.integers(0, len(content)), label="offset tried")
        length = data.draw(st.integers(1, 20), label="length")
        if data.draw(st.booleans(), label="page loaded again"):
            upload = uploads.start(actor=investigator, case=case, offer=asked)
        if data.draw(st.booleans(), label="more on the disk than was promised"):
            with (
                storage.incoming(upload.ref).open("ab")
                if storage.incoming(upload.ref).exists()
                else (files / "nothing").open("wb") as file
            ):
                file.write(b"torn")
        try:
            part = content[offset : offset + length]
            uploads.add_part(actor=investigator, upload=upload, offset=offset, chunks=[part])
        except uploads.WrongOffsetError as wrong:
            part = content[wrong.wanted : wrong.wanted + length]
            uploads.add_part(actor=investigator, upload=upload, offset=wrong.wanted, chunks=[part])

    exhibit = uploads.finish(actor=investigator, upload=upload)

    assert exhibit.sha256 == sha256(content)
    assert storage.verified(exhibit.sha256).read_bytes() == content


def test_the_same_start_goes_on_with_the_unfinished_upload(case: Case, investigator: User) -> None:
    asked = offer("a.bin", b"abcdef")
    first = uploads.start(actor=investigator, case=case, offer=asked)
    uploads.add_part(actor=investigator, upload=first, offset=0, chunks=[b"abc"])

    again = uploads.start(actor=investigator, case=case, offer=asked)

    assert (again.ref, again.received_bytes) == (first.ref, 3)


def test_a_part_at_the_wrong_place_says_which_is_wanted(case: Case, investigator: User) -> None:
    upload = uploads.start(actor=investigator, case=case, offer=offer("a.bin", b"abcdef"))
    uploads.add_part(actor=investigator, upload=upload, offset=0, chunks=[b"abc"])

    for offset in (0, 2, 4):
        with pytest.raises(uploads.WrongOffsetError) as caught:
            uploads.add_part(actor=investigator, upload=upload, offset=offset, chunks=[b"xyz"])
        assert caught.value.wanted == 3


def test_a_part_beyond_the_announced_size_is_not_counted(case: Case, investigator: User) -> None:
    upload = uploads.start(actor=investigator, case=case, offer=offer("a.bin", b"abc"))

    with pytest.raises(storage.TooManyBytesError):
        uploads.add_part(actor=investigator, upload=upload, offset=0, chunks=[b"abcd"])

    upload.refresh_from_db()
    assert upload.received_bytes == 0


def test_an_incomplete_upload_is_not_finished(case: Case, investigator: User) -> None:
    upload = uploads.start(actor=investigator, case=case, offer=offer("a.bin", b"abc"))
    uploads.add_part(actor=investigator, upload=upload, offset=0, chunks=[b"ab"])

    with pytest.raises(uploads.NotCompleteError) as caught:
        uploads.finish(actor=investigator, upload=upload)
    assert caught.value.wanted == 2


def test_finishing_twice_gives_the_same_exhibit(case: Case, investigator: User) -> None:
    upload = uploads.start(actor=investigator, case=case, offer=offer("a.bin", b"a"))
    uploads.add_part(actor=investigator, upload=upload, offset=0, chunks=[b"a"])

    first = uploads.finish(actor=investigator, upload=upload)

    assert uploads.finish(actor=investigator, upload=upload) == first


def test_bytes_that_differ_from_the_stated_hash_are_refused_and_kept_apart(
    case: Case, investigator: User
) -> None:
    asked = offer("a.bin", b"abc", sha256=sha256(b"abd"))
    upload = uploads.start(actor=investigator, case=case, offer=asked)
    uploads.add_part(actor=investigator, upload=upload, offset=0, chunks=[b"abc"])

    with pytest.raises(uploads.UploadRefusedError, match="hash-mismatch"):
        uploads.finish(actor=investigator, upload=upload)

    upload.refresh_from_db()
    assert (upload.state, upload.refusal) == ("refused", "hash-mismatch")
    assert storage.refused(upload.ref).read_bytes() == b"abc"
    assert not Exhibit.objects.exists()
    assert LedgerEntry.objects.filter(act="upload.refuse", subject_ref=upload.ref).exists()


def test_a_file_whose_name_is_taken_is_refused(take_in: Take) -> None:
    take_in("Calls.csv", b"one")
    with pytest.raises(uploads.UploadRefusedError, match="name-taken"):
        take_in("calls.CSV", b"two")


def test_a_name_taken_while_the_file_was_on_its_way_is_refused_at_the_end(
    take_in: Take, case: Case, investigator: User
) -> None:
    take_in("calls.csv", b"one")
    asked = offer("calls.csv", b"two", sha256="")

    with pytest.raises(uploads.UploadRefusedError, match="name-taken"):
        uploads.take_in(actor=investigator, case=case, offer=asked, chunks=[b"two"])

    assert storage.refused(Upload.objects.get(state="refused").ref).read_bytes() == b"two"


@pytest.mark.parametrize("stated", [sha256(b"one"), ""])
def test_the_same_file_again_is_said_to_be_here(
    take_in: Take, case: Case, investigator: User, stated: str
) -> None:
    take_in("calls.csv", b"one")
    with pytest.raises(uploads.UploadRefusedError, match="already-here"):
        take_in("calls.csv", b"one", sha256=stated)
    assert Exhibit.objects.count() == 1
    assert storage.names_incoming() == []


def test_the_same_bytes_under_another_name_are_another_exhibit_kept_once(take_in: Take) -> None:
    take_in("a.csv", b"one")
    take_in("b.csv", b"one")
    assert Exhibit.objects.count() == 2
    assert len(list(storage.names_sealed())) == 1


def test_another_file_of_the_name_must_be_finished_first(case: Case, investigator: User) -> None:
    uploads.start(actor=investigator, case=case, offer=offer("a.bin", b"abc"))
    with pytest.raises(uploads.UploadRefusedError, match="being-sent"):
        uploads.start(actor=investigator, case=case, offer=offer("A.bin", b"xyz"))


def test_a_form_that_was_cut_off_is_replaced_by_the_next(case: Case, investigator: User) -> None:
    asked = offer("a.bin", b"abc", sha256="")
    cut_off = uploads.start(actor=investigator, case=case, offer=asked)
    uploads.add_part(actor=investigator, upload=cut_off, offset=0, chunks=[b"a"])

    uploads.take_in(actor=investigator, case=case, offer=asked, chunks=[b"abc"])

    cut_off.refresh_from_db()
    assert cut_off.state == "abandoned"


def test_large_content_is_written_in_parts(
    case: Case, investigator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "PART_BYTES", 8)
    monkeypatch.setattr(storage, "CHUNK_BYTES", 3)
    content = bytes(range(100))
    chunks = [content[:1], content[1:50], b"", content[50:]]

    exhibit = uploads.take_in(
        actor=investigator, case=case, offer=offer("a.bin", content), chunks=chunks
    )

    assert storage.sealed(exhibit.sha256).read_bytes() == content


@pytest.mark.parametrize(
    ("limit", "value", "code"),
    [
        ("FILE_BYTES", 2, "too-large"),
        ("FILES_PER_CASE", 0, "case-full"),
        ("DISK_KEPT_FREE_BYTES", 2**70, "disk-full"),
    ],
)
def test_limits_refuse_with_their_reason(
    case: Case,
    investigator: User,
    monkeypatch: pytest.MonkeyPatch,
    limit: str,
    value: int,
    code: str,
) -> None:
    monkeypatch.setattr(limits, limit, value)
    with pytest.raises(uploads.UploadRefusedError, match=code):
        uploads.start(actor=investigator, case=case, offer=offer("a.bin", b"abc"))
    assert Upload.objects.get().refusal == code


def test_a_hostile_name_is_recorded_without_its_hidden_letters(
    case: Case, investigator: User
) -> None:
    with pytest.raises(uploads.UploadRefusedError, match="path-hidden-characters"):
        uploads.start(actor=investigator, case=case, offer=offer("a\x00\u202eb", b"abc"))

    upload = Upload.objects.get()
    assert upload.name == "a\\u0000\\u202eb"
    entry = LedgerEntry.objects.get(act="upload.refuse")
    assert entry.detail == {"reason": "path-hidden-characters"}


def test_abandoning_erases_the_bytes_and_records_it(case: Case, investigator: User) -> None:
    upload = uploads.start(actor=investigator, case=case, offer=offer("a.bin", b"abc"))
    uploads.add_part(actor=investigator, upload=upload, offset=0, chunks=[b"ab"])

    uploads.abandon(actor=investigator, upload=upload)

    assert storage.names_incoming() == []
    entry = LedgerEntry.objects.get(act="upload.abandon")
    assert (entry.op, entry.detail) == ("erase", {"received_bytes": 2})
    with pytest.raises(uploads.NotReceivingError):
        uploads.add_part(actor=investigator, upload=upload, offset=2, chunks=[b"c"])


def test_who_is_not_on_the_case_cannot_send_to_it(
    case: Case, make_user: Callable[..., User]
) -> None:
    with pytest.raises(Refused):
        uploads.start(actor=make_user("investigator"), case=case, offer=offer("a", b""))
    assert not Upload.objects.exists()
