"""Compute a figure and keep it; sign it. What is kept is never changed: compute again instead."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from fourfold.web.measures.models import ComputedFigure, FigureSignature
from fourfold.web.measures.rules.definitions import Definition, find
from fourfold.web.measures.rules.periods import Period
from fourfold.web.measures.selectors.running import calculate, parameters
from fourfold.web.users import access
from fourfold.web.users.models import Force, User


class NotMeasurableError(ValueError):
    """The program does not hold the data of a measure."""


class AlreadySignedError(ValueError):
    """A figure is signed once."""


@dataclass(frozen=True)
class Signing:
    """In which post somebody signs, and what must be known to read the figure."""

    post: str
    words: str = ""


def compute(*, actor: User, measure: str, force: Force, period: Period) -> ComputedFigure:
    """Compute the newest version of a measure and keep the figure with its rows' references.

    Raises:
        NotMeasurableError: the program does not hold its data.
        UnknownMeasureError: there is no such measure.
    """
    decision = access.require(actor, "measure.compute", force)
    definition = find(measure)
    require_measurable(definition)
    counted = calculate(definition, force.pk, period)
    with transaction.atomic():
        figure = ComputedFigure.objects.create(
            force=force,
            measure=definition.name,
            definition_version=definition.version,
            sql_sha256=definition.sql_sha256,
            from_on=period.from_on,
            to_on=period.to_on,
            parameters=parameters_kept(force, period),
            numerator=counted.numerator,
            denominator=counted.denominator,
            value=counted.value,
            row_count=len(counted.rows),
            rows=[[row.ref, int(row.counts)] for row in counted.rows],
            computed_by=actor,
            computed_at=timezone.now(),
        )
        detail = {
            "measure": definition.name, "version": definition.version, **period.months,
            "rows": figure.row_count,
        }  # fmt: skip
        access.record_act(actor, "measure.compute", figure, decision=decision, detail=detail)
    return figure


def require_measurable(definition: Definition) -> None:
    """Refuse a measure whose data the program does not hold.

    Raises:
        NotMeasurableError: it does not.
    """
    if not definition.is_measurable:
        raise NotMeasurableError(definition.not_measurable_because)


def parameters_kept(force: Force, period: Period) -> dict[str, Any]:
    """Return the parameters as text, with the force by its reference."""
    given = {name: value.isoformat() for name, value in parameters(period).items()}
    return {"force_id": force.ref, **given}


def sign(*, actor: User, figure: ComputedFigure, signing: Signing) -> FigureSignature:
    """Sign a figure: a named person of the force stands by it, in a post.

    Raises:
        AlreadySignedError: somebody has signed it.
    """
    decision = access.require(actor, "figure.sign", figure)
    with transaction.atomic():
        ComputedFigure.objects.select_for_update().get(pk=figure.pk)
        if FigureSignature.objects.filter(figure=figure).exists():
            raise AlreadySignedError("The figure is signed already.")
        signature = FigureSignature.objects.create(
            figure=figure,
            signed_by=actor,
            post=signing.post,
            words=signing.words,
            signed_at=timezone.now(),
        )
        access.record_act(actor, "figure.sign", figure, decision=decision)
    return signature
