"""The app in Django's register."""

from django.apps import AppConfig


class ExhibitsConfig(AppConfig):
    """Register the app and its policies."""

    name = "fourfold.web.exhibits"
    label = "exhibits"

    def ready(self) -> None:
        """Let the policy know the models of exhibits."""
        from fourfold.web.exhibits import policies  # noqa: F401
