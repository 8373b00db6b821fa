"""All renderers: each writes one file of the package."""

from importlib import import_module
from typing import Any

from fourfold.evidence.model.protocols import Renderer

NAMES = ("workbook", "report_pdf", "tables_xlsx", "map_kmz")


def renderers() -> tuple[Renderer, ...]:
    """Return the renderer modules."""
    modules: list[Any] = [import_module(f"fourfold.evidence.renderers.{name}") for name in NAMES]
    return tuple(modules)
