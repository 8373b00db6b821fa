"""Fetch what the pages borrow from others, cut it to what we use, and prove nothing drifted."""

import argparse
import base64
import hashlib
import http.client
import io
import json
import re
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REGISTRY = "registry.npmjs.org"
VENDOR = Path(__file__).parent / "static" / "vendor"
MANIFEST = "manifest.json"
TIMEOUT_SECONDS = 60

MIT = """\
The MIT License (MIT)

{copyright}

Permission is hereby granted, free of charge, to any person obtaining a copy of
this software and associated documentation files (the "Software"), to deal in
the Software without restriction, including without limitation the rights to
use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies
of the Software, and to permit persons to whom the Software is furnished to do
so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
"""


class AssetsError(Exception):
    """What was fetched or what lies here is not what was pinned."""


@dataclass(frozen=True)
class Package:
    """One npm package: where it comes from, its pinned hash and the files we keep."""

    name: str
    version: str
    integrity: str
    copyright: str
    files: tuple[tuple[str, str], ...]

    @property
    def folder(self) -> str:
        """Return the folder under `static/vendor`."""
        return self.name.lstrip("@").replace("/", "-")

    @property
    def path(self) -> str:
        """Return the path of the tarball at the registry."""
        return f"/{self.name}/-/{self.name.split('/')[-1]}-{self.version}.tgz"


PACKAGES = (
    Package(
        name="govuk-frontend",
        version="6.3.0",
        integrity="sha512-cXIQxm5PHCsbic47GXZrVBZhAeeshTLRL6ZBKilLsR6rMCjJuWb7Fruq0VUNMBJFlJk/"
        "srsRj/q8d5bM9cgKoA==",
        copyright="Copyright (C) 2017 Crown Copyright (Government Digital Service)",
        files=(
            ("dist/govuk/govuk-frontend.min.css", "govuk-frontend.min.css"),
            ("dist/govuk/govuk-frontend.min.js", "govuk-frontend.min.js"),
        ),
    ),
    Package(
        name="@ministryofjustice/frontend",
        version="11.1.0",
        integrity="sha512-1bkUbm2M4DpcpX/pOmumQRBsbJco9W2RwmJv5h/ZC/ZqrAOn2/FjpF+A7vS0gs7oMXBizr9O5h"
        "uDrSYbLx73Nw==",
        copyright="Copyright (c) 2021 dxw; Crown Copyright (Ministry of Justice)",
        files=(
            ("moj/moj-frontend.min.css", "moj-frontend.min.css"),
            ("moj/moj-frontend.min.js", "moj-frontend.min.js"),
        ),
    ),
)

# Not ours to use: the typeface is licensed for GOV.UK alone, crown and crest belong to the Crown.
FONT_NOTICE = re.compile(r"/\*![^*]*Margaret Calvert[^*]*\*/")
FONT_FACE = re.compile(r"@font-face\{[^}]*\}")
FONT_STACK = re.compile(r"font-family:GDS Transport,arial,sans-serif")
OWN_STACK = "font-family:var(--fourfold-font,system-ui,sans-serif)"
ASSET = re.compile(r"[a-z-]+:[^;{}]*url\(/assets/[^)]*\)[^;{}]*;?")
SOURCE_MAP = re.compile(r"\n?/[/*]# sourceMappingURL=[^\n]*(\*/)?\s*$")


def stripped(name: str, text: str) -> str:
    """Return the file without fonts, images and source maps; say on top that it was changed."""
    text = SOURCE_MAP.sub("", text)
    if name.endswith(".css"):
        text = FONT_FACE.sub("", FONT_NOTICE.sub("", text))
        text = ASSET.sub("", FONT_STACK.sub(OWN_STACK, text))
    return text.rstrip() + "\n"


def sha512(content: bytes) -> str:
    """Return the digest in the form the registry publishes."""
    return "sha512-" + base64.b64encode(hashlib.sha512(content).digest()).decode()


