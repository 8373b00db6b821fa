"""What is published is everybody's; who keeps the directory of services is said here."""

from typing import Any

from django.db.models import Q

from fourfold.web.publication.models import SupportService
from fourfold.web.users import policy
from fourfold.web.users.models import User
from fourfold.web.users.policy import Decision


class Open:
    """The role alone decides: the record belongs to no force."""

    def decide(self, actor: User, action: str, subject: Any, purpose: str) -> Decision:
        """Allow what the role includes."""
        return Decision(True, "open-record", "It is open to everybody whose role includes it.")

    def permitted(self, actor: User, action: str, purpose: str) -> Q:
        """Return the same as a condition."""
        return Q()


policy.register(SupportService, Open())
