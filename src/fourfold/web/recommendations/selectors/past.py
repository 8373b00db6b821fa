"""The public matrix as it stood at the end of a day, from what was published until then."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Max, QuerySet
from django.db.models.fields.json import KeyTextTransform

from fourfold.web.base.words import UK
from fourfold.web.publication.content import Kind
from fourfold.web.publication.models import Published
from fourfold.web.recommendations.rules.matrix import Cell, Column, Filters, Matrix, Row, arranged
from fourfold.web.recommendations.selectors import snapshots
from fourfold.web.recommendations.selectors.cells import (
    Links,
    Place,
    Value,
    cell_of,
    day_of,
    nothing_seen,
    said,
)
from fourfold.web.supercomplaints.models import Organisation, SuperComplaint


def published_on_day(supercomplaint: SuperComplaint, on: date) -> Matrix:
    """Return the public matrix as it stood at the end of a day, from snapshots alone."""
    recommendations = _stood(supercomplaint, Kind.RECOMMENDATION, on).values_list("ref", "content")
    kinds = dict(Organisation.Kind.choices)
    names: dict[str, Column] = {}
    rows: dict[tuple[int, int], Row] = {}
    cells: dict[tuple[tuple[int, int], int], Cell] = {}
    links = Links.made()
    silent = nothing_seen(is_past_record=supercomplaint.is_from_public_record)
    answers, values = _answers_then(supercomplaint, on)
    for ref, words in sorted(recommendations, key=lambda pair: pair[1]["number"]):
        for row in _rows_of(ref, words, len(rows)):
            rows[row.key] = row
            for each in words.get("addressees", ()):
                whom = each["organisation_ref"]
                column = names.setdefault(
                    whom,
                    Column(len(names), whom, each["name"], each["kind"],
                           str(kinds.get(each["kind"], each["kind"])), ""),
                )  # fmt: skip
                answer = answers.get((ref, row.part, whom), "")
                value = values.get(answer, silent)
                place = Place(answer, row.key, column.key)
                cells[row.key, column.key] = cell_of(row, value, on)._replace(
                    href=links.to(place, value.source)
                )
    columns = sorted(names.values(), key=lambda column: (column.kind, column.name))
    return arranged(rows.values(), columns, cells, Filters())


def _rows_of(ref: str, words: dict[str, Any], first: int) -> Iterator[Row]:
    whole = ("", words["text"])
    parts = [(part["code"], part["text"]) for part in words.get("parts", ())]
    for at, (code, text) in enumerate([whole, *parts]):
        yield Row(
            (first + 1, at), ref, words["number"], code, words["theme"], text, bool(text),
            day_of(words.get("due_on")), words.get("due_basis", ""),
        )  # fmt: skip


def _answers_then(
    supercomplaint: SuperComplaint, on: date
) -> tuple[dict[tuple[str, str, str], str], dict[str, Value]]:
    """Return which answer stood where, and what each said."""
    then = _stood(supercomplaint, Kind.ANSWER, on)
    where = ("recommendation_ref", "part", "organisation_ref")
    keys = {f"at_{name}": KeyTextTransform(name, "content") for name in where}
    found = then.annotate(**keys, **snapshots.shown("content"))
    answers: dict[tuple[str, str, str], str] = {}
    values: dict[str, Value] = {}
    for ref, of, part, whom, *facts in found.values_list("ref", *keys, *snapshots.NAMES):
        answers[of, part, whom] = ref
        values[ref] = said(facts)
    return answers, values


def _stood(supercomplaint: SuperComplaint, kind: str, on: date) -> QuerySet[Published]:
    until = datetime.combine(on + timedelta(days=1), time(), tzinfo=UK)
    before = Published.objects.filter(
        kind=kind, within_ref=supercomplaint.ref, published_at__lt=until
    )
    newest = before.order_by().values("ref").annotate(newest=Max("pk")).values("newest")
    return Published.objects.filter(pk__in=newest, is_withdrawn=False).order_by("pk")
