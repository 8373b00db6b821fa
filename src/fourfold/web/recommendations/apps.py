"""The app in Django's register."""

from django.apps import AppConfig


class RecommendationsConfig(AppConfig):
    """Register the app and its policies."""

    name = "fourfold.web.recommendations"
    label = "recommendations"

    def ready(self) -> None:
        """Let the policy know the models of the app."""
        from fourfold.web.recommendations import policies  # noqa: F401
