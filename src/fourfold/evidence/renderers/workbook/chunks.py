"""Compressed text chunks of the page: packed by a few threads, written in a fixed order."""

import base64
import zlib
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final, Self

THREADS: Final = 4  # zlib and base64 release the GIL on large input
SMALL_CHARS: Final = 400_000  # up to here the better compression costs no time worth naming
LEVEL_SMALL: Final = 6
LEVEL_LARGE: Final = 3


def pack(text: str) -> str:
    """Return text as zlib data in base64: no character of it can end an HTML element."""
    level = LEVEL_SMALL if len(text) <= SMALL_CHARS else LEVEL_LARGE
    return base64.b64encode(zlib.compress(text.encode(), level)).decode("ascii")


class Chunks:
    """Chunks by name. Packing starts at once in the background; reading waits for it."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="workbook")
        self._packed: list[tuple[str, Future[str]]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown()

    def add(self, name: str, text: str) -> None:
        """Pack a text under a name."""
        self._packed.append((name, self._pool.submit(pack, text)))

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Yield (name, base64 text) in the order in which they were added."""
        for name, future in self._packed:
            yield name, future.result()
