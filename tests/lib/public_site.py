"""A public site that was written for tests: its folder, its queries, its live answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TAKEN_DOWN = "plantedtextthatwastakendown"


@dataclass(frozen=True)
class Made:
    """A written site, the queries that wrote it, and what the same pages answered live."""

    folder: Path
    again: Path
    queries: list[str]
    live: dict[str, tuple[int, bytes, dict[str, str]]]
    counted: dict[str, int]

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield every file that is text, by its path."""
        for path in sorted(self.folder.rglob("*")):
            if path.is_file():
                yield path.relative_to(self.folder).as_posix(), path.read_text("utf-8")

    def pages(self) -> Iterator[tuple[str, str]]:
        """Yield every page, by its path."""
        return ((path, text) for path, text in self.texts() if path.endswith(".html"))
