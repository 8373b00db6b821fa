"""Tables of a page as grids: spans filled, tables in cells read as lines, frames walked into."""

from collections.abc import Iterator
from typing import Any, Final

from fourfold.web.recommendations.rules.imports import limits
from fourfold.web.recommendations.rules.imports.grids import Square
from fourfold.web.recommendations.rules.imports.limits import TableRefusedError
from fourfold.web.recommendations.rules.imports.markup import text_of

CELLS: Final = ("td", "th")


def is_frame(table: Any) -> bool:
    """Say whether a table only lays out other things: one cell holds a table and hardly else."""
    inner = table.xpath(".//table")
    if not inner:
        return False
    cells = list(own_cells(table))
    filled = [cell for cell in cells if text_of(cell)]
    if len(filled) > 2 * len(inner) + 2:
        return False
    return all(_is_holder(cell) for cell in filled)


def _is_holder(cell: Any) -> bool:
    held = sum(len(table.text_content().split()) for table in cell.xpath("./table|./div/table"))
    words = len(cell.text_content().split())
    return held * 10 >= words * 6 if held else words < 12


def own_rows(table: Any) -> Iterator[Any]:
    """Yield the rows of a table that are its own, not those of a table within."""
    for row in table.iter("tr"):
        if next(row.iterancestors("table"), None) is table:
            yield row


def own_cells(table: Any) -> Iterator[Any]:
    """Yield the cells of a table that are its own."""
    for row in own_rows(table):
        yield from (cell for cell in row if cell.tag in CELLS)


def grid_of(table: Any) -> list[list[Square]]:
    """Return the squares of a table; a cell that spans several repeats in them."""
    grid: list[list[Square]] = []
    reaching: dict[tuple[int, int], Square] = {}
    for number, row in enumerate(own_rows(table)):
        if number >= limits.ROWS:
            raise TableRefusedError("A table of the page has too many rows.")
        grid.append(_row(row, number, reaching))
    return grid


def _row(row: Any, number: int, reaching: dict[tuple[int, int], Square]) -> list[Square]:
    squares: list[Square] = []
    for cell in (each for each in row if each.tag in CELLS):
        _fill(squares, number, reaching)
        text = cell_text(cell)
        width, height = _span(cell, "colspan"), _span(cell, "rowspan")
        if len(squares) + width > limits.COLUMNS:
            raise TableRefusedError("A table of the page has too many columns.")
        made = Square(text, is_head=cell.tag == "th" or _is_bold(cell))
        repeat = Square(text, is_repeat=True, is_head=made.is_head)
        start = len(squares)
        squares += [made, *[repeat] * (width - 1)]
        for down in range(1, height):
            for across in range(width):
                reaching[number + down, start + across] = repeat
    _fill(squares, number, reaching)
    return squares


def _fill(squares: list[Square], number: int, reaching: dict[tuple[int, int], Square]) -> None:
    while (number, len(squares)) in reaching:
        squares.append(reaching.pop((number, len(squares))))


def _span(cell: Any, name: str) -> int:
    given = str(cell.get(name) or "1").strip()
    return (
        min(int(given), limits.SPAN)
        if given.isascii() and given.isdecimal() and len(given) < 5 and int(given)
        else 1
    )


def _is_bold(cell: Any) -> bool:
    """Say whether all words of a cell are bold."""
    bold = " ".join(each.text_content() for each in cell.xpath(".//strong|.//b"))
    return bool(bold.strip()) and bold.split() == cell.text_content().split()


def cell_text(cell: Any) -> str:
    """Return the text of a cell; the rows of a table within become lines "first: second"."""
    tables = cell.xpath(".//table")
    if not tables:
        return _limited(text_of(cell, with_links=True))
    lines = [
        ": ".join(
            filter(None, (text_of(each, with_links=True) for each in row if each.tag in CELLS))
        )
        for table in tables
        for row in own_rows(table)
    ]
    for table in tables:
        if table.getparent() is not None:
            table.drop_tree()
    return _limited("\n".join(filter(None, [text_of(cell, with_links=True), *lines])))


def _limited(text: str) -> str:
    if len(text) > limits.CELL_CHARS:
        raise TableRefusedError(
            f"A cell holds more than {limits.CELL_CHARS:,} characters. Part it, or shorten it."
        )
    return text
