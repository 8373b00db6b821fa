"""References: how a record is known outside, without telling how many there are."""

import re
import secrets
from collections.abc import Iterable

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U to misread
LENGTH = 10


def new_reference(prefix: str) -> str:
    """Return a reference that nobody can guess or count, such as C-7K2M9QX4TA."""
    return prefix + "-" + "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def only_references(texts: Iterable[str]) -> list[str]:
    """Keep what is spelt like a reference: PostgreSQL refuses a question that holds NUL."""
    return [text for text in texts if re.fullmatch(rf"[A-Z]{{1,4}}-[{LETTERS}]{{{LENGTH}}}", text)]
