"""The matrix: who was asked what, who answered what, with filters that are pages of their own."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from fourfold.web.publication import content as c
from fourfold.web.publication.rules import paths
from fourfold.web.publication.rules.addresses import slug
from fourfold.web.publication.rules.statuses import LOOKS, ORDER, Look, look_of_cell
from fourfold.web.publication.site.record_pages import each_of
from fourfold.web.publication.site.routes import Context, Names, Page
from fourfold.web.publication.site.world import World


@dataclass(frozen=True)
class Cell:
    """Where a row and a column meet: nothing asked, or how the answer stands."""

    number: int
    look: Look | None = None
    parts: int = 0
    is_late: bool = False
    figure: c.Figure | None = None


@dataclass
class Row:
    """An organisation and its cells."""

    ref: str
    name: str
    kind: str
    cells: dict[int, Cell] = field(default_factory=dict)


@dataclass(frozen=True)
class Filter:
    """One way to see less of the matrix."""

    sort: str
    words: str
    path: str


@dataclass
class Matrix:
    """The whole matrix of a super-complaint, before any filter."""

    complaint: c.SuperComplaint
    recommendations: list[c.Recommendation]
    rows: list[Row]

    def filters(self) -> list[Filter]:
        """Return every filter that leaves something: by kind, theme and status."""
        ref = self.complaint.ref
        kinds = sorted({row.kind for row in self.rows if row.kind})
        themes = sorted({r.theme for r in self.recommendations if r.theme})
        held = {cell.look.code for row in self.rows for cell in row.cells.values() if cell.look}
        statuses = [LOOKS[code].words for code in ORDER if code in held]
        named = [("kind", kinds), ("theme", themes), ("status", statuses)]
        return [
            Filter(sort, words, paths.matrix_only(ref, sort, words))
            for sort, every in named
            for words in every
        ]

    def only(self, chosen: Filter) -> "Matrix":
        """Return the matrix with one filter."""
        rows, columns = self.rows, self.recommendations
        if chosen.sort == "kind":
            rows = [row for row in rows if row.kind == chosen.words]
        if chosen.sort == "theme":
            columns = [r for r in columns if r.theme == chosen.words]
        if chosen.sort == "status":
            rows = [_of_status(row, chosen.words) for row in rows]
        shown = {r.number for r in columns}
        rows = [row for row in rows if any(n in shown and x.look for n, x in row.cells.items())]
        asked = {n for row in rows for n, cell in row.cells.items() if cell.look}
        columns = [r for r in columns if r.number in asked]
        return Matrix(self.complaint, columns, rows)

    def counts(self) -> list[tuple[Look, int]]:
        """Return how many cells have each status."""
        shown = {r.number for r in self.recommendations}
        found: dict[str, int] = {}
        looks: dict[str, Look] = {}
        for row in self.rows:
            for number, cell in row.cells.items():
                if cell.look and number in shown:
                    looks[cell.look.code] = cell.look
                    found[cell.look.code] = found.get(cell.look.code, 0) + 1
        order = [*(code for code in ORDER if code in found), *sorted(set(found) - set(ORDER))]
        return [(looks[code], found[code]) for code in order]


def _of_status(row: Row, words: str) -> Row:
    kept = {n: cell for n, cell in row.cells.items() if cell.look and cell.look.words == words}
    return Row(row.ref, row.name, row.kind, kept)


def matrix_of(world: World, complaint: c.SuperComplaint) -> Matrix:
    """Put recommendations, answers and figures of a super-complaint together."""
    columns = world.recommendations_of(complaint.ref)
    # Of a past case this site holds what was seen: not seen is not the same as not answered.
    silent = LOOKS["not_recorded" if complaint.is_from_public_record else "nothing"]
    rows: dict[str, Row] = {}
    for recommendation in columns:
        for asked in recommendation.addressees:
            row = rows.setdefault(
                asked.organisation_ref, Row(asked.organisation_ref, asked.name, asked.kind)
            )
            row.cells[recommendation.number] = Cell(recommendation.number, silent)
    answers: dict[tuple[str, int], list[c.Answer]] = {}
    for answer in world.answers_of(complaint.ref):
        kind = world.organisations.get(slug(answer.organisation_ref))
        rows.setdefault(
            answer.organisation_ref,
            Row(answer.organisation_ref, answer.organisation, kind.kind_words if kind else ""),
        )
        answers.setdefault((answer.organisation_ref, answer.number), []).append(answer)
    newest = newest_figures(world) if any(r.measures for r in columns) else {}
    measured = {r.number: r.measures for r in columns}
    for (ref, number), given in answers.items():
        held = [newest[n, ref] for n in measured.get(number, ()) if (n, ref) in newest]
        rows[ref].cells[number] = Cell(
            number,
            look_of_cell(given),
            len([a for a in given if a.part]),
            any(a.is_late for a in given),
            held[0] if held else None,
        )
    for row in rows.values():
        known = world.organisations.get(slug(row.ref))
        row.kind = known.kind_words if known else row.kind.replace("_", " ").capitalize()
    return Matrix(complaint, columns, sorted(rows.values(), key=lambda r: r.name.casefold()))


def newest_figures(world: World) -> dict[tuple[str, str], c.Figure]:
    """Return the newest figure of each measure and organisation."""
    found: dict[tuple[str, str], c.Figure] = {}
    for figure in sorted(world.figures, key=lambda f: (f.period_to, f.period_from, f.ref)):
        found[figure.measure, figure.organisation_ref] = figure
    return found


def matrices(world: World) -> Iterable[Names]:
    """Return the super-complaints that have a matrix."""
    held = {r.super_complaint_ref for r in world.recommendations.values()}
    return [{"ref": slug(ref)} for ref in sorted(held) if slug(ref) in world.complaints]


def matrix(world: World, names: Names) -> Context | None:
    """Return the matrix of a super-complaint, whole or with one filter."""
    complaint = world.complaints.get(names["ref"])
    if complaint is None:
        return None
    whole = matrix_of(world, complaint)
    if not whole.recommendations:
        return None
    filters, chosen = whole.filters(), None
    if "filter" in names:
        wanted = f"matrix/{names['ref']}/only/{names['filter']}.html"
        chosen = next((each for each in filters if each.path == wanted), None)
        if chosen is None:
            return None
    return {
        "complaint": complaint,
        "matrix": whole.only(chosen) if chosen else whole,
        "whole": whole,
        "filters": filters,
        "chosen": chosen,
    }


def filtered(world: World) -> Iterable[Names]:
    """Return every filter of every matrix."""
    for names in matrices(world):
        for each in matrix_of(world, world.complaints[names["ref"]]).filters():
            yield {**names, "filter": each.path.rsplit("/", 1)[1].removesuffix(".html")}


def organisation_answers(world: World, names: Names) -> Context | None:
    """Return all that one organisation answered within a super-complaint."""
    complaint = world.complaints.get(names["ref"])
    if complaint is None:
        return None
    columns = world.recommendations_of(complaint.ref)
    given = [
        a for a in world.answers_of(complaint.ref) if slug(a.organisation_ref) == names["body"]
    ]
    asked = [r for r in columns if any(slug(a.organisation_ref) == names["body"]
                                       for a in r.addressees)]  # fmt: skip
    if not given and not asked:
        return None
    named = [a.name for r in asked for a in r.addressees
             if slug(a.organisation_ref) == names["body"]]  # fmt: skip
    answered = {a.number for a in given}
    numbers = sorted(answered | {r.number for r in asked})
    known = world.organisations.get(names["body"])
    ref = given[0].organisation_ref if given else (known.ref if known else names["body"])
    newest = newest_figures(world)
    by_number = {r.number: r for r in columns}
    return {
        "complaint": complaint,
        "name": given[0].organisation if given else named[0],
        "organisation": known,
        "numbers": numbers,
        "by_number": by_number,
        "answers": {n: [a for a in given if a.number == n] for n in numbers},
        "figures": {
            n: [newest[m, ref] for m in by_number[n].measures if (m, ref) in newest]
            for n in numbers
            if n in by_number
        },
        "plans": [
            p
            for p in world.plans.values()
            if p.organisation_ref == ref and p.super_complaint_ref == complaint.ref
        ],
    }


def every_answering(world: World) -> Iterable[Names]:
    """Return every organisation of every matrix."""
    for names in matrices(world):
        for row in matrix_of(world, world.complaints[names["ref"]]).rows:
            yield {**names, "body": slug(row.ref)}


def matrix_list(world: World, _names: Names) -> Context:
    """Return the matrices there are, each with its counts."""
    found = [matrix_of(world, world.complaints[names["ref"]]) for names in matrices(world)]
    return {"matrices": found}


def organisations(world: World, _names: Names) -> Context:
    """Return the organisations by kind."""
    kinds: dict[str, list[c.Organisation]] = {}
    for each in world.organisations.values():
        kinds.setdefault(each.kind_words or "Other", []).append(each)
    return {"kinds": dict(sorted(kinds.items()))}


def organisation(world: World, names: Names) -> Context | None:
    """Return an organisation and all that is published of it."""
    found = world.organisations.get(names["ref"])
    if found is None:
        return None
    within: dict[str, list[c.Answer]] = {}
    for answer in world.answers_by(found.ref):
        within.setdefault(answer.super_complaint_ref, []).append(answer)
    return {
        "organisation": found,
        "answered": [
            (world.complaint(ref), given) for ref, given in within.items() if world.complaint(ref)
        ],
        "asked": _asked(world, found.ref),
        "designations": [d for d in world.designations if d.organisation_ref == found.ref],
        "plans": [p for p in world.plans.values() if p.organisation_ref == found.ref],
        "figures": [f for f in world.figures if f.organisation_ref == found.ref],
        "adoptions": [a for a in world.adoptions if a.organisation_ref == found.ref],
        "measures": world.measures,
        "practices": world.practices,
    }


def _asked(world: World, organisation_ref: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for each in world.recommendations.values():
        if any(a.organisation_ref == organisation_ref for a in each.addressees):
            found[each.super_complaint_ref] = found.get(each.super_complaint_ref, 0) + 1
    return found


PAGES = (
    Page("matrix.html", "matrices", matrix_list, section="answers"),
    Page("matrix/{ref}/only/{filter}.html", "matrix", matrix, filtered, "answers"),
    Page("matrix/{ref}/{body}.html", "answers", organisation_answers, every_answering, "answers"),
    Page("matrix/{ref}.html", "matrix", matrix, matrices, "answers"),
    Page("organisations.html", "organisations", organisations, section="answers"),
    Page("organisations/{ref}.html", "organisation", organisation, each_of("organisations"),
         "answers"),
)  # fmt: skip
