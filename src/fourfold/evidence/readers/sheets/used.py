"""The columns that a pack uses, cut out of the records: the temporary table sheet_used."""

from dataclasses import dataclass
from itertools import pairwise

from fourfold.evidence.model import reasons
from fourfold.evidence.model.protocols import Tables
from fourfold.evidence.readers.sheets import moments
from fourfold.evidence.readers.sheets.layout import Layout
from fourfold.evidence.readers.sheets.pack import DateOrder, Pack, When
from fourfold.evidence.readers.sheets.sheet import Sheet
from fourfold.evidence.readers.sheets.tokens import SHORT, TORN, quoted


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
        """The SQL names of the columns kept: all that the pack reads, but those of the end."""
        return self._columns(headers_of(self.pack))

    @property
    def columns_read(self) -> list[str]:
        """The SQL names of all columns that the pack reads."""
        end = self.pack.times.end
        return self._columns([*headers_of(self.pack), *(end.columns if end else ())])

    @property
    def states_zone(self) -> bool:
        """Whether times of this file can say their own offset from UTC."""
        return moments.states_zone(self.order)

    def _columns(self, headers: list[str]) -> list[str]:
        indexes = {i for header in headers if (i := self.layout.index(header)) is not None}
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
    """Return the query that cuts records, in steps that each work nothing out twice.

    What is the same in every row is not kept: every column costs 16 bytes a row.
    """
    times = used.pack.times
    start, end = (moments.moment(f"{name}_text", used.order) for name in ("start", "end"))
    own = "n, locator, " if sheet.is_numbered else ""
    own += "verbatim, flaw, note, is_blank" if keeps_verbatim else "flaw, note, is_blank"
    kept = ", ".join([own, "sameness", *used.columns])
    zones = f", {start.basis} as start_basis, {start.zone} as start_zone, {end.basis} as end_basis"
    cut = ", ".join(f"fields[{int(c[1:]) + 1}] as {c}" for c in used.columns_read)
    end_text = used.text_of(times.end) if times.end else moments.NOTHING
    return f"""
        select * exclude (start_at, end_at), {moments.bounded("start_at")} as start_wall,
            {moments.bounded("end_at")} as end_wall
        from (select {kept}, {_kind_no(used)} as kind_no, {start.at} as start_at,
                {end.at} as end_at{zones if used.states_zone else ""}
            from (select *, {used.text_of(times.start)} as start_text, {end_text} as end_text
                from (select {own}, {_sameness(used, sheet)} as sameness, {cut}
                    from ({sheet.records}))))"""


def _numbered(sheet: Sheet, tables: Tables) -> str:
    """Return the query for the rows of sheet_cut with n and locator.

    The place of a record in the table is its physical line, counted from 0.
    """
    if sheet.is_numbered:
        return "select * from sheet_cut"
    top = sheet.layout.header_line
    blank = f"from sheet_cut where is_blank and rowid >= {top}"
    blanks_above, joined = "0", ""
    if tables.rows(f"select rowid {blank} limit 1"):
        ordinal = "row_number() over (order by rowid) as ordinal"
        tables.step("sheet_blank", f"select rowid as place, {ordinal} {blank}")
        blanks_above = "coalesce(b.ordinal, 0)"
        joined = "asof left join sheet_blank as b on r.place >= b.place"
    flaw, note = "cast(flaw as varchar)", "cast(note as varchar)"
    if sheet.torn_line:
        is_torn = f"r.place = {sheet.torn_line - 1} and r.note = {quoted(SHORT)}"
        flaw = f"case when {is_torn} then {quoted(reasons.TRUNCATED)} else {flaw} end"
        note = f"case when {is_torn} then {quoted(TORN)} else {note} end"
    return f"""
        select r.place - {top - 1} - {blanks_above} as n, 'line=' || (r.place + 1) as locator,
            r.* replace ({flaw} as flaw, {note} as note)
        from (select rowid as place, * from sheet_cut) as r {joined}
        where r.place >= {top} and not r.is_blank"""


def headers_of(pack: Pack) -> list[str]:
    """Return the header names that the pack reads, but those of the end, with repetitions."""
    found: list[str | None] = [*pack.times.start.columns, pack.kinds.column, pack.imei, pack.imsi]
    found += [*pack.text, pack.media]
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
