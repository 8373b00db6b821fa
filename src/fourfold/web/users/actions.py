"""Writes about people: invite, change, close, declare an interest, add a team."""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import timezone

from fourfold.web.users import granting, passkeys, sessions, tokens
from fourfold.web.users.access import record_act, require
from fourfold.web.users.identifiers import normalise
from fourfold.web.users.models import ApiToken, DeclaredInterest, SignInToken, Team, User


class LastPasskeyError(Exception):
    """A person's only passkey cannot be removed: nothing would be left to sign in with."""


@dataclass(frozen=True)
class Invitation:
    """Who is invited."""

    name: str
    email: str
    role: str
    team: Team | None


def invite_user(*, actor: User, invitation: Invitation) -> tuple[User, str]:
    """Make an account in the actor's force; return it and the secret of its enrolment link."""
    decision = require(actor, "user.invite", actor.force)
    granting.check(invitation.role, actor.force)
    with transaction.atomic():
        user = User.objects.create_user(
            email=invitation.email,
            name=invitation.name,
            role=invitation.role,
            force=actor.force,
            team=invitation.team,
        )
        secret = tokens.make(user, SignInToken.Purpose.ENROL)
        record_act(actor, "user.invite", user, decision=decision, detail={"role": user.role})
    return user, secret


def invite_again(*, actor: User, user: User) -> str:
    """Make a new enrolment link (lost passkey): old passkeys and sessions end."""
    decision = require(actor, "user.invite", user)
    with transaction.atomic():
        passkeys.of(user).delete()
        ended = sessions.end_all(user)
        secret = tokens.make(user, SignInToken.Purpose.ENROL)
        record_act(actor, "user.invite", user, decision=decision, detail={"sessions_ended": ended})
    return secret


def change_role(*, actor: User, user: User, role: str, team: Team | None) -> User:
    """Change role and team. Every session of the user ends, so the change bites at once."""
    decision = require(actor, "user.change_role", user)
    granting.check(role, user.force)
    with transaction.atomic():
        before = user.role
        user.role, user.team = role, team
        user.save()
        ended = sessions.end_all(user)
        record_act(
            actor,
            "user.change_role",
            user,
            decision=decision,
            detail={"from": before, "to": role, "sessions_ended": ended},
        )
    return user


def close_user(*, actor: User, user: User) -> User:
    """Close an account: its sessions end, its passkeys are of no use, its record stays."""
    decision = require(actor, "user.close", user)
    with transaction.atomic():
        user.is_active = False
        user.save()
        ended = sessions.end_all(user)
        record_act(actor, "user.close", user, decision=decision, detail={"sessions_ended": ended})
    return user


def add_team(*, actor: User, name: str) -> Team:
    """Add a team to the actor's force."""
    decision = require(actor, "team.add", actor.force)
    with transaction.atomic():
        team = Team.objects.create(force=actor.force, name=name)
        record_act(actor, "team.add", team, decision=decision)
    return team


def declare_interest(*, actor: User, kind: str, text: str, relation: str) -> DeclaredInterest:
    """Enter something of the actor's own life in the register of interests."""
    decision = require(actor, "conflict.add", actor)
    with transaction.atomic():
        interest, _ = DeclaredInterest.objects.get_or_create(
            user=actor,
            kind=kind,
            normalised=normalise(kind, text),
            defaults={"relation": relation},
        )
        record_act(actor, "conflict.add", actor, decision=decision, detail={"kind": kind})
    return interest


def remove_interest(*, actor: User, interest: DeclaredInterest) -> None:
    """Take an entry out of the actor's own register; its versions stay."""
    decision = require(actor, "conflict.remove", actor)
    with transaction.atomic():
        record_act(
            actor, "conflict.remove", actor, decision=decision, detail={"kind": interest.kind}
        )
        interest.delete()


def add_passkey(*, actor: User, name: str, credential: dict[str, object]) -> Authenticator:
    """Keep a passkey whose answer was checked."""
    decision = require(actor, "passkey.add", actor)
    with transaction.atomic():
        passkey = passkeys.keep(actor, name, credential)
        record_act(actor, "passkey.add", actor, decision=decision)
    return passkey


def remove_passkey(*, actor: User, passkey: Authenticator) -> None:
    """Remove one of the actor's passkeys, but never the last."""
    decision = require(actor, "passkey.remove", actor)
    with transaction.atomic():
        if passkeys.of(actor).count() == 1:
            raise LastPasskeyError("Add another passkey before you remove this one.")
        passkey.delete()
        record_act(actor, "passkey.remove", actor, decision=decision)


def end_session(*, actor: User, session: object) -> None:
    """End one of the actor's sessions."""
    decision = require(actor, "session.end", actor)
    with transaction.atomic():
        session.end()  # type: ignore[attr-defined]
        record_act(actor, "session.end", actor, decision=decision)


def make_api_token(*, actor: User, name: str) -> str:
    """Make a key for a program that acts as the actor; return it, to be shown once."""
    decision = require(actor, "api_token.make", actor)
    with transaction.atomic():
        secret = tokens.make_api_token(actor, name)
        record_act(actor, "api_token.make", actor, decision=decision)
    return secret


def end_api_token(*, actor: User, token: ApiToken) -> None:
    """End one of the actor's keys at once."""
    decision = require(actor, "api_token.end", actor)
    with transaction.atomic():
        token.ended_at = timezone.now()
        token.save(update_fields=["ended_at"])
        record_act(actor, "api_token.end", actor, decision=decision)
