"""Read case.toml: what is known about the case. Every fault names its line and key."""

import tomllib
from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path, PurePosixPath
from typing import Any
from zoneinfo import ZoneInfoNotFoundError

from fourfold.evidence.errors import CaseFileError, CaseFolderError
from fourfold.evidence.intake.case_making import CaseMaker, as_list
from fourfold.evidence.intake.case_shape import (
    KINDS,
    NEEDED_BY_TERM,
    ONLY,
    PERSON_KEYS,
    SHAPE,
    UNIQUE,
)
from fourfold.evidence.intake.identifiers import IDENTIFIER_KEYS, better_identifier
from fourfold.evidence.intake.toml_lines import line_of
from fourfold.evidence.model.case import Case, Person
from fourfold.evidence.support.clock import zone_info

FILE_NAME = "case.toml"
DEFAULT_ZONE = "Europe/London"


def load_case(folder: Path) -> Case:
    """Load the case of a folder; a folder without case.toml is a case too.

    Raises:
        CaseFolderError: the folder is not there.
        CaseFileError: case.toml cannot be used; nothing has been written.
    """
    if not folder.is_dir():
        raise CaseFolderError(f"{folder} is not a folder; give the folder that holds the exhibits")
    if (folder / "run.json").is_file() and (folder / "originals").is_dir():
        raise CaseFolderError(f"{folder} is a package; its exhibits are in {folder / 'originals'}")
    path = folder / FILE_NAME
    if not path.is_file():
        return Case(folder=folder, reference=folder.resolve().name)
    try:
        text = path.read_bytes().decode("utf-8-sig")
        document = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise CaseFileError(f"{path}: not UTF-8 text (byte {error.start})") from error
    except tomllib.TOMLDecodeError as error:
        raise CaseFileError(f"{path}: not TOML: {error}") from error
    return _Document(path, text, document).case()


