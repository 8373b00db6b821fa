"""Records by the references in a URL. Whether they may be seen, `users.access` asks next."""

from typing import Any, TypeVar

from django.db.models import Model
from django.http import Http404

M = TypeVar("M", bound=Model)


def by_ref(model: type[M], ref: str, *related: str, **within: Any) -> M:
    """Return the record of a reference, or answer 404."""
    found = model._default_manager.filter(ref=ref, **within).select_related(*related).first()
    if found is None:
        raise Http404("There is no such record.")
    return found
