"""`load-record`: past super-complaints, their recommendations, practices, services; published."""

import argparse
import sys
from typing import Final

from fourfold.web.accountability.commands import Verb, load_django

DONE: Final = 0
NOT_UNDERSTOOD: Final = 2


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--by", required=True, metavar="EMAIL", help="the complaints officer who answers for it"
    )


def _load_record(arguments: argparse.Namespace) -> int:
    load_django()
    from django.core.exceptions import PermissionDenied

    from fourfold.web.accountability import context
    from fourfold.web.recommendations.record.complaints import NotInTheRegisterError
    from fourfold.web.recommendations.record.loading import load_record
    from fourfold.web.users.models import Role, User

    officer = User.objects.filter(
        email=arguments.by.lower(), role=Role.COMPLAINTS_OFFICER, is_active=True
    ).first()
    if officer is None:
        return _sorry(f"{arguments.by} is no super-complaints officer here; see add-user")
    try:
        with context.running(channel="command"):
            done = load_record(actor=officer)
    except (NotInTheRegisterError, PermissionDenied) as error:
        return _sorry(str(error))
    for part, counted in done.items():
        told = ", ".join(f"{number} {what}" for what, number in sorted(counted.items()))
        sys.stdout.write(f"{part}: {told}\n")
    return DONE


def _sorry(words: str) -> int:
    sys.stderr.write(f"fourfold: {words}\n")
    return NOT_UNDERSTOOD


VERBS: Final = {
    "load-record": Verb(
        "load the public record (past super-complaints, practices, services) and publish it;"
        " may run again: what people changed is left alone",
        "fourfold load-record --by officer@example.org",
        _arguments,
        _load_record,
    ),
}
