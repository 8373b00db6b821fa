"""Roles that speak for more than their own tenant are given only where the tenant is that."""

from collections.abc import Callable

import pytest

from fourfold.web.supercomplaints.models import Organisation
from fourfold.web.users import actions, granting
from fourfold.web.users.models import Force, Role, User

pytestmark = pytest.mark.django_db
Kind = Organisation.Kind


def test_a_force_gives_no_role_of_an_authority_or_a_body(force: Force) -> None:
    offered = {role for role, _ in granting.choices(force)}
    assert Role.values != offered
    assert set(Role.values) - offered == {Role.COMPLAINTS_OFFICER, Role.COMPLAINANT}


@pytest.mark.parametrize(
    ("kind", "role"),
    [(Kind.AUTHORITY, Role.COMPLAINTS_OFFICER), (Kind.CHARITY, Role.COMPLAINANT)],
)
def test_an_organisation_gives_the_role_that_speaks_for_it(
    force: Force, kind: str, role: str
) -> None:
    Organisation.objects.create(name="Larch Office", kind=kind, tenant=force)
    assert granting.fits(role, force)


def test_the_action_refuses_what_the_form_does_not_offer(
    make_user: Callable[..., User],
) -> None:
    administrator, other = make_user(Role.ADMINISTRATOR), make_user(Role.ANALYST)
    officer = actions.Invitation("A. Alder", "alder@example.org", Role.COMPLAINTS_OFFICER, None)
    with pytest.raises(granting.RoleNotFittingError):
        actions.invite_user(actor=administrator, invitation=officer)
    with pytest.raises(granting.RoleNotFittingError):
        actions.change_role(
            actor=administrator, user=other, role=Role.COMPLAINTS_OFFICER, team=None
        )
    other.refresh_from_db()
    assert other.role == Role.ANALYST
