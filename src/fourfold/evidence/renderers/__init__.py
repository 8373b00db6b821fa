"""Render: one module per output of a package."""
