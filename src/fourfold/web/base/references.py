"""References: how a record is known outside, without telling how many there are."""

import secrets

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U to misread
LENGTH = 10


def new_reference(prefix: str) -> str:
    """Return a reference that nobody can guess or count, such as C-7K2M9QX4TA."""
    return prefix + "-" + "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
