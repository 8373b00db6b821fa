"""The app in Django's register."""

from django.apps import AppConfig


class PracticesConfig(AppConfig):
    """Register the app and its policies."""

    name = "fourfold.web.practices"
    label = "practices"

    def ready(self) -> None:
        """Let the policy know the models of the app."""
        from fourfold.web.practices import policies  # noqa: F401
