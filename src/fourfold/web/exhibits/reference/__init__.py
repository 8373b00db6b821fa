"""Dated reference data of the app."""
