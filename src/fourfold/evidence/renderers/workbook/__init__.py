"""The workbook: one HTML file that opens anywhere, with every number leading to its rows."""

from fourfold.evidence.renderers.workbook.workbook import FILE, NAME, render

__all__ = ["FILE", "NAME", "render"]
