"""Gaps: what the data supplied do not cover, and what will soon be gone."""

from fourfold.evidence.analyses.gaps.analysis import NAME, QUESTION, VERSION, run

__all__ = ["NAME", "QUESTION", "VERSION", "run"]
