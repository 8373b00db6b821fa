"""The app in Django's register."""

from django.apps import AppConfig


class SupercomplaintsConfig(AppConfig):
    """Register the app and its policies."""

    name = "fourfold.web.supercomplaints"
    label = "supercomplaints"

    def ready(self) -> None:
        """Let the policy know the models of the app."""
        from fourfold.web.supercomplaints import policies  # noqa: F401
