"""Triggers that keep the ledger append-only and in order, whoever writes to the database.

A migration that lets SQLite rebuild the table drops them: call `raise_guards` at its end.
"""

from typing import Any, Final

from django.db.backends.base.base import BaseDatabaseWrapper

from fourfold.web.accountability.chain import FIRST_PREVIOUS_HASH
from fourfold.web.accountability.models import TABLE

# BEFORE INSERT also stops INSERT OR REPLACE and ON CONFLICT DO UPDATE: the number exists already,
# and there is no second unique key by which another row could be replaced.
SQLITE: Final = {
    "ledger_no_update": f"""
CREATE TRIGGER ledger_no_update BEFORE UPDATE ON {TABLE}
BEGIN SELECT RAISE(ABORT, 'the ledger is written once: UPDATE is refused'); END""",
    "ledger_no_delete": f"""
CREATE TRIGGER ledger_no_delete BEFORE DELETE ON {TABLE}
BEGIN SELECT RAISE(ABORT, 'the ledger is written once: DELETE is refused'); END""",
    "ledger_in_order": f"""
CREATE TRIGGER ledger_in_order BEFORE INSERT ON {TABLE}
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM {TABLE})
  OR NEW.previous_hash IS NOT coalesce(
    (SELECT hash FROM {TABLE} ORDER BY seq DESC LIMIT 1), '{FIRST_PREVIOUS_HASH}')
BEGIN SELECT RAISE(ABORT, 'the ledger is chained: this entry does not continue it'); END""",
}

REFUSE_BODY: Final = """
BEGIN
  RAISE EXCEPTION 'the ledger is written once: % is refused', TG_OP
    USING ERRCODE = 'integrity_constraint_violation';
END
"""
# The table is named by the trigger, not by the search path, which the writer can set.
ORDER_BODY: Final = f"""
DECLARE
  last_seq bigint;
  last_hash text;
BEGIN
  EXECUTE format('SELECT seq, hash FROM %I.%I ORDER BY seq DESC LIMIT 1',
                 TG_TABLE_SCHEMA, TG_TABLE_NAME) INTO last_seq, last_hash;
  IF NEW.seq IS DISTINCT FROM coalesce(last_seq, 0) + 1
     OR NEW.previous_hash IS DISTINCT FROM coalesce(last_hash, '{FIRST_PREVIOUS_HASH}') THEN
    RAISE EXCEPTION 'the ledger is chained: this entry does not continue it'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END
"""
# name: (body, CREATE TRIGGER ... ON, pg_trigger.tgtype as a sum of its bits)
POSTGRESQL: Final = {
    "ledger_no_change": (REFUSE_BODY, "BEFORE UPDATE OR DELETE OR TRUNCATE", "STATEMENT", 58),
    "ledger_in_order": (ORDER_BODY, "BEFORE INSERT", "ROW", 7),
}


def raise_guards(connection: BaseDatabaseWrapper) -> None:
    """Put every trigger in place, in place of any of the same name."""
    lower_guards(connection)
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor):
            cursor.execute(statement)


def lower_guards(connection: BaseDatabaseWrapper) -> None:
    """Remove the triggers: for migrations that rebuild the table, and for tests."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in SQLITE:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            return
        for name in POSTGRESQL:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {TABLE}")
            cursor.execute(f"DROP FUNCTION IF EXISTS {name}()")


def missing_guards(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of triggers that are not there, are switched off or say something else."""
    if connection.vendor == "sqlite":
        expected: dict[str, Any] = {name: sql.strip() for name, sql in SQLITE.items()}
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
    else:
        expected = {name: (body, bits) for name, (body, _, _, bits) in POSTGRESQL.items()}
        query = (
            "SELECT t.tgname, p.prosrc, t.tgtype FROM pg_trigger t JOIN pg_proc p ON p.oid ="
            " t.tgfoid WHERE t.tgrelid = to_regclass(%s) AND t.tgenabled = 'A' AND t.tgqual IS NULL"
        )
    with connection.cursor() as cursor:
        cursor.execute(query, [TABLE])
        found = {row[0]: row[1] if len(row) == 2 else tuple(row[1:]) for row in cursor.fetchall()}
    return [name for name, guard in expected.items() if found.get(name) != guard]


def _statements(vendor: str) -> list[str]:
    if vendor == "sqlite":
        return list(SQLITE.values())
    statements = []
    for name, (body, moment, level, _) in POSTGRESQL.items():
        statements += [
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $body${body}$body$",
            f"CREATE TRIGGER {name} {moment} ON {TABLE} FOR EACH {level} EXECUTE FUNCTION {name}()",
            # also where a session plays replica to switch triggers off
            f"ALTER TABLE {TABLE} ENABLE ALWAYS TRIGGER {name}",
        ]
    return statements
