"""Figures: computed, signed, published; each step written once."""

from fourfold.web.measures.models.figures import ComputedFigure, FigureRelease, FigureSignature

__all__ = ["ComputedFigure", "FigureRelease", "FigureSignature"]
