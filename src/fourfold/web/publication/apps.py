"""The app in Django's register."""

from django.apps import AppConfig


class PublicationConfig(AppConfig):
    """Register the app and its policies."""

    name = "fourfold.web.publication"
    label = "publication"

    def ready(self) -> None:
        """Let the policy know the models of the app."""
        from fourfold.web.publication import policies  # noqa: F401
