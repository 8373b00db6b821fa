"""What each verb takes, in words; the work is in verbs.py."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from fourfold.cli import verbs, workspace

if TYPE_CHECKING:
    Group = argparse._SubParsersAction[argparse.ArgumentParser]

OUTPUTS = ("workbook", "report_pdf", "tables_xlsx", "map_kmz")


def _positive(text: str) -> int:
    """Read a whole number greater than 0."""
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"expected a whole number greater than 0, found {text!r}")
    return int(text)


def add_verbs(root: argparse.ArgumentParser) -> None:
    """Add every verb with its help, its example and its arguments."""
    group = root.add_subparsers(title="verbs", metavar="VERB")
    _build(group)
    _stations(group)
    _checks(group)
    _formats(group)
    _demo(group)
    workspace.add_verbs(group)


def _verb(group: "Group", name: str, summary: str, example: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = group.add_parser(
        name,
        help=summary,
        description=summary,
        epilog=f"example:\n  {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(verb=getattr(verbs, name.replace("-", "_")))
    parser.add_argument("--json", action="store_true", help="print one JSON object for machines")
    return parser


def _running(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--packs", type=Path, help="folder with more format packs (*.toml)")
    parser.add_argument(
        "--threads", type=_positive, help="threads of the table engine; default all"
    )
    parser.add_argument("--quiet", action="store_true", help="no progress")


def _build(group: "Group") -> None:
    parser = _verb(
        group,
        "build",
        "take in, read, analyse and render: a case folder becomes a package",
        'fourfold build "Op Teasel" --out "Op Teasel package"',
    )
    parser.add_argument("folder", type=Path, help="the case folder; nothing in it is changed")
    parser.add_argument("--out", type=Path, help="the package; default: <folder>-package beside it")
    parser.add_argument(
        "--only",
        action="append",
        choices=OUTPUTS,
        help="render only this output; repeatable",
    )
    _running(parser)


def _stations(group: "Group") -> None:
    parser = _verb(
        group,
        "take-in",
        "station 1: seal a copy of every file, with its SHA-256",
        'fourfold take-in "Op Teasel" --out package',
    )
    parser.add_argument("folder", type=Path, help="the case folder")
    parser.add_argument("--out", type=Path, help="the package; default: <folder>-package beside it")
    _running(parser)
    for name, summary in (
        ("read", "station 2: read the sealed exhibits of a package into events"),
        ("analyse", "station 3: ask every question of the events of a package"),
        ("render", "station 4: write workbook, report, sheets and map of a package"),
    ):
        station = _verb(group, name, summary, f"fourfold {name} package")
        station.add_argument("package", type=Path, help="a package that the station before wrote")
        _running(station)


def _checks(group: "Group") -> None:
    parser = _verb(
        group,
        "trace",
        "from a figure's code back to its source rows: file, hash, place, text",
        "fourfold trace package F3.2",
    )
    parser.add_argument("package", type=Path, help="a package that build wrote")
    parser.add_argument(
        "code", help="F3, F3.2, O12, C4, R2.17, a row id or an event id, as printed in any output"
    )
    parser.add_argument("--limit", type=_positive, default=20, help="rows to print; default 20")
    parser = _verb(
        group,
        "verify",
        "check a package: hashes, ledgers, findings; and that a rerun gives the same bytes",
        'fourfold verify package --rerun "Op Teasel"',
    )
    parser.add_argument("package", type=Path, help="a package that build wrote")
    parser.add_argument(
        "--rerun",
        type=Path,
        nargs="?",
        const=Path(),
        metavar="FOLDER",
        help="run again from this case folder (default: the package's own originals)"
        " and compare every table byte by byte",
    )
    _running(parser)


def _formats(group: "Group") -> None:
    parser = _verb(group, "formats", "list every format that can be read", "fourfold formats")
    parser.add_argument("--packs", type=Path, help="folder with more format packs (*.toml)")
    parser = _verb(
        group,
        "learn-pack",
        "propose a format pack for a table (CSV or XLSX); you check it, then it is data",
        "fourfold learn-pack calls.csv --out packs/our_calls.toml",
    )
    parser.add_argument("file", type=Path, help="the table to learn from")
    parser.add_argument("--name", help="name of the pack; default: from the file's name")
    parser.add_argument("--out", type=Path, help="write the pack here; default: print it")


def _demo(group: "Group") -> None:
    parser = _verb(
        group,
        "demo-case",
        "write a wholly fictional case folder with planted truth",
        "fourfold demo-case demo/case",
    )
    parser.add_argument("folder", type=Path, help="a folder that does not exist yet")
    parser.add_argument(
        "--seed", type=int, default=1, help="the same seed gives the same case; default 1"
    )
    parser.add_argument(
        "--rows", type=_positive, help="about this many rows; default: a typical case"
    )
    parser.add_argument("--truth", action="store_true", help="also write truth.json beside it")
