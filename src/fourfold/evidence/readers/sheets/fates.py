"""Rows that bear no event of their own: repetitions, and rows set aside with a reason."""

from fourfold.evidence.model import reasons
from fourfold.evidence.model.protocols import Tables
from fourfold.evidence.readers.sheets.columns import Setting
from fourfold.evidence.readers.sheets.meaning import joined_rows
from fourfold.evidence.readers.sheets.places import is_position, where
from fourfold.evidence.readers.sheets.tokens import quoted
from fourfold.evidence.readers.sheets.used import Used


def find_fates(setting: Setting, tables: Tables) -> None:
    """Create sheet_fate (n, state, reason, note, merged_into_n) from sheet_used.

    A repetition is merged only into a row that is used: the first of its kind.
    """
    reason, note = _reason(setting)
    rows = f"({joined_rows(setting)})" if _needs_position(setting) else "sheet_used"
    tables.step(
        "sheet_fate",
        f"""select * from (
            select u.n, 'set_aside' as state, {reason} as reason, {note} as note,
                null::bigint as merged_into_n
            from {rows} as u) where reason is not null""",
    )
    if setting.used.pack.merges_repetitions:
        _merge_repetitions(setting.used, tables)


def _reason(setting: Setting) -> tuple[str, str]:
    """Return SQL for the reason class, null for a good row, and for the note."""
    no_position = "false"
    if _needs_position(setting):
        place = where(setting)
        no_position = f"not {is_position(place['supplied_lat'], place['supplied_lon'])}"
    reason = (
        "case when u.flaw <> '' then u.flaw"
        f" when u.start_wall is null then {quoted(reasons.NO_TIME)}"
        f" when u.kind_no is null then {quoted(reasons.NOT_AN_EVENT)}"
        f" when {no_position} then {quoted(reasons.NO_POSITION)} end"
    )
    note = (
        "case when u.flaw <> '' then null when u.start_wall is null"
        " then 'it states no time that can be read' when u.kind_no is null"
        f" then 'the pack names no kind for ' || {_kind_text(setting.used)}"
        " else 'it states no position' end"
    )
    return reason, note


def _needs_position(setting: Setting) -> bool:
    position = setting.used.pack.position
    return position is not None and position.place_kind == "fix"


def _kind_text(used: Used) -> str:
    column = used.column(used.pack.kinds.column)
    return f"(chr(39) || u.{column} || chr(39))" if column else "'it'"


def _merge_repetitions(used: Used, tables: Tables) -> None:
    """Merge rows that repeat the first of their kind.

    Two rows are the same if the hash of all fields (but running numbers), the end, and every
    column that is kept are equal.
    """
    good = "n not in (select n from sheet_fate)"
    tables.step(
        "sheet_same",
        f"select sameness from sheet_used where {good} group by sameness having count(*) > 1",
    )
    if not tables.rows("select sameness from sheet_same limit 1"):
        return
    running = [used.column(header) for header in used.pack.running_numbers]
    key = ", ".join(["sameness", "end_wall", *(c for c in used.columns if c not in running)])
    tables.run(
        f"""insert into sheet_fate
        select n, 'merged', null, 'repeats another row of this exhibit', first_n
        from (select n, min(n) over (partition by {key}) as first_n from sheet_used
            where {good} and sameness in (select sameness from sheet_same))
        where n <> first_n"""
    )
