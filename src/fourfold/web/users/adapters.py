"""How the sign-in library is held to our rules: nobody signs up, nobody has a password."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by an administrator."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up."""
        return False


class PasskeyAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Passkeys carry our name and tell an authenticator no more than a reference."""

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Name the service."""
        return {"id": super().get_public_key_credential_rp_entity()["id"], "name": "Fourfold"}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, str]:
        """Name the account by its email address."""
        entity: dict[str, str] = super().get_public_key_credential_user_entity(user)
        return entity
