"""All readers. Exactly one recognises a source, or the source stays "unknown format"."""

from functools import cache
from importlib import import_module
from typing import Any

from fourfold.evidence.errors import UnknownFormatError
from fourfold.evidence.model.exhibit import Source
from fourfold.evidence.model.protocols import Reader

ROW_READERS = (
    "sms_backup",
    "whatsapp_text",
    "telegram",
    "instagram_facebook",
    "google_records",
    "google_semantic",
    "google_timeline",
    "gpx",
    "kml",
    "owntracks",
    "diary_csv",
    "diary_json",
)


@cache
def row_readers() -> tuple[Reader, ...]:
    """Return the reader modules in the order of the catalogue."""
    modules: list[Any] = [
        import_module(f"fourfold.evidence.readers.{name}") for name in ROW_READERS
    ]
    return tuple(modules)


def recognise(source: Source, packs: tuple[Any, ...]) -> Any:
    """Return the one reader or pack reader for a source.

    Raises:
        UnknownFormatError: none recognises it, or more than one does (which is a fault of
            ours: the message names them).
    """
    found = [reader for reader in (*row_readers(), *packs) if reader.recognises(source)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise UnknownFormatError("for a table, try 'fourfold learn-pack FILE'")
    names = ", ".join(reader.NAME for reader in found)
    raise UnknownFormatError(f"more than one reader recognises it ({names}); please report this")
