"""An answer as server-sent events: a sentence at a time, each followed by its citations."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sse_starlette import ServerSentEvent

from api.schemas import AskResponse


def answer_events(response: AskResponse) -> Iterator[ServerSentEvent]:
    """Yield ``token`` and ``citation`` events, then ``done`` with the whole answer.

    The ``token`` texts joined are the answer. A citation follows the first sentence that rests on
    it; those that no sentence rests on come last.
    """
    waiting = {citation.marker: citation for citation in response.citations}
    for text, markers in sentence_slices(response):
        yield event("token", {"text": text})
        for marker in markers:
            if marker in waiting:
                yield event("citation", waiting.pop(marker).model_dump())
    for citation in waiting.values():
        yield event("citation", citation.model_dump())
    yield event("done", response.model_dump())


def sentence_slices(response: AskResponse) -> list[tuple[str, list[int]]]:
    """Cut the answer before each of its sentences.

    Returns:
        The pieces, which joined are the answer, each with the markers of the sentences in it.
    """
    text = response.answer
    cuts, markers = [0], [list[int]()]
    behind = 0
    for sentence in response.sentences:
        start = text.find(sentence.text, behind)
        if start >= 0:
            behind = start + len(sentence.text)
            if start > cuts[-1]:
                cuts.append(start)
                markers.append([])
        markers[-1].extend(sentence.markers)
    pieces = zip(cuts, [*cuts[1:], len(text)], markers, strict=True)
    return [(text[a:b], found) for a, b, found in pieces if a < b]


def event(name: str, data: Any) -> ServerSentEvent:
    """Return one event with JSON data."""
    return ServerSentEvent(event=name, data=json.dumps(data, ensure_ascii=False))
