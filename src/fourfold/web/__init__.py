"""The workspace: a Django application for the people around a case."""
