"""The policies of figures: the own force's, and those of others once they are published."""

from typing import Any, Final

from django.db.models import Q

from fourfold.web.measures.models import ComputedFigure
from fourfold.web.users import policy
from fourfold.web.users.models import User
from fourfold.web.users.policy import Decision

SHARED: Final = frozenset({"figure.list"})  # the number, never the rows


class OfFigure:
    """The own force computes, signs, publishes and opens; others read what is published."""

    def decide(self, actor: User, action: str, subject: Any, purpose: str) -> Decision:
        """Decide by whose it is and whether it is published."""
        if subject.force_id == actor.force_id:
            return Decision(True, "own-force", "It belongs to your force.")
        if action in SHARED and hasattr(subject, "release"):
            return Decision(True, "published", "The figure is published.")
        return Decision(False, "other-force", "It belongs to another force.", is_other_force=True)

    def permitted(self, actor: User, action: str, purpose: str) -> Q:
        """Return the same as a condition."""
        own = Q(force=actor.force_id)
        return own | Q(release__isnull=False) if action in SHARED else own


policy.register(ComputedFigure, OfFigure())
