"""The parts of the application, opened once and wired together."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from api.index_changes import IndexChanges
from api.library import Library, document_not_found
from api.models import Models
from api.progress import Progress, silent
from api.settings import Settings
from api.text import clean_question, clean_turn
from ingest.errors import OperatorError

if TYPE_CHECKING:
    from api.answer.answerer import Answerer
    from api.answer.records import Answer, AnswerPart, Turn
    from retriever.analysis import KoreanAnalyzer
    from retriever.encoder_base import Encoder
    from retriever.hit import SearchResult
    from retriever.live_index import LiveIndex
    from retriever.search import Retriever

# An answer looks back over fewer turns than these, and each costs time.
MOST_TURNS_USED = 20
# Opening a generation takes seconds; one that cannot be opened is reported and never serves.
_TAKE_UP_SECONDS = 60.0
_TAKE_UP_POLL_SECONDS = 0.05


class Service:
    """Answers and searches; safe to share between threads.

    Nothing is loaded until it is needed. What the index holds is shown by ``library`` and changed
    through ``changes``.

    Args:
        settings: where things are and how they run.
        progress: told of every long job.
        on_index_failure: told of a published index that cannot be opened while another serves.
        encoder: the embedding model, where it is loaded already; else the settings choose.
        analyzer: the analyser, likewise.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        progress: Progress = silent,
        on_index_failure: Callable[[OperatorError], None] | None = None,
        encoder: Encoder | None = None,
        analyzer: KoreanAnalyzer | None = None,
    ) -> None:
        self.settings = settings
        self.library = Library(settings.index_dir, self._opened)
        self.models = Models(settings, progress, encoder, analyzer)
        self.changes = IndexChanges(settings, self.models, self.library, progress)
        self._on_index_failure = on_index_failure
        self._lock = threading.RLock()
        self._live: LiveIndex | None = None
        self._answerer: Answerer | None = None

    @property
    def opened(self) -> bool:
        """Whether the models are loaded, so that a question need not wait for them."""
        return self._answerer is not None

    @property
    def generation(self) -> str | None:
        """Name of the index generation that answers, or None before the first question."""
        return self._live.generation_name if self._live else None

    def open(self) -> None:
        """Load the embedding model, the analyser and, where they are set, the other models.

        Raises:
            GeungeoError: when a model cannot be loaded.
        """
        self._opened_answerer()

    def check_index(self) -> None:
        """Open the published index where it is not open yet.

        Raises:
            OperatorError: ``no_index``, ``index_unreadable``, ``model_mismatch``, ….
        """
        self._live_index().current()

    def retriever(self) -> Retriever:
        """Return what searches the published index now.

        Raises:
            OperatorError: as ``check_index``.
        """
        return self._live_index().current()

    def warm(self) -> None:
        """Prepare now what the first unusual question would wait for.

        Raises:
            OperatorError: as ``check_index``.
        """
        self._live_index().current().warm()

    def examples(self) -> tuple[str, ...]:
        """Return questions that the documents answer; none while they are not made yet.

        Raises:
            GeungeoError: as ``answer``.
        """
        return self._opened_answerer().guide.examples(self.retriever())

    def make_examples(self) -> None:
        """Make the questions that ``examples`` returns, which takes seconds.

        Raises:
            GeungeoError: as ``answer``.
        """
        answerer = self._opened_answerer()
        # Dozens of questions are tried, which a language model would take minutes and money for.
        answerer.guide.prepare(self.retriever(), answerer.without_model().answer)

    def answer(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        top_k: int = 8,
        document_ids: Sequence[str] = (),
    ) -> Answer:
        """Return the whole answer that ``stream`` gives in parts."""
        from api.answer.records import Answer

        *_, last = self.stream(question, history=history, top_k=top_k, document_ids=document_ids)
        assert isinstance(last, Answer)  # noqa: S101 - a stream ends with the answer
        return last

    def stream(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        top_k: int = 8,
        document_ids: Sequence[str] = (),
        left: threading.Event | None = None,
    ) -> Generator[AnswerPart | Answer]:
        """Answer a question from the documents a sentence at a time, or refuse.

        Nothing is done before the first part is asked for, and closing the iterator ends the work.
        Of the history, the last ``MOST_TURNS_USED`` turns are looked at, each cleaned as the
        question is and cut to the length that a question may have. Once ``left`` is set, nobody
        reads any more, and what waits for a language model stops waiting.

        Yields:
            Sentences that have passed their checks, then the whole answer.

        Raises:
            GeungeoError: ``empty_question``, ``question_too_long``, ``document_not_found``,
                ``no_index``, ….
        """
        limit = self.settings.max_question_chars
        cleaned = clean_question(question, limit)
        turns = [
            replace(turn, content=clean_turn(turn.content, limit))
            for turn in history[-MOST_TURNS_USED:]
        ]
        answerer = self._opened_answerer()
        wanted = self._searched(document_ids)
        stream = answerer.stream(
            cleaned, history=turns, top_k=top_k, document_ids=wanted, left=left
        )
        if not self.settings.mask_answers:
            yield from stream
            return
        from api.answer.masked_answer import masked

        with contextlib.closing(stream):
            for said in stream:
                yield masked(said)

    def search(
        self, query: str, *, top_k: int = 8, document_ids: Sequence[str] = ()
    ) -> SearchResult:
        """Return the passages that fit a query best.

        Raises:
            GeungeoError: as ``answer``.
        """
        cleaned = clean_question(query, self.settings.max_question_chars)
        retriever = self._live_index().current()
        return retriever.search(cleaned, top_k=top_k, document_ids=self._searched(document_ids))

    def catch_up(self) -> None:
        """Wait until questions are answered from what is published now.

        Raises:
            OperatorError: as ``check_index``.
        """
        live = self._live_index()
        end = time.monotonic() + _TAKE_UP_SECONDS
        # A request may be opening it right now, while this one is given the generation before.
        while live.current().generation != self.library.generation() and time.monotonic() < end:
            time.sleep(_TAKE_UP_POLL_SECONDS)

    def close(self) -> None:
        """Let go of the index."""
        with self._lock:
            if self._live is not None:
                self._live.close()
            self._live = self._answerer = None

    def _opened_answerer(self) -> Answerer:
        with self._lock:
            if self._answerer is None:
                from api.answer.answerer import Answerer

                live = self._live_index()
                self.models.analyzer().warm()
                self._answerer = Answerer(live.current, generator=self.models.generator())
            return self._answerer

    def _live_index(self) -> LiveIndex:
        with self._lock:
            if self._live is None:
                from retriever.live_index import LiveIndex

                self._live = LiveIndex(
                    self.settings.data_dir,
                    self.models.encoder(),
                    self.models.analyzer(),
                    self._on_index_failure,
                    reranker=self.models.reranker(),
                )
            return self._live

    def _opened(self) -> Retriever | None:
        """Return what answers questions now, where anything does."""
        live = self._live
        return live.current() if live is not None and live.generation_name else None

    def _searched(self, document_ids: Sequence[str]) -> list[str]:
        """Put the original in the place of a restatement that it replaces."""
        if not document_ids:
            return []
        summaries = self._live_index().current().store.summaries()
        originals = {s.id: s.replaced_by or s.id for s in summaries}
        for document_id in document_ids:
            if document_id not in originals:
                raise document_not_found(document_id)
        return list(dict.fromkeys(originals[i] for i in document_ids))
