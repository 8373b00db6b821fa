"""The app in Django's register."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Register the app and its policies."""

    name = "fourfold.web.cases"
    label = "cases"

    def ready(self) -> None:
        """Let the policy know the models of cases."""
        from fourfold.web.cases import policies  # noqa: F401
