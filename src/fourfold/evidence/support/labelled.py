"""Several short texts in one column, each with its label: "where: Outside work | how: Text"."""

from typing import Final

_BETWEEN: Final = " | "
_AFTER_LABEL: Final = ": "


def join_labelled(texts: dict[str, str | None]) -> str:
    """Return the texts that are not empty as one; a bar inside a text becomes a slash."""
    parts = []
    for label, text in texts.items():
        plain = " ".join((text or "").replace("|", "/").split())
        if plain:
            parts.append(f"{label}{_AFTER_LABEL}{plain}")
    return _BETWEEN.join(parts)


def split_labelled(joined: str | None) -> dict[str, str]:
    """Return what `join_labelled` joined; parts without a label are left out."""
    texts = {}
    for part in (joined or "").split(_BETWEEN):
        label, between, text = part.partition(_AFTER_LABEL)
        if between:
            texts[label] = text
    return texts
