"""A files folder of its own for each test, and files to hand in."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from fourfold.web.cases.models import Case
from fourfold.web.exhibits.actions import uploads
from fourfold.web.exhibits.models import Exhibit
from fourfold.web.users.models import User


@pytest.fixture(autouse=True)
def files(tmp_path: Path, settings: object, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("FOURFOLD_CLAMAV", raising=False)
    settings.FILES_ROOT = tmp_path / "files"  # type: ignore[attr-defined]
    return tmp_path / "files"


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def offer(path: str, content: bytes, **more: object) -> uploads.Offer:
    facts: dict[str, object] = {"sha256": sha256(content), "size_bytes": len(content)}
    return uploads.Offer(path=path, **{**facts, **more})  # type: ignore[arg-type]


@pytest.fixture
def take_in(investigator: User, case: Case) -> Callable[..., Exhibit]:
    """Take in a file of the case by the investigator assigned to it."""

    def take(path: str = "calls.csv", content: bytes = b"at,to\n", **more: object) -> Exhibit:
        asked = offer(path, content, **more)
        return uploads.take_in(actor=investigator, case=case, offer=asked, chunks=[content])

    return take
