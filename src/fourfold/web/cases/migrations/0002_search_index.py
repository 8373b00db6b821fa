"""The full-text index over the words of search documents."""

from typing import Any, ClassVar

from django.db import migrations

from fourfold.web.cases.search import index


def make(_apps: Any, schema_editor: Any) -> None:
    """Put the index of this database in place."""
    index.make(schema_editor.connection)


def drop(_apps: Any, schema_editor: Any) -> None:
    """Remove it."""
    index.drop(schema_editor.connection)


class Migration(migrations.Migration):
    """FTS5 with triggers on SQLite, GIN on PostgreSQL."""

    dependencies: ClassVar = [("cases", "0001_initial")]
    operations: ClassVar = [migrations.RunPython(make, drop)]
