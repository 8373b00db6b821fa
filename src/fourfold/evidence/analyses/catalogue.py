"""All analyses, in the order in which their findings are numbered."""

from importlib import import_module
from typing import Any

from fourfold.evidence.model.protocols import Analysis

NAMES = ("contact", "devices", "others", "coincidence", "diary", "chronology", "gaps")
# What runs side by side: lanes of one wave do not use each other's tables; later waves may.
WAVES = (
    (("contact", "devices", "others"), ("coincidence",)),
    (("diary",), ("chronology", "gaps")),
)


def analyses() -> tuple[Analysis, ...]:
    """Return the analysis modules."""
    modules: list[Any] = [import_module(f"fourfold.evidence.analyses.{name}") for name in NAMES]
    return tuple(modules)
