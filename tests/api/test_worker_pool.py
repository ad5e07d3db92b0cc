"""The bounded pool behind the routes."""

import threading

import pytest

from api.worker_pool import WorkerPool
from ingest.errors import RetryLaterError


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.mark.anyio
async def test_a_full_queue_refuses_at_once_and_recovers() -> None:
    pool = WorkerPool(threads=1, queue=1)
    gate = threading.Event()
    running = pool.submit(gate.wait, 10)
    waiting = pool.submit(str, 7)
    with pytest.raises(RetryLaterError) as caught:
        pool.submit(str, 8)
    assert caught.value.code == "busy"
    gate.set()
    assert await running
    assert await waiting == "7"
    assert await pool.submit(str, 9) == "9"
    pool.close()


@pytest.mark.anyio
async def test_work_whose_client_left_still_counts_until_it_ends() -> None:
    pool = WorkerPool(threads=1, queue=0)
    gate = threading.Event()
    left = pool.submit(gate.wait, 10)
    left.cancel()
    with pytest.raises(RetryLaterError):
        pool.submit(str, 1)
    gate.set()
    for _ in range(100):
        try:
            assert await pool.submit(str, 2) == "2"
            break
        except RetryLaterError:
            await __import__("asyncio").sleep(0.01)
    else:
        pytest.fail("자리가 나지 않음")
    pool.close()


@pytest.mark.anyio
async def test_what_the_work_raises_comes_out() -> None:
    pool = WorkerPool(threads=1, queue=0)
    with pytest.raises(ValueError, match="x"):
        await pool.submit(int, "x")
    pool.close()
