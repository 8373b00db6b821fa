"""Errors that actions of several topics raise."""


class OtherCaseError(ValueError):
    """A person, exhibit or other record belongs to another case than what it is put to."""
