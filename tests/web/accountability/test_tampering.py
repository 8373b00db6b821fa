"""Whoever gets around the guards is found by the chain, or by a head kept elsewhere."""

from typing import Any

import pytest
from django.db import connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fourfold.web.accountability import chain, exports
from fourfold.web.accountability.chain import FIELDS, FIRST_PREVIOUS_HASH
from fourfold.web.accountability.ledger import record_all
from fourfold.web.accountability.models import TABLE
from fourfold.web.accountability.verification import stored_rows, verify
from lib.ledgers import empty, entry, without_guards
from lib.thorough import examples

TEXTS = sorted({*FIELDS, "hash"} - {"seq", "at", "detail"})


def tamper(using: str, *statements: str, values: tuple[Any, ...] = ()) -> None:
    with without_guards(connections[using]), connections[using].cursor() as cursor:
        for sql in statements:
            cursor.execute(sql, values or None)


COPY = ", ".join('"' + name + '"' for name in (*FIELDS, "hash") if name != "seq")


@pytest.mark.parametrize(
    ("statements", "wrong_seq", "kind"),
    [
        ([f"UPDATE {TABLE} SET actor_ref = 'U-0000000002' WHERE seq = 3"], 3, "changed"),
        ([f"UPDATE {TABLE} SET detail = '{{\"number\": 9}}' WHERE seq = 3"], 3, "changed"),
        ([f"UPDATE {TABLE} SET at = '2026-01-01 00:00:00+00:00' WHERE seq = 3"], 3, "changed"),
        ([f"UPDATE {TABLE} SET hash = previous_hash WHERE seq = 3"], 3, "changed"),
        ([f"DELETE FROM {TABLE} WHERE seq = 3"], 3, "missing"),
        ([f"DELETE FROM {TABLE} WHERE seq < 3"], 1, "missing"),
        ([f"DELETE FROM {TABLE} WHERE seq = 3", f"UPDATE {TABLE} SET seq = 3 WHERE seq = 4",
          f"UPDATE {TABLE} SET seq = 4 WHERE seq = 5"], 3, "changed"),
        ([f"UPDATE {TABLE} SET seq = 99 WHERE seq = 2", f"UPDATE {TABLE} SET seq = 2 WHERE seq = 3",
          f"UPDATE {TABLE} SET seq = 3 WHERE seq = 99"], 2, "changed"),
        ([f"INSERT INTO {TABLE} (seq, {COPY}) SELECT 0, {COPY} FROM {TABLE} WHERE seq = 1"], 0,
         "order"),
        ([f"INSERT INTO {TABLE} (seq, {COPY}) SELECT 6, {COPY} FROM {TABLE} WHERE seq = 5"], 6,
         "changed"),
    ],
    ids=["edit", "edit detail", "edit time", "edit hash", "delete", "delete first", "close gap",
         "swap", "insert before", "insert after"],
)  # fmt: skip
def test_tampering_is_found(five: str, statements: list[str], wrong_seq: int, kind: str) -> None:
    assert verify(using=five).is_intact
    tamper(five, *statements)
    fault = verify(using=five).fault
    assert fault is not None
    assert (fault.seq, fault.kind) == (wrong_seq, kind)


def test_a_cut_end_is_found_by_the_head_only(five: str) -> None:
    head = exports.head(using=five)
    tamper(five, f"DELETE FROM {TABLE} WHERE seq > 3")
    assert verify(using=five).is_intact
    fault = verify(head=head, using=five).fault
    assert fault is not None
    assert (fault.seq, fault.kind) == (4, "cut off")


def test_a_rewritten_ledger_is_found_by_the_head_only(five: str) -> None:
    head = exports.head(using=five)
    forged, last_hash = [], FIRST_PREVIOUS_HASH
    for stored in stored_rows(using=five):
        row = {**stored, "actor_ref": "U-0000000002", "previous_hash": last_hash}
        last_hash = chain.hash_of(row)
        forged.append((row["seq"], row["previous_hash"], last_hash))
    tamper(five, f"UPDATE {TABLE} SET actor_ref = 'U-0000000002'")
    for seq, previous_hash, own_hash in forged:
        tamper(five, f"UPDATE {TABLE} SET previous_hash = %s, hash = %s WHERE seq = %s",
               values=(previous_hash, own_hash, seq))  # fmt: skip
    assert verify(using=five).is_intact
    fault = verify(head=head, using=five).fault
    assert fault is not None
    assert (fault.seq, fault.kind) == (5, "rewritten")


def test_a_replaced_entry_with_a_hash_of_its_own_is_found_by_its_link(five: str) -> None:
    row = dict(list(stored_rows(using=five))[2])
    row["actor_ref"] = "U-0000000002"
    tamper(five, f"UPDATE {TABLE} SET actor_ref = 'U-0000000002', hash = %s WHERE seq = 3",
           values=(chain.hash_of(row),))  # fmt: skip
    fault = verify(using=five).fault
    assert fault is not None
    assert (fault.seq, fault.kind) == (4, "unlinked")


