"""The app in Django's register."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Register the app and its policies."""

    name = "fourfold.web.cases"
    label = "cases"

    def ready(self) -> None:
        """Let the policy know the models of cases, and the door whom to tell of a conflict."""
        from fourfold.web.cases import policies  # noqa: F401
        from fourfold.web.cases.actions.notices import tell_of_conflict
        from fourfold.web.users.access import tell_when_refused

        tell_when_refused("declared-interest", tell_of_conflict)
