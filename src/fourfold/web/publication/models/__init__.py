"""What is published: snapshots, the newest of each, their files, and support services."""

from fourfold.web.publication.models.published import Current, PublicFile, Published
from fourfold.web.publication.models.services import SupportService

__all__ = ["Current", "PublicFile", "Published", "SupportService"]
