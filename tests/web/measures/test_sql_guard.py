"""The SQL of measures reads what is open to it and nothing else; the database says so too."""

import dataclasses

import pytest
from django.apps import apps
from django.db import connection

from fourfold.web.measures.rules import definitions, sql_guard
from fourfold.web.measures.rules.periods import parse
from fourfold.web.measures.selectors import running
from fourfold.web.users.models import Force

GOOD = "SELECT r.ref AS ref FROM cases_report AS r WHERE r.force_id = :force_id"
BAD = [
    "",
    "DELETE FROM cases_report",
    "UPDATE cases_report SET case_id = NULL",
    f"{GOOD}; DELETE FROM cases_report",
    f"{GOOD};",
    f"{GOOD} SELECT u.role AS role FROM users_user AS u",
    f"{GOOD} -- a comment",
    f"{GOOD} /* a comment */",
    f"{GOOD} AND 1 = (SELECT COUNT(s.id) FROM django_session AS s)",
    f"{GOOD} AND 1 = (SELECT COUNT(l.id) FROM accountability_ledgerentry AS l)",
    "SELECT r.ref AS ref FROM cases_report AS r, users_user AS u WHERE r.force_id = :force_id",
    "SELECT r.ref AS ref FROM cases_report AS r LEFT JOIN users_user AS u, django_session AS s",
    "SELECT r.ref AS ref FROM cases_report r WHERE r.force_id = :force_id",
    "SELECT r.victim_words AS ref FROM cases_report AS r WHERE r.force_id = :force_id",
    "SELECT u.email AS ref FROM users_user AS u WHERE u.id = :force_id",
    "SELECT u.password AS ref FROM users_user AS u WHERE u.id = :force_id",
    "SELECT r.ref AS ref FROM cases_report AS r",
    "SELECT ref FROM cases_report AS r WHERE r.force_id = :force_id",
    "SELECT * FROM cases_report AS r WHERE r.force_id = :force_id",
    f"{GOOD} AND 1 = pg_sleep(10)",
    f"{GOOD} AND r.ref = load_extension('x')",
    f"{GOOD} AND r.ref = 'a' || 'b'",
    f"{GOOD} AND r.force_id = :other",
    f'{GOOD} AND r."victim_words" = 1',
    f"{GOOD} AND (1 = 1",
    f"{GOOD} AND 1 = 1)",
    f"{GOOD} AND r.id = 1::text",
    "WITH x AS (SELECT 1) SELECT r.ref AS ref FROM cases_report AS r",
    "SELECT r.ref AS ref FROM sqlite_master AS r WHERE r.id = :force_id",
    "SELECT r.ref AS ref FROM information_schema.tables AS r WHERE r.id = :force_id",
    "SELECT r.ref AS ref INTO x FROM cases_report AS r WHERE r.force_id = :force_id",
    "PRAGMA query_only = OFF",
]


@pytest.mark.parametrize("sql", BAD)
def test_what_is_not_a_plain_question_is_refused(sql: str) -> None:
    with pytest.raises(sql_guard.ForbiddenSqlError):
        sql_guard.check_sql(sql)


def test_a_plain_question_passes() -> None:
    assert sql_guard.check_sql(GOOD).columns == ("ref",)


def test_every_definition_passes_and_its_tables_and_columns_exist() -> None:
    tables = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    for table, columns in sql_guard.COLUMNS.items():
        assert columns <= {field.column for field in tables[table]._meta.fields}
    for definition in definitions.newest():
        if definition.is_measurable:
            assert set(sql_guard.check(definition).aliases.values()) <= set(tables)


def test_tables_and_columns_must_be_those_declared() -> None:
    good = definitions.find("four-asked")
    for changed in ({"tables": ("cases_case",)}, {"kind": definitions.Kind.MEDIAN_DAYS}):
        with pytest.raises(sql_guard.ForbiddenSqlError):
            sql_guard.check(dataclasses.replace(good, **changed))


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT email, 1 FROM users_user WHERE id <> :force_id",
        "INSERT INTO cases_case (ref) VALUES ('x')",
        "DELETE FROM cases_report",
    ],
)
def test_the_database_refuses_what_slips_through(
    sql: str, force: Force, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sql_guard, "check", lambda definition: None)
    bad = dataclasses.replace(definitions.find("four-asked"), sql=sql)
    if connection.vendor == "postgresql" and sql.startswith("SELECT"):
        pytest.skip("PostgreSQL refuses writes; which tables are read, the text check refuses")
    with pytest.raises(running.MeasureFailedError):
        running.calculate(bad, force.pk, parse("2026"))
    force.name = "Still writable"
    force.save()
    assert Force.objects.get(pk=force.pk).name == "Still writable"


def test_a_slow_question_is_stopped(force: Force, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sql_guard, "check", lambda definition: None)
    monkeypatch.setattr(running, "LIMIT_SECONDS", 0.02)
    monkeypatch.setattr(running, "STEPS_BETWEEN_LOOKS", 100)
    tables = ", ".join(f"cases_offence AS o{number}" for number in range(5))
    sql = f"SELECT COUNT(o0.id), 1 FROM {tables} WHERE o0.id <> :force_id"
    slow = dataclasses.replace(definitions.find("four-asked"), sql=sql)
    with pytest.raises(running.MeasureFailedError):
        running.calculate(slow, force.pk, parse("2026"))
