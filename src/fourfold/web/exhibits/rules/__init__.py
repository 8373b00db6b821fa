"""Pure conditions of the app, by topic."""
