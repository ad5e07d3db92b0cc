"""A question to a grounded answer: what it lacks filled in, searched, judged, said, checked."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from api.answer.carried import FollowUp, follow_up_of
from api.answer.compose import compose
from api.answer.compound import (
    SearchedPart,
    answered,
    merged_hits,
    missing,
    searched_parts,
    told_parts,
)
from api.answer.corpus_guide import CorpusGuide
from api.answer.extractive import Judged, extract, judge, refuse
from api.answer.follow_up import resolve
from api.answer.form_wish import without_form_wish
from api.answer.framing import without_introduction
from api.answer.generated import Outcome
from api.answer.generated_answer import generate
from api.answer.grounding.current import CurrentGrounder
from api.answer.part_selection import select_for_part
from api.answer.records import Answer, AnswerPart, Turn
from api.answer.said import Said, line_of
from api.answer.selection import select
from api.answer.steering import steer
from api.answer.trap import NOT_IN_CORPUS, Trap
from retriever.hit import SearchResult
from retriever.search import Retriever

if TYPE_CHECKING:
    from api.answer.generated import Checks
    from api.answer.generation.generator import Generator as SentenceGenerator

EXTRACTIVE = "extractive"
NOTHING_SUPPORTED = "nothing_supported"
# Sentences are chosen from at least this many passages, however few the caller wants to see.
_MIN_PASSAGES = 8
_CONFIDENCE_DIGITS = 4


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question as it was understood and what was found for it."""

    question: str
    words: str
    said_before: str
    history: tuple[Turn, ...]
    result: SearchResult
    follow_up: FollowUp | None
    parts: tuple[SearchedPart, ...] = ()
    answered: tuple[SearchedPart, ...] = ()

    @property
    def unanswered(self) -> list[SearchedPart]:
        """Those parts that have no answer, where others have one."""
        return [part for part in self.parts if self.answered and part not in self.answered]


