"""The app in Django's register."""

from collections.abc import Iterable

from django.apps import AppConfig


class SupercomplaintsConfig(AppConfig):
    """Register the app, its policies, and its sealed files."""

    name = "fourfold.web.supercomplaints"
    label = "supercomplaints"

    def ready(self) -> None:
        """Let the policy know the models, recovery the documents, publishing the withheld."""
        from fourfold.web.exhibits.actions.recovery import also_sealed
        from fourfold.web.publication.actions.publishing import always_withhold
        from fourfold.web.supercomplaints import policies  # noqa: F401
        from fourfold.web.supercomplaints.actions.withholding import withhold

        always_withhold(withhold)
        also_sealed(_hashes)


def _hashes() -> Iterable[str]:
    from fourfold.web.supercomplaints.models import Document

    return Document.objects.values_list("sha256", flat=True).distinct()
