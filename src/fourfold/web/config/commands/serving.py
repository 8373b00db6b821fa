"""`serve`, and the two processes it keeps: one that answers, one that works."""

import argparse
import os
from typing import Final

from fourfold.web.accountability.commands import Verb, load_django

PROCESSES_MOST: Final = 4


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

    instance.prepare()
    place = server.Place(arguments.host, arguments.port, max(1, arguments.workers))
    return server.serve(place)


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
