"""Django's ASGI handler, for an application that is synchronous but for its live lines.

Django's own handler starts a thread for each request, with a new database connection in it, and
goes back and forth between that thread and the event loop for every middleware. Ours lends each
request a thread that waits for the next one, with its connection open, and crosses over once.
Measured on pages of the case list: docs/operate.md.
"""

from collections import deque
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import Any, Final

from asgiref.sync import ThreadSensitiveContext, sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.http import HttpRequest, HttpResponseBase

IDLE_THREADS_MOST: Final = 8


class Threads:
    """Threads that are lent one request at a time. There are as many as are needed at once."""

    def __init__(self) -> None:
        self._idle: deque[Executor] = deque()

    def lend(self) -> Executor:
        """Return the thread that was used last, or a new one."""
        return self._idle.pop() if self._idle else ThreadPoolExecutor(max_workers=1)

    def take_back(self, thread: Executor) -> None:
        """Keep a thread for the next request, unless enough are waiting."""
        if len(self._idle) < IDLE_THREADS_MOST:
            self._idle.append(thread)
        else:
            thread.shutdown(wait=False)


class Handler(ASGIHandler):
    """One thread per request, borrowed; one crossing from the event loop to it."""

    def __init__(self) -> None:
        self.threads = Threads()
        self.load_middleware(is_async=False)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            raise ValueError(f"there is no answer to {scope['type']}")
        thread = self.threads.lend()
        try:
            async with ThreadSensitiveContext(executor=thread):
                await self.handle(scope, receive, send)
        finally:
            self.threads.take_back(thread)

    async def run_get_response(self, request: HttpRequest) -> HttpResponseBase:
        """Run middleware and view in the borrowed thread."""
        return await sync_to_async(self.get_response, thread_sensitive=True)(request)
