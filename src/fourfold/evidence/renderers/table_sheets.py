"""Which tables become sheets of the workbook of tables, with which columns, in which order."""

from dataclasses import dataclass
from typing import Final

from fourfold.evidence.renderers.package_tables import Column

ENTRIES: Final = 50_000  # in one sheet: more open slowly in Excel; data/ holds all


@dataclass(frozen=True)
class Sheet:
    """One table as a sheet. empty: what an empty one means."""

    name: str
    table: str
    columns: list[Column]
    order: str
    empty: str

    def holds_all(self, total: int) -> str:
        """Say where all entries of the table stand, of which there are `total`."""
        if total <= ENTRIES:
            return f"sheet {self.name} of tables.xlsx"
        return f"data/{self.table}.csv"


CHRONOLOGY: Final = Sheet(
    "Chronology",
    "chronology",
    [
        Column("entry_no", "Entry", "number", 8),
        Column("started_at", "Start", "time"),
        Column("ended_at", "End", "time"),
        Column("time_relation", "Time is"),
        Column("is_clock_change_hour", "Clock-change hour", "flag", 10),
        Column("kind", "Kind"),
        Column("channel", "Channel"),
        Column("outcome", "Outcome"),
        Column("from_party", "From", width=22),
        Column("to_party", "To", width=22),
        Column("summary", "What the record shows", width=60),
        Column("text", "Words", width=60),
        Column("lat", "Latitude", "number", 12),
        Column("lon", "Longitude", "number", 12),
        Column("accuracy_m", "Accuracy (m)", "number", 12),
        Column("place_kind", "Place is"),
        Column("act_codes", "Act codes", "list"),
        Column("occasion_no", "Occasion", "number", 10),
        Column("occurrence_id", "Trace code", width=12),
        Column("exhibit_ids", "Exhibits", "list"),
    ],
    "entry_no, started_at",
    "No chronology was made, or no record bears an act.",
)
COINCIDENCES: Final = Sheet(
    "Coincidences",
    "coincidences",
    [
        Column("coincidence_id", "Trace code", width=12),
        Column("class", "Class", width=8),
        Column("person_a", "Device A attributed to"),
        Column("person_b", "Device B attributed to"),
        Column("strength", "Attribution"),
        Column("subject_a", "Device A", width=24),
        Column("subject_b", "Device B", width=24),
        Column("started_at", "Start", "time"),
        Column("ended_at", "End", "time"),
        Column("pairs", "Record pairs", "number", 12),
        Column("min_distance_m", "Least distance (m)", "number", 14),
        Column("uncertainty_m", "Uncertainty (m)", "number", 14),
        Column("cell_id", "Cell A", width=24),
        Column("cell_id_b", "Cell B", width=24),
        Column("lat_a", "Latitude A", "number", 12),
        Column("lon_a", "Longitude A", "number", 12),
        Column("lat_b", "Latitude B", "number", 12),
        Column("lon_b", "Longitude B", "number", 12),
        Column("chance_rate", "Chance rate", "number", 12),
        Column("chance_trials", "Shifted comparisons", "number", 12),
        Column("explained_by", "Usual place that explains it", width=30),
        Column("row_ids", "Rows", "codes", 40),
    ],
    "started_at, coincidence_id",
    "No records of two devices agree in time and place in the data supplied.",
)
CONTRADICTIONS: Final = Sheet(
    "Contradictions",
    "contradictions",
    [
        Column("person_a", "Device A attributed to"),
        Column("person_b", "Device B attributed to"),
        Column("subject_a", "Device A", width=24),
        Column("subject_b", "Device B", width=24),
        Column("started_at", "Start", "time"),
        Column("ended_at", "End", "time"),
        Column("least_distance_m", "Devices at least apart (m)", "number", 16),
        Column("class", "Class", width=8),
        Column("row_ids", "Rows", "codes", 40),
    ],
    "started_at, subject_a, subject_b",
    "No stretch was found in which the records place two devices apart.",
)
DIARY: Final = Sheet(
    "Diary check",
    "diary_checks",
    [
        Column("entry_no", "Entry", "number", 8),
        Column("words", "Words of the diary", width=60),
        Column("time_words", "Time as written", width=24),
        Column("from_at", "Window from", "time"),
        Column("to_at", "Window to", "time"),
        Column("outcome", "Outcome", width=18),
        Column("reason", "Reason", width=50),
        Column("is_private", "Private", "flag", 9),
        Column("chance_rate", "Chance rate", "number", 12),
        Column("exhibit_id", "Exhibit", width=10),
        Column("row_ids", "Rows", "codes", 40),
    ],
    "entry_no, exhibit_id, entry_row_id",
    "No diary is among the exhibits, or none could be read.",
)
DEVICES: Final = Sheet(
    "Devices",
    "device_changes",
    [
        Column("change_no", "Change", "number", 8),
        Column("kind", "What the records show", width=28),
        Column("before_at", "Last before", "time"),
        Column("at", "First after", "time"),
        Column("number", "Number", width=22),
        Column("imei", "IMEI", width=24),
        Column("imsi", "IMSI", width=24),
        Column("other", "Other identifier", width=24),
        Column("explanations", "What else may explain it", "list", 60),
        Column("row_ids", "Rows", "codes", 40),
    ],
    "change_no, at",
    "No change of number, SIM or handset stands in the data supplied.",
)
GAPS: Final = Sheet(
    "Gaps",
    "gaps",
    [
        Column("gap_no", "Gap", "number", 8),
        Column("person", "Person"),
        Column("source", "Source", width=40),
        Column("from_at", "From", "time"),
        Column("to_at", "To", "time"),
        Column("days", "Days", "number", 9),
        Column("kind", "Kind", width=16),
        Column("ask_by", "Ask by", "time"),
        Column("row_ids", "Rows", "codes", 40),
    ],
    "gap_no, from_at, source",
    "No gap was found in the data supplied.",
)
THIRD_PARTIES: Final = Sheet(
    "Third parties",
    "third_parties",
    [
        Column("party", "Party", width=28),
        Column("identifier", "Identifier", width=28),
        Column("person", "Attributed to"),
        Column("side_a_count", "Contacts, side A", "number", 12),
        Column("side_b_count", "Contacts, side B", "number", 12),
        Column("is_shared", "Both sides", "flag", 10),
        Column("first_at", "First", "time"),
        Column("last_at", "Last", "time"),
        Column("channels", "Channels", "list", 24),
        Column("row_ids", "Rows", "codes", 40),
    ],
    "is_shared desc, party, identifier",
    "No third party stands in the records.",
)
ATTRIBUTIONS: Final = Sheet(
    "Attributions",
    "attributions",
    [
        Column("identifier", "Identifier", width=32),
        Column("person", "Attributed to"),
        Column("strength", "Strength"),
        Column("from_at", "From", "time"),
        Column("to_at", "To", "time"),
        Column("basis", "Basis", width=60),
        Column("stated_by", "Stated by", width=24),
    ],
    "identifier, person, from_at",
    "Nobody is attributed: the records are shown by their identifiers alone.",
)
EXHIBITS: Final = Sheet(
    "Exhibits",
    "exhibits",
    [
        Column("exhibit_id", "Code", width=8),
        Column("ref", "Exhibit", width=12),
        Column("exhibit_file", "File", width=44),
        Column("state", "State", width=16),
        Column("state_note", "Note", width=50),
        Column("rows_read", "Rows read", "number", 11),
        Column("rows_used", "Used", "number", 11),
        Column("rows_merged", "Merged", "number", 11),
        Column("rows_set_aside", "Set aside", "number", 11),
        Column("events", "Events", "number", 11),
        Column("first_at", "First", "time"),
        Column("last_at", "Last", "time"),
        Column("reader", "Reader", width=24),
        Column("reader_version", "Version", width=9),
        Column("zone_used", "Zone used", width=16),
        Column("person", "Person"),
        Column("device", "Device", width=24),
        Column("identifier", "Identifier", width=24),
        Column("producer", "Producer", width=24),
        Column("received_at", "Received", width=26),
        Column("authority", "Authority", "list", 20),
        Column("warnings", "Warnings", "list", 50),
        Column("copy_of", "Copy of", width=9),
        Column("size_bytes", "Bytes", "number", 12),
        Column("sha256", "SHA-256", width=68),
    ],
    "exhibit_id",
    "The case folder holds no file.",
)
AFTER_CONTACTS: Final = (
    COINCIDENCES,
    CONTRADICTIONS,
    DIARY,
    DEVICES,
    GAPS,
    THIRD_PARTIES,
    ATTRIBUTIONS,
)

