"""`add-user`: the first administrator of a force, who then invites the others."""

import argparse
import sys
from typing import Final

from fourfold.web.accountability.commands import Verb, load_django

NOT_UNDERSTOOD: Final = 2
ROLES: Final = (
    "administrator", "supervisor", "single_point_of_contact", "investigator", "advocate",
    "analyst", "auditor", "complainant", "complaints_officer", "responder",
)  # fmt: skip


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--force", required=True, help="name of the police force; made if new")
    parser.add_argument("--name", required=True, help="name of the person")
    parser.add_argument("--email", required=True, help="work address of the person")
    parser.add_argument(
        "--role", choices=ROLES, default="administrator", help="default: %(default)s"
    )
    parser.add_argument("--team", default="", help="name of the team; made if new")


def _add_user(arguments: argparse.Namespace) -> int:
    load_django()
    from fourfold.web.config import instance, newcomers

    instance.prepare()
    newcomer = newcomers.Newcomer(
        arguments.force, arguments.name, arguments.email, arguments.role, arguments.team
    )
    try:
        link = newcomers.add(newcomer)
    except newcomers.NewcomerError as error:
        sys.stderr.write(f"fourfold: {error}\n")
        return NOT_UNDERSTOOD
    sys.stdout.write(
        f"{newcomer.email} can now add a passkey. Hand over this link; it works once:\n{link}\n"
    )
    return 0


VERBS: Final = {
    "add-user": Verb(
        "add a person from the machine that serves, such as the first administrator of a force;"
        " prints a link to enrol a passkey, good for once",
        'fourfold add-user --force "Teasel Constabulary" --name "A. Example" --email a@example.org',
        _arguments,
        _add_user,
    ),
}
