"""Links that sign in once. The link holds a secret; the database holds its hash."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from fourfold.web.users.models import SignInToken, User

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


def _sha256(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
