"""Pure functions by topic: clock, geography, hashing, telephone numbers."""
