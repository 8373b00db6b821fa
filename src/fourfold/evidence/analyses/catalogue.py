"""All analyses, in the order in which their findings are numbered."""

from importlib import import_module
from typing import Any

from fourfold.evidence.model.protocols import Analysis

# Later ones may use tables that earlier ones export.
NAMES = ("contact", "devices", "others", "coincidence", "diary", "chronology", "gaps")


def analyses() -> tuple[Analysis, ...]:
    """Return the analysis modules."""
    modules: list[Any] = [import_module(f"fourfold.evidence.analyses.{name}") for name in NAMES]
    return tuple(modules)
