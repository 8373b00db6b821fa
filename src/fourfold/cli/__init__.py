"""The command line: one verb per station."""
