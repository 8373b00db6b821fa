"""Pure conditions of cases, by topic."""
