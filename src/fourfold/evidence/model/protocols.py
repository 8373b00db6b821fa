"""What a reader, an analysis and a renderer look like to the pipeline."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from fourfold.evidence.model.exhibit import Source
from fourfold.evidence.model.finding import Finding
from fourfold.evidence.model.row import Meaning, Row

if TYPE_CHECKING:
    from fourfold.evidence.model.case import Case


class Reader(Protocol):
    """A module that reads one source format, row by row."""

    NAME: str
    VERSION: str
    READS: str

    def recognises(self, source: Source) -> bool:
        """Tell from the content whether this source has the format."""

    def read(self, source: Source) -> Iterator[Row]:
        """Yield every row of the source in the order of the file, losing none."""

    def to_events(self, row: Row, source: Source) -> Meaning:
        """Say what one row means: events, or set aside with a reason."""


class Tables(Protocol):
    """The tables of one run, as analyses and renderers see them (store.casestore)."""

    def run(self, sql: str, parameters: list[Any] | None = None) -> None:
        """Execute one statement."""

    def rows(self, sql: str, parameters: list[Any] | None = None) -> list[tuple[Any, ...]]:
        """Return all rows of a query as Python tuples; times are naive UTC datetimes."""

    def dicts(self, sql: str, parameters: list[Any] | None = None) -> list[dict[str, Any]]:
        """Return all rows of a query as dictionaries."""

    def step(self, name: str, sql: str) -> None:
        """Materialise one named step of portable SQL as a temporary table."""

    def export(self, name: str) -> None:
        """Mark a table made by an analysis as part of the package (data/<name>.parquet)."""


class Analysis(Protocol):
    """A module that answers one question."""

    NAME: str
    VERSION: str
    QUESTION: str

    def run(self, tables: Tables, case: "Case") -> list[Finding]:
        """Answer the question from the tables; every value carries its rows."""


class Package(Protocol):
    """What a renderer may look at: tables, findings, and the facts of the run."""

    case: "Case"
    tables: Tables
    findings: list[Finding]
    facts: dict[str, Any]


class Renderer(Protocol):
    """A module that lays a package out as one file."""

    NAME: str
    FILE: str

    def render(self, package: Package, path: Path) -> None:
        """Write the output to path; the same package gives the same bytes."""
