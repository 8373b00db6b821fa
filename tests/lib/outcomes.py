"""What became of each file of a hostile folder: state, counts, reasons, words."""

import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from fourfold.evidence import pipeline
from fourfold.evidence.intake.case_file import load_case


class Outcome(NamedTuple):
    """One line of the exhibits table, with the reasons of the rows set aside."""

    state: str
    used: int
    merged: int
    aside: dict[str, int]
    note: str
    warnings: tuple[str, ...]
    events: list[dict[str, Any]]

    @property
    def rows(self) -> int:
        """All rows, whatever became of them."""
        return self.used + self.merged + sum(self.aside.values())


def outcomes(files: Mapping[str, bytes], case_toml: str = "") -> dict[str, Outcome]:
    """Take a folder with these files in and read it; what each file came to."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "case"
        for name, data in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        if case_toml:
            (folder / "case.toml").write_text(case_toml, encoding="utf-8")
        return outcomes_of_folder(folder)


def outcomes_of_folder(folder: Path) -> dict[str, Outcome]:
    """Take a case folder in and read it; what each file came to."""
    with tempfile.TemporaryDirectory() as temporary:
        package = Path(temporary) / "package"
        package.mkdir()
        run = pipeline.Run(load_case(folder), package, pipeline.Options())
        pipeline.take_in(run)
        pipeline.read(run)
        run.writer.finish()
        tables = run.tables
        found = {
            row["exhibit_file"]: Outcome(
                row["state"],
                row["rows_used"],
                row["rows_merged"],
                _reasons(tables, row["exhibit_id"]),
                row["state_note"] or "",
                tuple(row["warnings"] or ()),
                tables.dicts(
                    "select * from events where exhibit_id = ? order by event_id",
                    [row["exhibit_id"]],
                ),
            )
            for row in tables.dicts("select * from exhibits")
        }
        tables.close()
    return found


def _reasons(tables: Any, exhibit: str) -> dict[str, int]:
    rows = tables.rows(
        "select reason from ledger where exhibit_id = ? and state = 'set_aside'", [exhibit]
    )
    return dict(Counter(reason for (reason,) in rows))
