"""Lines of the ledger for pure rules."""

from datetime import UTC, datetime
from typing import Any

from fourfold.web.oversight.rules.lines import Line

NOON = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)


def line(seq: int, **more: Any) -> Line:
    """A look at a case at noon by somebody assigned, unless told otherwise."""
    facts: dict[str, Any] = {
        "seq": seq,
        "at": NOON,
        "act": "case.open",
        "op": "consult",
        "outcome": "done",
        "actor_ref": "U-0000000001",
        "actor_role": "supervisor",
        "case_ref": f"C-{seq:010}",
        "subject_ref": f"C-{seq:010}",
        "rule": "assigned",
    }
    return Line(**{**facts, **more})
