"""The matrix: for each recommendation and addressee, the value that the viewer may know.

Three sources, the nearer one wins: what stands published (snapshots, for everybody), what was
sent (the authorities, and whoever collates), what one's own organisation has written. Of others,
nothing else is read: an answer that was not sent is "not answered" to them, and within a
super-complaint of the public record "not recorded here". Rows come as tuples,
because 29 recommendations of 43 forces make 1,247 cells.
"""

from datetime import date
from functools import cache
from typing import Any

from django.db.models import Count, F, QuerySet

from fourfold.web.base.jinja import url_if_routed
from fourfold.web.measures.selectors.figures import figures_for
from fourfold.web.publication.content import Kind
from fourfold.web.publication.models import Current
from fourfold.web.recommendations.models import Answer, Recommendation, SentAnswer
from fourfold.web.recommendations.rules.matrix import (
    OWN,
    SENT,
    Cell,
    Column,
    Filters,
    Matrix,
    Row,
    arranged,
)
from fourfold.web.recommendations.selectors import snapshots
from fourfold.web.recommendations.selectors.cells import (
    Links,
    Place,
    Value,
    cell_of,
    nothing_seen,
    said,
    value_of,
)
from fourfold.web.supercomplaints.models import Organisation, SuperComplaint
from fourfold.web.supercomplaints.rules.parties import OFFICER
from fourfold.web.users import policy
from fourfold.web.users.models import User
from fourfold.web.users.permissions import may


def matrix_of(actor: User, supercomplaint: SuperComplaint, filters: Filters, today: date) -> Matrix:
    """Return the matrix of a super-complaint as the actor may know it today."""
    rows, places = _places(_rows(actor, supercomplaint), supercomplaint)
    values = _published(supercomplaint)
    values |= _sent(actor, supercomplaint)
    values |= _own(actor, supercomplaint)
    whom = list(Organisation.objects.filter(pk__in={place.column for place in places}))
    unsigned = _unsigned(actor, whom)
    links = Links.made()
    silent = nothing_seen(is_past_record=supercomplaint.is_from_public_record)
    cells = {
        (place.row, place.column): cell_of(rows[place.row], value, today)._replace(
            href=links.to(place, value.source, unsigned)
        )
        for place in places
        for value in (values.get(place.ref, silent),)
    }
    _add_figures(actor, rows, whom, cells)
    return arranged(rows.values(), _columns(actor, whom), cells, filters)


def _unsigned(actor: User, whom: list[Organisation]) -> frozenset[int]:
    """Return those whose public answers the actor may record: nobody signs in for them."""
    if not may(actor.role, "answer.record"):
        return frozenset()
    return frozenset(each.pk for each in whom if each.tenant_id is None)


def sees_sent(actor: User, supercomplaint: SuperComplaint) -> bool:
    """Return whether the actor reads what was sent: the authorities, and whoever collates."""
    collator = supercomplaint.collator
    is_collator = collator is not None and collator.tenant_id == actor.force_id
    return actor.role == OFFICER or is_collator


def _rows(actor: User, supercomplaint: SuperComplaint) -> dict[tuple[int, int], Row]:
    issued = policy.permitted(
        actor,
        "recommendation.open",
        Recommendation.objects.filter(supercomplaint=supercomplaint, issued_on__isnull=False),
    )
    facts = ("number", "theme", "text", "due_on", "due_basis", "measures")
    rows: dict[tuple[int, int], Row] = {}
    for pk, ref, number, theme, text, due_on, basis, measures in issued.order_by(
        "number"
    ).values_list("pk", "ref", *facts):
        more = (due_on, basis, tuple(measures))
        rows[pk, 0] = Row((pk, 0), ref, number, "", theme, text, bool(text), *more)
    return rows


def _places(
    rows: dict[tuple[int, int], Row], supercomplaint: SuperComplaint
) -> tuple[dict[tuple[int, int], Row], list[Place]]:
    """Return rows with their parts after each, and where every answer goes."""
    found = Answer.objects.filter(recommendation__supercomplaint=supercomplaint)
    keys = ("ref", "recommendation_id", "organisation_id", "part_id", "part__code", "part__text")
    places, parts = [], {}
    for ref, of, organisation, part, code, text in found.order_by("part_id").values_list(*keys):
        if (of, 0) not in rows:
            continue
        if part is not None and (of, part) not in parts:
            whole = rows[of, 0]
            parts[of, part] = whole._replace(key=(of, part), part=code, text=text, is_found=True)
        places.append(Place(ref, (of, part or 0), organisation))
    order = {of: at for at, (of, _) in enumerate(rows)}
    every = sorted({**rows, **parts}.items(), key=lambda pair: (order[pair[0][0]], pair[0][1]))
    return dict(every), places


def _columns(actor: User, whom: list[Organisation]) -> list[Column]:
    """Return the columns: one's own organisation first, then by kind and name."""
    ordered = sorted(
        whom, key=lambda each: (each.tenant_id != actor.force_id, each.kind, each.name)
    )
    return [
        Column(each.pk, each.ref, each.name, each.kind, str(each.get_kind_display()), each.region)
        for each in ordered
    ]


def _add_figures(
    actor: User,
    rows: dict[tuple[int, int], Row],
    whom: list[Organisation],
    cells: dict[tuple[tuple[int, int], int], Cell],
) -> None:
    """Put the newest signed figure into the cells whose recommendation has a measure."""
    names = {name for row in rows.values() for name in row.measures}
    if not names:
        return
    found = figures_for(whom, names, actor=actor)
    for key, cell in cells.items():
        row, column = rows[key[0]], key[1]
        for name in () if row.part else row.measures:
            figure = found.get((column, name))
            if figure is not None:
                words = (f"{figure.title}: {figure.value_words}", _measure_address(name))
                cells[key] = cell._replace(figure=words[0], figure_href=words[1])
                break


@cache
def _measure_address(name: str) -> str:
    return url_if_routed("measures:measure", name=name)


def _published(supercomplaint: SuperComplaint) -> dict[str, Value]:
    held = Current.objects.filter(kind=Kind.ANSWER, within_ref=supercomplaint.ref).order_by()
    found = held.annotate(**snapshots.shown("published__content"))
    return {row[0]: said(row[1:]) for row in found.values_list("ref", *snapshots.NAMES)}


def _sent(actor: User, supercomplaint: SuperComplaint) -> dict[str, Value]:
    if not sees_sent(actor, supercomplaint):
        return {}
    newest = policy.permitted(
        actor,
        "answer.open",
        SentAnswer.objects.filter(
            answer__recommendation__supercomplaint=supercomplaint,
            version=F("answer__sent_version"),
        ),
    ).order_by()
    keys = ("status", "position", "due_on", "answered_on", "last_updated_on", "evidence_count")
    return {
        ref: value_of(facts, SENT, is_answered=True)
        for ref, *facts in newest.values_list("answer__ref", *keys)
    }


def _own(actor: User, supercomplaint: SuperComplaint) -> dict[str, Value]:
    if not may(actor.role, "answer.change"):
        return {}
    found: QuerySet[Any] = policy.permitted(
        actor, "answer.open", Answer.objects.filter(recommendation__supercomplaint=supercomplaint)
    )
    own = found.filter(organisation__tenant=actor.force_id).annotate(shown=Count("evidence"))
    keys = ("status", "position", "due_on", "answered_on", "last_updated_on", "shown")
    return {
        ref: value_of(facts, OWN, is_answered=submitted_at is not None)
        for ref, submitted_at, *facts in own.order_by().values_list("ref", "submitted_at", *keys)
    }
