"""Limits of charts: what a run of figures, or a share among others, does by chance alone.

Run chart of single values (XmR): Shewhart's chart for individuals, limits at the mean plus and
minus 2.66 times the mean moving range (3 / d2 with d2 = 1.128 for two; Wheeler, Understanding
Variation, 2000; NIST/SEMATECH e-Handbook 6.3.2.2). Run chart of shares (p-chart): the overall
share plus and minus three standard errors at each denominator (e-Handbook 6.3.3.2). Funnel plot:
exact binomial limits, interpolated (Spiegelhalter, Statistics in Medicine 24 (2005) 1185, A.1.1).
"""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

XMR_FACTOR: Final = 2.66
P_CHART_SIGMAS: Final = 3.0
LIMITS_NEED: Final = 8  # fewer points say nothing about chance; the chart shows none then
TAILS_95: Final = 0.025
TAILS_99_8: Final = 0.001
EXACT_UP_TO: Final = 1_000  # beyond it the normal approximation is as good as the exact limit
SIGMAS: Final = {TAILS_95: 1.959964, TAILS_99_8: 3.090232}


@dataclass(frozen=True)
class Band:
    """A centre line and what lies around it by chance."""

    centre: float
    low: float
    high: float


def xmr(values: Sequence[float]) -> Band | None:
    """Return the limits of single values, or none where there are too few."""
    if len(values) < LIMITS_NEED:
        return None
    centre = sum(values) / len(values)
    steps = [abs(after - before) for before, after in itertools.pairwise(values)]
    reach = XMR_FACTOR * sum(steps) / len(steps)
    return Band(centre, max(0.0, centre - reach), centre + reach)


def p_chart(parts: Sequence[tuple[int, int]]) -> list[Band] | None:
    """Return a band for each (numerator, denominator), or none where there are too few."""
    counted = [part for part in parts if part[1] > 0]
    if len(counted) < LIMITS_NEED:
        return None
    share = overall(counted)
    return [_around(share, P_CHART_SIGMAS, denominator) for _, denominator in parts]


def overall(parts: Sequence[tuple[int, int]]) -> float:
    """Return the share of all parts together; nothing counted is a share of nothing."""
    denominators = sum(denominator for _, denominator in parts)
    return sum(numerator for numerator, _ in parts) / denominators if denominators else 0.0


def funnel(share: float, denominator: int, tail: float) -> Band:
    """Return the limits of a share at a denominator; `tail` lies outside on either side."""
    if denominator < 1:
        return Band(share, 0.0, 1.0)
    if share <= 0.0 or share >= 1.0:
        return Band(share, share, share)
    if denominator > EXACT_UP_TO:
        return _around(share, SIGMAS[tail], denominator)
    low = _binomial_limit(share, denominator, tail)
    high = _binomial_limit(share, denominator, 1.0 - tail)
    return Band(share, min(share, max(0.0, low)), max(share, min(1.0, high)))


def _around(share: float, sigmas: float, denominator: int) -> Band:
    if denominator < 1:
        return Band(share, 0.0, 1.0)
    reach = sigmas * math.sqrt(share * (1.0 - share) / denominator)
    return Band(share, max(0.0, share - reach), min(1.0, share + reach))


def _binomial_limit(share: float, denominator: int, chance: float) -> float:
    """Return the share below which `chance` of the outcomes lie, interpolated between counts."""
    if share > 0.5:  # counted from the other end: the first term would be too small for a float
        return 1.0 - _binomial_limit(1.0 - share, denominator, 1.0 - chance)
    odds = share / (1.0 - share)
    mass = math.exp(denominator * math.log1p(-share))
    below, reached = 0.0, mass
    number = 0
    while reached < chance and number < denominator:
        mass *= odds * (denominator - number) / (number + 1)
        number += 1
        below, reached = reached, reached + mass
    step = reached - below
    beyond = (reached - chance) / step if step > 0.0 else 0.0
    return (number - beyond) / denominator
