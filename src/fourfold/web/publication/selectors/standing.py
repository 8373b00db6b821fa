"""What stands published now, as the classes of `content`. The public site reads nothing else."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar, cast

import msgspec
from django.db.models import Max, Min

from fourfold.web.publication.content import CLASSES, KIND_OF
from fourfold.web.publication.models import Current, PublicFile, Published

C = TypeVar("C")


@dataclass(frozen=True)
class Version:
    """Which version of a thing stands, since when, and when its first one was published."""

    kind: str
    ref: str
    within_ref: str
    version: int
    sha256: str
    published_at: datetime
    first_at: datetime


def every(wanted: type[C], *, within_ref: str | None = None, **fields: str) -> list[C]:
    """Return every standing thing of a class, in order of first publication.

    `fields` are texts that the content must hold: `organisation_ref="ORG-..."`.
    """
    held = Current.objects.filter(kind=KIND_OF[wanted]).order_by("id")
    if within_ref is not None:
        held = held.filter(within_ref=within_ref)
    if fields:
        held = held.filter(**{f"published__content__{name}": text for name, text in fields.items()})
    return [
        msgspec.convert(content, wanted)
        for content in held.values_list("published__content", flat=True)
    ]


def one(wanted: type[C], ref: str) -> C | None:
    """Return the standing thing of a reference, or nothing."""
    held = Current.objects.filter(kind=KIND_OF[wanted], ref=ref)
    content = held.values_list("published__content", flat=True).first()
    return None if content is None else msgspec.convert(content, wanted)


def file_of(kind: str, ref: str, name: str) -> PublicFile | None:
    """Return a file of what stands published."""
    return PublicFile.objects.filter(
        published__current__kind=kind, published__current__ref=ref, name=name
    ).first()


def file_names() -> set[tuple[str, str, str]]:
    """Return kind, reference and name of every file of what stands published."""
    held = PublicFile.objects.filter(published__current__isnull=False)
    rows = held.values_list("published__kind", "published__ref", "name")
    return {(kind, ref, name) for kind, ref, name in rows}


def plain_of(kind: str) -> list[dict[str, Any]]:
    """Return every standing thing of a kind as it was published, by reference."""
    held = Current.objects.filter(kind=kind).order_by("ref")
    return list(held.values_list("published__content", flat=True))


def counts() -> dict[str, int]:
    """Return how many things of each kind stand published."""
    found: dict[str, int] = dict.fromkeys(CLASSES, 0)
    for kind in Current.objects.values_list("kind", flat=True):
        found[kind] += 1
    return found


def versions(*, within_ref: str | None = None, limit: int | None = None) -> list[Version]:
    """Return what stands, newest first."""
    held = Current.objects.select_related("published").order_by(
        "-published__published_at", "-published__id"
    )
    if within_ref is not None:
        held = held.filter(within_ref=within_ref)
    chosen = list(held[:limit] if limit else held)
    first = _first_moments([each.ref for each in chosen])
    return [
        Version(
            each.kind, each.ref, each.within_ref, each.published.version, each.published.sha256,
            each.published.published_at, first[each.kind, each.ref],
        )
        for each in chosen
    ]  # fmt: skip


def newest_at() -> datetime | None:
    """Return when anything was last published or withdrawn."""
    return cast("datetime | None", Published.objects.aggregate(at=Max("published_at"))["at"])


def class_of(kind: str) -> type[Any]:
    """Return the class of a kind."""
    return cast("type[Any]", CLASSES[kind])


def _first_moments(refs: list[str]) -> dict[tuple[str, str], datetime]:
    rows = (
        Published.objects.filter(ref__in=refs, is_withdrawn=False)
        if len(refs) <= 500
        else Published.objects.filter(is_withdrawn=False)
    )
    found = rows.order_by().values_list("kind", "ref").annotate(at=Min("published_at"))
    return {(kind, ref): at for kind, ref, at in found}
