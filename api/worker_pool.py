"""Work that blocks, kept off the event loop: a few threads and a short queue."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from ingest.errors import RetryLaterError

P = ParamSpec("P")
T = TypeVar("T")


class WorkerPool:
    """Runs blocking functions; refuses at once when too many wait.

    Args:
        threads: how many run side by side.
        queue: how many more may wait.
    """

    def __init__(self, threads: int, queue: int) -> None:
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix="geungeo")
        self._most = threads + queue
        self._pending = 0

    @property
    def pending(self) -> int:
        """How many run or wait now."""
        return self._pending

    def check(self) -> None:
        """Refuse where nothing more can wait.

        Raises:
            RetryLaterError: ``busy`` when the queue is full.
        """
        if self._pending >= self._most:
            raise RetryLaterError(
                "busy", "요청이 몰려 지금은 처리할 수 없습니다.", "잠시 뒤 다시 보내 주세요."
            )

    def submit(
        self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> asyncio.Future[T]:
        """Start a function; call this from the event loop.

        Raises:
            RetryLaterError: ``busy`` when the queue is full.
        """
        self.check()
        loop = asyncio.get_running_loop()
        work = self._executor.submit(function, *args, **kwargs)
        self._pending += 1
        # Counted down by the work itself: a client that goes away does not stop it.
        work.add_done_callback(lambda done: self._count_down(loop, done))
        return asyncio.wrap_future(work)

    def close(self) -> None:
        """Let running work end and drop what waits."""
        self._executor.shutdown(wait=True, cancel_futures=True)

    def _count_down(self, loop: asyncio.AbstractEventLoop, _done: Future[T]) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(self._ended)

    def _ended(self) -> None:
        self._pending -= 1
