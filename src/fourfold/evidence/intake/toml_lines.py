"""Find the line of a table or key in a TOML text, for error messages that point at it."""

import re

_HEADER = re.compile(r"^\s*\[\[?\s*([A-Za-z0-9_.\- \"']+?)\s*\]\]?\s*(?:#.*)?$")


def line_of(text: str, table: str, ordinal: int, key: str | None = None) -> int:
    """Return the line (from 1) of the key in the nth table of this name (from 0).

    A key that is not there, or is written inline, gives the line of the table; a table
    that is not there gives line 1.
    """
    seen = -1
    table_line = 1
    inside = False
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            inside = header[1].replace(" ", "") == table
            seen += inside
            inside = inside and seen == ordinal
            if inside:
                table_line = number
        elif inside and key and re.match(rf"""\s*["']?{re.escape(key)}["']?\s*=""", line):
            return number
    return table_line
