"""Reads of cases, by topic."""
