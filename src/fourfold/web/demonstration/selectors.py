"""Who can be tried in the demonstration."""

from dataclasses import dataclass

from fourfold.web.demonstration import people
from fourfold.web.users.models import User

NOTES = {each.email: each.note for force in people.EVERYBODY for each in force.colleagues}


@dataclass(frozen=True)
class Part:
    """One person to be: role, name, force, team, and why to try it."""

    user: User
    role: str
    force: str
    team: str
    note: str


def parts() -> list[Part]:
    """Return every account, by force and in the order of the cast."""
    order = {email: number for number, email in enumerate(NOTES)}
    users = User.objects.filter(is_active=True).select_related("force", "team")
    listed = sorted(users, key=lambda user: (order.get(user.email, len(order)), user.email))
    return [
        Part(
            user=user,
            role=user.get_role_display(),
            force=user.force.name,
            team=user.team.name if user.team else "",
            note=NOTES.get(user.email, ""),
        )
        for user in listed
    ]
