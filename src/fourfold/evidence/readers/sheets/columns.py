"""SQL for one column of sheet_used as text or as a number, and the setting of a source."""

from dataclasses import dataclass

from fourfold.evidence.readers.sheets.tokens import quoted
from fourfold.evidence.readers.sheets.used import Used

Period = tuple[int, int] | None


@dataclass(frozen=True)
class Setting:
    """What the source adds to the pack: its zone, its subject, the span of its times."""

    used: Used
    zone: str
    zone_basis: str
    subject: str | None  # None: a column names it
    ref: str
    between: Period


def literal(word: str | None) -> str:
    """Return a word as an SQL literal."""
    return "null::varchar" if word is None else quoted(word)


def text_column(used: Used, header: str | None) -> str:
    """Return SQL for a column as supplied; blank is null."""
    column = used.column(header)
    return f"nullif(u.{column}, '')" if column else "null::varchar"


def number(used: Used, header: str | None, litter: str = " ") -> str:
    """Return SQL for a column as a number, without the litter around it."""
    column = used.column(header)
    if not column:
        return "null::double"
    text = f"trim(u.{column}, {quoted(litter)})"
    digits = f"replace({text}, ',', '.')" if used.pack.decimal_comma else text
    # Most numbers are bare, and trimming costs four times as much as the cast.
    return f"coalesce(try_cast(u.{column} as double), try_cast({digits} as double))"
