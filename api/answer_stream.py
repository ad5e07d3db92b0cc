"""Answers read from the event loop, whole or a sentence at a time; no client, no work."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Generator, Sequence
from contextlib import aclosing

from fastapi import Request
from starlette.requests import ClientDisconnect

from api.answer.records import Answer, AnswerPart, Turn
from api.app_state import AppState
from api.blocking_stream import PoolReading


def answer_stream(
    state: AppState,
    *,
    question: str,
    history: Sequence[Turn] = (),
    top_k: int = 8,
    document_ids: Sequence[str] = (),
) -> AsyncGenerator[AnswerPart | Answer]:
    """Begin to answer; the generator yields the sentences as they pass, then the whole answer.

    The place in the queue is taken at once. Closing the generator ends the work behind it, and so
    does throwing it away.

    Raises:
        GeungeoError: as ``Service.stream``, and ``busy``.
    """

    def begin(left: threading.Event) -> Generator[AnswerPart | Answer]:
        return state.service.stream(
            question, history=history, top_k=top_k, document_ids=document_ids, left=left
        )

    return _counted(PoolReading(state.pool, begin), state)


async def _counted(
    reading: PoolReading[AnswerPart | Answer], state: AppState
) -> AsyncGenerator[AnswerPart | Answer]:
    async with aclosing(aiter(reading)) as parts:
        async for part in parts:
            if isinstance(part, Answer):
                state.metrics.answered(part)
            yield part


async def whole_answer(
    state: AppState,
    request: Request,
    *,
    question: str,
    history: Sequence[Turn] = (),
    top_k: int = 8,
    document_ids: Sequence[str] = (),
) -> Answer:
    """Return the whole answer.

    Raises:
        GeungeoError: as ``answer_stream``.
        ClientDisconnect: when the client closed the connection; the work has been ended.
    """
    stream = answer_stream(
        state, question=question, history=history, top_k=top_k, document_ids=document_ids
    )
    answering = asyncio.ensure_future(last_of(stream))
    leaving = asyncio.ensure_future(_left(request))
    try:
        await asyncio.wait({answering, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not answering.done():
            raise ClientDisconnect
        return answering.result()
    finally:
        for task in (answering, leaving):
            task.cancel()
        await asyncio.gather(answering, leaving, return_exceptions=True)


async def last_of(stream: AsyncGenerator[AnswerPart | Answer]) -> Answer:
    """Read a stream to its end and return the whole answer; cancelling it ends the work."""
    async with aclosing(stream) as parts:
        async for part in parts:
            if isinstance(part, Answer):
                return part
    raise AssertionError("a stream ends with the answer")


async def _left(request: Request) -> None:
    """Wait until the client closes the connection."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
