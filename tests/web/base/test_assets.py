"""What we borrow is what was pinned, and holds nothing that is not ours to use."""

import shutil
from pathlib import Path

import pytest

from fourfold.web.base import assets
from fourfold.web.base.assets import PACKAGES, AssetsError


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(assets.VENDOR, tmp_path / "vendor"))


def test_what_is_committed_is_what_was_fetched() -> None:
    assert assets.main(["check"]) == 0


def test_changed_file_is_named(copy: Path) -> None:
    (copy / "govuk-frontend" / "govuk-frontend.min.css").write_text("a{}")
    assert assets.check(copy) == [
        "govuk-frontend/govuk-frontend.min.css: changed since it was fetched"
    ]


def test_missing_file_is_named(copy: Path) -> None:
    (copy / "govuk-frontend" / "LICENSE.txt").unlink()
    assert assets.check(copy) == ["govuk-frontend/LICENSE.txt: missing"]


def test_file_that_nobody_fetched_is_named(copy: Path) -> None:
    (copy / "more.js").write_text("")
    assert assets.check(copy) == ["more.js: not in the manifest"]


def test_tarball_with_another_hash_is_refused() -> None:
    with pytest.raises(AssetsError, match="not the pinned sha512"):
        assets.verified(PACKAGES[0], b"something else")


@pytest.mark.parametrize("foreign", ["@font-face", "GDS Transport", "/assets/", "sourceMappingURL"])
def test_no_font_image_or_map_of_gov_uk_is_left(foreign: str) -> None:
    files = [path for path in assets.VENDOR.rglob("*.min.*") if foreign in path.read_text("utf-8")]
    assert files == []


def test_stripping_keeps_the_other_declarations_of_a_rule() -> None:
    css = "a{color:red;background-image:url(/assets/images/x.svg);margin:0}b{font-family:GDS Transport,arial,sans-serif}"
    assert assets.stripped("x.css", css) == f"a{{color:red;margin:0}}b{{{assets.OWN_STACK}}}\n"
