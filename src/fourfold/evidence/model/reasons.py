"""Why a row was set aside, or a file not read: the closed list of reason classes."""

from typing import Final

OUTSIDE_AUTHORITY: Final = "outside_authority"
MALFORMED: Final = "malformed"
TRUNCATED: Final = "truncated"
NO_TIME: Final = "no_time"
NO_POSITION: Final = "no_position"
NOT_AN_EVENT: Final = "not_an_event"
SYSTEM_LINE: Final = "system_line"
REFERENCE_DATA: Final = "reference_data"
UNSAFE_PATH: Final = "unsafe_path"
UNREADABLE: Final = "unreadable"
EMPTY: Final = "empty"
ENCRYPTED: Final = "encrypted"
DUPLICATE_FILE: Final = "duplicate_file"
UNKNOWN_FORMAT: Final = "unknown_format"
NO_ROWS: Final = "no_rows"
HASH_MISMATCH: Final = "hash_mismatch"
TOO_LARGE: Final = "too_large"
MISSING: Final = "missing"

ROW_REASONS: Final = {
    OUTSIDE_AUTHORITY: "its time lies outside the period of every authority named for the exhibit",
    MALFORMED: "it does not have the shape of this format",
    TRUNCATED: "the file ends in the middle of it",
    NO_TIME: "it states no time that can be read",
    NO_POSITION: "it states no position",
    NOT_AN_EVENT: "it records no act or position (a draft, a top-up, a scan, a saved memory)",
    SYSTEM_LINE: "the service wrote it, not a person",
    REFERENCE_DATA: "it is reference data without a time (a contact, an application)",
    UNSAFE_PATH: "the archive names it with a path that leaves the archive",
    UNREADABLE: "its bytes cannot be read",
    ENCRYPTED: "it is locked with a password",
    TOO_LARGE: "it is larger than the limit set against hostile files",
}

FILE_STATES: Final = {
    "read": "read",
    EMPTY: "not read: the file holds no bytes",
    ENCRYPTED: "not read: the file is locked with a password or key",
    UNREADABLE: "not read: damaged or cut off",
    UNKNOWN_FORMAT: "not read: no reader or format pack recognises it",
    DUPLICATE_FILE: "not read again: the same bytes as another exhibit",
    NO_ROWS: "error: the file has content but no row could be found in it",
    HASH_MISMATCH: "not read: its SHA-256 is not the one stated in case.toml",
    MISSING: "not read: there is no such file",
    TOO_LARGE: "not read: larger than the limit set against hostile files",
}
