"""A process that dies between any two steps loses nothing and leaves nothing half-done."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from fourfold.web.accountability.models import LedgerEntry
from fourfold.web.cases.models import Case
from fourfold.web.exhibits import storage
from fourfold.web.exhibits.actions import uploads
from fourfold.web.exhibits.actions.recovery import recover
from fourfold.web.exhibits.models import Continuity, Exhibit, Upload
from fourfold.web.users.models import User

from .conftest import offer, sha256

CONTENT = b"at,to\n"
CALLS = ("open", "close", "fsync", "link", "mkdir", "chmod", "unlink", "pwrite", "ftruncate",
         "rename")  # fmt: skip


class Killed(BaseException):
    """Stands for kill -9: nothing of ours catches it."""


class Dying:
    """The system calls that storage makes; the process dies before or after the nth of them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, at: int, *, after: bool) -> None:
        self.left, self.after, self.is_on = at, after, True
        for name in CALLS:
            real = getattr(os, name)
            monkeypatch.setattr(os, name, self._wrapped(real, name))

    def _wrapped(self, real: Callable[..., object], name: str) -> Callable[..., object]:
        def call(*args: object, **kwargs: object) -> object:
            if not self.is_on or name == "close":
                return real(*args, **kwargs)
            self.left -= 1
            if self.left == 0 and not self.after:
                self.is_on = False
                raise Killed
            answer = real(*args, **kwargs)
            if self.left == 0:
                self.is_on = False
                raise Killed
            return answer

        return call


def send(case: Case, actor: User, content: bytes = CONTENT) -> Exhibit:
    """Send a file as a browser does: in two parts, going on with what is there."""
    asked = offer("calls.csv", content)
    upload = uploads.start(actor=actor, case=case, offer=asked)
    while upload.received_bytes < len(content):
        at = upload.received_bytes
        uploads.add_part(actor=actor, upload=upload, offset=at, chunks=[content[at : at + 3]])
    return uploads.finish(actor=actor, upload=upload)


def send_again(case: Case, actor: User) -> None:
    """Do what the user does after the crash: send the same file once more."""
    try:
        send(case, actor)
    except uploads.UploadRefusedError as refused:
        assert refused.code == "already-here"


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("at", range(1, 40))
def test_killed_between_any_two_steps_the_file_is_one_whole_exhibit_in_the_end(
    case: Case, investigator: User, monkeypatch: pytest.MonkeyPatch, at: int, after: bool
) -> None:
    with monkeypatch.context() as patch:
        dying = Dying(patch, at, after=after)
        try:
            send(case, investigator)
            dying.is_on = False
        except Killed:
            pass
    for exhibit in Exhibit.objects.all():  # what the database promised is on the disk
        assert storage.verified(exhibit.sha256).read_bytes() == CONTENT

    found = recover()
    send_again(case, investigator)

    exhibit = Exhibit.objects.get()
    assert storage.verified(exhibit.sha256).read_bytes() == CONTENT
    assert Continuity.objects.filter(exhibit=exhibit).count() == 1
    assert Upload.objects.filter(state="finished").count() == 1
    assert LedgerEntry.objects.filter(act="upload.finish").count() == 1
    assert storage.names_incoming() == []
    assert not (found.orphans_incoming or found.missing_sealed)


def test_dying_covers_every_step_of_an_upload(
    case: Case, investigator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        dying = Dying(patch, 10_000, after=False)
        send(case, investigator)
    assert 10_000 - dying.left < 40


@pytest.mark.parametrize("at", range(1, 14))
def test_killed_while_refusing_the_bytes_are_apart_in_the_end(
    case: Case, investigator: User, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    upload = uploads.start(
        actor=investigator, case=case, offer=offer("a.bin", b"abc", sha256=sha256(b"abd"))
    )
    uploads.add_part(actor=investigator, upload=upload, offset=0, chunks=[b"abc"])
    with monkeypatch.context() as patch:
        dying = Dying(patch, at, after=False)
        with pytest.raises((Killed, uploads.UploadRefusedError)):
            uploads.finish(actor=investigator, upload=upload)
        dying.is_on = False

    recover()

    upload.refresh_from_db()
    assert (upload.state, upload.refusal) == ("refused", "hash-mismatch")
    assert storage.refused(upload.ref).read_bytes() == b"abc"
    assert storage.names_incoming() == []


def test_a_partial_upload_can_be_gone_on_with(case: Case, investigator: User) -> None:
    upload = uploads.start(actor=investigator, case=case, offer=offer("a.bin", b"abcdef"))
    uploads.add_part(actor=investigator, upload=upload, offset=0, chunks=[b"abc"])
    os.truncate(storage.incoming(upload.ref), 2)

    found = recover()

    assert found.resumable == [upload.ref]
    assert uploads.add_part(actor=investigator, upload=upload, offset=2, chunks=[b"cdef"]) == 6
    assert uploads.finish(actor=investigator, upload=upload).size_bytes == 6


def test_what_is_complete_waits_where_its_sender_may_no_longer_finish(
    case: Case, investigator: User
) -> None:
    upload = uploads.start(actor=investigator, case=case, offer=offer("a.bin", b""))
    case.assignments.all().delete()

    assert recover().waiting == [upload.ref]
    assert not Exhibit.objects.exists()


def test_orphans_are_listed_and_never_deleted(db: None, files: Path) -> None:
    for path in (
        files / "incoming" / "UP-0123456789",
        files / "incoming" / "notes.txt",
        files / "sealed" / "ab" / ("ab" * 32),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")

    found = recover()

    assert found.orphans_incoming == ["UP-0123456789", "notes.txt"]
    assert found.orphans_sealed == ["ab" * 32]
    assert (files / "incoming" / "notes.txt").exists()


def test_a_missing_original_is_listed(case: Case, investigator: User) -> None:
    exhibit = send(case, investigator)
    storage.sealed(exhibit.sha256).unlink()
    assert recover().missing_sealed == [exhibit.sha256]


def test_recovering_twice_changes_nothing(case: Case, investigator: User) -> None:
    send(case, investigator)
    recover()
    assert vars(recover()) == vars(type(recover())())
