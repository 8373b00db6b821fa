"""A pack reader at work on one source, without a pipeline: the rows and events it stages."""

import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from fourfold.evidence.model.exhibit import Source
from fourfold.evidence.readers.sheets.catalogue import pack_readers
from fourfold.evidence.readers.sheets.pack import Pack
from fourfold.evidence.readers.sheets.reader import PackReader
from fourfold.evidence.store import stamping
from fourfold.evidence.store.casestore import CaseStore


@cache
def shared_store() -> CaseStore:
    """One store for all tests; opening a source replaces what the one before left."""
    return CaseStore()


class Staged:
    """What a pack reader left behind for a source."""

    def __init__(self, reader: PackReader, source: Source) -> None:
        with tempfile.TemporaryDirectory() as work:
            store = shared_store()
            stamping.open_source(store)
            self.warnings: list[str] = reader.stage(source, store, Path(work))
            self.rows: list[dict[str, Any]] = store.dicts("select * from staged_rows order by n")
            self.events: list[dict[str, Any]] = store.dicts(
                "select * from staged_events order by n, k"
            )
        locators = {row["n"]: row["locator"] for row in self.rows}
        self.locator_of = locators
        self.by_locator = {locators[event["n"]]: event for event in self.events}

    def count(self, state: str) -> int:
        """How many rows have this state."""
        return sum(row["state"] == state for row in self.rows)

    @property
    def merged(self) -> dict[str, str]:
        """Locator of each merged row -> locator of the row it repeats."""
        return {
            row["locator"]: self.locator_of[row["merged_into_n"]]
            for row in self.rows
            if row["state"] == "merged"
        }

    @property
    def set_aside(self) -> dict[str, str]:
        """Locator of each row set aside -> reason."""
        return {r["locator"]: r["reason"] for r in self.rows if r["state"] == "set_aside"}


def staged(source: Source, pack: Pack | None = None) -> Staged:
    """Read a source with a pack, or with the one shipped pack that recognises it."""
    if pack is not None:
        return Staged(PackReader(pack), source)
    (reader,) = [r for r in pack_readers(None) if r.recognises(source)]
    return Staged(reader, source)
