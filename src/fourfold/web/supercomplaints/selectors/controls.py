"""What an actor may do on a page of a super-complaint: one answer per act."""

from django.db.models import Model

from fourfold.web.users import access
from fourfold.web.users.models import User
from fourfold.web.users.policy import Decision


def controls(actor: User, subject: Model, *actions: str) -> dict[str, Decision]:
    """Decide each act (no question to the database: the subject's parties are loaded)."""
    return {action: access.see(actor, action, subject) for action in actions}
