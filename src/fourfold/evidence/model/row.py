"""What a reader hands on: rows as they stand, and what each row means."""

from typing import Any

import msgspec


class Row(msgspec.Struct, gc=False):
    """One row of a source, before anyone asked what it means.

    locator: where it stands inside its part, such as `line=17` or `/messages/3`.
    verbatim: the row's own text, whole; the pipeline cuts it and says so.
    data: whatever the reader's `to_events` wants to look at.
    sameness: two rows of one exhibit with equal, non-empty sameness are repetitions.
    """

    locator: str
    verbatim: str
    data: Any = None
    sameness: str = ""


class SetAside(msgspec.Struct, gc=False):
    """A row that bears no usable event; `reason` is a key of reasons.ROW_REASONS."""

    reason: str
    note: str = ""


class Event(msgspec.Struct, gc=False, omit_defaults=True, kw_only=True):
    """One record's meaning, in the shape of tables.EVENTS.

    Times are UTC microseconds since 1970. The pipeline stamps identity, ids and the
    local day and hour; a reader fills only what its source states.
    """

    kind: str
    channel: str | None = None
    direction: str | None = None
    outcome: str | None = None
    lasted_s: float | None = None
    ring_s: float | None = None
    started_at: int | None = None
    ended_at: int | None = None
    time_relation: str = "at"
    time_precision_s: float | None = None
    time_text: str | None = None
    zone_used: str | None = None
    time_basis: str | None = None
    is_clock_change_hour: bool = False
    subject_id: str | None = None
    from_id: str | None = None
    to_ids: list[str] | None = None
    via_id: str | None = None
    imei: str | None = None
    imsi: str | None = None
    is_withheld: bool = False
    place_kind: str = "none"
    lat: float | None = None
    lon: float | None = None
    accuracy_m: float | None = None
    accuracy_meaning: str | None = None
    cell_id: str | None = None
    end_cell_id: str | None = None
    azimuth_deg: float | None = None
    position_basis: str = "none"
    text: str | None = None
    media_ref: str | None = None
    state: str = "intact"
    decode_note: str | None = None


Meaning = list[Event] | SetAside
