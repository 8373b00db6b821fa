"""The headings of a diary or incident log kept as a table, in the spellings people use."""

import re
from typing import Final

TELLING_COLUMNS: Final = 2  # diary-only columns needed when "what happened" is not said so

# Field of support.diary_entry -> how its heading begins. The first field that fits has it.
_SPELLINGS: Final[dict[str, tuple[str, ...]]] = {
    "written_on": ("(?:date )?written", "(?:date )?(?:recorded|logged|noted)", "entry made"),
    "reported_to": ("reported", "report(?:ed)? to", "told who", "who did (?:you|i) tell",
                    "(?:police|crime) ref"),
    "is_private": ("private",),
    "effect": ("how .*(?:feel|felt|affect|chang)", "effect", "impact", "feelings"),
    "date_words": ("date", r"day\b", r"when\b", "on wh(?:at|ich) d"),
    "time_words": ("time", "(?:about )?what time"),
    "words_used": ("(?:exact )?words", "what (?:was|did .*) sa(?:id|y)"),
    "what": ("what happened", "what (?:he|she|they) did", "what did",
             "(?:description|details?) of (?:the )?(?:incident|event)", r"incident\b",
             "description", r"details?\b", "behaviou?r", r"event\b", r"account\b"),
    "where": ("where", "place", "location", "address"),
    "how": (r"how\b", "means", "method", "type", "form of", "by what"),
    "witnesses": ("who (?:else )?(?:saw|heard|was)", "(?:names? of )?witness", "seen by",
                  "anyone else"),
    "evidence": ("evidence", "proof", r"kept\b", "photos?", "screenshots?"),
}  # fmt: skip
_FIELDS: Final = tuple(
    (field, re.compile(f"(?:{'|'.join(spellings)})", re.IGNORECASE))
    for field, spellings in _SPELLINGS.items()
)
_SURE = re.compile(
    r"what happened|what (?:he|she|they) did|what did (?:he|she|they)"
    r"|(?:description|details?) of (?:the )?incident",
    re.IGNORECASE,
)
_DIARY_ONLY: Final = frozenset({"written_on", "reported_to", "effect", "witnesses", "evidence"})
_BESIDE: Final = frozenset({"where", "how", "time_words"})


def columns_of(headings: list[str]) -> dict[str, int] | None:
    """Return field -> column when these are the headings of a diary, else None."""
    columns: dict[str, int] = {}
    is_sure = False
    for column, heading in enumerate(headings):
        text = heading.strip().lstrip("\ufeff")
        field = next((name for name, pattern in _FIELDS if pattern.match(text)), None)
        if field and field not in columns:
            columns[field] = column
            is_sure = is_sure or (field == "what" and bool(_SURE.match(text)))
    if "what" not in columns or "date_words" not in columns:
        return None
    telling, beside = len(_DIARY_ONLY & columns.keys()), len(_BESIDE & columns.keys())
    return columns if telling >= TELLING_COLUMNS or (is_sure and telling + beside) else None
