"""`publish`: the public site as a folder of static files."""

import argparse
import sys
from pathlib import Path
from typing import Final

from fourfold.web.accountability.commands import Verb, load_django
from fourfold.web.base.web_addresses import web_address

DONE: Final = 0
CANNOT: Final = 2


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("out", type=Path, help="a new folder, or one written by this command")
    parser.add_argument(
        "--address",
        default="",
        help="where it will be served (https://example.org/): named in feeds and sitemap.xml",
    )


def _publish(arguments: argparse.Namespace) -> int:
    if arguments.address and not web_address(arguments.address):
        return _sorry("--address must begin with https:// or http://")
    load_django()
    from fourfold.web.publication.actions.site import write_site
    from fourfold.web.publication.site.writing import SiteError

    address = arguments.address.rstrip("/") + "/" if arguments.address else ""
    try:
        written = write_site(out=arguments.out, address=address)
    except (SiteError, OSError) as error:
        return _sorry(str(error))
    sys.stdout.write(
        f"{arguments.out}: {written.pages} pages, {written.files} files,"
        f" {written.size_bytes:,} bytes\nmanifest.json: sha256 {written.manifest_sha256}\n"
    )
    return DONE


def _sorry(words: str) -> int:
    sys.stderr.write(f"fourfold: {words}\n")
    return CANNOT


VERBS: Final = {
    "publish": Verb(
        "write the public site as static files that need no server; only what is published",
        "fourfold publish /srv/public-site --address https://example.org/",
        _arguments,
        _publish,
    ),
}