class _Document:
    """A parsed case.toml that knows where its tables stand in the text."""

    def __init__(self, path: Path, text: str, document: dict[str, Any]) -> None:
        self.path, self.text, self.document = path, text, document
        self.notes: list[str] = []
        self.counts: dict[str, int] = {}

    def fail(self, table: str, ordinal: int, key: str, message: str) -> CaseFileError:
        """Return the error for one key, with its line."""
        line = line_of(self.text, table, ordinal, key)
        return CaseFileError(f"{self.path}, line {line}: [{table}] {key}: {message}")

    def case(self) -> Case:
        """Check the whole document and return the case."""
        self._check_top()
        zone = self._zone()
        built = {
            name: list(self._tables(name, self.document.get(name, [])))
            for name in SHAPE
            if name not in ("case",) and "." not in name
        }
        head = next(self._tables("case", [self.document["case"]]))
        self._check_unique(built)
        self._check_references(built)
        make = CaseMaker(zone)
        return Case(
            folder=self.path.parent,
            reference=head["reference"],
            title=head.get("title", ""),
            jurisdiction=head.get("jurisdiction", "england-and-wales"),
            display_zone=zone,
            has_case_file=True,
            people=tuple(Person(t["key"], t["role"], t.get("name")) for t in built["person"]),
            attributions=tuple(map(make.attribution, built["attribution"])),
            places=tuple(map(make.place, built["place"])),
            knowledge=tuple(map(make.knowledge, built["knowledge"])),
            orders=tuple(map(make.order, built["order"])),
            authorities=tuple(map(make.authority, built["authority"])),
            exhibits=tuple(map(make.exhibit, built["exhibit"])),
            notes=tuple(self.notes),
        )

    def _check_top(self) -> None:
        if not isinstance(self.document.get("case"), dict):
            raise CaseFileError(
                f"{self.path}, line 1: [case] reference: missing; expected {KINDS['text']}"
            )
        for name in self.document:
            if name not in SHAPE or "." in name:
                self.notes.append(f"case.toml: unknown table [{name}] was not used")
            elif name != "case" and not isinstance(self.document[name], list):
                raise self.fail(name, 0, name, f"expected tables written [[{name}]]")

    def _zone(self) -> str:
        zone = self.document["case"].get("display_time_zone", DEFAULT_ZONE)
        self._check_zone("case", 0, "display_time_zone", zone)
        return str(zone)

    def _check_zone(self, table: str, ordinal: int, key: str, zone: Any) -> None:
        try:
            zone_info(zone if isinstance(zone, str) else "")
        except ZoneInfoNotFoundError as error:
            raise self.fail(
                table,
                ordinal,
                key,
                f'{zone!r} is not a time zone; expected a name such as "Europe/London"',
            ) from error

    def _tables(self, name: str, tables: list[Any]) -> Iterator[dict[str, Any]]:
        for table in tables:
            ordinal = self.counts.get(name, 0)
            self.counts[name] = ordinal + 1
            if not isinstance(table, dict):
                raise self.fail(name, ordinal, name, "expected a table")
            self._check_table(name, ordinal, table)
            for child in ("term", "exception"):
                if isinstance(table.get(child), list):
                    table[child] = list(self._tables(f"{name}.{child}", table[child]))
            yield {**table, "#": ordinal}

    def _check_table(self, name: str, ordinal: int, table: dict[str, Any]) -> None:
        shape = SHAPE[name]
        for key, (kind, is_required) in shape.items():
            if key not in table:
                if is_required:
                    raise self.fail(name, ordinal, key, f"missing; expected {KINDS[kind]}")
                continue
            if not _fits(kind, table[key]):
                raise self.fail(name, ordinal, key, f"expected {KINDS[kind]}, found {table[key]!r}")
            allowed = ONLY.get((name, key))
            if allowed and table[key] not in allowed:
                raise self.fail(
                    name,
                    ordinal,
                    key,
                    f"expected one of {', '.join(allowed)}, found {table[key]!r}",
                )
        for key in table:
            if key not in shape:
                line = line_of(self.text, name, ordinal, key)
                self.notes.append(f"case.toml, line {line}: [{name}] {key}: unknown key, not used")
        self._check_values(name, ordinal, table)
        self._check_identifiers(name, ordinal, table)

    def _check_values(self, name: str, ordinal: int, table: dict[str, Any]) -> None:
        if name == "order.term":
            for (key, value), needed in NEEDED_BY_TERM.items():
                for missing in (k for k in needed if table.get(key) == value and k not in table):
                    raise self.fail(
                        name, ordinal, missing, f"missing; a term of {key} {value!r} needs it"
                    )
        if name == "exhibit":
            parts = PurePosixPath(table["file"]).parts
            if not parts or ".." in parts or parts[0] == "/" or "\\" in table["file"]:
                raise self.fail(
                    name,
                    ordinal,
                    "file",
                    "expected a path inside the case folder, with / between its parts",
                )
            if "time_zone" in table:
                self._check_zone(name, ordinal, "time_zone", table["time_zone"])
        for low, high, keys in ((-90, 90, "lat"), (-180, 180, "lon")):
            if keys in table and not low <= table[keys] <= high:
                raise self.fail(
                    name,
                    ordinal,
                    keys,
                    f"expected degrees between {low} and {high}, found {table[keys]}",
                )

    def _check_identifiers(self, name: str, ordinal: int, table: dict[str, Any]) -> None:
        """Report identifiers that no record can ever match, with the spelling that would."""
        for key in IDENTIFIER_KEYS & table.keys():
            for text in as_list(table[key]):
                if expected := better_identifier(text):
                    line = line_of(self.text, name, ordinal, key)
                    self.notes.append(
                        f'case.toml, line {line}: [{name}] {key}: "{text}" matches no record as'
                        f" written; {expected}"
                    )

    def _check_unique(self, built: dict[str, list[dict[str, Any]]]) -> None:
        for name, key in UNIQUE.items():
            seen: set[str] = set()
            for table in built[name]:
                if table[key] in seen:
                    raise self.fail(
                        name,
                        table["#"],
                        key,
                        f"{table[key]!r} stands twice; each must be different",
                    )
                seen.add(table[key])

    def _check_references(self, built: dict[str, list[dict[str, Any]]]) -> None:
        people = {t["key"] for t in built["person"]}
        expected = ", ".join(sorted(people)) or "none, as there is no [[person]]"
        refs = {t["ref"] for t in built["authority"]}
        for name, table in _walk(built):
            for key in (k for n, k in PERSON_KEYS if n == name and k in table):
                for person in as_list(table[key]):
                    if person not in people:
                        raise self.fail(
                            name,
                            table["#"],
                            key,
                            f"no [[person]] has the key {person!r}; expected one of {expected}",
                        )
            if name == "exhibit":
                for ref in as_list(table.get("authority", [])):
                    if ref not in refs:
                        raise self.fail(
                            name, table["#"], "authority", f"no [[authority]] has the ref {ref!r}"
                        )


def _walk(built: dict[str, list[dict[str, Any]]]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, tables in built.items():
        for table in tables:
            yield name, table
            for term in table.get("term", []):
                yield "order.term", term
                for exception in term.get("exception", []):
                    yield "order.term.exception", exception


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _fits(kind: str, value: Any) -> bool:
    is_texts = isinstance(value, list) and all(isinstance(v, str) for v in value)
    checks = {
        "text": isinstance(value, str) and bool(value),
        "texts": is_texts,
        "texts_or_text": is_texts or isinstance(value, str),
        "number": _is_number(value),
        "whole": isinstance(value, int) and not isinstance(value, bool),
        "bool": isinstance(value, bool),
        "instant": isinstance(value, datetime),
        "time": isinstance(value, time),
        "points": isinstance(value, list)
        and len(value) >= 3
        and all(isinstance(p, list) and len(p) == 2 and all(map(_is_number, p)) for p in value),
        "tables": isinstance(value, list),
    }
    return checks[kind]
