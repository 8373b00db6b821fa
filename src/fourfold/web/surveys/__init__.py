"""Self-assessment surveys of forces within an investigation."""
