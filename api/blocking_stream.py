"""A blocking iterator read from the event loop, stopped when its reader leaves."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable, Generator
from dataclasses import dataclass
from typing import TypeVar

from api.worker_pool import WorkerPool

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Ended:
    error: BaseException | None


async def read_in_pool(
    pool: WorkerPool, begin: Callable[[threading.Event], Generator[T]]
) -> AsyncGenerator[T]:
    """Yield what a blocking generator yields, as it yields it.

    Args:
        pool: whose thread runs the generator.
        begin: makes the generator. It is given an event that is set when nobody reads any more:
            whatever it waits for, it should then stop waiting.

    Raises:
        RetryLaterError: ``busy`` when the pool's queue is full.
        Exception: what the generator raises.
    """
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

    work = pool.submit(run)
    try:
        while not isinstance(item := await arrived.get(), _Ended):
            yield item
        if item.error is not None:
            raise item.error
    finally:
        left.set()
        work.cancel()


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
