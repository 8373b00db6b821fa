"""Commands of the workspace: `fourfold VERB`, or `python -m fourfold.web VERB`."""

import argparse
import os
import sys
from collections.abc import Sequence

import django


def prepare(_arguments: argparse.Namespace) -> int:
    """Make or update the database of this instance."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    return 0


def manage(arguments: argparse.Namespace) -> int:
    """Run a management command of Django (for developers)."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["fourfold manage", *arguments.words])
    return 0


def parser() -> argparse.ArgumentParser:
    """Return the parser of all verbs."""
    root = argparse.ArgumentParser(prog="fourfold", description=__doc__)
    verbs = root.add_subparsers(dest="verb", required=True)
    verbs.add_parser("prepare", help="make or update the database").set_defaults(run=prepare)
    django_verb = verbs.add_parser("manage", help="a management command of Django")
    django_verb.add_argument("words", nargs=argparse.REMAINDER)
    django_verb.set_defaults(run=manage)
    return root


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fourfold.web.config.settings")
    chosen = parser().parse_args(sys.argv[1:] if arguments is None else arguments)
    django.setup()
    return int(chosen.run(chosen))
