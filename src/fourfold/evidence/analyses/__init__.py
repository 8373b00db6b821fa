"""Analyse: one module per question; events to findings."""
