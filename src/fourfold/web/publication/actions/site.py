"""Write the public site, and record that it was written."""

from pathlib import Path

from fourfold.web.accountability import context, ledger
from fourfold.web.publication.site import writing
from fourfold.web.publication.site.writing import Written


def write_site(*, out: Path, address: str = "") -> Written:
    """Write the site into a folder; what is not in the ledger never bears the site's name."""
    return writing.write(out, record=_record, address=address)


def _record(written: Written) -> None:
    detail = {
        "pages": written.pages,
        "files": written.files,
        "manifest_sha256": written.manifest_sha256,
    }
    with context.running(channel="command"):
        ledger.record(ledger.Entry("site.publish", "", "", "", "instance", "", detail=detail))
