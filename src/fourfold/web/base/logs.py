"""Logs hold codes and counts; what a person typed or a file held stays out."""

import logging
import re
import traceback
from types import TracebackType

SECRET = re.compile(r"[A-Za-z0-9_-]{32,}")  # links that sign in, keys of programs


class NoEvidence(logging.Filter):
    """Drop values that could carry evidence: query strings, SQL, what an exception quotes."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Cut query strings and secrets out of a line; keep of an exception its kind and place."""
        if record.name.startswith("django.db"):
            return False
        if isinstance(record.args, tuple):
            record.args = tuple(
                SECRET.sub("(secret)", argument.split("?", 1)[0])
                if isinstance(argument, str)
                else argument
                for argument in record.args
            )
        if record.exc_info and record.exc_info[0] is not None:
            is_fault = record.levelno >= logging.ERROR
            record.exc_text = _place_of(record.exc_info[2], record.exc_info[0]) if is_fault else ""
            record.exc_info = None
        return True


def _place_of(trace: TracebackType | None, kind: type[BaseException]) -> str:
    """Return where an exception came from and of which kind it is; its message may quote a row."""
    return "".join(traceback.format_tb(trace)) + f"{kind.__module__}.{kind.__qualname__}"
