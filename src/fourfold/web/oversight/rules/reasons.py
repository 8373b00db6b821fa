"""The rules of the policy as said about somebody else: why a person was let in or kept out."""

from typing import Final

REASONS: Final[dict[str, str]] = {
    "assigned": "Assigned to the case",
    "team-supervisor": "Supervisor of the case’s team",
    "single-point-of-contact": "Single point of contact of the force",
    "break-glass": "Emergency opening",
    "auditor": "Auditor of the force",
    "own-force": "Belongs to the force",
    "own-notice": "Was told of it by a notice",
    "role": "The role does not include it",
    "need-to-know": "Not assigned, and no other reason",
    "sealed": "Sealed, and not assigned by name",
    "declared-interest": "A declared interest matches it",
    "not-reviewer": "Not a reviewer of emergency openings",
    "own-act": "About something they did themselves",
    "other-force": "Belongs to another force",
    "account-closed": "The account is closed",
}


def reason(rule: str) -> str:
    """Return a rule in words; its own name where it has none here."""
    return REASONS.get(rule, rule) or "No rule recorded"
