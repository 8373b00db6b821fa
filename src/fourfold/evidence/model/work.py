"""What one source turned into, before ids are stamped: the report of the station "read"."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class SourceReport:
    """The outcome for one source (a file or a member of an archive).

    ordinal: place of the source in the run, from 0; rows are stamped in this order.
    state: `read`, or a key of reasons.FILE_STATES.
    rows_file, events_file: staged records as newline-delimited JSON, where there are any.
    """

    ordinal: int
    exhibit_id: str
    part: str
    size_bytes: int
    state: str = "read"
    note: str = ""
    reader: str = ""
    reader_version: str = ""
    rows: int = 0
    warnings: list[str] = field(default_factory=list)
    rows_file: Path | None = None
    events_file: Path | None = None
