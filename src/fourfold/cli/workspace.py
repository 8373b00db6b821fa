"""The verbs of the workspace: named and explained here, run by `fourfold.web`.

The engine's command line and the workspace do not import each other, so that the engine starts
quickly and works where Django is not installed. A verb hands its words over as they are.
"""

import argparse
import importlib.util
import runpy
import sys
from typing import TYPE_CHECKING, Final

from fourfold.evidence.errors import UsageError

if TYPE_CHECKING:
    Group = argparse._SubParsersAction[argparse.ArgumentParser]

NO_PREFIX: Final = "\x00"  # words that begin with a dash are the other command line's to read
VERBS: Final = {
    "serve": (
        "the workspace: serve it to browsers; prepares the database, runs jobs",
        "fourfold serve --port 8000",
    ),
    "demo": (
        "the workspace: serve a wholly fictional demonstration, with a sign-in link per role",
        "fourfold demo --case demo/case",
    ),
    "worker": (
        "the workspace: run queued jobs in a process of its own",
        "fourfold worker",
    ),
    "prepare": (
        "the workspace: make or update the database",
        "fourfold prepare",
    ),
    "add-user": (
        "the workspace: add the first administrator of a force",
        'fourfold add-user --force "Teasel Constabulary" --name "A. Example"'
        " --email a@example.org",
    ),
    "backup": (
        "the workspace: copy database, sealed files and packages, with a manifest",
        "fourfold backup /backups/2026-11-21",
    ),
    "restore": (
        "the workspace: check a backup, then put it in place",
        "fourfold restore /backups/2026-11-21",
    ),
    "publish": (
        "the workspace: write the public site as static files that need no server",
        "fourfold publish /srv/public-site --address https://example.org/",
    ),
    "load-record": (
        "the workspace: load and publish the public record of past super-complaints",
        "fourfold load-record --by officer@example.org",
    ),
    "verify-ledger": (
        "the workspace: check that no entry of the ledger was changed, removed or added",
        "fourfold verify-ledger --file ledger.jsonl --head ledger.jsonl.head.json",
    ),
    "ledger-head": (
        "the workspace: print the signed head of the ledger, to be kept elsewhere",
        "fourfold ledger-head --out head-2026-11-21.json",
    ),
    "export-ledger": (
        "the workspace: write the ledger as JSON Lines, with its signed head",
        "fourfold export-ledger --out ledger.jsonl",
    ),
    "measure": (
        "the workspace: compute a measure for a force and a period, with its definition",
        'fourfold measure four-asked --force "Teasel Constabulary" --period 2026-01..2026-06',
    ),
    "openapi": (
        "the workspace: print the description of its interface for other programs",
        "fourfold openapi --out openapi.json",
    ),
}  # fmt: skip


def add_verbs(group: "Group") -> None:
    """Add the verbs of the workspace; what each takes, `fourfold VERB --help` asks of it."""
    for name, (summary, example) in VERBS.items():
        parser = group.add_parser(
            name,
            help=summary,
            description=summary,
            epilog=f"example:\n  {example}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
            prefix_chars=NO_PREFIX,
            add_help=False,
        )
        parser.add_argument("words", nargs="*")
        parser.set_defaults(verb=hand_over, name=name)


def hand_over(arguments: argparse.Namespace) -> int:
    """Run a verb of the workspace in this process."""
    if importlib.util.find_spec("django") is None:
        raise UsageError(
            f"'{arguments.name}' needs the workspace: pip install 'fourfold[web]'"
            " (in a checkout: python3 start.py setup)"
        )
    sys.argv = ["fourfold", arguments.name, *arguments.words]
    try:
        runpy.run_module("fourfold.web", run_name="__main__")
    except SystemExit as stop:
        return int(stop.code or 0)
    return 0
