"""A finding: a question, its answer in values with units, and the rows behind every value."""

from typing import Any

import msgspec


class Where(msgspec.Struct, frozen=True):
    """A selection that leads back to rows: conditions on one exported table, all to hold.

    table: `events`, `occurrences`, `ledger`, or a table that an analysis exported. It
        has a column `row_ids` (or `row_id`).
    conditions: (column, operator, value) with operator one of = != < <= > >= in
        `contains` (a list column holds the value) `is null` `is not null`.
    """

    table: str
    conditions: list[tuple[str, str, Any]]


class Value(msgspec.Struct):
    """One number or word of a finding.

    code: short trace code, stamped by the pipeline: F<finding>.<value>.
    where: the rows behind it. `row_ids` instead, when they are few and not a selection.
    """

    name: str
    value: int | float | str | None
    unit: str
    where: Where | None = None
    row_ids: list[str] | None = None
    code: str = ""


class Finding(msgspec.Struct, kw_only=True):
    """One answer. `statement` is the sentence that outputs print; analyses write it.

    finding_id: F<number>, stamped by the pipeline in the order of the catalogue.
    series: larger tables of values (per day, per hour): name -> list of Value.
    pair: (from person or identifier, to person or identifier), where there is one.
    period: [first, last) as ISO UTC text, where there is one.
    row_ids: every row behind the finding when at most limits.FINDING_ROW_IDS; else
        empty and `where` resolves to them.
    evidence_class: for coincidences, else "". A: fixes of two devices agree in time and
        place. B: records of two devices name the same cell. C: they name different cells of
        neighbouring sites, for investigation only. Words: model/wording.py.
    counts_tried: how many comparisons were made to get here, by name.
    """

    analysis: str
    version: str
    kind: str
    question: str
    title: str
    statement: str
    method: str
    finding_id: str = ""
    settings: dict[str, Any] = {}
    values: list[Value] = []
    series: dict[str, list[Value]] = {}
    pair: tuple[str, str] | None = None
    period: tuple[str, str] | None = None
    row_ids: list[str] = []
    where: Where | None = None
    caveats: list[str] = []
    evidence_class: str = ""
    counts_tried: dict[str, int] = {}
    details: dict[str, Any] = {}
