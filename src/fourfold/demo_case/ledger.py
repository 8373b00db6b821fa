"""What was planted in each file: rows written, repeated, and bound to be set aside."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass
class Exhibit:
    """One file of the case. rows counts what a reader must find in it."""

    file: str
    ref: str
    state: str = "read"
    rows: int = 0
    merged: int = 0
    set_aside: Counter[str] = field(default_factory=Counter)
    facts: dict[str, Any] = field(default_factory=dict)
    is_named: bool = True  # in case.toml

    @property
    def truth(self) -> dict[str, Any]:
        """Return the entry of truth.json; the rows balance."""
        return {
            "file": self.file,
            "ref": self.ref if self.is_named else None,
            "state": self.state,
            "rows_in": self.rows,
            "rows_used": self.rows - self.merged - self.set_aside.total(),
            "rows_merged": self.merged,
            "rows_set_aside": self.set_aside.total(),
            "set_aside": dict(sorted(self.set_aside.items())),
        }


class Files:
    """Writes the exhibits below one folder and keeps their ledger."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.exhibits: list[Exhibit] = []

    @property
    def rows(self) -> int:
        """Rows written so far, over all exhibits."""
        return sum(exhibit.rows for exhibit in self.exhibits)

    def add(self, name: str, ref: str, content: bytes, **facts: Any) -> Exhibit:
        """Write one file below exhibits/ and open its entry; facts go into case.toml."""
        path = self.folder / "exhibits" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        exhibit = Exhibit(f"exhibits/{name}", ref, facts=facts)
        self.exhibits.append(exhibit)
        return exhibit

    def add_unnamed(self, name: str, content: bytes, state: str) -> Exhibit:
        """Write a file that case.toml does not name."""
        exhibit = self.add(name, "", content)
        exhibit.is_named, exhibit.state = False, state
        return exhibit
