"""What may stand in the ledger: references, codes and counts; never evidence, never a name."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any, Final

from fourfold.web.accountability import chain
from fourfold.web.base.references import LENGTH, LETTERS

DETAIL_LIMIT_BYTES: Final = 8 * 1024
LIST_LIMIT: Final = 500
INTEGER_LIMIT: Final = 2**53 - 1  # beyond it, JSON readers disagree (RFC 8785)
PURPOSE_LIMIT: Final = 300

KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
REFERENCE: Final = re.compile(rf"[A-Z]{{1,4}}-[{LETTERS}]{{{LENGTH}}}")
CODE: Final = re.compile(r"[a-z][a-z0-9]*(?:[._:/-][a-z0-9]+)*")
CODE_LIMIT: Final = 64
DIGEST: Final = re.compile(r"[0-9a-f]{64}")
SESSION: Final = re.compile(r"[0-9a-f]{16}")  # too like a card or handset number to allow elsewhere


class UnfitForLedgerError(ValueError):
    """An entry holds what may not stand in the ledger. The message never repeats it."""


def is_reference_or_code(text: str) -> bool:
    """Return whether a text is a reference (C-7K2M9QX4TA), a code (act.add) or a digest."""
    if len(text) > CODE_LIMIT:
        return False
    return any(pattern.fullmatch(text) for pattern in (REFERENCE, CODE, DIGEST))


def fit_detail(detail: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return the detail in plain types.

    Raises:
        UnfitForLedgerError: it is not flat, or holds anything but references, codes, digests,
            whole numbers, yes or no, and lists of these.
    """
    fit = {_fit_key(key): _fit_value(key, value) for key, value in (detail or {}).items()}
    if len(chain.canonical(fit)) > DETAIL_LIMIT_BYTES:
        raise UnfitForLedgerError(f"detail is longer than {DETAIL_LIMIT_BYTES} bytes")
    return fit


def _fit_key(key: object) -> str:
    if not isinstance(key, str) or not KEY.fullmatch(key):
        raise UnfitForLedgerError("a key of detail is not a word in lower case")
    return str.__str__(key)


def _fit_value(key: str, value: object) -> object:
    if isinstance(value, list | tuple):
        if len(value) > LIST_LIMIT:
            raise UnfitForLedgerError(f"detail[{key}] is a list of more than {LIST_LIMIT}")
        return [_fit_scalar(key, item) for item in value]
    return _fit_scalar(key, value)


def _fit_scalar(key: str, value: object) -> object:
    if isinstance(value, bool):
        return value
    if isinstance(value, int) and abs(value) <= INTEGER_LIMIT:
        return int(value)
    if isinstance(value, str) and is_reference_or_code(value):
        return str.__str__(value)
    raise UnfitForLedgerError(
        f"detail[{key}] is a {type(value).__name__} that is no reference, code, digest, "
        "whole number or yes/no"
    )


def fit_reference(field: str, value: str) -> str:
    """Return a reference or code, or an empty text, for the field of that name."""
    if not isinstance(value, str) or (value and not is_reference_or_code(value)):
        raise UnfitForLedgerError(f"{field} is neither a reference nor a code")
    return str.__str__(value)


def fit_session(session_ref: str) -> str:
    """Return the reference of a session: 16 hexadecimal digits, or a reference."""
    if SESSION.fullmatch(session_ref):
        return session_ref
    return fit_reference("session_ref", session_ref)


def fit_purpose(purpose: str) -> str:
    """Return the reason a person gave: one line of at most 300 characters."""
    if not isinstance(purpose, str) or len(purpose) > PURPOSE_LIMIT:
        raise UnfitForLedgerError(f"purpose is longer than {PURPOSE_LIMIT} characters")
    if any(unicodedata.category(letter) in ("Cc", "Cs") for letter in purpose):
        raise UnfitForLedgerError("purpose holds a control character or half a character")
    return str.__str__(purpose)
