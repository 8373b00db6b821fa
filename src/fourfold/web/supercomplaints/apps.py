"""The app in Django's register."""

from collections.abc import Iterable

from django.apps import AppConfig


class SupercomplaintsConfig(AppConfig):
    """Register the app, its policies, and its sealed files."""

    name = "fourfold.web.supercomplaints"
    label = "supercomplaints"

    def ready(self) -> None:
        """Let the policy know the models of the app, and recovery its documents."""
        from fourfold.web.exhibits.actions.recovery import also_sealed
        from fourfold.web.supercomplaints import policies  # noqa: F401

        also_sealed(_hashes)


def _hashes() -> Iterable[str]:
    from fourfold.web.supercomplaints.models import Document

    return Document.objects.values_list("sha256", flat=True).distinct()
