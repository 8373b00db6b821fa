"""Which roles an administrator may give in which organisation.

A role that speaks for more than its own tenant (an authority's officer, a designated body's
representative) is given only where the tenant is such an organisation. What a role wants, the app
that knows organisations says here, when Django starts; the operator's command line is not asked.
"""

from collections.abc import Callable

from fourfold.web.users.models import Force, Role

_wants: dict[str, Callable[[Force], bool]] = {}


class RoleNotFittingError(Exception):
    """The role is not for people of this organisation."""


def role_wants(role: str, fits: Callable[[Force], bool]) -> None:
    """Set what an organisation must be for its administrator to give a role."""
    _wants[role] = fits


def fits(role: str, force: Force) -> bool:
    """Return whether an administrator of an organisation may give a role there."""
    return role not in _wants or _wants[role](force)


def choices(force: Force) -> list[tuple[str, str]]:
    """Return the roles that an administrator of an organisation may give."""
    return [(str(role), str(label)) for role, label in Role.choices if fits(role, force)]


def check(role: str, force: Force) -> None:
    """Refuse a role that is not for this organisation.

    Raises:
        RoleNotFittingError: it is not.
    """
    if not fits(role, force):
        raise RoleNotFittingError("This role is not for people of your organisation.")
