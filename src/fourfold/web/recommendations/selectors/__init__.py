"""Reads of the app, by topic."""
