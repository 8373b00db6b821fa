"""By which channel and in which session the program is running just now."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final

CHANNELS: Final = ("page", "api", "command", "job")


@dataclass(frozen=True)
class Running:
    """The channel of the running request, command or job, and its session's reference."""

    channel: str
    session_ref: str = ""


# Pages, API and jobs always enter by `running`; what enters by no door is a command or a shell.
BY_NO_DOOR: Final = Running("command")
_running: ContextVar[Running] = ContextVar("running")


def current() -> Running:
    """Return the context of whatever runs now."""
    return _running.get(BY_NO_DOOR)


@contextmanager
def running(*, channel: str, session_ref: str = "") -> Iterator[Running]:
    """Set channel and session for a block.

    `session_ref` names a session without opening it: never the session's key.
    """
    if channel not in CHANNELS:
        raise ValueError(f"no such channel; expected one of {', '.join(CHANNELS)}")
    before = _running.set(Running(channel, session_ref))
    try:
        yield current()
    finally:
        _running.reset(before)
