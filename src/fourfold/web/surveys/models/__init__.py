"""Models of the app, by topic."""
