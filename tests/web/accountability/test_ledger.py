"""What `record` writes, what it refuses, and that writers take turns."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from enum import StrEnum

import pytest
from django.db import connections, transaction

from fourfold.web.accountability import context, ledger
from fourfold.web.accountability.acts import UnknownActError
from fourfold.web.accountability.chain import FIELDS, FIRST_PREVIOUS_HASH
from fourfold.web.accountability.ledger import record, record_all
from fourfold.web.accountability.models import LedgerEntry
from fourfold.web.accountability.rules import UnfitForLedgerError
from fourfold.web.accountability.verification import verify
from lib.ledgers import entry, fill

WRITERS, EACH = 8, 15


def test_record_fills_in_what_the_app_does_not_say(using: str) -> None:
    with context.running(channel="page", session_ref="0123456789abcdef"):
        written = record(entry(detail={"count": 3}), using=using)
    stored = LedgerEntry.objects.using(using).get()
    assert (stored.seq, stored.op, stored.outcome, stored.channel, stored.session_ref) == (
        1, "consult", "done", "page", "0123456789abcdef",
    )  # fmt: skip
    assert (stored.previous_hash, stored.hash) == (FIRST_PREVIOUS_HASH, written.hash)
    assert (stored.at, stored.detail) == (written.at, {"count": 3})


def test_what_was_written_reads_back_and_verifies(using: str) -> None:
    class Code(StrEnum):
        NOT_KNOWN = "not_known"

    detail = {
        "zz": True, "a": [1, -2, 2**53 - 1], "bb": "act.add", "refs": ["C-7K2M9QX4TA"],
        "answer": Code.NOT_KNOWN, "none": [],
    }  # fmt: skip
    record(entry(detail=detail, purpose='Ünïcödé 👁 ‘quoted’ \\ " </script>'), using=using)
    record(entry(outcome="refused", rule="case.assigned"), using=using)
    result = verify(using=using)
    assert (result.is_intact, result.count) == (True, 2)
    assert verify(LedgerEntry.objects.using(using)) == result


def test_the_same_entry_has_the_same_hash_on_both_databases(
    monkeypatch: pytest.MonkeyPatch, using: str
) -> None:
    for microsecond in (0, 120_000, 123_456):
        at = datetime(2026, 11, 21, 8, 0, 0, microsecond, tzinfo=UTC)
        monkeypatch.setattr(ledger.timezone, "now", lambda at=at: at)
        record(entry(detail={"longer": 1, "b": 2}, purpose="é"), using=using)
    stored = verify(using=using)
    assert stored.is_intact
    assert stored.last_hash == "f71e1da179907f248893f4c1dea74556c389b8b416ae655ff9a6f8963dd41b24"


def test_every_field_of_the_table_is_hashed() -> None:
    columns = {field.name for field in LedgerEntry._meta.get_fields()}
    assert columns == {*FIELDS, "hash"}


def test_writers_take_turns(using: str) -> None:
    def write(writer: int) -> None:
        try:
            for number in range(EACH):
                with transaction.atomic(using=using):
                    record(entry(detail={"writer": writer, "number": number}), using=using)
        finally:
            connections[using].close()

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, range(WRITERS)))
    result = verify(using=using)
    assert (result.is_intact, result.count) == (True, WRITERS * EACH)


def test_an_entry_falls_with_its_transaction(using: str) -> None:
    fill(using, 1)
    with pytest.raises(ZeroDivisionError), transaction.atomic(using=using):
        record(entry(), using=using)
        raise ZeroDivisionError
    fill(using, 1)
    assert verify(using=using).count == 2


def test_many_entries_are_chained_in_one_go(using: str) -> None:
    fill(using, 1)
    assert record_all((entry(detail={"n": n}) for n in range(1_200)), using=using) == 1_200
    fill(using, 1)
    result = verify(using=using)
    assert (result.is_intact, result.count) == (True, 1_202)


@pytest.mark.parametrize(
    "detail",
    [
        {"name": "Smith"}, {"name": "ann smith"}, {"phone": "07700900123"},
        {"phone": "+447700900123"}, {"mail": "a@example.org"}, {"plate": "AB00CDE"},
        {"text": "Stop it"}, {"text": ""}, {"text": "a" * 65}, {"text": "line\n"},
        {"ref": "LEE-ANNE"}, {"card": "0123456789012345"}, {"ratio": 0.5}, {"none": None},
        {"nested": {"a": 1}}, {"nested": [[1]]}, {"bytes": b"a"}, {"big": 2**53},
        {"Key": 1}, {"a b": 1}, {1: 1}, {"many": [1] * 501}, {"half": "\ud800"},
        {f"k{n}": ["C-7K2M9QX4TA"] * 100 for n in range(9)},
    ],
    ids=repr,
)  # fmt: skip
def test_detail_takes_no_content(detail: dict[str, object]) -> None:
    with pytest.raises(UnfitForLedgerError) as refusal:
        record(entry(detail=detail))
    assert "Smith" not in str(refusal.value) and "07700" not in str(refusal.value)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("actor_ref", "ann@example.org"),
        ("subject_ref", "07700900123"),
        ("case_ref", "Op Teasel"),
        ("rule", "Assigned to the case"),
        ("purpose", "a" * 301),
        ("purpose", "two\nlines"),
        ("purpose", "\x00"),
        ("purpose", "\ud800"),
        ("outcome", "perhaps"),
    ],
)
def test_fields_take_no_content(field: str, value: str) -> None:
    with pytest.raises(ValueError):
        record(entry(**{field: value}))


def test_an_unknown_act_is_an_error() -> None:
    with pytest.raises(UnknownActError):
        record(entry(act="case.burn"))


def test_a_session_key_is_no_session_reference() -> None:
    with (
        context.running(channel="page", session_ref="x" * 32 + "_"),
        pytest.raises(UnfitForLedgerError),
    ):
        record(entry())


def test_an_unknown_channel_is_an_error() -> None:
    with pytest.raises(ValueError, match="no such channel"), context.running(channel="post"):
        pass
