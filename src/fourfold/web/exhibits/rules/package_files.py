"""The files of a package that leave it by a page: what each is, and how it is answered."""

from dataclasses import dataclass
from typing import Final

# What the workbook needs and no more: its own inline script and style (whose hashes stand in the
# file itself), pictures it makes. No request to anywhere, no origin, no cookies, no form, no frame.
WORKBOOK_POLICY: Final = (
    "sandbox allow-scripts allow-downloads allow-modals; default-src 'none'; "
    "script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
CLOSED: Final = "sandbox; default-src 'none'; base-uri 'none'; frame-ancestors 'none'"
WORKBOOK: Final = "workbook.html"
WHOLE: Final = "package.zip"


@dataclass(frozen=True)
class PackageFile:
    """One file: the act that opens it, its type, and what the page calls it."""

    name: str
    action: str
    media_type: str
    label: str
    is_shown: bool = False


FILES: Final = {
    file.name: file
    for file in (
        PackageFile(WORKBOOK, "workbook.open", "text/html; charset=utf-8", "Workbook", True),
        PackageFile("report.pdf", "package.download", "application/pdf", "Report (PDF)"),
        PackageFile(
            "tables.xlsx",
            "package.download",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "Tables (Excel)",
        ),
        PackageFile("map.kmz", "package.download", "application/vnd.google-earth.kmz", "Map (KMZ)"),
        PackageFile(
            WHOLE, "package.download", "application/zip", "Whole package, with the originals"
        ),
    )
}
