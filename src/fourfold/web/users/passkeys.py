"""Passkeys: the ceremonies of the sign-in library, behind four functions of ours.

The library keeps the challenge in the session; its forms check the answer (WebAuthn level 2).
User verification is required throughout, so a passkey is two factors in one.
"""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import (
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
    SignupWebAuthnForm,
)
from allauth.mfa.webauthn.internal import auth
from django.db.models import QuerySet

from fourfold.web.users.models import User

EnrolForm = SignupWebAuthnForm
SignInForm = LoginWebAuthnForm
StepUpForm = ReauthenticateWebAuthnForm


def of(user: User) -> QuerySet[Authenticator]:
    """Return the passkeys of a user, oldest first."""
    found: QuerySet[Authenticator] = Authenticator.objects.filter(
        user=user, type=Authenticator.Type.WEBAUTHN
    ).order_by("pk")
    return found


def options_to_enrol(user: User) -> dict[str, Any]:
    """Begin adding a passkey; return what the browser must be asked for."""
    options: dict[str, Any] = auth.begin_registration(user, True)
    return options


def options_to_sign_in(user: User | None = None) -> dict[str, Any]:
    """Begin a sign-in (nobody known yet) or a step-up; return what the browser must be asked."""
    options: dict[str, Any] = auth.begin_authentication(user)
    return options


def keep(user: User, name: str, credential: dict[str, Any]) -> Authenticator:
    """Keep a passkey whose answer the form has checked."""
    return auth.WebAuthn.add(user, name, credential).instance
