"""An answer as server-sent events: a sentence at a time, each followed by its citations."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from sse_starlette import ServerSentEvent

from api.schemas import AskResponse

_MARKER = re.compile(r"\[(\d+)\]")


def answer_events(response: AskResponse) -> Iterator[ServerSentEvent]:
    """Yield ``token`` and ``citation`` events, then ``done`` with the whole answer.

    The ``token`` texts joined are the answer. A citation follows the first sentence that names
    it; those that no sentence names come last.
    """
    waiting = {citation.marker: citation for citation in response.citations}
    for text in sentence_slices(response):
        yield event("token", {"text": text})
        for marker in map(int, _MARKER.findall(text)):
            if marker in waiting:
                yield event("citation", waiting.pop(marker).model_dump())
    for citation in waiting.values():
        yield event("citation", citation.model_dump())
    yield event("done", response.model_dump())


def sentence_slices(response: AskResponse) -> list[str]:
    """Cut the answer before each of its sentences, so that the pieces joined are the answer."""
    text = response.answer
    cuts = [0]
    behind = 0
    for sentence in response.sentences:
        start = text.find(sentence.text, behind)
        if start >= 0:
            behind = start + len(sentence.text)
            if start > cuts[-1]:
                cuts.append(start)
    return [text[a:b] for a, b in zip(cuts, [*cuts[1:], len(text)], strict=True) if a < b]


def event(name: str, data: Any) -> ServerSentEvent:
    """Return one event with JSON data."""
    return ServerSentEvent(event=name, data=json.dumps(data, ensure_ascii=False))
