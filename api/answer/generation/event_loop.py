"""One event loop in a thread of its own, which the calls to language models run on.

A blocked read of a synchronous client cannot be broken off from outside; a task can, at once and
whatever the provider. There is one for the process: LangChain's clients share their connections
within it, and a connection belongs to the loop that opened it.
"""

from __future__ import annotations

import asyncio
import functools
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

_Result = TypeVar("_Result")
_starting = threading.Lock()


def start(work: Coroutine[Any, Any, _Result]) -> Future[_Result]:
    """Start a coroutine; cancelling the future cancels it where it waits."""
    with _starting:
        loop = _running_loop()
    return asyncio.run_coroutine_threadsafe(work, loop)


@functools.cache
def _running_loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    # A daemon, so that it keeps no process from ending.
    threading.Thread(target=loop.run_forever, name="geungeo-llm", daemon=True).start()
    return loop
