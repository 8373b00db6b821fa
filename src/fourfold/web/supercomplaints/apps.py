"""The app in Django's register."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from fourfold.web.users.models import Force


class SupercomplaintsConfig(AppConfig):
    """Register the app, its policies, and its sealed files."""

    name = "fourfold.web.supercomplaints"
    label = "supercomplaints"

    def ready(self) -> None:
        """Let the policy know the models, recovery the documents, publishing the withheld.

        And let administrators give two roles only where the organisation is what they speak for.
        """
        from fourfold.web.exhibits.actions.recovery import also_sealed
        from fourfold.web.publication.actions.publishing import always_withhold
        from fourfold.web.supercomplaints import policies  # noqa: F401
        from fourfold.web.supercomplaints.actions.withholding import withhold
        from fourfold.web.users.granting import role_wants

        always_withhold(withhold)
        also_sealed(_hashes)
        role_wants("complaints_officer", _is_authority)
        role_wants("complainant", _is_charity)


def _hashes() -> Iterable[str]:
    from fourfold.web.supercomplaints.models import Document

    return Document.objects.values_list("sha256", flat=True).distinct()


def _is_authority(force: "Force") -> bool:
    from fourfold.web.supercomplaints.models import Organisation

    return Organisation.objects.filter(tenant=force, kind=Organisation.Kind.AUTHORITY).exists()


def _is_charity(force: "Force") -> bool:
    from fourfold.web.supercomplaints.models import Organisation

    return Organisation.objects.filter(tenant=force, kind=Organisation.Kind.CHARITY).exists()
