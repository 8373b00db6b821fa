"""Take in: every file of a case folder becomes an exhibit with a sealed, hashed copy.

The original is opened for reading only and never changed. The copy is what readers see.
"""

import hashlib
import os
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from fourfold.evidence.errors import CaseFolderError
from fourfold.evidence.intake.case_file import FILE_NAME
from fourfold.evidence.model import reasons
from fourfold.evidence.model.case import Case, ExhibitFacts
from fourfold.evidence.model.exhibit import Exhibit

CHUNK_BYTES = 2**20
EXHIBITS_FOLDER = "exhibits"
SEALED_MODE = 0o444
_NOT_TEXT = re.compile("[\udc80-\udcff]")  # how Python shows bytes of a name that are not UTF-8


@dataclass(frozen=True)
class Intake:
    """What was taken in, and what was seen and left alone."""

    exhibits: tuple[Exhibit, ...]
    notes: tuple[str, ...]


def take_in(case: Case, originals: Path, progress: Callable[[str], None]) -> Intake:
    """Seal every exhibit of the case folder under `originals`.

    Args:
        case: the case, whose folder holds the files.
        originals: an empty folder of the package; copies keep their relative paths.
        progress: told the name of each file.

    Returns:
        Exhibits in path order, numbered X1, X2, ...; files outside exhibits/ as notes.

    Raises:
        CaseFolderError: the folder holds no file at all.
    """
    files = _by_name(_files(case))
    on_disk = {_composed(name): name for name in files}
    named = {on_disk.get(_composed(facts.file), facts.file): facts for facts in case.exhibits}
    missing = [name for name in named if name not in files]
    if not files and not missing:
        raise CaseFolderError(f"{case.folder} holds no exhibits: put the files as received into it")
    exhibits: dict[int, Exhibit] = {}
    first_with: dict[str, Exhibit] = {}
    number_of = {name: n for n, name in enumerate(sorted([*files, *missing]), start=1)}
    # Of the same bytes twice, the one that case.toml names (first) is the exhibit: what is
    # known of it (whose it is, by which authority) must not be lost to a stray copy.
    for name in [*named, *(name for name in number_of if name not in named)]:
        progress(name)
        number = number_of[name]
        facts = replace(named.get(name, ExhibitFacts(file=name)), file=name)
        exhibit = _seal(number, facts, files.get(name), originals / name, first_with)
        if exhibit.state == "read":
            first_with.setdefault(exhibit.sha256, exhibit)
        exhibits[number] = exhibit
    return Intake(tuple(exhibits[n] for n in sorted(exhibits)), tuple(_notes(case)))


def _by_name(files: Iterator[tuple[str, Path]]) -> dict[str, Path]:
    """Return files by a name that can be printed: bytes that are no text become %FF."""
    named: dict[str, Path] = {}
    for name, path in files:
        printable = _printable(name)
        while printable in named:
            printable += "%"
        named[printable] = path
    return named


def _printable(name: str) -> str:
    return _NOT_TEXT.sub(lambda byte: f"%{ord(byte[0]) - 0xDC00:02X}", name)


def _composed(name: str) -> str:
    """Return a name in one of the two spellings that systems use for accents."""
    return unicodedata.normalize("NFC", name)


def _files(case: Case) -> Iterator[tuple[str, Path]]:
    root = case.folder
    inner = root / EXHIBITS_FOLDER
    start = inner if case.has_case_file and inner.is_dir() else root
    for path in _walk(start):
        name = path.relative_to(root).as_posix()
        if name != FILE_NAME:
            yield name, path
    if start is inner:
        for facts in case.exhibits:
            path = root / facts.file
            if not path.is_relative_to(inner) and path.is_file():
                yield facts.file, path


def _notes(case: Case) -> Iterator[str]:
    yield from case.notes
    if not case.has_case_file:
        yield from _deeper_case_files(case.folder)
    if not (case.has_case_file and (case.folder / EXHIBITS_FOLDER).is_dir()):
        return
    named = {facts.file for facts in case.exhibits}
    for path in _walk(case.folder):
        name = path.relative_to(case.folder).as_posix()
        if not name.startswith(f"{EXHIBITS_FOLDER}/") and name != FILE_NAME and name not in named:
            where = f"outside {EXHIBITS_FOLDER}/ and not in {FILE_NAME}"
            yield f"{_printable(name)}: {where}, so not taken in"


def _deeper_case_files(folder: Path) -> Iterator[str]:
    for path in _walk(folder):
        if path.name == FILE_NAME:
            name = path.parent.relative_to(folder).as_posix()
            yield f"{_printable(name)} has a {FILE_NAME} that was not used; to use it, build {name}"


def _walk(folder: Path) -> Iterator[Path]:
    closed: list[OSError] = []
    for here, folders, files in os.walk(folder, followlinks=False, onerror=closed.append):
        links = [name for name in folders if (Path(here) / name).is_symlink()]
        folders[:] = sorted(set(folders) - set(links))
        for name in sorted([*files, *links]):
            yield Path(here) / name
    yield from (Path(error.filename) for error in closed)


def _seal(
    number: int,
    facts: ExhibitFacts,
    path: Path | None,
    sealed: Path,
    first_with: dict[str, Exhibit],
) -> Exhibit:
    state, note, digest, size, copy_of = "read", "", "", 0, None
    if path is None:
        state, note = reasons.MISSING, "case.toml names it; check the spelling of the path"
    elif path.is_dir() and not path.is_symlink():
        state, note = reasons.UNREADABLE, "the system would not let this folder be read"
    elif path.is_symlink() or not path.is_file():
        state, note = (
            reasons.UNREADABLE,
            "a link or special file: put the file itself into the folder",
        )
    else:
        try:
            digest, size = _copy(path, sealed)
        except OSError as error:
            state, note = (
                reasons.UNREADABLE,
                f"the system would not let it be read ({error.strerror})",
            )
    if state == "read":
        state, note, copy_of = _state(facts, digest, size, first_with)
    return Exhibit(
        exhibit_id=f"X{number}",
        exhibit_file=facts.file,
        ref=facts.ref or f"X/{number}",
        sha256=digest,
        size_bytes=size,
        sealed_path=sealed,
        state=state,
        state_note=note,
        copy_of=copy_of,
        producer=facts.producer,
        received_at=facts.received_at.isoformat() if facts.received_at else None,
        authority=facts.authority,
        person=facts.person,
        device=facts.device,
        identifier=facts.identifier,
        time_zone=facts.time_zone,
    )


def _state(
    facts: ExhibitFacts, digest: str, size: int, first_with: dict[str, Exhibit]
) -> tuple[str, str, str | None]:
    if facts.sha256 and facts.sha256.lower() != digest:
        note = f"case.toml states {facts.sha256.lower()}, the file has {digest}"
        return reasons.HASH_MISMATCH, note, None
    if size == 0:
        return reasons.EMPTY, "ask the producer for the file again", None
    if first := first_with.get(digest):
        note = f"the same bytes as {first.ref} ({first.exhibit_file})"
        return reasons.DUPLICATE_FILE, note, first.exhibit_id
    return "read", "", None


def _copy(path: Path, sealed: Path) -> tuple[str, int]:
    """Copy while hashing; return (SHA-256, bytes). The copy cannot be written afterwards."""
    sealed.parent.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as source, sealed.open("wb") as target:
        while chunk := source.read(CHUNK_BYTES):
            digest.update(chunk)
            target.write(chunk)
            size += len(chunk)
    sealed.chmod(SEALED_MODE)
    return digest.hexdigest(), size
