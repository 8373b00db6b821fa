"""Forms of cases, by topic."""
