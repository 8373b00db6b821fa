"""Forms of the app, by topic."""
