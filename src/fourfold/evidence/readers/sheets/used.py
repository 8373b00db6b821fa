"""The columns that a pack uses, cut out of the records: the temporary table sheet_used."""

from dataclasses import dataclass
from itertools import pairwise

from fourfold.evidence.model import reasons
from fourfold.evidence.model.protocols import Tables
from fourfold.evidence.readers.sheets import moments
from fourfold.evidence.readers.sheets.layout import Layout
from fourfold.evidence.readers.sheets.pack import DateOrder, Pack, When
from fourfold.evidence.readers.sheets.sheet import Sheet
from fourfold.evidence.readers.sheets.tokens import TORN, quoted


@dataclass(frozen=True)
class Used:
    """What sheet_used holds: n, flaw, note, kind_no, times, sameness, and columns c<index>."""

    pack: Pack
    layout: Layout
    order: DateOrder
    order_note: str

    def column(self, header: str | None) -> str | None:
        """Return the SQL name of a column, None when the sheet does not have it."""
        index = self.layout.index(header) if header else None
        return None if index is None else f"c{index}"

    @property
    def columns(self) -> list[str]:
        """The SQL names of all columns that the pack reads."""
        indexes = {i for h in headers_of(self.pack) if (i := self.layout.index(h)) is not None}
        return [f"c{index}" for index in sorted(indexes)]

    def text_of(self, when: When) -> str:
        """Return SQL for the source text of a moment."""
        names = [name for name in map(self.column, when.columns) if name]
        return " || ' ' || ".join(names) if names else "null::varchar"


def cut_out(pack: Pack, sheet: Sheet, tables: Tables, *, keeps_verbatim: bool = True) -> Used:
    """Create the view sheet_used from the records of a sheet; decide the date order first."""
    order, note = pack.times.order, ""
    if order == "learn":
        fields = " || ' ' || ".join(
            f"fields[{index + 1}]"
            for header in pack.times.start.columns
            if (index := sheet.layout.index(header)) is not None
        )
        texts = f"select distinct {fields} as text from ({sheet.records}) where flaw = ''"
        order, note = moments.learn_order(tables, texts)
    used = Used(pack, sheet.layout, order, note)
    tables.step("sheet_cut", _query(used, sheet, keeps_verbatim))
    tables.run(f"create or replace temp view sheet_used as {_numbered(sheet, tables)}")
    return used


def _query(used: Used, sheet: Sheet, keeps_verbatim: bool) -> str:
    pack = used.pack
    columns = ", ".join(f"fields[{int(c[1:]) + 1}] as {c}" for c in used.columns)
    start = moments.moment(used.text_of(pack.times.start), used.order)
    end = moments.Moment("null::bigint", "null::varchar", "null::varchar")
    if pack.times.end:
        end = moments.moment(used.text_of(pack.times.end), used.order)
    own = "n, locator, " if sheet.is_numbered else ""
    verbatim = "verbatim" if keeps_verbatim else "null::varchar as verbatim"
    return f"""
        select *, {start.wall} as start_wall, {start.basis} as start_basis,
            {start.zone} as start_zone,
            {end.wall} as end_wall, {end.basis} as end_basis, {_kind_no(used)} as kind_no
        from (select {own}{verbatim}, is_blank, len(fields) as width, flaw, note,
            {_sameness(used, sheet)} as sameness, {columns} from ({sheet.records}))"""


def _numbered(sheet: Sheet, tables: Tables) -> str:
    """Return the query for the rows of sheet_cut with n and locator.

    The place of a record in the table is its physical line, counted from 0.
    """
    if sheet.is_numbered:
        return "select * from sheet_cut"
    top, width = sheet.layout.header_line, sheet.layout.width
    tables.step(
        "sheet_blank",
        "select rowid as place, row_number() over (order by rowid) as ordinal"
        f" from sheet_cut where rowid >= {top} and is_blank",
    )
    blanks_above, joined = "0", ""
    if tables.rows("select count(*) from sheet_blank")[0][0]:
        blanks_above = "coalesce(b.ordinal, 0)"
        joined = "asof left join sheet_blank as b on r.place >= b.place"
    is_torn = f"r.place = {sheet.torn_line - 1} and r.width < {width} and r.flaw <> ''"
    return f"""
        select r.place - {top - 1} - {blanks_above} as n, 'line=' || (r.place + 1) as locator,
            r.* replace (case when {is_torn} then {quoted(reasons.TRUNCATED)} else flaw end as flaw,
                case when {is_torn} then {quoted(TORN)} else note end as note)
        from (select rowid as place, * from sheet_cut) as r {joined}
        where r.place >= {top} and not r.is_blank"""


def headers_of(pack: Pack) -> list[str]:
    """Return the header names that the pack reads, however often it names them."""
    found: list[str | None] = [*pack.times.start.columns, pack.kinds.column, pack.imei, pack.imsi]
    found += [*(pack.times.end.columns if pack.times.end else ()), *pack.text, pack.media]
    for part in (
        pack.subject, pack.from_, pack.to, pack.other, pack.via, pack.direction, pack.duration,
        pack.ring,
    ):  # fmt: skip
        found.append(part.column if part else None)
    if place := pack.position:
        found += [place.lat, place.lon, place.pair, place.easting, place.northing]
        found += [place.accuracy, place.azimuth, place.cell, place.end_cell]
    return [header for header in found if header]


def _kind_no(used: Used) -> str:
    """Return SQL for the ordinal of the kind in pack.kinds.values, 0 for `always`."""
    column = used.column(used.pack.kinds.column)
    otherwise = "0" if used.pack.kinds.always else "null"
    if not column:
        return f"cast({otherwise} as utinyint)"
    arms = " ".join(
        f"when {quoted(value.casefold())} then {number}"
        for number, value in enumerate(used.pack.kinds.values, start=1)
    )
    return f"cast(case lower({column}) {arms} else {otherwise} end as utinyint)"


def _sameness(used: Used, sheet: Sheet) -> str:
    """Return SQL for a hash of everything but running numbers."""
    if not used.pack.merges_repetitions:
        return "0::ubigint"
    last = used.layout.width - 1
    running = sorted(
        i for h in used.pack.running_numbers if (i := used.layout.index(h)) is not None
    )
    if running == [last] and not sheet.is_numbered:
        return "hash(but_last)"
    pieces = [
        f"array_to_string(fields[{low + 2}:{high}], chr(31))"
        for low, high in pairwise([-1, *running, last + 1])
        if high - low > 1
    ]
    return f"hash({' || chr(30) || '.join(pieces)})"
