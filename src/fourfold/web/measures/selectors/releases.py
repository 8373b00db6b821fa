"""What of a force's figures is public already: asked before anything more becomes public."""

from django.db.models import QuerySet

from fourfold.web.measures.models import ComputedFigure
from fourfold.web.measures.rules.definitions import Definition
from fourfold.web.measures.rules.periods import Period
from fourfold.web.measures.rules.suppression import Cell, cell, reason_beside
from fourfold.web.measures.selectors.figures import definition_of


def published_cells(force_id: int) -> list[Cell]:
    """Return every number of a force that was ever published, those since replaced among them."""
    found = ComputedFigure.objects.filter(force=force_id, release__is_suppressed=False)
    return [cell_of(figure, definition_of(figure)) for figure in found.defer("rows", "parameters")]


def cell_of(figure: ComputedFigure, definition: Definition) -> Cell:
    """Return a figure as the rules of suppression look at it."""
    period = Period(figure.from_on, figure.to_on)
    return cell(definition, period, figure.numerator, figure.denominator)


def replaced_by(figure: ComputedFigure) -> QuerySet[ComputedFigure]:
    """Return the published figures of the same measure, force and period."""
    return ComputedFigure.objects.filter(
        measure=figure.measure,
        force=figure.force_id,
        from_on=figure.from_on,
        to_on=figure.to_on,
        release__isnull=False,
    ).exclude(pk=figure.pk)


def reason_to_come(figure: ComputedFigure, definition: Definition) -> str:
    """Return why a figure would be withheld if it were published now, or nothing."""
    return reason_beside(cell_of(figure, definition), published_cells(figure.force_id))
