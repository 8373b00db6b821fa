"""Load the offences of offences.toml: what stands is brought up to date, nothing is taken out."""

import tomllib
from importlib.resources import files
from typing import Any

from django.db import models, transaction


def read() -> list[dict[str, Any]]:
    """Return the offences as the file has them."""
    text = files(__package__).joinpath("offences.toml").read_text(encoding="utf-8")
    offences: list[dict[str, Any]] = tomllib.loads(text)["offence"]
    return offences


def load(model: type[models.Model]) -> int:
    """Write the offences into a table (a migration gives its own model); return how many."""
    known = {field.name for field in model._meta.fields}
    blank = {"home_office_code": "", "is_stalking": False, "is_harassment": False,
             "is_breach": False, "from_on": None, "to_on": None}  # fmt: skip
    rows = [{**blank, **offence} for offence in read()]
    with transaction.atomic():
        for row in rows:
            values = {name: value for name, value in row.items() if name in known}
            model._default_manager.update_or_create(code=row["code"], defaults=values)
    return len(rows)
