"""Figures by the references in a URL."""

from fourfold.web.base.loading import by_ref
from fourfold.web.measures.models import ComputedFigure


def computedfigure_by_ref(*, computedfigure_ref: str, **_: str) -> ComputedFigure:
    """Return a figure with its signature and release, or answer 404."""
    return by_ref(
        ComputedFigure, computedfigure_ref, "force", "computed_by", "signature__signed_by",
        "release",
    )  # fmt: skip
