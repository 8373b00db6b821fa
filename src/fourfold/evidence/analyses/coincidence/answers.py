"""What a finding of this analysis is made from, and the rows behind a selection."""

from dataclasses import dataclass
from typing import Any

from fourfold.evidence.analyses.coincidence.settings import Settings
from fourfold.evidence.analyses.coincidence.sightings import Compared
from fourfold.evidence.model.finding import Finding, Where
from fourfold.evidence.model.limits import FINDING_ROW_IDS
from fourfold.evidence.model.protocols import Tables
from fourfold.evidence.support.clock import iso_utc


@dataclass(frozen=True)
class Work:
    """What was done, for the findings to state. made, shifted: comparisons per class."""

    name: str
    version: str
    question: str
    settings: Settings
    compared: dict[str, Compared]
    made: dict[str, int]
    shifted: dict[str, int]
    with_slack: dict[tuple[str, str], int]
    wrong_clocks: dict[str, list[str]]


@dataclass(frozen=True)
class Answer:
    """One class and pair of parties: the selection behind it and its figures, if any."""

    class_name: str
    pair: tuple[str, str]
    where: Where
    by_device: bool
    row: dict[str, Any] | None


def finding_of(work: Work, **content: Any) -> Finding:
    """Return a finding with the name, version and question of this analysis."""
    return Finding(analysis=work.name, version=work.version, question=work.question, **content)


def period_of(row: dict[str, Any] | None) -> tuple[str, str] | None:
    """Return the first and last moment of a summary, as ISO UTC text."""
    return (iso_utc(row["first_at"]), iso_utc(row["last_at"])) if row else None


def row_ids_of(tables: Tables, where: Where) -> list[str]:
    """Row ids behind a selection with `=` only, when few enough to print; else none."""
    test = " and ".join(f"{column} = ?" for column, _, _ in where.conditions)
    found = tables.rows(
        "select distinct r.row_id from (select unnest(row_ids) as row_id from"
        f" {where.table} where {test}) as r order by r.row_id limit {FINDING_ROW_IDS + 1}",
        [value for _, _, value in where.conditions],
    )
    return [row_id for (row_id,) in found] if len(found) <= FINDING_ROW_IDS else []
