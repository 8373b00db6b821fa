"""The policies of the practice bank: entries once published are open; adoptions are one's own."""

from typing import Any

from django.db.models import Q

from fourfold.web.practices import models
from fourfold.web.supercomplaints.rules.parties import OFFICER, hidden
from fourfold.web.users import policy
from fourfold.web.users.models import User
from fourfold.web.users.policy import Decision


class Entry:
    """An entry: a draft is the authorities' alone; once published it is open."""

    def decide(self, actor: User, action: str, subject: Any, purpose: str) -> Decision:
        """Decide by whether it was published."""
        if actor.role == OFFICER:
            return Decision(True, "authority", "The authorities keep the practice bank together.")
        if subject.published_at is None:
            return hidden()
        return Decision(True, "published", "The entry is published.")

    def permitted(self, actor: User, action: str, purpose: str) -> Q:
        """Return the same as a condition."""
        return Q() if actor.role == OFFICER else Q(published_at__isnull=False)


class OwnAdoption:
    """An adoption: its own organisation's. Everybody else reads what it published."""

    def decide(self, actor: User, action: str, subject: Any, purpose: str) -> Decision:
        """Decide by whose it is."""
        if subject.organisation.tenant_id == actor.force_id:
            return Decision(True, "own-organisation", "It is your own organisation's.")
        return hidden()

    def permitted(self, actor: User, action: str, purpose: str) -> Q:
        """Return the same as a condition."""
        return Q(organisation__tenant=actor.force_id)


policy.register(models.Practice, Entry())
policy.register(models.Adoption, OwnAdoption())
