"""The files of the public record, and references that are the same in every installation."""

import tomllib
from importlib.resources import files
from typing import Any, Final

COMPLAINTS: Final = ("fourfold.web.supercomplaints.reference", "record.toml")
STALKING: Final = ("fourfold.web.recommendations.reference", "stalking.toml")
SERVICES: Final = ("fourfold.web.publication.reference", "services.toml")


def read(place: tuple[str, str]) -> dict[str, Any]:
    """Return a file of the record."""
    package, name = place
    return tomllib.loads(files(package).joinpath(name).read_text(encoding="utf-8"))


def reference(prefix: str, complaint_ref: str, number: int, part: int = 0) -> str:
    """Return the reference of a row within a super-complaint of the record.

    Nothing of the public record is secret: its rows are counted openly, so that the address of
    each is the same wherever the record is loaded.
    """
    return f"{prefix}-PR{int(complaint_ref[-3:]):03d}{number:03d}{part:02d}"
