"""The app in Django's register."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    """Register the app and its policies."""

    name = "fourfold.web.oversight"
    label = "oversight"

    def ready(self) -> None:
        """Let the policy know the ledger's entries and the models of oversight."""
        from fourfold.web.oversight import policies  # noqa: F401
