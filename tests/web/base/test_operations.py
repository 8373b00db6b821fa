"""Quick operations of migrations: no first migration without them, and the same tables."""

import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from lib.prepared import DATABASE, ROOT

WEB = ROOT / "src" / "fourfold" / "web"
SLOW = re.compile(r"migrations\.(?:CreateModel|AddIndex|AddConstraint)\(")
PREPARE = """
import django
django.setup()
from django.db import migrations
from fourfold.web.base import operations
if {is_plain}:
    for name in ("CreateModel", "AddIndex", "AddConstraint"):
        setattr(operations, name, getattr(migrations, name))
from fourfold.web.config import instance
instance.prepare()
"""


def test_first_migrations_render_no_more_than_they_must() -> None:
    apps = ("cases", "exhibits", "supercomplaints", "recommendations", "surveys")
    paths = [WEB / app / "migrations" / "0001_initial.py" for app in apps]
    assert [path for path in paths if SLOW.search(path.read_text(encoding="utf-8"))] == []


def tables(home: Path, *, is_plain: bool) -> list[tuple[str, str]]:
    """Prepare an instance; return every table, index and trigger as the database has it."""
    done = subprocess.run(
        [sys.executable, "-c", PREPARE.format(is_plain=is_plain)],
        env={
            "FOURFOLD_HOME": str(home),
            "DJANGO_SETTINGS_MODULE": "fourfold.web.config.settings",
            "PYTHONPATH": str(ROOT / "src"),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    with sqlite3.connect(home / DATABASE) as database:
        return database.execute(
            "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"
        ).fetchall()


@pytest.mark.slow
def test_quick_operations_make_the_same_tables_as_plain_ones(tmp_path: Path) -> None:
    quick = tables(tmp_path / "quick", is_plain=False)
    assert quick == tables(tmp_path / "plain", is_plain=True)
