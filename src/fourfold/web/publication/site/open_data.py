"""Open data: every kind as JSON, as CSV and with its JSON Schema, written from `content`."""

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any, Final

import msgspec

from fourfold.web.publication.content import CLASSES, Kind
from fourfold.web.publication.rules import paths
from fourfold.web.publication.selectors import standing
from fourfold.web.publication.site.names import LICENCE_NAME, LICENCE_URL, SITE_NAME
from fourfold.web.publication.site.routes import Document, Names
from fourfold.web.publication.site.world import World

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
JSON: Final = "application/json"


@dataclass(frozen=True)
class Table:
    """A table of the open data, for the page that lists them."""

    kind: str
    label: str
    says: str
    count: int
    columns: tuple[str, ...]
    csv: str
    json: str
    schema: str


def described(world: World) -> list[Table]:
    """Return every table: what a row is, how many there are, where the files lie."""
    return [
        Table(
            kind,
            Kind(kind).label,
            _first_line(made),
            world.counts[kind],
            tuple(each.name for each in fields(made)),
            *(paths.data(kind, form) for form in ("csv", "json", "schema.json")),
        )
        for kind, made in CLASSES.items()
    ]


def _first_line(made: type) -> str:
    return (made.__doc__ or "").strip().splitlines()[0]


def written(plain: object) -> bytes:
    """Return JSON that is the same for the same facts."""
    return (json.dumps(plain, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()


def rows_of(kind: str) -> list[dict[str, Any]]:
    """Return every standing thing of a kind, with the fields that the schema names."""
    made = CLASSES[kind]
    return [msgspec.to_builtins(msgspec.convert(plain, made)) for plain in standing.plain_of(kind)]


def as_json(_world: World, names: Names, _address: str) -> bytes | None:
    """Return a kind as JSON."""
    kind = names["kind"]
    if kind not in CLASSES:
        return None
    return written(
        {
            "title": Kind(kind).label,
            "publisher": SITE_NAME,
            "licence": LICENCE_URL,
            "schema": f"{kind}.schema.json",
            "items": rows_of(kind),
        }
    )


def as_csv(_world: World, names: Names, _address: str) -> bytes | None:
    """Return a kind as CSV: lists of texts with " | ", what is deeper as JSON."""
    kind = names["kind"]
    if kind not in CLASSES:
        return None
    columns = [each.name for each in fields(CLASSES[kind])]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows_of(kind):
        writer.writerow([cell(row[name]) for name in columns])
    return out.getvalue().encode()


def cell(value: object) -> str:
    """Return a value as a cell that no spreadsheet takes for a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list | tuple) and all(isinstance(each, str) for each in value):
        value = " | ".join(value)
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = text.replace("\x00", "")
    return f"'{text}" if text.startswith(FORMULA) else text


def schema(_world: World, names: Names, _address: str) -> bytes | None:
    """Return the JSON Schema of a kind's JSON file."""
    kind = names["kind"]
    if kind not in CLASSES:
        return None
    made = CLASSES[kind]
    (item,), parts = msgspec.json.schema_components([made], ref_template="#/$defs/{name}")
    return written(
        {
            "$schema": DRAFT,
            "$id": f"urn:fourfold:schema:{kind}",
            "title": Kind(kind).label,
            "description": _first_line(made),
            "type": "object",
            "required": ["title", "publisher", "licence", "schema", "items"],
            "properties": {
                "title": {"type": "string"},
                "publisher": {"type": "string"},
                "licence": {"type": "string"},
                "schema": {"type": "string"},
                "items": {"type": "array", "items": item},
            },
            "$defs": parts,
        }
    )


def index(world: World, _names: Names, _address: str) -> bytes:
    """Return what tables there are."""
    return written(
        {
            "title": f"Open data of {SITE_NAME}",
            "licence": {"name": LICENCE_NAME, "url": LICENCE_URL},
            "data_as_of": world.as_of.isoformat() if world.as_of else None,
            "tables": [
                {
                    "kind": each.kind,
                    "title": each.label,
                    "description": each.says,
                    "count": each.count,
                    "columns": list(each.columns),
                    "csv": each.csv.removeprefix("data/"),
                    "json": each.json.removeprefix("data/"),
                    "schema": each.schema.removeprefix("data/"),
                }
                for each in described(world)
            ],
        }
    )


def kinds(_world: World) -> Iterable[Names]:
    """Return every kind."""
    return [{"kind": str(kind)} for kind in CLASSES]


DOCUMENTS = (
    Document("data/index.json", JSON, index),
    Document("data/{kind}.schema.json", "application/schema+json", schema, kinds),
    Document("data/{kind}.json", JSON, as_json, kinds),
    Document("data/{kind}.csv", "text/csv; charset=utf-8", as_csv, kinds),
)
