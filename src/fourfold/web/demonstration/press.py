"""What the invented world has published, written in one go: what publishing would have left."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from fourfold.web.demonstration.writing import BATCH
from fourfold.web.publication.actions.publishing import canonical
from fourfold.web.publication.content import KIND_OF, Attachment, Content
from fourfold.web.publication.models import Current, PublicFile, Published
from fourfold.web.users.models import User


@dataclass(frozen=True)
class Sheet:
    """One thing to publish: its first version."""

    content: Content
    actor: User
    at: datetime
    within_ref: str = ""
    files: Sequence[Attachment] = ()


class Press:
    """Collects what is to be published; nothing of it may stand already."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []

    def add(self, sheet: Sheet) -> None:
        """Take a thing to publish."""
        self.sheets.append(sheet)

    def write(self) -> int:
        """Publish everything that was taken, in order; return how many."""
        made = Published.objects.bulk_create([_row(each) for each in self.sheets], BATCH)
        Current.objects.bulk_create(
            [
                Current(kind=row.kind, ref=row.ref, within_ref=row.within_ref, published=row)
                for row in made
            ],
            BATCH,
        )
        PublicFile.objects.bulk_create(
            _file(row, file)
            for row, sheet in zip(made, self.sheets, strict=True)
            for file in sheet.files
        )
        self.sheets.clear()
        return len(made)


def _row(sheet: Sheet) -> Published:
    plain: Any = msgspec.to_builtins(sheet.content)
    return Published(
        kind=KIND_OF[type(sheet.content)],
        ref=sheet.content.ref,
        within_ref=sheet.within_ref,
        version=1,
        content=plain,
        sha256=hashlib.sha256(canonical(plain)).hexdigest(),
        published_at=sheet.at,
        published_by_ref=sheet.actor.ref,
    )


def _file(row: Published, file: Attachment) -> PublicFile:
    return PublicFile(
        published=row,
        name=file.name,
        title=file.title,
        media_type=file.media_type,
        sha256=hashlib.sha256(file.content).hexdigest(),
        size_bytes=len(file.content),
        content=file.content,
    )
