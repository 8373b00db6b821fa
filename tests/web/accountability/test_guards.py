"""The database itself refuses to change the ledger."""

import pytest
from django.db import IntegrityError, connections, transaction

from fourfold.web.accountability import guards
from fourfold.web.accountability.ledger import record
from fourfold.web.accountability.models import TABLE, LedgerEntry
from fourfold.web.base.models import WrittenOnceError
from lib.ledgers import entry, fill, without_guards

NAMES = "seq, at, act, op, outcome, actor_ref, actor_role, force_ref, subject_kind, subject_ref, case_ref, rule, purpose, channel, session_ref, detail, previous_hash, hash"
REST = "at, act, op, outcome, actor_ref, actor_role, force_ref, subject_kind, subject_ref, case_ref, rule, purpose, channel, session_ref, detail"


def run(using: str, sql: str) -> None:
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute(sql)


def insert(seq: str, previous_hash: str, verb: str = "INSERT") -> str:
    """SQL that copies entry 1 to another number."""
    return (
        f"{verb} INTO {TABLE} ({NAMES}) SELECT {seq}, {REST}, {previous_hash}, hash"
        f" FROM {TABLE} WHERE seq = 1"
    )


LAST_HASH = f"(SELECT hash FROM {TABLE} ORDER BY seq DESC LIMIT 1)"


@pytest.mark.parametrize(
    "sql",
    [
        f"UPDATE {TABLE} SET act = 'case.list' WHERE seq = 3",
        f"UPDATE {TABLE} SET seq = 9 WHERE seq = 5",
        f"DELETE FROM {TABLE} WHERE seq = 5",
        f"DELETE FROM {TABLE}",
        insert("7", LAST_HASH),
        insert("5", LAST_HASH),
        insert("0", LAST_HASH),
        insert("6", "'" + "0" * 64 + "'"),
        insert("6", "hash"),
        insert("3", LAST_HASH) + " ON CONFLICT (seq) DO UPDATE SET act = 'case.list'"
    ],
    ids=["update", "renumber", "delete", "delete all", "gap", "repeat", "before the first",
         "new chain", "wrong link", "upsert"],
)  # fmt: skip
def test_raw_sql_is_refused(five: str, sql: str) -> None:
    with pytest.raises(IntegrityError, match="the ledger is"):
        run(five, sql)
    assert LedgerEntry.objects.using(five).filter(act="case.open").count() == 5


def test_replace_is_refused_on_sqlite(on_sqlite: str) -> None:
    fill(on_sqlite, 2)
    for verb in ("INSERT OR REPLACE", "REPLACE"):
        with pytest.raises(IntegrityError, match="the ledger is"):
            run(on_sqlite, insert("1", LAST_HASH, verb))


def test_no_row_is_replaced_by_its_row_number_on_sqlite(on_sqlite: str) -> None:
    fill(on_sqlite, 2)
    sql = insert("3", LAST_HASH, "INSERT OR REPLACE")
    run(on_sqlite, sql.replace("(seq,", "(rowid, seq,").replace("SELECT 3,", "SELECT 1, 3,"))
    assert list(LedgerEntry.objects.using(on_sqlite).values_list("seq", flat=True)) == [1, 2, 3]


def test_truncate_and_replica_mode_are_refused_on_postgresql(on_postgresql: str) -> None:
    fill(on_postgresql, 5)
    for sql in (
        f"TRUNCATE {TABLE}",
        f"SET LOCAL session_replication_role = replica; DELETE FROM {TABLE}",
        f"CREATE TEMP TABLE {TABLE} (seq bigint, hash text); SET LOCAL search_path = pg_temp, public;"
        + insert("9", "hash")
        .replace(f"INTO {TABLE}", f"INTO public.{TABLE}")
        .replace(f"FROM {TABLE}", f"FROM public.{TABLE}"),
    ):
        with pytest.raises(IntegrityError, match="the ledger is"):
            run(on_postgresql, sql)


def test_the_application_role_of_the_manual_can_append_and_read_only(on_postgresql: str) -> None:
    connection = connections[on_postgresql]
    with transaction.atomic(using=on_postgresql), connection.cursor() as cursor:
        cursor.execute("CREATE ROLE fourfold_app")
        cursor.execute(f"GRANT SELECT, INSERT ON {TABLE} TO fourfold_app")
        cursor.execute("SET LOCAL ROLE fourfold_app")
        record(entry(), using=on_postgresql)
        cursor.execute(
            f"SELECT has_table_privilege('{TABLE}', 'SELECT'), has_table_privilege('{TABLE}', 'UPDATE'),"
            f" has_table_privilege('{TABLE}', 'DELETE'), has_table_privilege('{TABLE}', 'TRUNCATE')"
        )
        assert cursor.fetchone() == (True, False, False, False)
        transaction.set_rollback(True, using=on_postgresql)


def test_guards_are_missed(using: str) -> None:
    connection = connections[using]
    assert guards.missing_guards(connection) == []
    with without_guards(connection):
        assert "ledger_in_order" in guards.missing_guards(connection)


def test_a_guard_that_does_nothing_is_missed(using: str) -> None:
    connection = connections[using]
    weaker = {
        "sqlite": [
            "DROP TRIGGER ledger_in_order",
            f"CREATE TRIGGER ledger_in_order BEFORE INSERT ON {TABLE} BEGIN SELECT 1; END",
        ],
        "postgresql": [
            "CREATE OR REPLACE FUNCTION ledger_in_order() RETURNS trigger LANGUAGE plpgsql"
            " AS 'BEGIN RETURN NEW; END'"
        ],
    }
    try:
        for sql in weaker[using]:
            run(using, sql)
        assert guards.missing_guards(connection) == ["ledger_in_order"]
    finally:
        guards.raise_guards(connection)


def test_the_model_refuses_to_change_or_delete(five: str) -> None:
    entry = LedgerEntry.objects.using(five).get(seq=2)
    for change in (
        entry.save,
        entry.delete,
        LedgerEntry.objects.using(five).delete,
        lambda: LedgerEntry.objects.using(five).update(act="case.list"),
    ):
        with pytest.raises(WrittenOnceError):
            change()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_a_transactional_test_leaves_an_empty_and_guarded_ledger(turn: int) -> None:
    assert LedgerEntry.objects.count() == 0
    assert guards.missing_guards(connections["default"]) == []
    record(entry())
