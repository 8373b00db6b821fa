"""The shape of every table the engine builds: names, DuckDB types, and what each column means.

Times are UTC with microseconds. A number carries its unit in its name. The same
names stand in DuckDB, in Parquet, in CSV and in the workbook.
"""

from typing import Final

Schema = dict[str, str]

EXHIBITS: Final[Schema] = {
    "exhibit_id": "VARCHAR",  # X1, X2, ... in path order: the number used in trace codes
    "exhibit_file": "VARCHAR",  # path relative to the case folder
    "ref": "VARCHAR",  # exhibit reference, such as ABC/1
    "sha256": "VARCHAR",
    "size_bytes": "BIGINT",
    "state": "VARCHAR",  # a key of reasons.FILE_STATES
    "state_note": "VARCHAR",  # in words, with what to do next
    "copy_of": "VARCHAR",  # exhibit_id of the first file with the same bytes
    "reader": "VARCHAR",
    "reader_version": "VARCHAR",
    "producer": "VARCHAR",
    "received_at": "VARCHAR",
    "authority": "VARCHAR[]",
    "person": "VARCHAR",
    "device": "VARCHAR",
    "identifier": "VARCHAR",
    "zone_used": "VARCHAR",
    "encoding": "VARCHAR",
    "rows_read": "BIGINT",
    "rows_used": "BIGINT",
    "rows_merged": "BIGINT",
    "rows_set_aside": "BIGINT",
    "events": "BIGINT",
    "first_at": "TIMESTAMP",
    "last_at": "TIMESTAMP",
    "warnings": "VARCHAR[]",
}

PARTS: Final[Schema] = {
    "exhibit_id": "VARCHAR",
    "part": "VARCHAR",  # "" for the file itself, else the path inside the archive
    "size_bytes": "BIGINT",
    "state": "VARCHAR",
    "state_note": "VARCHAR",
    "reader": "VARCHAR",
    "rows_read": "BIGINT",
}

LEDGER: Final[Schema] = {
    "row_id": "VARCHAR",  # first 16 hex digits of SHA-256(exhibit sha256, LF, locator)
    "code": "VARCHAR",  # short trace code: R<exhibit number>.<ordinal>
    "exhibit_id": "VARCHAR",
    "exhibit_file": "VARCHAR",
    "locator": "VARCHAR",
    "state": "VARCHAR",  # used, merged, set_aside
    "reason": "VARCHAR",  # a key of reasons.ROW_REASONS, when set aside
    "note": "VARCHAR",
    "merged_into": "VARCHAR",  # row_id of the row it repeats, when merged
    "event_ids": "VARCHAR[]",
}

ROWS: Final[Schema] = {"row_id": "VARCHAR", "verbatim": "VARCHAR"}

EVENTS: Final[Schema] = {
    "event_id": "VARCHAR",  # <row_id>.<ordinal>
    "row_ids": "VARCHAR[]",
    "exhibit_id": "VARCHAR",
    "reader": "VARCHAR",
    "reader_version": "VARCHAR",
    # what
    "kind": "VARCHAR",
    "channel": "VARCHAR",
    "direction": "VARCHAR",  # outgoing or incoming, as seen by subject_id
    "outcome": "VARCHAR",
    "lasted_s": "DOUBLE",
    "ring_s": "DOUBLE",
    # when
    "started_at": "TIMESTAMP",
    "ended_at": "TIMESTAMP",
    "time_relation": "VARCHAR",
    "time_precision_s": "DOUBLE",  # width of the moment as stated: 60 when known to the minute
    "time_text": "VARCHAR",
    "zone_used": "VARCHAR",
    "time_basis": "VARCHAR",
    "is_clock_change_hour": "BOOLEAN",
    "local_day": "VARCHAR",  # YYYY-MM-DD in the display zone
    "local_hour": "INTEGER",
    # who
    "subject_id": "VARCHAR",  # the line, device, account, vehicle or person whose record this is
    "from_id": "VARCHAR",
    "to_ids": "VARCHAR[]",
    "via_id": "VARCHAR",
    "imei": "VARCHAR",
    "imsi": "VARCHAR",
    "is_withheld": "BOOLEAN",
    # where
    "place_kind": "VARCHAR",
    "lat": "DOUBLE",
    "lon": "DOUBLE",
    "accuracy_m": "DOUBLE",
    "accuracy_meaning": "VARCHAR",
    "cell_id": "VARCHAR",
    "end_cell_id": "VARCHAR",
    "azimuth_deg": "DOUBLE",
    "position_basis": "VARCHAR",
    # content
    "text": "VARCHAR",
    "media_ref": "VARCHAR",
    "state": "VARCHAR",
    "decode_note": "VARCHAR",
}

