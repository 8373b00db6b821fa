"""Where the public and synthetic data lie, and the skip when they do not."""

from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"

reality = pytest.mark.reality


def shared(*parts: str) -> Path:
    """The path of a shared data file; skips the test with a clear message where absent."""
    path = DATA.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"public data not beside the project: {path}")
    return path
