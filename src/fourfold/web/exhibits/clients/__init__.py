"""Clients of services outside the application."""
