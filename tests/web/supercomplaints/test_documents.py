"""Documents: sealed once, limited in size, known to recovery, each hand-over kept."""

from pathlib import Path

import pytest
from django.utils import timezone

from fourfold.web.exhibits import storage
from fourfold.web.exhibits.actions.recovery import recover
from fourfold.web.supercomplaints import files as kept_files
from fourfold.web.supercomplaints.actions import documents
from fourfold.web.supercomplaints.models import Document, SuperComplaint
from fourfold.web.users import policy
from web.supercomplaints.conftest import Parties


def test_the_same_bytes_are_kept_once(files: Path) -> None:
    first = kept_files.keep([b"ab", b"c"])
    assert kept_files.keep([b"abc"]) == first
    with kept_files.opened(first.sha256) as file:
        assert file.read() == b"abc"
    assert len(list((files / "sealed").glob("*/*"))) == 1
    assert storage.names_incoming() == []


def test_a_file_beyond_the_limit_is_refused_and_nothing_stays(files: Path) -> None:
    with pytest.raises(kept_files.FileRefusedError, match="larger"):
        kept_files.keep([b"x" * 10], limit_bytes=9)
    assert storage.names_incoming() == []
    assert not list((files / "sealed").glob("*/*"))


def test_changed_bytes_are_not_given_out(files: Path) -> None:
    kept = kept_files.keep([b"abc"])
    path = storage.sealed(kept.sha256)
    path.chmod(0o600)
    path.write_bytes(b"abd")
    with pytest.raises(storage.SealBrokenError):
        kept_files.opened(kept.sha256)


def test_recovery_knows_documents_and_misses_one_that_is_gone(draft: SuperComplaint) -> None:
    found = recover()
    assert (found.orphans_sealed, found.missing_sealed) == ([], [])
    document = draft.documents.get()
    storage.sealed(document.sha256).unlink()
    assert recover().missing_sealed == [document.sha256]


def test_a_hostile_name_is_only_a_name(parties: Parties, draft: SuperComplaint) -> None:
    made = documents.add_document(
        actor=parties.complainant,
        supercomplaint=draft,
        facts=documents.DocumentFacts(Document.Kind.EVIDENCE, "", "../../etc/pass\x00wd\u202e"),
        chunks=[b"x"],
    )
    assert "/" not in made.file_name
    assert made.file_name.isprintable()


def test_who_may_see_a_document(parties: Parties, received: SuperComplaint) -> None:
    """Marks: parties, authorities, lead, giver."""
    received.lead = parties.authorities["director_general"]
    received.save()
    expected = {
        "parties": {"body", "chief_inspector", "director_general", "college"},
        "authorities": {"chief_inspector", "director_general", "college"},
        "lead": {"director_general"},
    }
    for mark, people in expected.items():
        made = documents.add_document(
            actor=parties.people["director_general"],
            supercomplaint=received,
            facts=documents.DocumentFacts(Document.Kind.MATERIAL, mark, "a.txt", mark),
            chunks=[mark.encode()],
        )
        seen = {
            key
            for key, user in parties.people.items()
            if policy.decide(user, "document.open", made)
        }
        listed = {
            key
            for key, user in parties.people.items()
            if policy.permitted(user, "document.open", Document.objects.filter(pk=made.pk)).exists()
        }
        assert (seen, listed) == (people, people)


def test_every_hand_over_is_kept(parties: Parties, received: SuperComplaint) -> None:
    document = received.documents.get(kind="evidence")
    facts = documents.HandOverFacts(timezone.now(), "A", "B", "To be read")
    documents.record_hand_over(actor=parties.chief, document=document, facts=facts)
    assert [each.reason for each in document.handovers.all()] == [
        documents.TAKEN_IN, "To be read",
    ]  # fmt: skip
