"""`backup` and `restore`."""

from typing import Final

from fourfold.web.accountability.commands import Verb

VERBS: Final[dict[str, Verb]] = {}
