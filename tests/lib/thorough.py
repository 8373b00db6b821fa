"""How many examples a slow property is tried with: a few every day, many by `--thorough`."""

import os

IS_THOROUGH = os.environ.get("FOURFOLD_THOROUGH") == "1"


def examples(everyday: int, thorough: int) -> int:
    """Return how many examples this run tries."""
    return thorough if IS_THOROUGH else everyday
