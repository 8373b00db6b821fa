"""All format packs: those that come with the program, and those of a folder the user names."""

from functools import cache
from importlib.resources import files
from pathlib import Path

from fourfold.evidence.errors import PackError
from fourfold.evidence.readers.sheets.pack import Pack, load, parse
from fourfold.evidence.readers.sheets.reader import PackReader

SHIPPED = "fourfold.evidence.readers"


@cache
def shipped_packs() -> tuple[Pack, ...]:
    """Return the packs that come with the program, by name."""
    folder = files(SHIPPED) / "packs"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return tuple(parse((folder / name).read_text(encoding="utf-8"), name) for name in names)


def pack_readers(extra: Path | None) -> tuple[PackReader, ...]:
    """Return a reader for every pack.

    Args:
        extra: a folder with more packs (*.toml); one with the name of a shipped pack
            replaces it.

    Raises:
        PackError: a pack is not well formed, or the folder is not there.
    """
    packs = {pack.name: pack for pack in shipped_packs()}
    if extra is not None:
        if not extra.is_dir():
            raise PackError(f"{extra} is not a folder with format packs")
        packs |= {pack.name: pack for pack in map(load, sorted(extra.glob("*.toml")))}
    everything = tuple(packs.values())
    return tuple(PackReader(pack, everything) for pack in everything)
