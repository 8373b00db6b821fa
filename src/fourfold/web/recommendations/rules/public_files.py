"""Names and kinds of evidence files that are published: ours, never a person's."""

from typing import Final

BINARY: Final = "application/octet-stream"
MEDIA_TYPES: Final = {
    "pdf": "application/pdf",
    "csv": "text/csv",
    "txt": "text/plain",
    "png": "image/png",
    "jpg": "image/jpeg",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}
PUBLIC_FILE_BYTES: Final = 20 * 1000**2


def public_name(number: int, file_name: str) -> str:
    """Return the name under which an evidence file is published."""
    ending = file_name.rpartition(".")[2].lower()
    return f"evidence-{number}.{ending if ending in MEDIA_TYPES else 'bin'}"


def media_type(name: str) -> str:
    """Return the media type by the ending of a public name."""
    return MEDIA_TYPES.get(name.rpartition(".")[2], BINARY)
