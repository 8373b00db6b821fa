"""Signed figures: what the own force may read in full, and what everybody may read of others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from fourfold.web.measures.models import ComputedFigure
from fourfold.web.measures.rules import definitions
from fourfold.web.measures.rules.definitions import Definition
from fourfold.web.measures.rules.wording import WITHHELD, value_words
from fourfold.web.supercomplaints.models import Organisation
from fourfold.web.users.models import User


@dataclass(frozen=True)
class SignedFigure:
    """A signed figure as a reader may see it: withheld for others, there is no number in it."""

    ref: str
    measure: str
    version: int
    title: str
    unit: str
    force_id: int
    from_on: date
    to_on: date
    value: float | None
    value_words: str
    numerator: int | None
    denominator: int | None
    is_published: bool
    is_suppressed: bool
    suppressed_because: str
    signed_by_post: str
    signed_at: datetime
    computed_at: datetime
    sql_sha256: str


def figures_for(
    organisations: Iterable[Organisation], names: Iterable[str], *, actor: User | None = None
) -> dict[tuple[int, str], SignedFigure]:
    """Return the newest signed figure by (key of the organisation, name of the measure).

    Newest is the one whose period ends last, then the one computed last. One query. Figures of
    the actor's own force come in full, signed or also published; of all others, and with no
    actor, only what is published, and as it is published.
    """
    by_force = {each.tenant_id: each.pk for each in organisations if each.tenant_id is not None}
    own = actor.force_id if actor is not None else None
    shown = Q(release__isnull=False) if own is None else Q(release__isnull=False) | Q(force=own)
    ranked = _newest(signed().filter(shown, force__in=by_force, measure__in=list(names)))
    return {
        (by_force[figure.force_id], figure.measure): as_read(figure, is_own=figure.force_id == own)
        for figure in ranked
    }


def newest_of_force(force_id: int) -> list[SignedFigure]:
    """Return the newest signed figure of each measure of a force, in full."""
    return [as_read(each, is_own=True) for each in _newest(signed().filter(force=force_id))]


def _newest(figures: QuerySet[ComputedFigure]) -> QuerySet[ComputedFigure]:
    """Keep the newest figure of each force and measure; keys are ranked, then records read."""
    place = Window(
        RowNumber(),
        partition_by=[F("force"), F("measure")],
        order_by=[F("to_on").desc(), F("computed_at").desc(), F("id").desc()],
    )
    ranked = figures.order_by().select_related(None).annotate(place=place).filter(place=1)
    return signed().filter(pk__in=ranked.values("pk"))


def signed() -> QuerySet[ComputedFigure]:
    """Return every signed figure with its signature and release, without its rows."""
    found = ComputedFigure.objects.filter(signature__isnull=False)
    return found.select_related("signature", "release").defer("rows", "parameters")


def as_read(figure: ComputedFigure, *, is_own: bool) -> SignedFigure:
    """Return a signed figure as its own force, or anybody else, reads it."""
    definition = definition_of(figure)
    release = getattr(figure, "release", None)
    is_suppressed = release is not None and release.is_suppressed
    is_hidden = is_suppressed and not is_own
    parts = (figure.value, figure.numerator, figure.denominator)
    value, numerator, denominator = (None, None, None) if is_hidden else parts
    return SignedFigure(
        ref=figure.ref,
        measure=figure.measure,
        version=figure.definition_version,
        title=definition.title,
        unit=definition.kind.unit,
        force_id=figure.force_id,
        from_on=figure.from_on,
        to_on=figure.to_on,
        value=value,
        value_words=WITHHELD if is_hidden else value_words(definition.kind, *parts),
        numerator=numerator,
        denominator=denominator,
        is_published=release is not None,
        is_suppressed=is_suppressed,
        suppressed_because=release.reason if release is not None else "",
        signed_by_post=figure.signature.post,
        signed_at=figure.signature.signed_at,
        computed_at=figure.computed_at,
        sql_sha256=figure.sql_sha256,
    )


def definition_of(figure: ComputedFigure) -> Definition:
    """Return the version of the definition that a figure was computed with.

    Raises:
        definitions.UnknownMeasureError: the program no longer has it.
    """
    return definitions.find(figure.measure, figure.definition_version)


def newest_of_each_period(figures: Sequence[SignedFigure]) -> list[SignedFigure]:
    """Return one figure for each force and period: the one computed last."""
    kept: dict[tuple[int, date, date], SignedFigure] = {}
    for figure in sorted(figures, key=lambda each: each.computed_at):
        kept[figure.force_id, figure.from_on, figure.to_on] = figure
    return sorted(kept.values(), key=lambda each: (each.from_on, each.to_on))
