"""`verify-ledger`, `ledger-head` and `export-ledger`. Django is loaded only where it is needed.

`VERBS` gives each verb its help, its arguments and its run; a copy is checked with no database,
no settings and no Django.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from fourfold.web.accountability import chain
from fourfold.web.accountability.chain import Head, HeadError, Result

DONE: Final = 0
NOT_UNDERSTOOD: Final = 2
DOES_NOT_VERIFY: Final = 6  # as of a package that does not match its own record
SETTINGS: Final = "fourfold.web.config.settings"


@dataclass(frozen=True)
class Verb:
    """A command: its help, what it takes and what it does."""

    help: str
    example: str
    add_arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


def verify_ledger(
    path: Path | None = None, head: str = "", *, public_key: str = "", first_seq: int = 1
) -> tuple[int, str]:
    """Check the live ledger, or an exported copy with no database at all.

    Args:
        path: the exported copy.
        head: a head file, or a head as `412:<hash>`.
        public_key: the key that must have signed the head; the live check takes the instance's.
        first_seq: number of the copy's first entry.

    Returns:
        The exit code and one line that says what was found.
    """
    try:
        if path is None:
            return _verify_live(head, public_key)
        known = _read_head(head, public_key)
        with path.open("rb") as file:
            result = chain.check(chain.rows_of_file(file), known, first_seq=first_seq)
    except (OSError, HeadError) as error:
        return NOT_UNDERSTOOD, f"cannot check: {error}"
    return _verdict(result, known)


def _read_head(head: str, public_key: str) -> Head | None:
    """Return the head named on the command line: a file, or the head itself."""
    if not head:
        return None
    spoken = chain.spoken_head(head)
    if spoken:
        return spoken
    try:
        from fourfold.web.accountability import heads
    except ModuleNotFoundError as missing:
        raise HeadError(f"a signed head needs the package {missing.name}") from missing
    text = Path(head).read_bytes().decode("utf-8", errors="replace")
    return heads.read(text, public_key)


def _verify_live(head: str, public_key: str) -> tuple[int, str]:
    """Check what the database holds, and that its triggers are in place."""
    load_django()
    from django.db import DatabaseError, connection

    from fourfold.web.accountability import exports, guards, heads, verification

    if head and not public_key and (exports.home() / heads.KEY_FILE).exists():
        public_key = heads.public_text(heads.signing_key(exports.home()))
    known = _read_head(head, public_key)
    try:
        missing = guards.missing_guards(connection)
        code, line = _verdict(verification.verify(head=known), known)
    except DatabaseError as error:
        return NOT_UNDERSTOOD, f"cannot check: the database has no readable ledger ({error})"
    if missing and code == DONE:
        names = ", ".join(missing)
        line = (
            f"the chain is intact, but the database does not guard it: {names} missing or changed"
        )
        return DOES_NOT_VERIFY, line
    return code, line


def _verdict(result: Result, head: Head | None) -> tuple[int, str]:
    if result.fault:
        return DOES_NOT_VERIFY, f"the ledger does not verify: {result.reason}"
    end = f"{result.count} entries, the last {result.last_seq}:{result.last_hash}"
    if head:
        return DONE, f"the ledger is intact and continues the head at entry {head.seq}: {end}"
    return DONE, f"the ledger is intact: {end}. No head was given: a cut end would not show"


def export_ledger(out: Path, first_seq: int = 1) -> str:
    """Write the ledger and its head; return one line. The export is itself an entry.

    Raises:
        FileExistsError: one of the two files stands already.
    """
    from fourfold.web.accountability import exports, heads

    beside = out.with_name(out.name + ".head.json")
    for path in (out, beside):
        if path.exists():
            raise FileExistsError(f"{path} stands already")
    _record("ledger.export")
    signed = exports.signed_head()
    with _new_file(out) as file:
        for line in exports.lines(first_seq, signed["seq"]):
            file.write(line)
    with _new_file(beside) as file:
        file.write(exports.head_text(signed).encode())
    key = heads.public_text(heads.signing_key(exports.home()))
    return f"entries {first_seq} to {signed['seq']} in {out}, head in {beside}, public key {key}"


def export_head(out: Path | None) -> str:
    """Write the head, or return it for printing; either is itself an entry.

    Raises:
        FileExistsError: the file stands already.
    """
    from fourfold.web.accountability import exports

    if out and out.exists():
        raise FileExistsError(f"{out} stands already")
    _record("ledger.head")
    signed = exports.signed_head()
    if out is None:
        return exports.head_text(signed)
    with _new_file(out) as file:
        file.write(exports.head_text(signed).encode())
    return f"head at entry {signed['seq']} in {out}, public key {signed['public_key']}"


def load_django() -> None:
    """Prepare Django, where the program has not done so."""
    import django
    from django.apps import apps

    if not apps.ready:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
        django.setup()


def _record(act: str) -> None:
    """Record what the command line did: it knows no user, so the operating system's log must."""
    from fourfold.web.accountability import context, ledger

    with context.running(channel="command"):
        ledger.record(ledger.Entry(act, "", "", "", "ledger", ""))


@contextmanager
def _new_file(path: Path) -> Iterator[IO[bytes]]:
    """Write a file that did not exist, readable by its owner only; leave no half of one."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
    except BaseException:
        path.unlink()
        raise


def _verify_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--file", type=Path, help="an exported ledger, instead of the database")
    parser.add_argument("--head", default="", help="a head file, or a head as SEQ:HASH")
    parser.add_argument("--public-key", default="", help="the key that must have signed the head")
    parser.add_argument("--from-seq", type=int, default=1, help="the first entry of the file")


def _run_verify(arguments: argparse.Namespace) -> int:
    code, line = verify_ledger(
        arguments.file,
        arguments.head,
        public_key=arguments.public_key,
        first_seq=arguments.from_seq,
    )
    (sys.stdout if code == DONE else sys.stderr).write(f"{line}\n")
    return code


def _head_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, help="write the head to this new file")


def _run_head(arguments: argparse.Namespace) -> int:
    return _tell(lambda: export_head(arguments.out))


def _export_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, help="the new file to write")
    parser.add_argument("--from-seq", type=int, default=1, help="the first entry to write")


def _run_export(arguments: argparse.Namespace) -> int:
    return _tell(lambda: export_ledger(arguments.out, arguments.from_seq))


def _tell(write: Callable[[], str]) -> int:
    """Do what writes a file; print what it returns, or in one line why it could not."""
    load_django()
    from django.db import DatabaseError

    try:
        line = write()
    except (OSError, HeadError, DatabaseError) as error:
        sys.stderr.write(f"cannot export: {error}\n")
        return NOT_UNDERSTOOD
    sys.stdout.write(f"{line.rstrip()}\n")
    return DONE


VERBS: Final = {
    "verify-ledger": Verb(
        "check that no entry of the ledger was changed, removed, moved or added",
        "fourfold verify-ledger --file ledger.jsonl --head ledger.jsonl.head.json",
        _verify_arguments,
        _run_verify,
    ),
    "ledger-head": Verb(
        "print the signed head of the ledger, to be kept elsewhere",
        "fourfold ledger-head --out head-2026-11-21.json",
        _head_arguments,
        _run_head,
    ),
    "export-ledger": Verb(
        "write the ledger as JSON Lines, with its signed head",
        "fourfold export-ledger --out ledger.jsonl",
        _export_arguments,
        _run_export,
    ),
}
