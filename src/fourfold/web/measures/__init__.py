"""Measures: versioned definitions in SQL over the workspace's data, and signed figures."""
