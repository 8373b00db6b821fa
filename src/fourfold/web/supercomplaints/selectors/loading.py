"""Records of super-complaints by the references in a URL; `users.access` asks who may see them."""

from typing import Any

from fourfold.web.base.loading import by_ref
from fourfold.web.supercomplaints.models import (
    Designation,
    Document,
    EligibilityView,
    Fact,
    Feature,
    Harm,
    Organisation,
    SuperComplaint,
    Talk,
)

COMPLAINT = ("body", "lead", "collator")
OF = ("supercomplaint__body", "supercomplaint__lead")


def supercomplaint_by_ref(*, supercomplaint_ref: str, **_: Any) -> SuperComplaint:
    """Return the super-complaint of a URL."""
    return by_ref(SuperComplaint, supercomplaint_ref, *COMPLAINT)


def feature_by_ref(*, feature_ref: str, supercomplaint_ref: str, **_: Any) -> Feature:
    """Return the feature of a URL."""
    return by_ref(Feature, feature_ref, *OF, supercomplaint__ref=supercomplaint_ref)


def harm_by_ref(*, harm_ref: str, supercomplaint_ref: str, **_: Any) -> Harm:
    """Return the harm of a URL."""
    return by_ref(
        Harm, harm_ref, "feature__supercomplaint__body",
        feature__supercomplaint__ref=supercomplaint_ref,
    )  # fmt: skip


def fact_by_ref(*, fact_ref: str, supercomplaint_ref: str, **_: Any) -> Fact:
    """Return the documented fact of a URL."""
    return by_ref(
        Fact, fact_ref, "feature__supercomplaint__body", "document",
        feature__supercomplaint__ref=supercomplaint_ref,
    )  # fmt: skip


def talk_by_ref(*, talk_ref: str, supercomplaint_ref: str, **_: Any) -> Talk:
    """Return the talk of a URL."""
    return by_ref(Talk, talk_ref, *OF, supercomplaint__ref=supercomplaint_ref)


def document_by_ref(*, document_ref: str, supercomplaint_ref: str, **_: Any) -> Document:
    """Return the document of a URL."""
    related = (*OF, "given_by", "taken_in_by")
    return by_ref(Document, document_ref, *related, supercomplaint__ref=supercomplaint_ref)


def view_by_ref(*, eligibilityview_ref: str, supercomplaint_ref: str, **_: Any) -> EligibilityView:
    """Return the view on eligibility of a URL."""
    related = (*OF, "authority")
    return by_ref(
        EligibilityView, eligibilityview_ref, *related, supercomplaint__ref=supercomplaint_ref
    )


def organisation_by_ref(*, organisation_ref: str, **_: Any) -> Organisation:
    """Return the organisation of a URL."""
    return by_ref(Organisation, organisation_ref, "tenant", "polices_for")


def designation_by_ref(*, designation_ref: str, **_: Any) -> Designation:
    """Return the designation of a URL."""
    return by_ref(Designation, designation_ref, "organisation")
