"""The policies of the app."""
