"""Pure conditions of the app."""
