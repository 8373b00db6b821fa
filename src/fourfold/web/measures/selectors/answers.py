"""A computed measure with all that belongs to it, as plain facts: for programs and the terminal."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from fourfold.web.measures.rules import suppression
from fourfold.web.measures.rules.counting import Counted
from fourfold.web.measures.rules.definitions import Break, Definition
from fourfold.web.measures.rules.periods import Period
from fourfold.web.measures.rules.wording import value_words
from fourfold.web.measures.selectors.running import calculate, parameters
from fourfold.web.users.models import Force


class NoSuchForceError(LookupError):
    """No force has this name or reference."""


@dataclass(frozen=True)
class Answer:
    """What was asked and what came out."""

    definition: Definition
    force: Force
    period: Period
    counted: Counted


def force_named(words: str) -> Force:
    """Return the force of a name (its own or the register's) or a reference.

    Raises:
        NoSuchForceError: there is none.
    """
    named = Q(ref=words) | Q(name__iexact=words) | Q(organisation__name__iexact=words)
    found = Force.objects.filter(named).order_by("pk").first()
    if found is None:
        raise NoSuchForceError(f"no force is called “{words}”")
    return found


def answer(definition: Definition, force: Force, period: Period) -> Answer:
    """Compute a measure."""
    return Answer(definition, force, period, calculate(definition, force.pk, period))


def as_facts(given: Answer, rows_shown: int = 0) -> dict[str, Any]:
    """Return an answer as text and numbers; `rows_shown` references of its rows stand in it."""
    definition, period, counted = given.definition, given.period, given.counted
    parts = (counted.value, counted.numerator, counted.denominator)
    bounds = {name: value.isoformat() for name, value in parameters(period).items()}
    alone = suppression.cell(definition, period, counted.numerator, counted.denominator)
    return {
        "measure": definition.name,
        "version": definition.version,
        "title": definition.title,
        "question": definition.question,
        "kind": str(definition.kind),
        "force": given.force.name,
        "force_ref": given.force.ref,
        "period": str(period),
        "from_on": period.from_on.isoformat(),
        "to_on": period.to_on.isoformat(),
        "value": counted.value,
        "value_words": value_words(definition.kind, *parts),
        "numerator": counted.numerator,
        "denominator": counted.denominator,
        "numerator_words": definition.numerator,
        "denominator_words": definition.denominator,
        "period_rule": definition.period_rule,
        "sql": definition.sql,
        "sql_sha256": definition.sql_sha256,
        "parameters": {"force_id": given.force.pk, **bounds},
        "row_count": len(counted.rows),
        "first_rows": [row.ref for row in counted.rows[:rows_shown]],
        "caveats": list(definition.caveats),
        "breaks": [_break(each) for each in definition.breaks],
        "breaks_crossed": [
            _break(each) for each in definition.breaks_within(period.from_on, period.to_on)
        ],
        "withheld_in_public_because": suppression.reason_to_withhold(alone),
    }


def _break(given: Break) -> dict[str, str]:
    return {"on": given.on.isoformat(), "words": given.words, "source": given.source}
