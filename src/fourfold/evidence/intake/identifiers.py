"""Identifiers as people write them in case.toml, and how they are written to match."""

import re
from typing import Final

from fourfold.evidence.support.phone import identifier_of

IDENTIFIER_KEYS: Final = frozenset({"identifier", "device", "notified", "scope"})
_SCHEME = re.compile(r"[a-z][a-z0-9_]*:.+", re.DOTALL)
_E164 = re.compile(r"tel:\+[1-9]\d{6,14}")


def better_identifier(text: str) -> str:
    """Return what to write instead, "" when the identifier is well formed.

    New schemes are allowed; only a missing scheme and a number that is not E.164 are faults.
    """
    if not _SCHEME.fullmatch(text):
        if re.fullmatch(r"\+?[\d\s()-]{7,}", text):
            return f'write "{identifier_of(text).identifier}"'
        return 'write scheme:value, such as "tel:+447700900123" or "vrm:AB12CDE"'
    if text.startswith("tel:") and not _E164.fullmatch(text):
        return f'write "{identifier_of(text).identifier}"'
    if text.startswith("vrm:") and text != "vrm:" + text[4:].replace(" ", "").upper():
        return f'write "vrm:{text[4:].replace(" ", "").upper()}"'
    return ""
