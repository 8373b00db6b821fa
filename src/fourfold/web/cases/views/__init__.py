"""Pages of cases, by topic."""
