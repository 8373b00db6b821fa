"""No page of the workspace says more than the evidence, and none carries script or style inside.

Two walks over every template: the words that a person reads, and what the content security policy
would refuse.
"""

import re
from pathlib import Path

import pytest

from fourfold.evidence.model.wording import forbidden_words

WEB = Path(__file__).resolve().parents[2] / "src" / "fourfold" / "web"
TEMPLATES = sorted(path for path in WEB.rglob("jinja2/**/*.html") if path.is_file())
# What a page quotes or asks is not what the program says of anybody.
TAGS = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<!--.*?-->|<[^>]+>", re.S)
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")|<style|\sstyle=|\son[a-z]+=", re.I
)
ELSEWHERE = re.compile(r"(?:src|href|action)=\"(?:https?:)?//", re.I)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda p: str(p.relative_to(WEB)))
def test_no_page_says_too_much(template: Path) -> None:
    said = TAGS.sub(" ", template.read_text(encoding="utf-8")).replace("Home Office", "")
    assert not forbidden_words(said)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda p: str(p.relative_to(WEB)))
def test_no_page_carries_script_or_style_or_leads_elsewhere(template: Path) -> None:
    text = re.sub(r"\{#.*?#\}", "", template.read_text(encoding="utf-8"), flags=re.S)
    assert not INLINE.findall(text)
    assert not ELSEWHERE.findall(text)


def test_the_templates_were_found() -> None:
    assert len(TEMPLATES) > 30
