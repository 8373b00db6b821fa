"""The app in Django's register."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """Register the app and its policies."""

    name = "fourfold.web.surveys"
    label = "surveys"

    def ready(self) -> None:
        """Let the policy know the models of the app."""
        from fourfold.web.surveys import policies  # noqa: F401
