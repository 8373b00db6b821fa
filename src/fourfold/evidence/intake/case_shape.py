"""The shape of case.toml, version 1, as data (shared/case-folder.md)."""

from typing import Final

# kind of value -> what a person is told to write
KINDS: Final = {
    "text": 'text in quotes, such as "S"',
    "texts": 'a list of texts, such as ["V"]',
    "texts_or_text": 'text in quotes, or a list of texts, such as ["V"]',
    "number": "a number",
    "whole": "a whole number",
    "bool": "true or false",
    "instant": "a date and time, such as 2026-10-02T15:40:00+01:00",
    "time": "a time of day, such as 17:00:00",
    "points": "a list of [latitude, longitude] pairs",
    "tables": "a table",
}

# table -> key -> (kind, is_required)
SHAPE: Final[dict[str, dict[str, tuple[str, bool]]]] = {
    "case": {
        "reference": ("text", True),
        "title": ("text", False),
        "jurisdiction": ("text", False),
        "display_time_zone": ("text", False),
    },
    "person": {"key": ("text", True), "role": ("text", True), "name": ("text", False)},
    "attribution": {
        "identifier": ("text", True),
        "person": ("text", True),
        "strength": ("text", True),
        "basis": ("text", False),
        "from": ("instant", False),
        "to": ("instant", False),
    },
    "place": {
        "key": ("text", True),
        "lat": ("number", True),
        "lon": ("number", True),
        "label": ("text", False),
        "radius_m": ("number", False),
        "whose": ("text", False),
        "sensitive": ("bool", False),
    },
    "knowledge": {
        "person": ("text", True),
        "at": ("instant", True),
        "by": ("text", False),
        "how": ("text", False),
        "words": ("text", False),
    },
    "order": {
        "key": ("text", True),
        "kind": ("text", True),
        "defendant": ("text", True),
        "protected": ("texts", True),
        "served_at": ("instant", True),
        "made_at": ("instant", False),
        "until": ("instant", False),
        "court": ("text", False),
        "service": ("text", False),
        "term": ("tables", False),
    },
    "order.term": {
        "key": ("text", True),
        "kind": ("text", True),
        "text": ("text", True),
        "shape": ("text", False),
        "lat": ("number", False),
        "lon": ("number", False),
        "radius_m": ("number", False),
        "points": ("points", False),
        "distance_m": ("number", False),
        "notified": ("texts", False),
        "within_days": ("whole", False),
        "done_at": ("instant", False),
        "exception": ("tables", False),
    },
    "order.term.exception": {
        "text": ("text", True),
        "person": ("text", False),
        "identifier": ("text", False),
        "channel": ("text", False),
        "days": ("texts", False),
        "from_time": ("time", False),
        "to_time": ("time", False),
    },
    "authority": {
        "ref": ("text", True),
        "kind": ("text", False),
        "from": ("instant", False),
        "to": ("instant", False),
        "scope": ("texts", False),
    },
    "exhibit": {
        "file": ("text", True),
        "ref": ("text", False),
        "producer": ("text", False),
        "received_at": ("instant", False),
        "authority": ("texts_or_text", False),
        "format": ("text", False),
        "time_zone": ("text", False),
        "person": ("text", False),
        "device": ("text", False),
        "identifier": ("text", False),
        "sha256": ("text", False),
    },
}

ONLY: Final = {
    ("person", "role"): ("suspect", "victim", "third_party"),
    ("attribution", "strength"): ("accepted", "disputed", "assumed"),
    ("order.term", "shape"): ("circle", "polygon"),
}
UNIQUE: Final = {
    "person": "key", "place": "key", "order": "key", "authority": "ref", "exhibit": "file",
}  # fmt: skip
PERSON_KEYS: Final = {
    ("attribution", "person"), ("place", "whose"), ("knowledge", "person"),
    ("order", "defendant"), ("order", "protected"), ("order.term.exception", "person"),
    ("exhibit", "person"),
}  # fmt: skip
NEEDED_BY_TERM: Final = {
    ("kind", "exclusion_area"): ("shape",),
    ("kind", "distance"): ("distance_m",),
    ("kind", "notification"): ("within_days",),
    ("shape", "circle"): ("lat", "lon", "radius_m"),
    ("shape", "polygon"): ("points",),
}
