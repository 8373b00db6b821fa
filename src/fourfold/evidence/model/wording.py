"""Words that text written by the program may not contain.

The program states what a record shows. Where a person was, that people came together, how
probable a place is, or what follows in law is for qualified people to say, under their name.
"""

import re
from typing import Final

FORBIDDEN: Final = (
    "was at", "were at", "was with", "were with", "was near", "met", "met with", "meeting",
    "followed", "following him", "following her", "near", "nearby", "vicinity", "proximity",
    "proven", "proves", "home", "consistent with", "co-located", "colocated", "guilty",
    "should be charged", "perpetrator", "offender", "coverage area", "confidence score",
)  # fmt: skip
_PATTERN: Final = re.compile(
    r"(?<![\w-])(?:" + "|".join(re.escape(words) for words in FORBIDDEN) + r")(?![\w-])", re.I
)


def forbidden_words(text: str) -> list[str]:
    """Return the forbidden words in a text, in the order in which they stand."""
    return [found.group().lower() for found in _PATTERN.finditer(text)]
