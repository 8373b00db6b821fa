"""A plan as JSON, with its schema; and back."""

import json
from dataclasses import fields
from typing import Any, Final

from fourfold.web.recommendations.rules import plan_schema
from fourfold.web.recommendations.rules.plan_schema import (
    CODE,
    POSITION_WORDS,
    SCHEMA_NAME,
    STATUS_WORDS,
    PlanDocument,
    PlanEvidence,
    PlanLine,
    PlanUpdate,
)

DAY: Final = {"type": "string", "format": "date"}
TEXT: Final = {"type": "string"}
LINE_TEXTS: Final = (
    "text", "initial_response", "plan", "no_date_reason", "no_evidence_reason", "owner",
    "executive_lead", "operational_lead",
)  # fmt: skip


class PlanFormatError(ValueError):
    """A file that says it is a plan of ours is none."""


def write(document: PlanDocument) -> bytes:
    """Return a plan as JSON, the same bytes for the same facts."""
    return _dumped(plan_schema.plain(document))


def schema_bytes() -> bytes:
    """Return the schema, as a file to take away."""
    return _dumped(schema())


def _dumped(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def schema() -> dict[str, Any]:
    """Return the JSON schema (draft 2020-12). What is empty is left out."""
    status = {"type": "string", "enum": list(STATUS_WORDS)}
    update = _object({"on": DAY, "text": TEXT, "status": status}, ["on", "text"])
    evidence = _object({"title": TEXT, "url": {"type": "string", "format": "uri"}}, ["title"])
    line = _object(
        {
            "number": {"type": "integer", "minimum": 1},
            "part": {"type": "string", "description": "Such as 7.1; left out for the whole."},
            "code": {"type": "string", "description": "How the line is cited: 7, or 7.1."},
            "status": status,
            "position": {"type": "string", "enum": list(POSITION_WORDS)},
            "due_on": DAY,
            "answered_on": DAY,
            "updates": {"type": "array", "items": update},
            "evidence": {"type": "array", "items": evidence},
            **dict.fromkeys(LINE_TEXTS, TEXT),
        },
        ["number", "code"],
    )
    whole = {
        "schema": {"const": SCHEMA_NAME},
        "published_on": DAY,
        "lines": {"type": "array", "items": line},
        **dict.fromkeys(("title", "organisation", "super_complaint", "introduction"), TEXT),
    }
    required = ["schema", "title", "organisation", "super_complaint"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Action plan after a super-complaint",
        **_object(whole, required),
    }


def _object(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def is_own(value: object) -> bool:
    """Say whether a JSON value claims to be a plan of this schema."""
    return isinstance(value, dict) and value.get("schema") == SCHEMA_NAME


def read(value: dict[str, Any]) -> PlanDocument:
    """Return the plan of a JSON value."""
    texts = {f.name: _text(value, f.name) for f in fields(PlanDocument) if f.name != "lines"}
    return PlanDocument(**texts, lines=tuple(_line(each) for each in _list(value, "lines")))


def _line(value: dict[str, Any]) -> PlanLine:
    number, part = value.get("number"), _text(value, "part")
    if not isinstance(number, int) or isinstance(number, bool) or not 0 < number < 1000:
        raise PlanFormatError("A line has no number of a recommendation.")
    if part and not CODE.fullmatch(part):
        raise PlanFormatError(f"Line {number}: “{part[:20]}” is not the number of a part.")
    plain = ("status", "position", "due_on", "answered_on", *LINE_TEXTS)
    return PlanLine(
        number=number,
        part=part,
        **{name: _text(value, name) for name in plain},
        updates=tuple(
            PlanUpdate(_text(each, "on"), _text(each, "text"), _text(each, "status"))
            for each in _list(value, "updates")
        ),
        evidence=tuple(
            PlanEvidence(_text(each, "title"), _text(each, "url"))
            for each in _list(value, "evidence")
        ),
    )


def _text(value: dict[str, Any], name: str) -> str:
    found = value.get(name, "")
    if not isinstance(found, str):
        raise PlanFormatError(f"“{name}” must be a text.")
    return plan_schema.tidy(found)


def _list(value: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = value.get(name, [])
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise PlanFormatError(f"“{name}” must be a list.")
    return found
