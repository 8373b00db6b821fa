"""A case: reports, people, acts, occasions, crimes, and who may see it."""
