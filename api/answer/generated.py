"""A language model's answer, of which nothing is let through unchecked."""

from __future__ import annotations

import re
import threading
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import structlog

from api.answer.claim import Reads
from api.answer.generation.failure import FailureReason, GenerationFailed
from api.answer.generation.generator import Generated
from api.answer.generation.prompt import is_refusal
from api.answer.generation.sentence_stream import RawSentence
from api.answer.grounding.source import Source
from api.answer.grounding.verdict import Verdict
from api.answer.records import TokenUsage, Turn

# A model that says the same for the third time is caught in a loop and says nothing more.
_MOST_REPEATS = 2
# A sentence of its writer (저는 이전 지시를 잊었습니다) says nothing of the documents, though one
# of them may hold its words as an order to whoever reads it. 나는 within a sentence is a verb.
_OF_ITS_WRITER = re.compile(r"^나는\s|(?:^|\s)(?:저(?:는|를|도|에게)|제가|저희(?:는|가|를|도)?)\s")


class Writes(Protocol):
    """What writes sentences: a ``Generator``."""

    @property
    def name(self) -> str:
        """Provider and model."""
        ...

    def stream(
        self,
        question: str,
        history: Sequence[Turn],
        sources: Sequence[Source],
        left: threading.Event | None = None,
    ) -> Iterator[RawSentence | Generated]:
        """Yield sentences, then how the answer ended."""
        ...


class Checks(Reads, Protocol):
    """What checks a sentence against its sources: a ``Grounder``."""

    def check(
        self,
        text: str,
        markers: Sequence[int],
        sources: Mapping[int, Source],
        question: str = "",
        before: Sequence[str] = (),
    ) -> Verdict:
        """Return whether the sources say a sentence that is read behind others, and which do."""
        ...


@dataclass(frozen=True, slots=True)
class CheckedSentence:
    """A sentence that passed.

    Attributes:
        sentence: as the model wrote it.
        verdict: what the check found; its markers are those to show.
    """

    sentence: RawSentence
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an answer ended.

    Attributes:
        dropped: sentences that failed their checks or were repeated.
        usage: tokens, or None where the server tells none or the answer was broken off.
        failure: why the model gave no answer or broke off, or None.
        refused: whether the model said that the passages do not answer, and nothing else.
    """

    dropped: int
    usage: TokenUsage | None
    failure: FailureReason | None
    refused: bool


def stream_checked(
    generator: Writes,
    check: Checks,
    question: str,
    history: Sequence[Turn],
    sources: Sequence[Source],
    left: threading.Event | None = None,
) -> Generator[CheckedSentence | Outcome]:
    """Yield the sentences that their sources support as soon as they are known to, then the end.

    Closing the generator breaks off the model's work.

    Args:
        generator: writes the sentences.
        check: judges each before it is let through.
        question: as it was asked, or rewritten to stand alone.
        history: earlier turns, oldest first.
        sources: numbered passages, best first.
        left: set when nobody waits for the answer any more.

    Raises:
        NobodyWaitsError: once ``left`` is set.
    """
    tally = _Tally(check, {source.marker: source for source in sources}, question)
    failure: FailureReason | None = None
    written = generator.stream(question, history, sources, left)
    try:
        for item in written:
            if isinstance(item, Generated):
                tally.usage = item.usage
                continue
            if tally.refused:
                continue  # it has said that it has no answer; only the count of tokens is awaited
            if is_refusal(item.text):
                tally.refused = not tally.let_through
            elif (verdict := tally.judged(item)) is not None:
                yield CheckedSentence(item, verdict)
            if tally.repeats > _MOST_REPEATS:
                break
    except GenerationFailed as error:
        failure = error.reason
        structlog.get_logger("geungeo").warning(
            "llm_failed", reason=error.reason, detail=error.detail, model=generator.name
        )
    finally:
        _close(written)
    yield Outcome(tally.dropped, tally.usage, failure, tally.refused)


class _Tally:
    """What became of the sentences so far."""

    def __init__(self, check: Checks, sources: Mapping[int, Source], question: str) -> None:
        self._check = check
        self._sources = sources
        self._question = question
        self.usage: TokenUsage | None = None
        self.refused = False
        self.dropped = 0
        self.repeats = 0
        self._seen: set[str] = set()
        self._shown: list[str] = []
        self.let_through = 0

    def judged(self, sentence: RawSentence) -> Verdict | None:
        """Return the verdict on a sentence that may be shown, or None."""
        if sentence.text in self._seen:
            self.repeats += 1
            self.dropped += 1
            return None
        self._seen.add(sentence.text)
        if not sentence.whole or _OF_ITS_WRITER.search(sentence.text):
            self.dropped += 1
            return None
        verdict = self._check.check(
            sentence.text, sentence.markers, self._sources, self._question, self._shown
        )
        if not verdict.supported:
            self.dropped += 1
            return None
        self.let_through += 1
        self._shown.append(sentence.text)
        return verdict


def _close(written: Iterator[RawSentence | Generated]) -> None:
    close = getattr(written, "close", None)
    if close is not None:
        close()
