"""An answer as server-sent events: a sentence at a time, each followed by its citations."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sse_starlette import ServerSentEvent

from api.answer.records import AnswerPart
from api.responses import citation_out
from api.schemas import AskResponse


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