@pytest.mark.parametrize(
    "change",
    [
        'detail = \'{"number": 2, "number": 2}\'',
        "act = CAST(x'ff' AS TEXT)",
        "act = x'636173652e6f70656e'",
        "at = 'yesterday'",
    ],
    ids=["key twice", "broken text", "bytes", "no time"],
)
def test_what_cannot_be_read_is_found_on_sqlite(on_sqlite: str, change: str) -> None:
    record_all((entry(detail={"number": number}) for number in range(5)), using=on_sqlite)
    tamper(on_sqlite, f"UPDATE {TABLE} SET {change} WHERE seq = 3")
    assert verify(using=on_sqlite).wrong_seq == 3
    assert len(list(exports.lines(using=on_sqlite))) >= 3


CODES = st.from_regex(r"[a-z]{1,8}(\.[a-z]{1,8})?", fullmatch=True)
DETAILS = st.dictionaries(
    st.from_regex(r"[a-z_]{1,6}", fullmatch=True).filter(lambda key: key[0] != "_"),
    st.one_of(
        st.integers(-(2**53) + 1, 2**53 - 1), st.booleans(), CODES, st.lists(CODES, max_size=3)
    ),
    max_size=3,
)
PURPOSES = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30)
LEDGERS = st.lists(
    st.builds(entry, act=st.sampled_from(["case.open", "act.add"]), detail=DETAILS, purpose=PURPOSES,
              outcome=st.sampled_from(["done", "refused"])),
    min_size=2, max_size=6,
)  # fmt: skip


@given(entries=LEDGERS, data=st.data())
@settings(
    max_examples=examples(25, 120),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_single_mutation_is_found(
    on_sqlite: str, entries: list[Any], data: st.DataObject
) -> None:
    connection = connections[on_sqlite]
    empty(connection)
    record_all(entries, using=on_sqlite)
    head = exports.head(using=on_sqlite)
    assert verify(head=head, using=on_sqlite).is_intact
    rows = [dict(row) for row in stored_rows(using=on_sqlite)]
    with without_guards(connection):
        data.draw(st.sampled_from([edit, delete, swap, truncate, insert]))(connection, rows, data)
    result = verify(head=head, using=on_sqlite)
    assert not result.is_intact
    assert result.reason


def seq_of(rows: list[dict[str, Any]], data: st.DataObject, before_last: bool = False) -> int:
    return data.draw(st.integers(1, len(rows) - before_last))


def edit(connection: Any, rows: list[dict[str, Any]], data: st.DataObject) -> None:
    seq = seq_of(rows, data)
    name = data.draw(st.sampled_from([*TEXTS, "seq", "at", "detail"]))
    new: Any
    if name == "seq":
        new = data.draw(st.integers(-5, 20).filter(lambda n: not 1 <= n <= len(rows)))
    elif name == "at":
        new = data.draw(st.sampled_from(["2026-01-01 00:00:00", "2026-01-01 00:00:00.5"]))
    elif name == "detail":
        new = chain.canonical(
            data.draw(DETAILS.filter(lambda d: d != rows[seq - 1]["detail"]))
        ).decode()
    else:
        new = data.draw(PURPOSES.filter(lambda text: text != rows[seq - 1][name]))
    run(connection, f'UPDATE {TABLE} SET "{name}" = %s WHERE seq = %s', new, seq)


def delete(connection: Any, rows: list[dict[str, Any]], data: st.DataObject) -> None:
    run(connection, f"DELETE FROM {TABLE} WHERE seq = %s", seq_of(rows, data))


def swap(connection: Any, rows: list[dict[str, Any]], data: st.DataObject) -> None:
    first = seq_of(rows, data, before_last=True)
    second = data.draw(st.integers(first + 1, len(rows)))
    for old, new in ((first, 99), (second, first), (99, second)):
        run(connection, f"UPDATE {TABLE} SET seq = %s WHERE seq = %s", new, old)


def truncate(connection: Any, rows: list[dict[str, Any]], data: st.DataObject) -> None:
    run(connection, f"DELETE FROM {TABLE} WHERE seq > %s", seq_of(rows, data) - 1)


def insert(connection: Any, rows: list[dict[str, Any]], data: st.DataObject) -> None:
    """Put a copy of an entry in place of another, moving those after it."""
    source, place = seq_of(rows, data), seq_of(rows, data)
    for seq in range(len(rows), place - 1, -1):
        run(connection, f"UPDATE {TABLE} SET seq = %s WHERE seq = %s", seq + 1, seq)
    source += source >= place
    run(connection, f"INSERT INTO {TABLE} (seq, {COPY}) SELECT %s, {COPY} FROM {TABLE} WHERE seq = %s",
        place, source)  # fmt: skip


def run(connection: Any, sql: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
