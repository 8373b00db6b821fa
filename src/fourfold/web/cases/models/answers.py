"""Answers and codes that several models of a case share."""

from django.db import models


class Answer(models.TextChoices):
    """An answer to a question: what was not asked is never taken for a no."""

    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_KNOWN = "not_known", "Not known (asked)"
    NOT_ASKED = "not_asked", "Not asked"


class Jurisdiction(models.TextChoices):
    """Whose law of stalking applies."""

    ENGLAND_AND_WALES = "england-and-wales", "England and Wales"
    NORTHERN_IRELAND = "northern-ireland", "Northern Ireland"
    SCOTLAND = "scotland", "Scotland"


class Precision(models.TextChoices):
    """How exactly a moment is known."""

    EXACT = "exact", "To the minute"
    HOUR = "hour", "To the hour"
    DAY = "day", "That day"
    MONTH = "month", "That month"
    UNKNOWN = "unknown", "Not known"


class Strength(models.TextChoices):
    """How firmly an identifier is said to be a person's."""

    ACCEPTED = "accepted", "Accepted"
    DISPUTED = "disputed", "Disputed"
    ASSUMED = "assumed", "Assumed"
