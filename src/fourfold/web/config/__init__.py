"""Settings, URLs, server entry points, the API and commands."""
