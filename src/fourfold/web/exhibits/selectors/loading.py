"""Records of evidence by the references in a URL; `users.access` asks next who may see them."""

from typing import Any

from fourfold.web.base.loading import by_ref
from fourfold.web.exhibits.models import Authority, Exhibit, ExpiryClock, Upload

CASE = ("case__force", "case__team")


def exhibit_by_ref(*, case_ref: str, exhibit_ref: str, **_: Any) -> Exhibit:
    """Return the exhibit of a URL."""
    related = (*CASE, "taken_in_by", "person", "parent")
    return by_ref(Exhibit, exhibit_ref, *related, case__ref=case_ref)


def upload_by_ref(*, case_ref: str, upload_ref: str, **_: Any) -> Upload:
    """Return the upload of a URL."""
    return by_ref(Upload, upload_ref, *CASE, case__ref=case_ref)


def authority_by_ref(*, case_ref: str, authority_ref: str, **_: Any) -> Authority:
    """Return the authority of a URL."""
    return by_ref(Authority, authority_ref, *CASE, case__ref=case_ref)


def clock_by_ref(*, case_ref: str, clock_ref: str, **_: Any) -> ExpiryClock:
    """Return the expiry clock of a URL."""
    return by_ref(ExpiryClock, clock_ref, *CASE, "exhibit", case__ref=case_ref)
