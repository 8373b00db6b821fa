"""The case's facts as the engine's case.toml: the same facts, the same bytes.

`to_toml` writes the engine's own model of a case, which the engine's own parser reads back; what
the workspace knows is put into that model by `case_facts.py`.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

from fourfold.evidence.model.case import Case

NAME = "case.toml"
HEADING_LINE = re.compile(r"""\s*\[\[?\s*["']?([A-Za-z_-]+)["']?[\s\w."'-]*\]\]?\s*(?:#.*)?$""")
HEADING = "# Written by Fourfold from the record of the case. Change the record, not this file.\n"

TomlValue = str | float | int | bool | datetime | tuple[str, ...] | None


def to_toml(case: Case, orders_toml: str = "") -> str:
    """Return case.toml of a case.

    Args:
        case: the facts; its orders are left out.
        orders_toml: [[order]] tables of a case file that was taken over, passed on verbatim.
    """
    text = HEADING + "".join(_table(name, keys) for name, keys in _tables(case))
    return text + ("\n" + orders_toml.strip() + "\n" if orders_toml.strip() else "")


def _tables(case: Case) -> Iterator[tuple[str, Mapping[str, TomlValue]]]:
    yield (
        "[case]",
        {
            "reference": case.reference,
            "title": case.title,
            "jurisdiction": case.jurisdiction,
            "display_time_zone": case.display_zone,
        },
    )
    yield from _people_and_knowledge(case)
    for authority in case.authorities:
        yield (
            "[[authority]]",
            {
                "ref": authority.ref,
                "kind": authority.kind,
                "from": authority.from_at,
                "to": authority.to_at,
                "scope": authority.scope,
            },
        )
    for exhibit in case.exhibits:
        yield (
            "[[exhibit]]",
            {
                "file": exhibit.file,
                "ref": exhibit.ref,
                "producer": exhibit.producer,
                "received_at": exhibit.received_at,
                "authority": exhibit.authority,
                "format": exhibit.format,
                "time_zone": exhibit.time_zone,
                "person": exhibit.person,
                "device": exhibit.device,
                "identifier": exhibit.identifier,
                "sha256": exhibit.sha256,
            },
        )


def _people_and_knowledge(case: Case) -> Iterator[tuple[str, Mapping[str, TomlValue]]]:
    for person in case.people:
        yield "[[person]]", {"key": person.key, "role": person.role, "name": person.name}
    for a in case.attributions:
        yield (
            "[[attribution]]",
            {
                "identifier": a.identifier,
                "person": a.person,
                "from": a.from_at,
                "to": a.to_at,
                "basis": a.basis,
                "strength": a.strength,
            },
        )
    for place in case.places:
        yield (
            "[[place]]",
            {
                "key": place.key,
                "label": place.label,
                "lat": place.lat,
                "lon": place.lon,
                "radius_m": place.radius_m,
                "whose": place.whose,
                "sensitive": place.is_sensitive,
            },
        )
    for told in case.knowledge:
        yield (
            "[[knowledge]]",
            {
                "person": told.person,
                "at": told.at,
                "by": told.by,
                "how": told.how,
                "words": told.words,
            },
        )


def _table(heading: str, keys: Mapping[str, TomlValue]) -> str:
    lines = [f"{key} = {_value(value)}" for key, value in keys.items() if not _is_empty(value)]
    return "\n".join(["", heading, *lines, ""])


def _is_empty(value: TomlValue) -> bool:
    return value is None or value in ("", ())


def _value(value: TomlValue) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, int | float):
        return repr(value)
    return "[" + ", ".join(map(_text, value or ())) + "]"


def _text(value: str) -> str:
    """Return a basic string of TOML: as JSON writes it, and DEL escaped too."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def orders_text(text: str) -> str:
    """Return the [[order]] tables of a case.toml letter by letter, comments between included."""
    return "".join(_order_lines(text.splitlines(keepends=True)))


def _order_lines(lines: Iterable[str]) -> Iterator[str]:
    is_order = False
    for line in lines:
        if heading := HEADING_LINE.match(line):
            is_order = heading[1] == "order"
        if is_order:
            yield line
