"""Uploads of a case, and which names are taken in it."""

from fourfold.web.cases.models import Case
from fourfold.web.exhibits.models import Exhibit, Upload
from fourfold.web.exhibits.rules import paths

SHOWN = 25


def unfinished_of_case(case: Case) -> list[Upload]:
    """Return the uploads that can be gone on with, newest first."""
    waiting = Upload.objects.filter(case=case, state=Upload.State.RECEIVING)
    return list(waiting.select_related("started_by")[:SHOWN])


def refused_of_case(case: Case) -> list[Upload]:
    """Return the last uploads that were refused, newest first."""
    refused = Upload.objects.filter(case=case, state=Upload.State.REFUSED)
    return list(refused.select_related("started_by")[:SHOWN])


def unfinished_of_name(case: Case, path: str) -> Upload | None:
    """Return the unfinished upload whose name cannot be kept apart from a path."""
    waiting = Upload.objects.filter(case=case, state=Upload.State.RECEIVING)
    pk = _taken(waiting.values_list("pk", "name"), path)
    return Upload.objects.select_related("case").get(pk=pk) if pk else None


def exhibit_of_name(case: Case, path: str) -> Exhibit | None:
    """Return the exhibit whose name cannot be kept apart from a path."""
    pk = _taken(Exhibit.objects.filter(case=case).values_list("pk", "path"), path)
    return Exhibit.objects.get(pk=pk) if pk else None


def _taken(names: object, path: str) -> int | None:
    pairs: list[tuple[int, str]] = list(names)  # type: ignore[call-overload]
    wanted = paths.folded(path)
    return next((pk for pk, name in pairs if paths.collide(paths.folded(name), wanted)), None)


def files_of_case(case: Case) -> int:
    """Return how many files a case has or is receiving."""
    waiting = Upload.objects.filter(case=case, state=Upload.State.RECEIVING)
    return Exhibit.objects.filter(case=case).count() + waiting.count()
