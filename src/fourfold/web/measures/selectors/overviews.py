"""What the pages of measures show: figures in time, across forces, and the rows of one figure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fourfold.web.base.charts import Chart
from fourfold.web.measures.models import ComputedFigure
from fourfold.web.measures.rules.definitions import Break, Definition
from fourfold.web.measures.rules.periods import Period
from fourfold.web.measures.rules.wording import value_words
from fourfold.web.measures.selectors import drawing, rows
from fourfold.web.measures.selectors.figures import (
    SignedFigure,
    as_read,
    definition_of,
    newest_of_each_period,
    newest_of_force,
    signed,
)
from fourfold.web.measures.selectors.rows import RowLink
from fourfold.web.supercomplaints.models import Organisation
from fourfold.web.users import policy
from fourfold.web.users.models import User

FIGURES_READ_MAX = 5_000  # 43 forces by month for nine years
OWN_SHOWN = 36
PERIODS_OFFERED = 12


@dataclass(frozen=True)
class Wanted:
    """What a reader chose: whose figures in time, periods of how many months, which period."""

    organisation_ref: str = ""
    months: str = ""
    period: str = ""


@dataclass(frozen=True)
class Overview:
    """A measure's figures as one reader may see them."""

    own: list[ComputedFigure]
    own_words: dict[str, tuple[str, str]]
    organisations: list[Organisation]
    organisation: Organisation | None
    lengths: list[int]
    months: int
    crossing: int
    run: Chart | None
    periods: list[Period]
    period: Period | None
    across: Chart | None
    withheld: list[str]


@dataclass(frozen=True)
class FigureView:
    """A figure of the own force, with its definition and the rows it was counted from."""

    definition: Definition
    period: Period
    value_words: str
    breaks_crossed: tuple[Break, ...]
    is_early: bool
    rows: list[RowLink]
    rows_hidden: int


def newest_own(actor: User) -> dict[str, SignedFigure]:
    """Return the newest signed figure of the actor's force by measure."""
    return {each.measure: each for each in newest_of_force(actor.force_id)}


def overview(actor: User, definition: Definition, wanted: Wanted) -> Overview:
    """Return the figures of one version of a measure."""
    shared = _shared(actor, definition)
    organisations = list(
        Organisation.objects.filter(tenant__in={each.force_id for each in shared}).order_by("name")
    )
    chosen = _organisation(actor, organisations, wanted.organisation_ref)
    of_one = newest_of_each_period(
        [each for each in shared if chosen is not None and each.force_id == chosen.tenant_id]
    )
    lengths = Counter(_months(each.from_on, each.to_on) for each in of_one)
    months = _chosen_length(lengths, wanted.months)
    line = [each for each in of_one if _months(each.from_on, each.to_on) == months]
    comparable = [each for each in line if not definition.breaks_within(each.from_on, each.to_on)]
    periods = _periods(shared)
    period = next((each for each in periods if str(each) == wanted.period), None) or _fullest(
        shared, periods
    )
    names = {each.tenant_id: each.name for each in organisations if each.tenant_id}
    at_once = _at_once(shared, period, names)
    own = _own(actor, definition)
    return Overview(
        own=own,
        own_words={
            each.ref: (Period(each.from_on, each.to_on).words, _words(each, definition))
            for each in own
        },
        organisations=organisations,
        organisation=chosen,
        lengths=sorted(lengths),
        months=months,
        crossing=len(line) - len(comparable),
        run=drawing.in_time(definition, chosen.name if chosen else "", comparable),
        periods=periods,
        period=period,
        across=drawing.across(definition, at_once, own_force=actor.force_id),
        withheld=sorted(name for name, each in at_once.items() if each.value is None),
    )


def figure_view(actor: User, figure: ComputedFigure) -> FigureView:
    """Return what the page of a figure shows."""
    definition = definition_of(figure)
    period = Period(figure.from_on, figure.to_on)
    links, hidden = rows.links(actor, definition, figure)
    return FigureView(
        definition=definition,
        period=period,
        value_words=_words(figure, definition),
        breaks_crossed=definition.breaks_within(figure.from_on, figure.to_on),
        is_early=figure.computed_at < period.to_at,
        rows=links,
        rows_hidden=hidden,
    )


def _words(figure: ComputedFigure, definition: Definition) -> str:
    return value_words(definition.kind, figure.value, figure.numerator, figure.denominator)


def _shared(actor: User, definition: Definition) -> list[SignedFigure]:
    """Return every signed figure that the actor may read, the newest first."""
    found = policy.permitted(actor, "figure.list", signed()).filter(
        measure=definition.name, definition_version=definition.version
    )
    newest = found.order_by("-to_on", "-computed_at", "-pk")[:FIGURES_READ_MAX]
    return [as_read(each, is_own=each.force_id == actor.force_id) for each in newest]


def _own(actor: User, definition: Definition) -> list[ComputedFigure]:
    """Return the own force's figures, signed or not, the newest first."""
    found = policy.permitted(actor, "figure.open", ComputedFigure.objects.all()).filter(
        measure=definition.name, definition_version=definition.version
    )
    newest = found.select_related("signature", "release").order_by("-to_on", "-computed_at", "-pk")
    return list(newest.defer("rows", "parameters")[:OWN_SHOWN])


def _organisation(
    actor: User, organisations: Sequence[Organisation], ref: str
) -> Organisation | None:
    """Return the organisation asked for, else the reader's own, else the first by name."""
    asked = [each for each in organisations if each.ref == ref]
    own = [each for each in organisations if each.tenant_id == actor.force_id]
    return next(iter([*asked, *own, *organisations]), None)


def _months(from_on: date, to_on: date) -> int:
    return (to_on.year - from_on.year) * 12 + to_on.month - from_on.month + 1


def _chosen_length(lengths: Counter[int], asked: str) -> int:
    """Return the length asked for, else the commonest, the shorter of two."""
    named = [months for months in lengths if str(months) == asked]
    return (
        named[0]
        if named
        else min(lengths, key=lambda months: (-lengths[months], months), default=1)
    )


def _periods(shared: Sequence[SignedFigure]) -> list[Period]:
    """Return the latest periods for which there are figures."""
    found = {(each.to_on, each.from_on) for each in shared}
    return [Period(start, end) for end, start in sorted(found, reverse=True)[:PERIODS_OFFERED]]


def _fullest(shared: Sequence[SignedFigure], periods: Sequence[Period]) -> Period | None:
    """Return the period with figures of most forces, the latest of several."""
    forces = {
        period: len({each.force_id for each in shared
                     if (each.from_on, each.to_on) == (period.from_on, period.to_on)})
        for period in periods
    }  # fmt: skip
    return max(periods, key=lambda period: (forces[period], period.to_on), default=None)


def _at_once(
    shared: Sequence[SignedFigure], period: Period | None, names: dict[int, str]
) -> dict[str, SignedFigure]:
    """Return the figures of one period by the name of the organisation."""
    if period is None:
        return {}
    found = [
        each for each in shared
        if (each.from_on, each.to_on) == (period.from_on, period.to_on) and each.force_id in names
    ]  # fmt: skip
    return {names[each.force_id]: each for each in newest_of_each_period(found)}
