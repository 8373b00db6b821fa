"""Pages of the app, by topic."""
