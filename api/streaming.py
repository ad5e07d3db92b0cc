"""An answer as server-sent events: a sentence at a time with its citations, or why it failed."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator
from contextlib import aclosing
from typing import Any

import structlog
from sse_starlette import ServerSentEvent

from api.answer.records import AnswerPart
from api.http_errors import INTERNAL, error_content, full_message
from api.responses import citation_out
from api.schemas import AskResponse
from ingest.errors import GeungeoError


def part_events(part: AnswerPart) -> Iterator[ServerSentEvent]:
    """Yield one ``token`` event and a ``citation`` event for each citation new with it.

    The ``token`` texts of an answer's parts joined are the answer.
    """
    yield event("token", {"text": part.text})
    for citation in part.citations:
        yield event("citation", citation_out(citation).model_dump())


def done_event(response: AskResponse) -> ServerSentEvent:
    """Return the event that ends an answer, with the whole of it."""
    return event("done", response.model_dump())


def event(name: str, data: Any) -> ServerSentEvent:
    """Return one event with JSON data."""
    return ServerSentEvent(event=name, data=json.dumps(data, ensure_ascii=False))


async def with_failure(
    events: AsyncGenerator[ServerSentEvent],
    request_id: str,
    failed: Callable[[dict[str, Any]], Iterable[ServerSentEvent]],
) -> AsyncGenerator[ServerSentEvent]:
    """Yield events, and where they break off, those that tell why.

    The status has gone out already: the client learns of an error here, the log of a bug as always.

    Args:
        events: closed when this is.
        request_id: of the request.
        failed: gives the last events, from the JSON form of the error.
    """
    try:
        async with aclosing(events):
            async for item in events:
                yield item
        return
    except GeungeoError as error:
        content = error_content(error.code, full_message(error), request_id)
    except Exception:  # noqa: BLE001 - reported to the client and in the log
        structlog.get_logger("geungeo").exception("stream_failed", request_id=request_id)
        content = error_content(*INTERNAL, request_id)
    for item in failed(content):
        yield item
