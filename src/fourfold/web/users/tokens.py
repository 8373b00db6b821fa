"""Links that sign in once. The link holds a secret; the database holds its hash."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from fourfold.web.users.models import ApiToken, SignInToken, User

API_LIFE = timedelta(days=90)
API_PREFIX = "ff1_"  # so that scanners for leaked keys know it
LIFE = {
    SignInToken.Purpose.ENROL: timedelta(hours=48),
    SignInToken.Purpose.DEMONSTRATION: timedelta(days=7),
}


def make(user: User, purpose: SignInToken.Purpose) -> str:
    """Make a link's secret. It is shown once and kept nowhere; older links of the kind end."""
    secret = secrets.token_urlsafe(32)
    now = timezone.now()
    SignInToken.objects.filter(user=user, purpose=purpose, used_at=None).update(expires_at=now)
    SignInToken.objects.create(
        user=user, purpose=purpose, sha256=_sha256(secret), expires_at=now + LIFE[purpose]
    )
    return secret


def find(secret: str, purpose: SignInToken.Purpose) -> SignInToken | None:
    """Return the link of a secret if it can still be used."""
    return (
        SignInToken.objects.filter(
            sha256=_sha256(secret),
            purpose=purpose,
            used_at=None,
            expires_at__gt=timezone.now(),
            user__is_active=True,
        )
        .select_related("user", "user__force")
        .first()
    )


def use(secret: str, purpose: SignInToken.Purpose) -> User | None:
    """Use a link up; return its user, or None where it cannot be used (any more)."""
    with transaction.atomic():
        token = find(secret, purpose)
        if token is None:
            return None
        used = SignInToken.objects.filter(pk=token.pk, used_at=None).update(used_at=timezone.now())
        return token.user if used == 1 else None


def make_api_token(user: User, name: str) -> str:
    """Make a key for a program; it is shown once and kept nowhere."""
    secret = API_PREFIX + secrets.token_urlsafe(32)
    ApiToken.objects.create(
        user=user, name=name, sha256=_sha256(secret), expires_at=timezone.now() + API_LIFE
    )
    return secret


def user_of_api_token(secret: str) -> User | None:
    """Return the user as whom a program acts; None where the key is wrong, old or ended."""
    now = timezone.now()
    token = (
        ApiToken.objects.filter(
            sha256=_sha256(secret), ended_at=None, expires_at__gt=now, user__is_active=True
        )
        .select_related("user", "user__force", "user__team")
        .first()
    )
    if token is None:
        return None
    if token.last_used_on != now.date():
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=now.date())
    return token.user


def _sha256(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
