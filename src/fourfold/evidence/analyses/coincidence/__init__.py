"""Coincidence: records of two persons' devices that agree in time and place."""

from fourfold.evidence.analyses.coincidence.analysis import NAME, QUESTION, VERSION, run

__all__ = ["NAME", "QUESTION", "VERSION", "run"]
