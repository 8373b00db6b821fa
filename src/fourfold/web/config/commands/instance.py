"""`prepare`, `openapi`, `manage`: the instance and what it offers."""

import argparse
import json
import sys
from pathlib import Path
from typing import Final

from fourfold.web.accountability.commands import Verb, load_django


def _no_arguments(_parser: argparse.ArgumentParser) -> None:
    pass


def _prepare(_arguments: argparse.Namespace) -> int:
    load_django()
    from fourfold.web.config import instance

    instance.prepare()
    sys.stdout.write(f"ready: {instance.home()}\n")
    return 0


def _openapi_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, help="write the description to this file")


def _openapi(arguments: argparse.Namespace) -> int:
    load_django()
    from fourfold.web.config.api import api

    text = json.dumps(api.get_openapi_schema(), indent=2, ensure_ascii=False, default=str) + "\n"
    if arguments.out:
        arguments.out.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
    return 0


def _manage_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs=argparse.REMAINDER, help="the command and its words")


def _manage(arguments: argparse.Namespace) -> int:
    load_django()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["fourfold manage", *arguments.words])
    return 0


VERBS: Final = {
    "prepare": Verb(
        "make or update the database of this instance (serve does it by itself)",
        "FOURFOLD_HOME=/srv/fourfold fourfold prepare",
        _no_arguments,
        _prepare,
    ),
    "openapi": Verb(
        "print the description of the interface for other programs (OpenAPI, JSON)",
        "fourfold openapi --out openapi.json",
        _openapi_arguments,
        _openapi,
    ),
    "manage": Verb(
        "run a management command of Django (for developers)",
        "fourfold manage makemigrations --check",
        _manage_arguments,
        _manage,
    ),
}
