"""A question to a grounded answer: search, choose sentences, cite them, or refuse."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass

from api.answer import refusal
from api.answer.citation import cite
from api.answer.follow_up import rewrite
from api.answer.question import answer_kind
from api.answer.records import Answer, AnswerPart, AnswerSentence, Citation, Turn
from api.answer.selection import Candidate, coverage, rank, select
from api.answer.trap import Trap, find_trap
from retriever.hit import SearchResult
from retriever.search import Retriever

EXTRACTIVE = "extractive"
NOT_IN_CORPUS = "not_in_corpus"
# Sentences are chosen from at least this many passages, however few the caller wants to see.
_MIN_PASSAGES = 8
# A refusal shows this many of the nearest sentences.
_NEARBY = 2
_BRACKETED_NUMBER = re.compile(r"\[\d+\]")


class Answerer:
    """Answers from the documents alone, in the documents' words.

    Args:
        retriever: gives the retriever of the current index generation.
    """

    def __init__(self, retriever: Callable[[], Retriever]) -> None:
        self._retriever = retriever

    def answer(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        top_k: int = 8,
        document_ids: Sequence[str] = (),
    ) -> Answer:
        """Answer one question, as ``stream`` does, and return the whole answer."""
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
        """
        start = time.perf_counter()
        retriever = self._retriever()
        rewritten = rewrite(question, history, retriever.analyzer)
        result = retriever.search(
            rewritten, top_k=max(top_k, _MIN_PASSAGES), document_ids=document_ids
        )
        searched = time.perf_counter()
        # Told by the question's own words where it was completed from the conversation, and by the
        # mended ones where it was only mended.
        said = _decide(result.query if rewritten == question else question, result)
        yield from said.parts
        done = time.perf_counter()
        timings = {"answer": (done - searched) * 1000, "total": (done - start) * 1000}
        yield Answer(
            text=said.text,
            answerable=said.reason is None,
            refusal_reason=said.reason,
            citations=said.citations,
            sentences=said.sentences,
            confidence=round(said.confidence, 4),
            rewritten_question=result.query,
            model=EXTRACTIVE,
            timings_ms={**result.timings_ms, **timings},
            kind="answer" if said.reason is None else "refusal",
        )


@dataclass(frozen=True, slots=True)
class _Said:
    parts: tuple[AnswerPart, ...]
    confidence: float
    reason: str | None

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.parts)

    @property
    def sentences(self) -> tuple[AnswerSentence, ...]:
        return tuple(part.sentence for part in self.parts)

    @property
    def citations(self) -> tuple[Citation, ...]:
        return tuple(citation for part in self.parts for citation in part.citations)


def _decide(question: str, result: SearchResult) -> _Said:
    kind = answer_kind(question)
    ranked = rank(question, result, kind)
    if not ranked:
        return _refuse(NOT_IN_CORPUS, None, result, ranked, 0.0)
    confidence = refusal.answerable_probability(refusal.signals(result, ranked, kind))
    trap = find_trap(question, kind, result, ranked[0], confidence)
    if confidence < refusal.CALIBRATION.threshold:
        return _refuse(NOT_IN_CORPUS, trap, result, ranked, confidence)
    if trap is not None:
        return _refuse(trap.reason, trap, result, ranked, confidence)
    return _say(select(ranked, result.terms, kind), confidence)


def _say(chosen: Sequence[Candidate], confidence: float) -> _Said:
    parts: list[AnswerPart] = []
    for marker, candidate in enumerate(chosen, start=1):
        sentence = AnswerSentence(_spoken(candidate), (marker,), supported=True)
        lead = "\n" if parts else ""
        text = f"{lead}{sentence.text} [{marker}]"
        parts.append(AnswerPart(text, sentence, (cite(candidate, marker),)))
    return _Said(tuple(parts), confidence, None)


def _spoken(candidate: Candidate) -> str:
    """Return a sentence without numbers in brackets, which would read as markers of ours."""
    return " ".join(_BRACKETED_NUMBER.sub("", candidate.sentence.text).split())


def _refuse(
    reason: str,
    trap: Trap | None,
    result: SearchResult,
    ranked: Sequence[Candidate],
    confidence: float,
) -> _Said:
    text = "문서에서 이 질문의 답을 찾지 못했습니다."
    missing = ", ".join(f"'{term}'" for term in _words(result.unknown_terms))
    if trap is not None:
        text += f" {trap.message}"
    elif missing:
        text += f" {missing}에 관한 내용이 문서에 없습니다."
    near = [c for c in ranked if coverage(c.match.terms, result.terms) > 0][:_NEARBY]
    citations = tuple(cite(candidate, n) for n, candidate in enumerate(near, start=1))
    part = AnswerPart(text, AnswerSentence(text, (), supported=True), citations)
    return _Said((part,), confidence, reason)


def _words(terms: Sequence[str]) -> list[str]:
    return [term for term in terms if "/" not in term and not term.startswith("#")]