OCCURRENCES: Final[Schema] = {
    "occurrence_id": "VARCHAR",  # O1, O2, ... in time order
    "event_ids": "VARCHAR[]",
    "row_ids": "VARCHAR[]",
    "exhibit_ids": "VARCHAR[]",
    "kind": "VARCHAR",
    "channel": "VARCHAR",
    "outcome": "VARCHAR",
    "lasted_s": "DOUBLE",
    "started_at": "TIMESTAMP",
    "ended_at": "TIMESTAMP",
    "time_relation": "VARCHAR",
    "time_precision_s": "DOUBLE",
    "is_clock_change_hour": "BOOLEAN",
    "local_day": "VARCHAR",
    "local_hour": "INTEGER",
    "from_id": "VARCHAR",
    "to_ids": "VARCHAR[]",
    "via_id": "VARCHAR",
    "from_person": "VARCHAR",
    "from_strength": "VARCHAR",
    "to_person": "VARCHAR",
    "to_strength": "VARCHAR",
    "is_withheld": "BOOLEAN",
    "text": "VARCHAR",
    "rule": "VARCHAR",  # single, legs, parts, sources, or several joined by "+"
    "time_spread_s": "DOUBLE",  # widest difference of the times stated, after clock offsets
    "is_ambiguous": "BOOLEAN",  # another join was possible; it was left open
    "note": "VARCHAR",
}

ATTRIBUTIONS: Final[Schema] = {
    "identifier": "VARCHAR",
    "person": "VARCHAR",
    "from_at": "TIMESTAMP",
    "to_at": "TIMESTAMP",
    "basis": "VARCHAR",
    "strength": "VARCHAR",  # accepted, disputed, assumed
    "stated_by": "VARCHAR",  # case.toml, or the exhibit that the person is said to own
}

TABLES: Final[dict[str, Schema]] = {
    "exhibits": EXHIBITS,
    "parts": PARTS,
    "ledger": LEDGER,
    "rows": ROWS,
    "events": EVENTS,
    "occurrences": OCCURRENCES,
    "attributions": ATTRIBUTIONS,
}

KINDS: Final = (
    "call", "message", "data_session", "device_fix", "network_fix", "camera_read", "gate",
    "statement", "post", "photo", "device_event", "subscriber", "visit", "journey",
)  # fmt: skip
DIRECTIONS: Final = ("outgoing", "incoming")
OUTCOMES: Final = (
    "answered", "no_answer", "voicemail", "forwarded", "busy", "refused", "missed", "failed",
    "sent", "received", "system",
)  # fmt: skip
TIME_RELATIONS: Final = ("at", "during", "at_or_before", "within")
TIME_BASES: Final = ("stated_utc", "stated_offset", "zone_of_source", "assumed")
PLACE_KINDS: Final = ("fix", "cell", "camera", "gate", "stated", "searched", "received", "none")
POSITION_BASES: Final = ("supplied", "dated_cell_list", "none")
PRIVATE_NOTE: Final = (
    "private note"  # in decode_note: the text of a diary entry that is never exported
)
STATES: Final = ("intact", "deleted", "edited")

# What a reader leaves behind for one source; the pipeline stamps ids and moves it on.
STAGED_ROWS: Final[Schema] = {
    "n": "BIGINT",  # ordinal of the row in the source, from 1
    "locator": "VARCHAR",
    "verbatim": "VARCHAR",
    "state": "VARCHAR",
    "reason": "VARCHAR",
    "note": "VARCHAR",
    "merged_into_n": "BIGINT",
}

_NOT_STAGED: Final = (
    "event_id", "row_ids", "exhibit_id", "reader", "reader_version", "local_day", "local_hour",
)  # fmt: skip
STAGED_EVENTS: Final[Schema] = {
    "n": "BIGINT",
    "k": "BIGINT",  # ordinal of the event in its row, from 0
    **{c: t for c, t in EVENTS.items() if c not in _NOT_STAGED},
    "started_at": "BIGINT",  # UTC microseconds since 1970
    "ended_at": "BIGINT",
}

# Omitted from staged records to keep them short; filled in when they are loaded.
STAGED_DEFAULTS: Final[dict[str, str]] = {
    "time_relation": "'at'",
    "is_clock_change_hour": "false",
    "is_withheld": "false",
    "place_kind": "'none'",
    "position_basis": "'none'",
    "state": "'intact'",
}
