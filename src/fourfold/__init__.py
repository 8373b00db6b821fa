"""Fourfold: from a folder of raw evidence to a chronology that a court can trust."""

__version__ = "0.1.0"
