"""The head of the ledger as a signed note: kept elsewhere, it gives a rewritten ledger away.

A head file is one JSON object with the keys of `NAMES`, `public_key` and `signature`. The
signature is Ed25519 over the ASCII text `fourfold-ledger-head-1`, a line feed, and the canonical
JSON (RFC 8785) of the object without its signature. Imports no Django.
"""

import os
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from fourfold.web.accountability.chain import Head, HeadError, canonical, load

FORM: Final = "fourfold-ledger-head-1"
PREFIX: Final = FORM.encode() + b"\n"
NAMES: Final = ("seq", "hash", "at", "count")
KEY_FILE: Final = "ledger_signing_key.pem"


def signing_key(home: Path) -> Ed25519PrivateKey:
    """Return the instance's key; make it, readable by its owner only, the first time."""
    path = home / KEY_FILE
    if not path.exists():
        _make_key(path)
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except ValueError:
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise HeadError(f"{KEY_FILE} in the instance folder does not hold an Ed25519 key")
    return key


def _make_key(path: Path) -> None:
    """Write a new key beside its place and link it there: nobody ever reads half a key."""
    path.parent.mkdir(parents=True, exist_ok=True)
    content = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # another process was quicker: its key stands
    finally:
        draft.unlink()


def public_text(key: Ed25519PrivateKey) -> str:
    """Return the public half of a key: 64 hexadecimal digits."""
    return key.public_key().public_bytes_raw().hex()


def sign(head: Head, key: Ed25519PrivateKey) -> dict[str, Any]:
    """Return the head as the content of a head file."""
    content: dict[str, Any] = {name: getattr(head, name) for name in NAMES}
    content["public_key"] = public_text(key)
    return {**content, "signature": key.sign(PREFIX + canonical(content)).hex()}


def read(text: str, public_key: str = "") -> Head:
    """Return the head in a head file.

    Args:
        text: the file's content.
        public_key: the key that must have signed it. Without one, the signature only shows that
            the file was not damaged on its way.

    Raises:
        HeadError: it is no head, or it is not signed by that key.
    """
    content = _content(text)
    if public_key and content["public_key"] != public_key.strip().lower():
        raise HeadError("the head was signed by another key than the one expected")
    signature = content.pop("signature")
    try:
        verifier = Ed25519PublicKey.from_public_bytes(bytes.fromhex(content["public_key"]))
        verifier.verify(bytes.fromhex(signature), PREFIX + canonical(content))
    except (ValueError, InvalidSignature):
        raise HeadError("the signature of the head does not fit: it was changed") from None
    return Head(**{name: content[name] for name in NAMES})


def _content(text: str) -> dict[str, Any]:
    """Return the object in a head file with every key of the right type."""
    try:
        content = load(text)
    except ValueError:
        content = None
    wanted = {"seq": int, "hash": str, "at": str, "count": int, "public_key": str, "signature": str}
    if not isinstance(content, dict) or content.keys() != wanted.keys():
        raise HeadError("this is not the head of a ledger")
    if any(type(content[name]) is not kind for name, kind in wanted.items()):
        raise HeadError("this is not the head of a ledger")
    return content
