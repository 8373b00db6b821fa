"""`serve`, and the two processes it keeps: one that answers, one that works."""

import argparse
import os
import sys
from pathlib import Path
from typing import Final

from fourfold.web.accountability.commands import Verb, load_django

PROCESSES_MOST: Final = 4
CANNOT: Final = 2


def _serve_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen at")
    parser.add_argument("--port", type=int, default=8000, help="first port to try")
    parser.add_argument(
        "--workers",
        type=int,
        default=min(PROCESSES_MOST, os.cpu_count() or 1),
        help="processes that answer (default: one per core, at most 4)",
    )


def _serve(arguments: argparse.Namespace) -> int:
    load_django()
    from fourfold.web.config import instance, server

    place = server.Place(arguments.host, arguments.port, max(1, arguments.workers))
    try:
        with instance.in_use():
            instance.prepare()
            instance.recover()
        return server.serve(place)
    except (instance.InUseError, server.PortError) as error:
        return _sorry(error)


def _demo_arguments(parser: argparse.ArgumentParser) -> None:
    _serve_arguments(parser)
    parser.add_argument("--case", type=Path, help="case folder of `fourfold demo-case` to take in")
    parser.add_argument("--once", action="store_true", help="try every role, then end")
    parser.add_argument("--reset", action="store_true", help="make the demonstration anew")


def _demo(arguments: argparse.Namespace) -> int:
    load_django()
    from fourfold.web.config import demo, instance, server

    place = server.Place(arguments.host, arguments.port, max(1, arguments.workers))
    wanted = demo.Wanted(arguments.case, place, arguments.once, arguments.reset)
    try:
        return demo.run(wanted)
    except (demo.NotADemonstrationError, instance.InUseError, server.PortError) as error:
        return _sorry(error)


def _sorry(error: Exception) -> int:
    sys.stderr.write(f"fourfold: {error}\n")
    return CANNOT


def _answer_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--fd", type=int, required=True, help="the listening socket, inherited")
    parser.add_argument("--parent-fd", type=int, default=-1, help="closes when the parent ends")


def _answer(arguments: argparse.Namespace) -> int:
    from fourfold.web.config import server_process

    return server_process.answer(arguments.fd, arguments.parent_fd)


def _work_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--parent-fd", type=int, default=-1, help="closes when the parent ends")


def _work(arguments: argparse.Namespace) -> int:
    from fourfold.web.config import server_process

    return server_process.work(arguments.parent_fd)


VERBS: Final = {
    "serve": Verb(
        "serve the workspace: prepares the database, answers, runs jobs; Ctrl-C stops it",
        "fourfold serve --port 8000",
        _serve_arguments,
        _serve,
    ),
    "demo": Verb(
        "serve a wholly fictional demonstration, and print a sign-in link for every role",
        "fourfold demo --case demo/case",
        _demo_arguments,
        _demo,
    ),
    "worker": Verb(
        "run queued jobs in a process of its own (serve starts one by itself)",
        "fourfold worker",
        _work_arguments,
        _work,
    ),
    "answer": Verb(
        "one answering process on a socket that serve hands over (serve starts these by itself)",
        "fourfold serve",
        _answer_arguments,
        _answer,
    ),
}
