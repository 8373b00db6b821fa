"""Keep: the tables of one run in DuckDB, and the files of a package."""
