"""super-complaints.md section 3: what a complaint must be; drafting, submission, receipt."""

import hashlib
import json
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.http import Http404

from fourfold.web.supercomplaints import files, receipts
from fourfold.web.supercomplaints.actions import complaints, documents, submitting
from fourfold.web.supercomplaints.errors import FrozenError, GuardError
from fourfold.web.supercomplaints.models import Designation, Document, SuperComplaint
from fourfold.web.supercomplaints.rules.form_of_complaint import (
    FeatureTold,
    Told,
    is_form_met,
    statutory,
    structure,
)
from fourfold.web.supercomplaints.selectors import complaints as selectors
from fourfold.web.users import policy
from fourfold.web.users.access import Refused
from web.supercomplaints.conftest import RECEIVED_AT, Parties

WHOLE = FeatureTold(1, "A feature", "It harms", 1, 1, 1, True, 1)


@pytest.mark.parametrize(
    ("told", "unmet"),
    [
        (Told(True, "A", "a@example.org", 1, (WHOLE,)), []),
        (Told(False, "A", "a@example.org", 1, (WHOLE,)), [0]),
        (Told(True, "A", "a@example.org", 1), [1, 2]),
        (Told(True, "A", "a@example.org", 1, (FeatureTold(1, "A feature", " "),)), [2]),
        (Told(True, "A", "a@example.org", 0, (WHOLE,)), [3]),
        (Told(True, "A", "", 1, (WHOLE,)), [4]),
    ],
)
def test_section_3_regulation_4_has_five_items(told: Told, unmet: list[int]) -> None:
    items = statutory(told)
    assert len(items) == 5
    assert [number for number, item in enumerate(items) if not item.is_met] == unmet
    assert all(bool(item.to_do) != item.is_met and item.basis == "law" for item in items)
    assert is_form_met(told) == (not unmet)


def test_section_3_the_structure_of_guidance_is_tagged_guidance_and_decides_nothing() -> None:
    bare = Told(True, "A", "a@example.org", 1, (FeatureTold(1, "A feature", "It harms"),))
    assert {item.basis for item in structure(bare)} == {"guidance"}
    assert not any(item.is_met for item in structure(bare))
    assert is_form_met(bare)


def test_section_3_a_complete_draft_meets_everything(draft: SuperComplaint) -> None:
    told = selectors.told(draft)
    assert is_form_met(told)
    assert all(item.is_met for item in structure(told))


def test_section_4_submit_seals_the_complaint_with_the_hashes_of_all_evidence(
    parties: Parties, received: SuperComplaint
) -> None:
    assert (received.state, received.made_on) == ("received", date(2022, 11, 25))
    assert received.acknowledge_by_on == date(2022, 12, 1)
    as_json = received.documents.get(kind="complaint", file_name__endswith=".json")
    with files.opened(as_json.sha256) as file:
        content = json.loads(file.read())
    evidence = received.documents.get(kind="evidence")
    assert [each["sha256"] for each in content["evidence"]] == [evidence.sha256]
    assert content["features"][0]["facts"][0]["document_sha256"] == evidence.sha256
    text = received.steps.get(event="submit").document
    assert text is not None
    with files.opened(text.sha256) as file:
        assert evidence.sha256 in file.read().decode()


def test_section_4_a_body_that_is_not_designated_that_day_cannot_submit(
    parties: Parties, draft: SuperComplaint
) -> None:
    Designation.objects.update(revoked_on=date(2022, 11, 25))
    with pytest.raises(GuardError, match="not designated"):
        submitting.submit(actor=parties.complainant, supercomplaint=draft, at=RECEIVED_AT)
    draft.refresh_from_db()
    assert draft.state == "preparing"
    assert not draft.documents.filter(kind="complaint").exists()


def test_an_incomplete_form_may_be_submitted_and_says_so(parties: Parties) -> None:
    made = complaints.draft(actor=parties.complainant, facts=complaints.DraftFacts("Bare"))
    step = submitting.submit(actor=parties.complainant, supercomplaint=made, at=RECEIVED_AT)
    assert "not every item of regulation 4" in step.words


def test_what_was_submitted_is_frozen(parties: Parties, received: SuperComplaint) -> None:
    actor = parties.complainant
    feature = received.features.get()
    tries: list[Callable[[], object]] = [
        lambda: complaints.change_draft(
            actor=actor, supercomplaint=received, facts=complaints.DraftFacts("New")
        ),
        lambda: complaints.share(actor=actor, supercomplaint=received, is_shared=True),
        lambda: complaints.keep_harm(
            actor=actor, feature=feature, facts=complaints.HarmFacts("New")
        ),
        lambda: complaints.remove(actor=actor, part=feature),
        lambda: documents.add_document(
            actor=actor, supercomplaint=received,
            facts=documents.DocumentFacts(Document.Kind.EVIDENCE, "Late", "late.txt"),
            chunks=[b"late"],
        ),
    ]  # fmt: skip
    for attempt in tries:
        with pytest.raises(FrozenError, match="not edited any more"):
            attempt()


