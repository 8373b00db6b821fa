"""The record of an intake, so that the stations can also be run one by one."""

from pathlib import Path
from typing import Any

import msgspec

from fourfold.evidence.errors import CaseFolderError
from fourfold.evidence.intake.custody import Intake
from fourfold.evidence.model.exhibit import Exhibit

FILE_NAME = "intake.json"


def write_intake(path: Path, intake: Intake, originals: Path) -> None:
    """Write what was taken in; paths are relative to the originals."""

    def relative(value: Any) -> str:
        return Path(value).relative_to(originals).as_posix()

    record = msgspec.to_builtins(intake, enc_hook=relative)
    path.write_bytes(msgspec.json.format(msgspec.json.encode(record), indent=1) + b"\n")


def read_intake(path: Path, originals: Path) -> Intake:
    """Read the record back.

    Raises:
        CaseFolderError: there is none: the exhibits have not been taken in yet.
    """
    if not path.is_file():
        raise CaseFolderError(f"{path} is missing: run 'fourfold take-in' first")

    def absolute(kind: type, value: Any) -> Any:
        return originals / value if issubclass(kind, Path) else value

    record = msgspec.json.decode(path.read_bytes())
    exhibits = (msgspec.convert(e, Exhibit, dec_hook=absolute) for e in record["exhibits"])
    return Intake(tuple(exhibits), tuple(record["notes"]))
