"""A saved page becomes records: tables, headings with labels, definition lists, paragraphs."""

import re
from collections.abc import Iterator
from typing import Any, Final

from fourfold.web.recommendations.rules import plan_html
from fourfold.web.recommendations.rules.imports import grids, html_tables, limits, values
from fourfold.web.recommendations.rules.imports.cells import (
    ABOVE,
    BELOW,
    HEADING,
    PAGE,
    UNDER,
    Cell,
    Reading,
    Record,
)
from fourfold.web.recommendations.rules.imports.limits import TableRefusedError
from fourfold.web.recommendations.rules.imports.markup import parsed, text_of
from fourfold.web.recommendations.rules.imports.synonyms import is_known

HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS: Final = frozenset(
    {"p", "li", "dt", "dd", "blockquote", "pre", "table", "caption", *HEADINGS}
)
LABELLED: Final = re.compile(r"^([^:\n]{2,80}?)\s*:\s*(.*)$", re.DOTALL)
FREE_LABEL_CHARS: Final = 40


def read_html(content: bytes) -> Reading:
    """Return what a saved page holds."""
    body, notes = parsed(content)
    reading = Reading("html", notes=notes)
    own = plan_html.own(body)
    if own is not None:
        reading.document = plan_html.read(own)
    walker = Walker()
    walker.walk(body)
    reading.records = [record for record in walker.records if record.cells]
    if reading.cell_count() > limits.CELLS:
        raise TableRefusedError("The page is too large to be a plan.")
    return reading


