"""Every figure equals a recomputation that shares nothing with it but the records."""

import pytest

from fourfold.web.measures.rules import definitions, suppression
from fourfold.web.measures.rules.periods import parse
from fourfold.web.measures.selectors.running import calculate
from fourfold.web.users.models import Force
from lib.measure_worlds import by_hand, fill, people


@pytest.fixture
def two_forces(db: None) -> tuple[Force, Force]:
    """Two forces with records; nothing of one may be counted for the other."""
    made = [Force.objects.create(name=name) for name in ("Teasel Constabulary", "Sedge Police")]
    for seed, force in enumerate(made):
        fill(people(force, f"team{seed}"), seed, cases=24 - 12 * seed)
    return made[0], made[1]


def test_each_figure_equals_its_recomputation(two_forces: tuple[Force, Force]) -> None:
    for force in two_forces:
        for text in ("2026-04..2026-06", "2026", "2026-03", "2024-01"):
            period = parse(text)
            expected = by_hand(force, period)
            measurable = [each for each in definitions.newest() if each.is_measurable]
            assert {each.name for each in measurable} == set(expected)
            for definition in measurable:
                found = calculate(definition, force.pk, period)
                answer = (found.numerator, found.denominator, found.value)
                assert answer == pytest.approx(expected[definition.name]), (definition.name, text)


def test_measures_of_one_whole_have_one_denominator(two_forces: tuple[Force, Force]) -> None:
    wholes: dict[str, set[int | None]] = {}
    for definition in definitions.newest():
        if definition.whole:
            found = calculate(definition, two_forces[0].pk, parse("2026-04..2026-06"))
            period = parse("2026-04..2026-06")
            told = suppression.cell(definition, period, found.numerator, found.denominator)
            wholes.setdefault(definition.whole, set()).add(told.denominator)
    assert all(len(denominators) == 1 for denominators in wholes.values())


def test_a_period_without_records_has_no_value(force: Force) -> None:
    found = calculate(definitions.find("four-asked"), force.pk, parse("2026"))
    assert (found.numerator, found.denominator, found.value) == (0, 0, None)
