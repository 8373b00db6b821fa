"""What stands published now, as the classes of `content`."""

from typing import Any, TypeVar, cast

import msgspec

from fourfold.web.publication.content import CLASSES, KIND_OF
from fourfold.web.publication.models import Current, PublicFile

C = TypeVar("C")


def every(wanted: type[C], *, within_ref: str | None = None) -> list[C]:
    """Return every standing thing of a class, in order of first publication."""
    held = Current.objects.filter(kind=KIND_OF[wanted]).order_by("id")
    if within_ref is not None:
        held = held.filter(within_ref=within_ref)
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


def class_of(kind: str) -> type[Any]:
    """Return the class of a kind."""
    return cast("type[Any]", CLASSES[kind])