class Walker:
    """Go through a page in its order, and keep which recommendation and label stand open."""

    def __init__(self) -> None:
        self.records: list[Record] = [Record()]
        self.label, self.level, self.context = "", 0, ""
        self.count, self.tables, self.is_begun = 0, 0, False

    @property
    def outside(self) -> str:
        """Return what text is called that belongs to no recommendation."""
        return BELOW if self.is_begun else ABOVE

    def walk(self, element: Any) -> None:
        """Take in an element and what it holds."""
        if element.tag == "table" and not html_tables.is_frame(element):
            self.table(element)
        elif element.tag in HEADINGS:
            self.heading(text_of(element), int(element.tag[1]))
        elif element.tag in ("dt", "summary"):
            self.term(text_of(element))
        elif self._is_leaf(element):
            self.block(element)
        else:
            self._inside(element)

    def _is_leaf(self, element: Any) -> bool:
        """Say whether an element holds text and no block of its own."""
        return not any(
            each.tag in BLOCKS or each.tag == "summary" for each in element.iterdescendants()
        )

    def _inside(self, element: Any) -> None:
        """Walk through the children; text that stands between them is not lost."""
        self._loose(element.text)
        for child in list(element):
            if isinstance(child.tag, str):
                self.walk(child)
            self._loose(child.tail)

    def _loose(self, text: str | None) -> None:
        if text and text.strip():
            self.say(" ".join(text.split()))

    def table(self, element: Any) -> None:
        """Take in a table."""
        self.tables += 1
        if self.tables > limits.TABLES:
            raise TableRefusedError("The page has too many tables.")
        caption = next((text_of(each) for each in element.iterchildren("caption")), "")
        named = _names(caption)
        grid = html_tables.grid_of(element)
        context = caption if named else self.context
        where = grids.Where(f"Table {self.tables}", context, bool(context))
        found = grids.records(grid, where)
        if caption and named:
            self.open(caption, self.level or 6)
        elif caption:
            self.say(caption)
        if named or self.context:
            self._join(found)
        else:
            self.records += found
            self.records.append(Record())
            self.is_begun = self.is_begun or any(len(r.cells) > 1 for r in found)

    def _join(self, found: list[Record]) -> None:
        """Give the cells of a table below a heading to what it names, or to what they name."""
        for record in found:
            starts = any(
                _names(c.text) and (c.label == HEADING or _is_number_label(c.label))
                for c in record.cells
            )
            if starts:
                self.records.append(record)
            else:
                self.records.append(Record(record.cells, self.context))
        self.records.append(Record(context=self.context))

    def heading(self, text: str, level: int) -> None:
        """Take in a heading: it opens a recommendation, names what follows, or closes."""
        if not text:
            return
        if _names(text) and (_named(text) or level > 1):
            self.open(text, level)
        elif self.context and self._is_label(text, level):
            self.label = text
        else:
            self.close()
            self.add(PAGE if level == 1 and not self.is_begun else self.outside, text)

    def _is_label(self, text: str, level: int) -> bool:
        """Say whether a heading within a recommendation names what follows it."""
        return is_known(text) or (level > self.level and len(text) <= grids.LABEL_CHARS)

    def open(self, text: str, level: int) -> None:
        """Begin a recommendation."""
        self.context, self.level, self.label = text, level, ""
        self.is_begun = True
        self.records.append(Record(context=text))
        self.add(HEADING, text)

    def close(self) -> None:
        """End the recommendation that stands open."""
        if self.context:
            self.records.append(Record())
        self.context, self.level, self.label = "", 0, ""

    def term(self, text: str) -> None:
        """Take in the term of a definition list: what follows belongs to it."""
        if not text:
            return
        if _named(text):
            self.open(text, self.level or 6)
        else:
            self.label = text.rstrip(": ")

    def block(self, element: Any) -> None:
        """Take in a paragraph or an item of a list."""
        text = text_of(element, with_links=True)
        if not text:
            return
        bold = " ".join(each.text_content() for each in element.xpath("./strong|./b")).strip()
        is_all = bold.split() == element.text_content().split() and bool(bold)
        if is_all and is_known(bold) and self.context:
            self.label = bold.rstrip(": ")
        elif (
            element.tag != "dd" and _named(text) and (is_all or len(text) < 400 or not self.context)
        ):
            self.open(text, self.level or 6)
        else:
            self.say(text, bold)

    def say(self, text: str, bold: str = "") -> None:
        """Put text where it belongs: after its label, or below what stands open."""
        if not self.context:
            self.add(self.outside, text)
            return
        for label, part in _labelled(text, bold):
            self.label = label or self.label
            if part:
                self.add(self.label or UNDER, part)

    def add(self, label: str, text: str) -> None:
        """Add a cell to the record that stands open."""
        if len(text) > limits.CELL_CHARS:
            raise TableRefusedError("A paragraph of the page is too long for a plan.")
        self.count += 1
        self.records[-1].cells.append(Cell(f"Text {self.count}", label, text))


def _labelled(text: str, bold: str) -> Iterator[tuple[str, str]]:
    """Yield label and text of a paragraph: "Owner: ..."; lines of one each have their own."""
    pending = ""
    for line in text.split("\n"):
        match = LABELLED.match(line)
        label = match[1].strip() if match else ""
        free = bool(bold) and label == bold.rstrip(": ").split(":")[0].strip()
        if match and (is_known(label) or (free and len(label) <= FREE_LABEL_CHARS)):
            if pending:
                yield "", pending
                pending = ""
            yield label, match[2].strip()
        elif bold and line.startswith(bold) and is_known(bold):
            yield bold.rstrip(": "), line[len(bold) :].strip(" :–-")
        else:
            pending = f"{pending}\n{line}" if pending else line
    if pending.strip():
        yield "", pending.strip()


def _names(text: str) -> bool:
    """Say whether a heading names a recommendation: "Recommendation 7", "7.1 Searching"."""
    found = values.number_of(text)
    return found is not None and (
        found.is_named or not found.rest or bool(found.part) or _is_listed(text)
    )


def _is_listed(text: str) -> bool:
    return re.match(r"^\d{1,2}[.):]\s+\S", text) is not None


def _named(text: str) -> bool:
    """Say whether a text begins with the word recommendation and a number."""
    found = values.number_of(text)
    return found is not None and found.is_named


def _is_number_label(label: str) -> bool:
    return is_known(label) and label.casefold().startswith(("rec", "ref", "no", "num"))
