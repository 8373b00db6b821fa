"""Parts of a report that apps above build: they register here, as policies do.

    reports.register_part("recommendations", recommendations_of)   # in the app's `ready`

`recommendations_of(supercomplaint)` returns `content.Section`s. They stand after the section of
that kind, in the full and in the published version; the withheld is taken out of them too.
"""

from collections.abc import Callable
from typing import Final

from fourfold.web.publication.content import Section
from fourfold.web.supercomplaints.models import Section as Kept
from fourfold.web.supercomplaints.models import SuperComplaint

Builder = Callable[[SuperComplaint], tuple[Section, ...]]
_BUILDERS: Final[dict[str, Builder]] = {}


def register_part(name: str, builder: Builder) -> None:
    """Let a builder write after the section of a kind (`Section.Kind`); the last one counts."""
    if name not in Kept.Kind.values:
        raise ValueError(f"no section of a report is of the kind {name}")
    _BUILDERS[name] = builder


def parts_of(supercomplaint: SuperComplaint, name: str) -> tuple[Section, ...]:
    """Return what is registered for a kind of section."""
    builder = _BUILDERS.get(name)
    return builder(supercomplaint) if builder else ()
