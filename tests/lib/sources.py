"""Sources for reader tests: from bytes or from a file, without a pipeline."""

import io
from collections import Counter
from pathlib import Path
from typing import Any

from fourfold.evidence.model.exhibit import HEAD_BYTES, Exhibit, Source
from fourfold.evidence.model.protocols import Reader
from fourfold.evidence.model.row import Event, Row, SetAside


def source_of(
    content: bytes | Path, *, name: str = "exhibit.bin", part: str = "", **facts: Any
) -> Source:
    """A source with this content; facts are fields of Exhibit (ref, person, time_zone, ...)."""
    data = content.read_bytes() if isinstance(content, Path) else content
    if isinstance(content, Path):
        name = content.name
    exhibit = Exhibit(
        exhibit_id="X1",
        exhibit_file=f"exhibits/{name}",
        ref=facts.pop("ref", "X/1"),
        sha256="0" * 64,
        size_bytes=len(data),
        sealed_path=content if isinstance(content, Path) else Path(name),
        **facts,
    )
    return Source(
        exhibit=exhibit,
        part=part,
        size_bytes=len(data),
        head=data[:HEAD_BYTES],
        display_zone="Europe/London",
        open_bytes=lambda: io.BytesIO(data),
        path=content if isinstance(content, Path) else None,
    )


class Reading:
    """All rows of a source with their meaning, and the counts that a card states."""

    def __init__(self, reader: Reader, source: Source) -> None:
        self.rows: list[Row] = list(reader.read(source))
        self.meanings = [reader.to_events(row, source) for row in self.rows]
        first: dict[str, int] = {}
        self.merged = {
            n: first[row.sameness]
            for n, row in enumerate(self.rows)
            if row.sameness and first.setdefault(row.sameness, n) != n
        }
        self.events: list[Event] = [
            event
            for n, meaning in enumerate(self.meanings)
            if not isinstance(meaning, SetAside) and n not in self.merged
            for event in meaning
        ]
        self.set_aside = Counter(
            m.reason
            for n, m in enumerate(self.meanings)
            if isinstance(m, SetAside) and n not in self.merged
        )

    @property
    def counts(self) -> dict[str, int]:
        """rows, used, merged, set_aside: they balance by construction of a row's fate."""
        aside = self.set_aside.total()
        return {
            "rows": len(self.rows),
            "used": len(self.rows) - aside - len(self.merged),
            "merged": len(self.merged),
            "set_aside": aside,
        }