CONTACTS_SQL: Final = """select from_party, to_party, channel, kind, outcome, strength,
    count(*) as contacts, sum(case when is_connected then 1 else 0 end) as connected,
    sum(case when is_withheld then 1 else 0 end) as withheld,
    sum(case when is_night then 1 else 0 end) as at_night,
    sum(lasted_s) as lasted_s, min(started_at) as first_at, max(started_at) as last_at,
    {first_local} as first_at_local, {last_local} as last_at_local
    from contacts group by from_party, to_party, channel, kind, outcome, strength
    order by from_party, to_party, channel, kind, outcome, strength"""
CONTACT_COLUMNS: Final = [
    Column("from_party", "From", width=26),
    Column("to_party", "To", width=26),
    Column("channel", "Channel"),
    Column("kind", "Kind"),
    Column("outcome", "Outcome"),
    Column("strength", "Attribution"),
    Column("contacts", "Contacts", "number", 11),
    Column("connected", "Connected", "number", 11),
    Column("withheld", "Number withheld", "number", 11),
    Column("at_night", "At night", "number", 11),
    Column("lasted_s", "Total duration (s)", "number", 14),
    Column("first_at", "First", "time"),
    Column("last_at", "Last", "time"),
]
LEDGER_SQL: Final = """select x.exhibit_id, x.ref, x.exhibit_file, l.state, l.reason, l.row_count
    from (select exhibit_id, state, reason, count(*) as row_count from ledger group by all) as l
    left join exhibits as x on x.exhibit_id = l.exhibit_id
    order by try_cast(substr(x.exhibit_id, 2) as bigint), x.exhibit_id, l.state desc, l.reason"""
SET_ASIDE_SQL: Final = """select l.code, l.exhibit_id, x.ref, l.exhibit_file, l.locator, l.reason,
    l.note from ledger as l left join exhibits as x on x.exhibit_id = l.exhibit_id
    where l.state = 'set_aside' order by try_cast(substr(l.exhibit_id, 2) as bigint),
    try_cast(split_part(l.code, '.', 2) as bigint), l.code limit {limit}"""
