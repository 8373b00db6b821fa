"""Publishing: what an app above hands over becomes a version that nobody changes.

Who may publish what, the caller has asked (`access.require`), and the caller records the act.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable
from typing import Any, Final

import msgspec
from django.db import transaction
from django.utils import timezone

from fourfold.web.publication.content import KIND_OF, Attachment, Content
from fourfold.web.publication.models import Current, PublicFile, Published
from fourfold.web.users.models import User

Withhold = Callable[[Content, str, tuple[Attachment, ...]], Content]
_WITHHOLDING: Final[list[Withhold]] = []
FILE_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,80}\.[a-z0-9]{2,5}")


def always_withhold(withhold: Withhold) -> None:
    """Let an app above take out of everything published what must not be (content, within, files).

    It returns the content that may stand, or raises where a file holds what must not be public.
    """
    if withhold not in _WITHHOLDING:
        _WITHHOLDING.append(withhold)


def canonical(content: object) -> bytes:
    """Return content as JSON that is the same for the same facts."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def publish(
    *, actor: User, content: Content, within_ref: str = "", files: Iterable[Attachment] = ()
) -> Published:
    """Write a new version of a thing and let it stand; the same content again writes nothing."""
    kind, given = KIND_OF[type(content)], tuple(files)
    for withhold in _WITHHOLDING:
        content = withhold(content, within_ref, given)
    plain: Any = msgspec.to_builtins(content)
    digest = hashlib.sha256(canonical(plain)).hexdigest()
    with transaction.atomic():
        held = Current.objects.select_for_update().filter(kind=kind, ref=content.ref).first()
        if held is not None and _is_same(held.published, digest, given):
            return held.published
        made = Published.objects.create(
            kind=kind,
            ref=content.ref,
            within_ref=within_ref,
            version=Published.objects.filter(kind=kind, ref=content.ref).count() + 1,
            content=plain,
            sha256=digest,
            published_at=timezone.now(),
            published_by_ref=actor.ref,
        )
        for file in given:
            _keep(made, file)
        Current.objects.update_or_create(
            kind=kind, ref=content.ref, defaults={"published": made, "within_ref": within_ref}
        )
    return made


def withdraw(*, actor: User, kind: str, ref: str) -> None:
    """Take a thing off the public site; that it stood there stays on record."""
    with transaction.atomic():
        held = Current.objects.select_for_update().filter(kind=kind, ref=ref).first()
        if held is None:
            return
        Published.objects.create(
            kind=kind,
            ref=ref,
            within_ref=held.within_ref,
            version=held.published.version + 1,
            content={},
            sha256=hashlib.sha256(canonical({})).hexdigest(),
            is_withdrawn=True,
            published_at=timezone.now(),
            published_by_ref=actor.ref,
        )
        held.delete()


def _is_same(standing: Published, digest: str, files: tuple[Attachment, ...]) -> bool:
    held = set(standing.files.values_list("name", "sha256"))
    new = {(file.name, hashlib.sha256(file.content).hexdigest()) for file in files}
    return standing.sha256 == digest and held == new


def _keep(published: Published, file: Attachment) -> None:
    if not FILE_NAME.fullmatch(file.name):
        raise ValueError("not a name for a public file")
    PublicFile.objects.create(
        published=published,
        name=file.name,
        title=file.title,
        media_type=file.media_type,
        sha256=hashlib.sha256(file.content).hexdigest(),
        size_bytes=len(file.content),
        content=file.content,
    )
