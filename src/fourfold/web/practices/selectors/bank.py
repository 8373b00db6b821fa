"""The bank as a reader sees it: entries by filter, and what organisations published of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fourfold.web.base.words import uk_date
from fourfold.web.practices.models import Adoption, Practice
from fourfold.web.publication import content
from fourfold.web.publication.models import Current
from fourfold.web.publication.selectors import standing
from fourfold.web.users import policy
from fourfold.web.users.models import User


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to; "" leaves a question open."""

    focus: str = ""
    topic: str = ""
    stage: str = ""
    rating: str = ""

    def fits(self, practice: Practice) -> bool:
        """Return whether an entry is wanted."""
        return (
            (not self.focus or self.focus in practice.focus)
            and (not self.topic or self.topic in practice.topic)
            and (not self.stage or self.stage == practice.stage)
            and (not self.rating or self.rating == practice.does_it_work)
        )


def visible_to(actor: User) -> list[Practice]:
    """Return the entries that a user may open."""
    return list(policy.permitted(actor, "practice.open", Practice.objects.all()))


def words_of(practices: Iterable[Practice], name: str) -> list[str]:
    """Return the different words that entries have in a field, in order."""
    found: set[str] = set()
    for practice in practices:
        value = getattr(practice, name)
        found.update(value if isinstance(value, list) else [value])
    return sorted(found - {""})


def day_words(iso: str) -> str:
    """Return a day of the public contract as people read it."""
    return uk_date(date.fromisoformat(iso)) if iso else "Not said"


def published_adoptions(practice: Practice | None = None) -> list[content.Adoption]:
    """Return what organisations published about a practice, or about all."""
    return standing.every(content.Adoption, within_ref=practice.ref if practice else None)


def own_adoption(actor: User, practice: Practice) -> Adoption | None:
    """Return what the user's own organisation has recorded about a practice."""
    found = policy.permitted(actor, "adoption.open", Adoption.objects.filter(practice=practice))
    return found.first()


def is_standing(kind: str, ref: str) -> bool:
    """Return whether a thing stands on the public site now."""
    return Current.objects.filter(kind=kind, ref=ref).exists()
