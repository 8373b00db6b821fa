"""Reference data of surveys: a template to start from."""

import tomllib
from pathlib import Path
from typing import Any, Final

from fourfold.web.surveys.rules.questions import SectionSpec, from_plain

STALKING: Final = Path(__file__).with_name("stalking_survey.toml")


def stalking_template() -> tuple[SectionSpec, ...]:
    """Return the template: the headings of the survey of 2023 with questions of our own."""
    read: dict[str, Any] = tomllib.loads(STALKING.read_text(encoding="utf-8"))
    origin = read["origin"]
    for section in read["sections"]:
        for question in section["questions"]:
            question.setdefault("origin", origin)
    return from_plain(read["sections"])
