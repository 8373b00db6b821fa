"""Load the entries that come with the program, and publish them as public record."""

import tomllib
from collections import Counter
from importlib.resources import files
from typing import Any, Final

from django.db import transaction

from fourfold.web.base import reference_data
from fourfold.web.practices.actions.entries import publish_practice
from fourfold.web.practices.models import Practice
from fourfold.web.practices.selectors.contents import of_practice
from fourfold.web.publication.content import Kind
from fourfold.web.publication.models import Published
from fourfold.web.publication.selectors.standing import one
from fourfold.web.users import access
from fourfold.web.users.models import User

FOLDER: Final = "fourfold.web.practices.reference"


def entries() -> list[dict[str, Any]]:
    """Return the entries as the file has them."""
    text = files(FOLDER).joinpath("practices.toml").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = tomllib.loads(text)["practice"]
    return found


def load_practices(*, actor: User) -> Counter[str]:
    """Write the entries; publish those that are new or brought up to date; count what was done.

    What a person has changed is left alone, and what a person took down stays down.
    """
    decision = access.require(actor, "practice.add", Practice())
    done: Counter[str] = Counter()
    with transaction.atomic():
        for facts in entries():
            key = {"code": facts["code"]}
            plain = {name: value for name, value in facts.items() if name != "code"}
            practice, what = reference_data.keep(Practice, key, plain, by=actor)
            done[what] += 1
            if what in (reference_data.MADE, reference_data.CHANGED):
                act = "practice.add" if what == reference_data.MADE else "practice.change"
                access.record_act(actor, act, practice, decision=decision)
            if what != reference_data.LEFT and not _was_taken_down(practice):
                _publish_once(actor, practice)
    return done


def _publish_once(actor: User, practice: Practice) -> None:
    """Publish an entry that the file brought, unless just this stands already."""
    if practice.published_at is None or _differs(practice):
        publish_practice(actor=actor, practice=practice)


def _differs(practice: Practice) -> bool:
    made = of_practice(practice)
    return one(type(made), practice.ref) != made


def _was_taken_down(practice: Practice) -> bool:
    newest = Published.objects.filter(kind=Kind.PRACTICE, ref=practice.ref).order_by("-version")
    return bool(newest.values_list("is_withdrawn", flat=True).first())
