"""A blocking generator read from the event loop."""

import asyncio
import gc
import threading
from collections.abc import Generator, Iterator

import pytest

from api.blocking_stream import PoolReading
from api.worker_pool import WorkerPool
from ingest.errors import RetryLaterError


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def pool() -> Iterator[WorkerPool]:
    made = WorkerPool(threads=1, queue=0)
    yield made
    made.close()


class Waiting:
    """Says one thing and goes on until its reader has left."""

    def __init__(self) -> None:
        self.begun, self.ended = threading.Event(), threading.Event()

    def __call__(self, left: threading.Event) -> Generator[str]:
        self.begun.set()
        try:
            yield "하나"
            left.wait()
        finally:
            self.ended.set()


@pytest.mark.anyio
async def test_a_place_is_taken_before_anything_is_read(pool: WorkerPool) -> None:
    waiting = Waiting()
    reading = PoolReading(pool, waiting)
    with pytest.raises(RetryLaterError):
        PoolReading(pool, waiting)
    parts = aiter(reading)
    assert await anext(parts) == "하나"
    assert not waiting.ended.is_set()
    await parts.aclose()
    assert await asyncio.to_thread(waiting.ended.wait, 30)


@pytest.mark.anyio
async def test_what_nobody_ever_reads_ends(pool: WorkerPool) -> None:
    waiting = Waiting()
    reading = PoolReading(pool, waiting)
    assert await asyncio.to_thread(waiting.begun.wait, 30)
    del reading
    gc.collect()
    assert await asyncio.to_thread(waiting.ended.wait, 30)


@pytest.mark.anyio
async def test_what_the_generator_raises_comes_out(pool: WorkerPool) -> None:
    def fail(_left: threading.Event) -> Generator[int]:
        yield 1
        raise ValueError("x")

    found = []
    with pytest.raises(ValueError, match="x"):
        async for item in PoolReading(pool, fail):
            found.append(item)
    assert found == [1]
