"""The app in Django's register."""

from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    """Register the app and its policies."""

    name = "fourfold.web.measures"
    label = "measures"

    def ready(self) -> None:
        """Let the policy know the models of the app."""
        from fourfold.web.measures import policies  # noqa: F401