def test_the_receipt_names_every_hash_in_all_three_forms(received: SuperComplaint) -> None:
    sealed = selectors.sealed(received)
    content = receipts.content_of(received, sealed)
    hashes = {each.sha256 for each in (*sealed.documents, *sealed.evidence)}
    assert len(hashes) == 3
    for name in ("txt", "json"):
        data = receipts.FORMATS[name].write(content).decode()
        assert all(each in data for each in hashes)
    assert "1 December 2022" in receipts.FORMATS["txt"].write(content).decode()
    made = receipts.FORMATS["pdf"].write(content)
    assert made.startswith(b"%PDF")
    assert made == receipts.FORMATS["pdf"].write(content)


def test_a_draft_is_its_bodys_alone_until_it_is_shared(
    parties: Parties, draft: SuperComplaint
) -> None:
    def seen() -> set[str]:
        return {
            key
            for key, user in parties.people.items()
            if policy.decide(user, "supercomplaint.open", draft)
        }

    assert seen() == {"body"}
    complaints.share(actor=parties.complainant, supercomplaint=draft, is_shared=True)
    assert seen() == {"body", "chief_inspector", "director_general", "college"}
    complaints.share(actor=parties.complainant, supercomplaint=draft, is_shared=False)
    assert seen() == {"body"}


def test_a_published_complaint_opens_for_reading_only_to_another_body(
    parties: Parties, received: SuperComplaint
) -> None:
    received.published_on = date(2024, 9, 27)
    received.save()
    other = parties.people["other"]
    assert policy.decide(other, "supercomplaint.open", received)
    for act in ("supercomplaint.change", "supercomplaint.submit", "supercomplaint.receipt",
                "document.give", "talk.add", "supercomplaint.share"):  # fmt: skip
        assert not policy.decide(other, act, received)
        rows = SuperComplaint.objects.all()
        assert not policy.permitted(other, act, rows).exists()
    with pytest.raises(Http404):
        submitting.submit(actor=other, supercomplaint=received)


def test_only_the_roles_for_it_draft_decide_and_record(
    parties: Parties, received: SuperComplaint
) -> None:
    may = {
        key: {
            act
            for act in ("supercomplaint.change", "supercomplaint.acknowledge",
                        "supercomplaint.decide", "supercomplaint.publish",
                        "eligibilityview.list", "supercomplaint.record")
            if policy.decide(user, act, received)
        }
        for key, user in parties.people.items()
    }  # fmt: skip
    officers = {
        "supercomplaint.acknowledge", "supercomplaint.decide", "supercomplaint.publish",
        "eligibilityview.list", "supercomplaint.record",
    }  # fmt: skip
    assert may == {
        "body": {"supercomplaint.change"}, "other": set(), "force": set(),
        "chief_inspector": officers, "director_general": officers, "college": officers,
    }  # fmt: skip
    with pytest.raises(Refused):
        submitting.submit(actor=parties.chief, supercomplaint=received)


def test_from_draft_to_receipt_on_the_pages(
    parties: Parties, signed_in: Callable[..., Any]
) -> None:
    client = signed_in(parties.complainant)
    session = client.session
    session["stepped_up_at"] = int(time.time())
    session.save()
    answer = client.post("/super-complaints/new/", {"title": "Teasel", "regime": "police"})
    made = SuperComplaint.objects.get()
    here = f"/super-complaints/{made.ref}/"
    assert answer.headers["Location"] == f"{here}features/"
    client.post(f"{here}features/new/", {"text": "A feature"})
    feature = made.features.get()
    at = f"{here}features/{feature.ref}/"
    assert client.post(f"{at}harms/new/", {"nature": ""}).status_code == 400
    client.post(f"{at}harms/new/", {"nature": "Harm"})
    assert b"Harm" in client.get(f"{here}features/").content
    client.post(f"{here}submit/", {"is_sure": "on"})
    page = client.get(f"{here}receipt/").content.decode()
    sealed = made.documents.filter(kind="complaint")
    assert sealed.count() == 2
    assert all(each.sha256 in page for each in sealed)
    assert client.get(f"{here}receipt/pdf/").content.startswith(b"%PDF")
    assert client.get(f"{here}receipt/exe/").status_code == 404
    refused = client.post(f"{here}change/", {"title": "New", "regime": "police"})
    assert (refused.status_code, b"not edited any more" in refused.content) == (400, True)


def test_a_document_comes_back_byte_for_byte_and_is_never_shown(
    parties: Parties, draft: SuperComplaint, signed_in: Callable[..., Any]
) -> None:
    document = draft.documents.get()
    path = f"/super-complaints/{draft.ref}/documents/{document.ref}/download/"
    answer = signed_in(parties.complainant).post(path)
    data = b"".join(answer.streaming_content)
    assert hashlib.sha256(data).hexdigest() == document.sha256
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert signed_in(parties.people["other"]).post(path).status_code == 404
    assert signed_in(parties.chief).get(path).status_code == 404  # the draft is not shared
