"""The ledger as a file: JSON Lines, one entry a line, and its signed head."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS
from django.utils import timezone

from fourfold.web.accountability import chain, heads, verification
from fourfold.web.accountability.chain import Head
from fourfold.web.accountability.models import LedgerEntry

CONTENT_TYPE: Final = "application/x-ndjson"


def lines(
    first_seq: int = 1, last_seq: int | None = None, *, using: str = DEFAULT_DB_ALIAS
) -> Iterator[bytes]:
    """Yield the ledger as lines, from one entry to another or to its end."""
    for row in verification.stored_rows(first_seq, using=using):
        if last_seq is not None and row and row["seq"] > last_seq:
            return
        yield _line(row)


def _line(row: chain.Row) -> bytes:
    """Return a row as a line; one that cannot be written as an entry shows as an empty one."""
    try:
        return chain.line_of(row)
    except (TypeError, ValueError):
        return chain.line_of({})


def head(*, using: str = DEFAULT_DB_ALIAS) -> Head:
    """Return the end of the ledger as it stands now."""
    entries = LedgerEntry.objects.using(using)
    last = entries.order_by("-seq").values_list("seq", "hash").first()
    seq, last_hash = last or (0, chain.FIRST_PREVIOUS_HASH)
    return Head(
        seq=seq,
        hash=last_hash,
        at=chain.moment_text(timezone.now()),
        count=entries.filter(seq__lte=seq).count(),
    )


def signed_head(*, using: str = DEFAULT_DB_ALIAS) -> dict[str, Any]:
    """Return the head, signed with the key of this instance."""
    return heads.sign(head(using=using), heads.signing_key(home()))


def head_text(signed: dict[str, Any]) -> str:
    """Return a signed head as the text of its file."""
    return json.dumps(signed, indent=2) + "\n"


def home() -> Path:
    """Return the instance folder."""
    return Path(settings.INSTANCE.home)
