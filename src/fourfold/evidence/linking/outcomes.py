"""How a call or message ended, where several records state it."""

from typing import Final

# The order in which outcomes of legs and of sources prevail. A caller's record calls
# "answered" what the called side's record shows as voicemail or forwarded.
OUTCOME_ORDER: Final = (
    "forwarded", "voicemail", "answered", "busy", "refused", "no_answer", "missed", "failed",
    "received", "sent", "system",
)  # fmt: skip


def outcome_rank(column: str) -> str:
    """Return SQL for the place of an outcome in OUTCOME_ORDER."""
    arms = " ".join(f"when '{word}' then {n}" for n, word in enumerate(OUTCOME_ORDER))
    return f"(case {column} {arms} else {len(OUTCOME_ORDER)} end)"


def outcome_word(rank: str) -> str:
    """Return SQL for the outcome at a place in OUTCOME_ORDER; a missed call is no_answer."""
    words = ["no_answer" if word == "missed" else word for word in OUTCOME_ORDER]
    arms = " ".join(f"when {n} then '{word}'" for n, word in enumerate(words))
    return f"(case {rank} {arms} end)"