def download(package: Package) -> bytes:
    """Return the tarball, or refuse it when its hash is not the pinned one."""
    connection = http.client.HTTPSConnection(REGISTRY, timeout=TIMEOUT_SECONDS)
    try:
        connection.request("GET", package.path)
        response = connection.getresponse()
        content = response.read()
    finally:
        connection.close()
    if response.status != 200:
        raise AssetsError(f"{package.name}: the registry answered {response.status}")
    return verified(package, content)


def verified(package: Package, content: bytes) -> bytes:
    """Return the tarball unless its hash differs from the pinned one."""
    if sha512(content) != package.integrity:
        raise AssetsError(f"{package.name} {package.version}: not the pinned sha512; nothing kept")
    return content


def unpack(package: Package, tarball: bytes) -> dict[str, str]:
    """Return the kept files of a package, stripped, by their path under `static/vendor`."""
    kept = {f"{package.folder}/LICENSE.txt": MIT.format(copyright=package.copyright)}
    with tarfile.open(fileobj=io.BytesIO(tarball), mode="r:gz") as archive:
        for source, target in package.files:
            member = archive.extractfile(f"package/{source}")
            if member is None:
                raise AssetsError(f"{package.name}: {source} is not in the package")
            kept[f"{package.folder}/{target}"] = stripped(target, member.read().decode())
    return kept


def manifest_of(files: dict[str, str]) -> dict[str, Any]:
    """Return what the manifest says of these files."""
    return {
        "note": "Written by `python -m fourfold.web.base.assets fetch`; fonts, images and source "
        "maps are cut out, font stacks replaced.",
        "packages": [
            {"name": p.name, "version": p.version, "integrity": p.integrity} for p in PACKAGES
        ],
        "files": {
            path: {
                "sha256": hashlib.sha256(text.encode()).hexdigest(),
                "size_bytes": len(text.encode()),
            }
            for path, text in sorted(files.items())
        },
    }


def fetch(vendor: Path = VENDOR) -> list[str]:
    """Download every package and write its kept files and the manifest; return the paths."""
    files: dict[str, str] = {}
    for package in PACKAGES:
        files |= unpack(package, download(package))
    for path, text in files.items():
        target = vendor / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode())
    manifest = json.dumps(manifest_of(files), indent=2) + "\n"
    (vendor / MANIFEST).write_text(manifest, encoding="utf-8")
    return sorted(files)


def check(vendor: Path = VENDOR) -> list[str]:
    """Return what differs between the folder, its manifest and the pinned packages."""
    manifest = json.loads((vendor / MANIFEST).read_text(encoding="utf-8"))
    pinned = manifest_of({})["packages"]
    problems = [] if manifest["packages"] == pinned else ["the manifest names other packages"]
    found = {
        path.relative_to(vendor).as_posix(): path
        for path in vendor.rglob("*")
        if path.is_file() and path.name != MANIFEST
    }
    for name in sorted(found.keys() | manifest["files"].keys()):
        if name not in manifest["files"]:
            problems.append(f"{name}: not in the manifest")
        elif name not in found:
            problems.append(f"{name}: missing")
        else:
            digest = hashlib.sha256(found[name].read_bytes()).hexdigest()
            if digest != manifest["files"][name]["sha256"]:
                problems.append(f"{name}: changed since it was fetched")
    return problems


def main(arguments: list[str] | None = None) -> int:
    """Run `fetch` or `check` from the command line."""
    parser = argparse.ArgumentParser(prog="python -m fourfold.web.base.assets", description=__doc__)
    parser.add_argument("verb", choices=["fetch", "check"])
    if parser.parse_args(arguments).verb == "fetch":
        sys.stdout.write("".join(f"{path}\n" for path in fetch()))
        return 0
    problems = check()
    sys.stdout.write("".join(f"{problem}\n" for problem in problems) or "Nothing drifted.\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
