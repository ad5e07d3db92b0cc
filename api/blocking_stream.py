"""A blocking iterator read from the event loop, stopped when its reader leaves."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable, Generator
from dataclasses import dataclass
from typing import Generic, TypeVar

from api.worker_pool import WorkerPool

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Ended:
    error: BaseException | None


class PoolReading(Generic[T]):
    """What a blocking generator yields, read while a thread of a pool runs it.

    The generator is under way once this is made, and ends when nobody reads any more: when an
    iteration is closed, or when this is thrown away unread.

    Args:
        pool: whose thread runs the generator.
        begin: makes the generator. It is given an event that is set when nobody reads any more:
            whatever it waits for, it should then stop waiting.

    Raises:
        RetryLaterError: ``busy`` when the pool's queue is full.
    """

    def __init__(self, pool: WorkerPool, begin: Callable[[threading.Event], Generator[T]]) -> None:
        loop = asyncio.get_running_loop()
        arrived: asyncio.Queue[T | _Ended] = asyncio.Queue()
        left = threading.Event()

        def hand_over(item: T | _Ended) -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(arrived.put_nowait, item)

        def run() -> None:
            error: BaseException | None = None
            try:
                _run_until(left, begin(left), hand_over)
            except BaseException as raised:  # noqa: BLE001 - raised again where it is read
                error = raised
            hand_over(_Ended(error))

        self._arrived = arrived
        self._left = left
        self._work: asyncio.Future[None] | None = None
        self._work = pool.submit(run)

    async def __aiter__(self) -> AsyncGenerator[T]:
        """Yield each item as it is yielded, once.

        Raises:
            Exception: what the generator raises.
        """
        try:
            while not isinstance(item := await self._arrived.get(), _Ended):
                yield item
            if item.error is not None:
                raise item.error
        finally:
            self._leave()

    def __del__(self) -> None:
        """End what nobody ever read."""
        self._leave()

    def _leave(self) -> None:
        self._left.set()
        if self._work is not None:
            self._work.cancel()


def _run_until(
    left: threading.Event, generator: Generator[T], hand_over: Callable[[T], None]
) -> None:
    try:
        for item in generator:
            if left.is_set():
                return
            hand_over(item)
    finally:
        generator.close()
