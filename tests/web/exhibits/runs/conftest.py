"""Exhibits in the storage, and one package of the demonstration case for the whole session."""

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from fourfold.demo_case.folder import write_case
from fourfold.evidence import pipeline
from fourfold.web.cases.models import Case
from fourfold.web.exhibits import storage
from fourfold.web.exhibits.actions.facts import take_over
from fourfold.web.exhibits.engine.offers import offers_of
from fourfold.web.exhibits.models import EngineRun, Exhibit
from fourfold.web.users.models import User
from lib.runs import TINY, TINY_CASE, Demo, Put, finished_run


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    root = tmp_path_factory.mktemp("demo")
    write_case(root / "case")
    pipeline.build(root / "case", root / "package").tables.close()
    return Demo(root / "case", root / "package")


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> Iterator[Path]:
    settings.FILES_ROOT = tmp_path / "files"
    yield settings.FILES_ROOT
    shutil.rmtree(settings.FILES_ROOT, ignore_errors=True)


@pytest.fixture
def put(case: Case, investigator: User) -> Put:
    """Seal bytes under a path of the case."""

    def make(path: str, content: bytes, in_case: Case = case) -> Exhibit:
        sha256 = hashlib.sha256(content).hexdigest()
        target = storage.sealed(sha256)
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        return Exhibit.objects.create(
            case=in_case,
            path=path,
            sha256=sha256,
            size_bytes=len(content),
            taken_in_by=investigator,
            taken_in_at=timezone.now(),
        )

    return make


@pytest.fixture
def tiny(put: Put, case: Case, investigator: User) -> Case:
    """A case of one exhibit of two messages, with its facts taken over."""
    put("exhibits/sms-backup.xml", TINY)
    file = put("case.toml", TINY_CASE)
    keys = [offer.key for offer in offers_of(case, file).offers]
    take_over(actor=investigator, case=case, exhibit=file, chosen=keys)
    return case


@pytest.fixture
def demo_run(demo: Demo, case: Case, put: Put, investigator: User) -> EngineRun:
    """A finished run whose package is that of the demonstration case."""
    return finished_run(demo.package, case, put, investigator)