class Answerer:
    """Answers from the documents alone.

    Args:
        retriever: gives the retriever of the current index generation.
        checks: gives what checks a sentence against the passages of a generation.
        generator: writes with a language model; without it answers are the documents' own words.
        guide: knows what can be asked.
        today: the day that 올해 and 작년 are counted from.
    """

    def __init__(
        self,
        retriever: Callable[[], Retriever],
        checks: Callable[[Retriever], Checks] | None = None,
        generator: SentenceGenerator | None = None,
        guide: CorpusGuide | None = None,
        today: Callable[[], date] = date.today,
    ) -> None:
        self._retriever = retriever
        self._checks = checks or CurrentGrounder()
        self._generator = generator
        self.guide = guide or CorpusGuide()
        self._today = today

    def without_model(self) -> Answerer:
        """Return one that answers the same in the documents' own words, at no cost."""
        return Answerer(self._retriever, self._checks, guide=self.guide, today=self._today)

    def answer(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        top_k: int = 8,
        document_ids: Sequence[str] = (),
    ) -> Answer:
        """Answer one question as ``stream`` does."""
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
        """Answer one question a sentence at a time.

        Args:
            question: not empty.
            history: earlier turns, oldest first.
            top_k: how many passages to look at.
            document_ids: look only there, where any are given.
            left: set when nobody reads any more; whatever waits then stops waiting.

        Yields:
            Each sentence once its checks have passed, then the whole answer.

        Raises:
            NotFoundError: ``document_not_found``.
            OperatorError: when there is no index to search.
            NobodyWaitsError: once ``left`` is set.
        """
        start = time.perf_counter()
        retriever = self._retriever()
        steered = steer(question, partial(self.guide.facts, retriever), history, document_ids)
        if steered is not None:
            yield from steered.said.parts
            yield replace(
                _answer(steered.said, question, EXTRACTIVE),
                timings_ms={"total": _milliseconds_since(start)},
                kind=steered.kind,
                suggestions=steered.suggestions,
            )
            return
        before = [turn.content for turn in history if turn.role == "user"]
        wanted = without_form_wish(without_introduction(question), before)
        asked = self._understood(wanted, history, retriever, top_k, document_ids, left)
        searched = time.perf_counter()
        answer = yield from self._told(asked, retriever, left)
        timings = {
            **asked.result.timings_ms,
            "answer": _milliseconds_since(searched),
            "total": _milliseconds_since(start),
        }
        suggestions = self.guide.related(asked.result, answer.citations, [*before, question])
        yield replace(answer, timings_ms=timings, suggestions=suggestions)

    def _understood(
        self,
        question: str,
        history: Sequence[Turn],
        retriever: Retriever,
        top_k: int,
        document_ids: Sequence[str],
        left: threading.Event | None,
    ) -> _Asked:
        def search(text: str, ids: Sequence[str] = ()) -> SearchResult:
            passages = max(top_k, _MIN_PASSAGES)
            return retriever.search(text, top_k=passages, document_ids=ids or document_ids)

        resolved = resolve(
            question, history, retriever.analyzer, search, this_year=self._today().year
        )
        wanted = resolved.question
        if self._generator is not None and resolved.method != "as_is":
            wanted = self._rewritten(question, history, wanted, left)
        found = resolved.result if wanted == resolved.question else None
        result = found or search(wanted)
        # Told by the question's own words where it was completed from the conversation, and by the
        # mended ones where it was only mended.
        words = result.query if resolved.asked == resolved.question else resolved.asked
        # A follow-up is short: it asks one thing. So does a question for more of the same.
        documents = [d for d in retriever.documents if not document_ids or d.id in document_ids]
        parts: tuple[SearchedPart, ...] = ()
        if resolved.method == "as_is":
            parts = searched_parts(result.query, result, retriever.analyzer, documents, search)
        follow_up = follow_up_of(resolved, result, history, retriever.analyzer)
        said = resolved.said
        return _Asked(
            wanted, words, said, tuple(history), result, follow_up, parts, answered(parts)
        )

    def _rewritten(
        self,
        question: str,
        history: Sequence[Turn],
        by_rules: str,
        left: threading.Event | None,
    ) -> str:
        from api.answer.generation.rewriting import rewrite_question

        assert self._generator is not None  # noqa: S101 - asked only where there is one
        return rewrite_question(self._generator.model, question, history, by_rules, left=left)

    def _told(
        self, asked: _Asked, retriever: Retriever, left: threading.Event | None
    ) -> Generator[AnswerPart, None, Answer]:
        judged = judge(asked.words, asked.result, asked.said_before, asked.follow_up)
        if judged.trap is not None and not asked.answered:
            said = refuse(judged.trap, judged, asked.result)
            yield from said.parts
            return _answer(said, asked.result.query, EXTRACTIVE)
        if self._generator is None:
            said = yield from self._extracted(asked, judged, retriever)
            return _answer(said, asked.result.query, EXTRACTIVE)
        return (yield from self._written(asked, judged, retriever, left))

    def _written(
        self, asked: _Asked, judged: Judged, retriever: Retriever, left: threading.Event | None
    ) -> Generator[AnswerPart, None, Answer]:
        """Let the language model's sentences out, or where none passes, the documents' own."""
        assert self._generator is not None  # noqa: S101 - asked only where there is one
        parts: list[AnswerPart] = []
        outcome = Outcome(0, None, None, refused=False)
        written = generate(
            self._generator,
            self._checks(retriever),
            asked.question,
            asked.history,
            merged_hits(asked.result, asked.parts, len(asked.result.hits)),
            left,
        )
        with closing(written):
            for item in written:
                if isinstance(item, Outcome):
                    outcome = item
                else:
                    parts.append(item)
                    yield item
        model = self._generator.name
        failure: str | None = outcome.failure
        if parts:
            said = Said(tuple(parts), _probability(asked, judged))
        elif outcome.refused:
            said = refuse(Trap(NOT_IN_CORPUS), judged, asked.result)
            yield from said.parts
        else:
            said = yield from self._extracted(asked, judged, retriever)
            model, failure = EXTRACTIVE, failure or NOTHING_SUPPORTED
        return replace(
            _answer(said, asked.result.query, model),
            dropped_sentences=outcome.dropped,
            fallback_reason=failure,
            usage=outcome.usage,
        )

    def _extracted(
        self, asked: _Asked, judged: Judged, retriever: Retriever
    ) -> Generator[AnswerPart, None, Said]:
        if asked.answered:
            chosen = told_parts(asked.answered)
        else:
            result = asked.follow_up.result if asked.follow_up else asked.result
            choose = select_for_part if asked.follow_up and asked.follow_up.completed else select
            chosen = compose(asked.words, judged.kind, judged.ranked, result, choose)
        parts: list[AnswerPart] = []
        checks = self._checks(retriever)
        for part in extract(asked.words, chosen, checks, retriever.analyzer.tokens):
            parts.append(part)
            yield part
        for unanswered in asked.unanswered:
            part = line_of(missing(unanswered))
            parts.append(part)
            yield part
        return Said(tuple(parts), _probability(asked, judged))


def _probability(asked: _Asked, judged: Judged) -> float:
    """Return how likely the documents answer the question, or the likeliest of its parts."""
    return max(own.verdict.probability for own in (judged, *(p.judged for p in asked.answered)))


def _answer(said: Said, question: str, model: str) -> Answer:
    return Answer(
        text=said.text,
        answerable=said.reason is None,
        refusal_reason=said.reason,
        citations=said.citations,
        sentences=said.sentences,
        confidence=round(said.confidence, _CONFIDENCE_DIGITS),
        rewritten_question=question,
        model=model,
        timings_ms={},
        kind="answer" if said.reason is None else "refusal",
    )


def _milliseconds_since(start: float) -> float:
    return (time.perf_counter() - start) * 1000
