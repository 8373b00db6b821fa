"""Reference data of the app."""
