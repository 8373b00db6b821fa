"""What the matrix needs of a published answer, taken out by the database.

A snapshot holds years of updates; six short values of each are enough here, so the database cuts
them out and the texts stay where they are. Both databases spell that in their own way.
"""

from typing import Any, Final

from django.db.models import CharField, Func, IntegerField
from django.db.models.fields.json import KeyTextTransform

TEXTS: Final = ("status", "position", "due_on", "answered_on")
NAMES: Final = tuple(f"said_{name}" for name in (*TEXTS, "updated_on", "evidence"))


class LastUpdate(Func):
    """The day of the last update of an answer."""

    output_field = CharField()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """Spell it for SQLite."""
        template = "JSON_EXTRACT(%(expressions)s, '$.updates[#-1].on')"
        return self.as_sql(compiler, connection, template=template, **more)

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """Spell it for PostgreSQL."""
        template = "%(expressions)s #>> '{updates,-1,on}'"
        return self.as_sql(compiler, connection, template=template, **more)


class EvidenceCount(Func):
    """How many items of evidence an answer has."""

    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """Spell it for SQLite."""
        template = "JSON_ARRAY_LENGTH(%(expressions)s, '$.evidence')"
        return self.as_sql(compiler, connection, template=template, **more)

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """Spell it for PostgreSQL."""
        template = "JSONB_ARRAY_LENGTH(%(expressions)s -> 'evidence')"
        return self.as_sql(compiler, connection, template=template, **more)


def shown(content: str) -> dict[str, Any]:
    """Return the values by NAMES, of the column that holds a published answer."""
    texts = [KeyTextTransform(name, content) for name in TEXTS]
    return dict(zip(NAMES, [*texts, LastUpdate(content), EvidenceCount(content)], strict=True))
