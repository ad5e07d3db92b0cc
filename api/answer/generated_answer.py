"""A language model's checked sentences as parts of an answer, each cited by exact sentences."""

from __future__ import annotations

import threading
from collections.abc import Generator, Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from api.answer.citation import cite_sentence
from api.answer.generated import CheckedSentence, Checks, Outcome, Writes, stream_checked
from api.answer.grounding.source import Source
from api.answer.records import AnswerPart, Citation, Turn
from api.answer.said import part_of
from retriever.hit import Hit

if TYPE_CHECKING:
    from api.answer.grounding.verdict import Verdict


def generate(
    generator: Writes,
    checks: Checks,
    question: str,
    history: Sequence[Turn],
    hits: Sequence[Hit],
    left: threading.Event | None,
) -> Generator[AnswerPart | Outcome]:
    """Yield the model's sentences that the passages bear out, then how it ended.

    Closing the generator breaks off the model's work.

    Args:
        generator: writes.
        checks: judges each sentence before it is let through.
        question: understood without the conversation.
        history: earlier turns, oldest first.
        hits: the passages, best first.
        left: set when nobody reads any more.

    Raises:
        NobodyWaitsError: once ``left`` is set.
    """
    sources = [Source(n, hit.document.title, hit.passage) for n, hit in enumerate(hits, start=1)]
    numbering = _Numbering(hits)
    written = stream_checked(generator, checks, question, history, sources, left)
    with closing(written):
        for item in written:
            if isinstance(item, CheckedSentence):
                yield numbering.part(item.verdict, bullet=item.sentence.bullet)
            else:
                yield item


class _Numbering:
    """Gives each cited sentence a number of its own, in the order of their first use."""

    def __init__(self, hits: Sequence[Hit]) -> None:
        self._hits = hits
        self._markers: dict[tuple[str, int], int] = {}

    def part(self, verdict: Verdict, *, bullet: bool) -> AnswerPart:
        """Return a sentence with the citations that it is the first to use."""
        first = not self._markers
        own: list[int] = []
        new: list[Citation] = []
        for source, sentence in verdict.quotes:
            hit = self._hits[source - 1]
            place = (hit.passage.document_id, sentence.start)
            if place not in self._markers:
                self._markers[place] = len(self._markers) + 1
                new.append(cite_sentence(hit, sentence, self._markers[place], hit.score))
            own.append(self._markers[place])
        text = f"- {verdict.text}" if bullet else verdict.text
        return part_of(text, list(dict.fromkeys(own)), new, first=first)
