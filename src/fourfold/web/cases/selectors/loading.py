"""Records by the references in a URL. Whether they may be seen, `users.access` asks next."""

from typing import Any, TypeVar

from django.db.models import Model
from django.http import Http404

from fourfold.web.cases.models import Act, Case, Occasion, Report

M = TypeVar("M", bound=Model)


def by_ref(model: type[M], ref: str, *related: str, **within: Any) -> M:
    """Return the record of a reference, or answer 404."""
    found = model._default_manager.filter(ref=ref, **within).select_related(*related).first()
    if found is None:
        raise Http404("There is no such record.")
    return found


def case_by_ref(*, case_ref: str, **_: Any) -> Case:
    """Return the case of a URL."""
    return by_ref(Case, case_ref, "force", "team")


def report_by_ref(*, report_ref: str, **_: Any) -> Report:
    """Return the report of a URL."""
    return by_ref(Report, report_ref, "force", "case", "taken_by")


def act_by_ref(*, case_ref: str, act_ref: str, **_: Any) -> Act:
    """Return the act of a URL."""
    return by_ref(Act, act_ref, "case", "occasion", case__ref=case_ref)


def occasion_by_ref(*, case_ref: str, occasion_ref: str, **_: Any) -> Occasion:
    """Return the occasion of a URL."""
    return by_ref(Occasion, occasion_ref, "case", case__ref=case_ref)
