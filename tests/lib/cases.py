"""Packages built from the synthetic cases beside the project, once per test process."""

import json
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from fourfold.evidence import pipeline
from fourfold.evidence.store.engine import Engine
from fourfold.evidence.store.package import open_data
from lib.shared import shared

# Formats of case-typical that no reader knows yet; the run must say so, not fail.
NOT_YET_READ = frozenset(
    {
        "etsi_102657_xml", "adm_telephony_xlsx", "cellebrite_xlsx", "cellebrite_ufdr", "lava_zip",
        "axiom_csv", "eml", "jpeg_exif", "oyster_csv", "cctv_csv",
    }
)  # fmt: skip


@cache
def package_of(name: str) -> Path:
    """The package of a shared case, without rendered outputs."""
    folder = Path(tempfile.mkdtemp(prefix="fourfold-case-")) / "package"
    pipeline.build(shared(name, "case"), folder, pipeline.Options(render=()))
    return folder


@cache
def data_of(name: str) -> Engine:
    """The tables of the package of a shared case."""
    return open_data(package_of(name))


@cache
def truth_of(name: str) -> dict[str, Any]:
    """The known truth of a shared case."""
    truth: dict[str, Any] = json.loads(shared(name, "truth.json").read_bytes())
    return truth
