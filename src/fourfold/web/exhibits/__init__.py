"""Exhibits, engine runs and findings of a case; the only door to the engine."""
