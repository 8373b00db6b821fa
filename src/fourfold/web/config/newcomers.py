"""The first person of a force, added from the command line of the machine that serves."""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse

from fourfold.web.accountability import context, ledger
from fourfold.web.users import tokens
from fourfold.web.users.models import Force, SignInToken, Team, User


class NewcomerError(Exception):
    """The person cannot be added as told."""


@dataclass(frozen=True)
class Newcomer:
    """Who is added."""

    force: str
    name: str
    email: str
    role: str
    team: str = ""


def add(newcomer: Newcomer) -> str:
    """Add a person (and the force and team, where they are new); return the enrolment link.

    Raises:
        NewcomerError: the address is no address, or somebody has it.
    """
    try:
        validate_email(newcomer.email)
    except ValidationError:
        raise NewcomerError("that is not an email address") from None
    if User.objects.filter(email=newcomer.email.lower()).exists():
        raise NewcomerError("somebody has this email address already; an administrator can invite")
    with transaction.atomic(), context.running(channel="command"):
        force, _ = Force.objects.get_or_create(name=newcomer.force)
        team = None
        if newcomer.team:
            team, _ = Team.objects.get_or_create(force=force, name=newcomer.team)
        user = User.objects.create_user(
            email=newcomer.email, name=newcomer.name, role=newcomer.role, force=force, team=team
        )
        secret = tokens.make(user, SignInToken.Purpose.ENROL)
        ledger.record(
            ledger.Entry(
                "user.invite", "", "", force.ref, "user", user.ref, detail={"role": user.role}
            )
        )
    return address() + reverse("enrol", kwargs={"token": secret})


def address(port: int = 8000) -> str:
    """Return the address under which the staff site is reached."""
    if settings.INSTANCE.is_https:
        return f"https://{settings.STAFF_HOST}"
    return f"http://{settings.STAFF_HOST}:{port}"
