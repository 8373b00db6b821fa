"""A bulk reader made of a format pack: recognise, tokenise, give meaning, all in SQL."""

from dataclasses import dataclass
from pathlib import Path

from fourfold.evidence.model.exhibit import Source
from fourfold.evidence.model.protocols import Tables
from fourfold.evidence.readers.sheets import distinct
from fourfold.evidence.readers.sheets.columns import Setting
from fourfold.evidence.readers.sheets.fates import find_fates
from fourfold.evidence.readers.sheets.meaning import events_query
from fourfold.evidence.readers.sheets.pack import Pack, normalised
from fourfold.evidence.readers.sheets.parties import number_columns
from fourfold.evidence.readers.sheets.sheet import open_sheet, recognises
from fourfold.evidence.readers.sheets.used import Used, cut_out
from fourfold.evidence.support.phone import identifier_of


@dataclass(frozen=True)
class Staging:
    """A source made ready: queries over temporary tables, and what to tell the user.

    rows: the columns of STAGED_ROWS. events: the columns of STAGED_EVENTS and one more,
    the locator, so that ids can be stamped without a join.
    """

    rows: str
    events: str
    warnings: list[str]
    setting: Setting

    def events_between(self, low_us: int, high_us: int) -> str:
        """Return the query for events that start in a period, in the order of time."""
        return events_query(self.setting, (low_us, high_us))


class PackReader:
    """Reads one layout. Of several packs that fit a source, the one that asks for more wins."""

    def __init__(self, pack: Pack, rivals: tuple[Pack, ...] = ()) -> None:
        self.pack = pack
        self.NAME = pack.name
        self.VERSION = pack.version
        self.READS = pack.title
        self._stronger = tuple(rival for rival in rivals if _weight(rival) > _weight(pack))

    def recognises(self, source: Source) -> bool:
        """Tell from the header names whether the source has this layout."""
        if not recognises(source, self.pack):
            return False
        return not any(recognises(source, rival) for rival in self._stronger)

    def stage(self, source: Source, tables: Tables, work: Path) -> list[str]:
        """Fill staged_rows and staged_events from a source; return warnings.

        Raises:
            ExhibitUnreadableError: the file cannot be opened as a table at all.
        """
        staging = self.prepare(source, tables, work)
        tables.run(f"insert into staged_rows by name {staging.rows}")
        tables.run(
            f"insert into staged_events by name select * exclude (locator) from ({staging.events})"
        )
        tables.run("drop view sheet_used")
        for name in ("records", "cut", "blank", "numbers", "grid", "same", "fate"):
            tables.run(f"drop table if exists sheet_{name}")
        return staging.warnings

    def prepare(
        self, source: Source, tables: Tables, work: Path, *, keeps_verbatim: bool = True
    ) -> Staging:
        """Tokenise a source and return the queries that yield its rows and events.

        They read temporary tables named sheet_… and stay good until the next call.
        keeps_verbatim: without it the text of rows is null, which saves its memory.
        """
        sheet = open_sheet(source, self.pack, tables, work)
        used = cut_out(self.pack, sheet, tables, keeps_verbatim=keeps_verbatim)
        aliases = number_columns(used)
        distinct.map_numbers(tables, [column for _, column in aliases])
        place = self.pack.position
        method = distinct.map_grid(
            tables, used.column(place.easting), used.column(place.northing)
        ) if place else ""  # fmt: skip
        setting = _setting(source, used, tables)
        find_fates(setting, tables)
        warnings = [*sheet.warnings, *_warnings(setting, source, tables), method]
        rows, events = _rows_query(keeps_verbatim), events_query(setting)
        return Staging(rows, events, [w for w in warnings if w], setting)


def _weight(pack: Pack) -> tuple[int, str]:
    return (len(pack.fingerprint.headers) + len(pack.fingerprint.preamble), pack.name)


def _setting(source: Source, used: Used, tables: Tables) -> Setting:
    zone = used.pack.times.zone
    low, high = tables.rows(
        "select least(min(start_wall), min(end_wall)), greatest(max(start_wall), max(end_wall))"
        " from sheet_used"
    )[0]
    return Setting(
        used=used,
        zone=zone or source.zone,
        zone_basis="zone_of_source" if zone else source.zone_basis,
        subject=_subject(source, used),
        ref=source.exhibit.ref,
        between=(0, 0) if low is None else (low, high),
    )


def _subject(source: Source, used: Used) -> str | None:
    """Return the identifier of the subject as stated above the header, else the owner."""
    subject, preamble = used.pack.subject, used.layout.preamble
    if subject and subject.preamble:
        stated = preamble.get(normalised(subject.preamble), "")
        scheme = preamble.get(normalised(subject.preamble_scheme or ""), "").casefold()
        if scheme not in ("imei", "imsi"):
            scheme = subject.scheme
        if stated and scheme == "number":
            return identifier_of(stated).identifier
        if stated:
            return f"{scheme}:{stated}"
    return source.exhibit.owner_id


def _rows_query(keeps_verbatim: bool) -> str:
    return f"""
        select r.n, r.locator, {"r.verbatim" if keeps_verbatim else "null::varchar as verbatim"},
            coalesce(f.state, 'used') as state, f.reason,
            nullif(concat_ws('; ', nullif(r.note, ''), f.note), '') as note, f.merged_into_n
        from sheet_used as r left join sheet_fate as f on f.n = r.n"""


def _warnings(setting: Setting, source: Source, tables: Tables) -> list[str]:
    found, layout = [], setting.used.layout
    stated = source.exhibit.time_zone
    if setting.used.pack.times.zone and stated and stated != setting.used.pack.times.zone:
        found.append(
            f"case.toml states the zone {stated}; the layout states {setting.zone}, which was used"
        )
    if setting.used.order_note:
        found.append(setting.used.order_note)
    stated_rows = layout.preamble.get("records returned", "")
    if stated_rows.isdecimal():
        rows = tables.rows("select count(*) from sheet_used")[0][0]
        if int(stated_rows) != rows:
            found.append(f"the return states {stated_rows} records, the file holds {rows}")
    return found
