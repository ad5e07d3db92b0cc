"""Gathers passages and questions, and refuses what would make figures wrong."""

from __future__ import annotations

import hashlib

from eval.loaders.reading import broken
from eval.retrieval_set import EvalPassage, EvalQuestion, RetrievalSet

_ID_HEX_DIGITS = 16


class Collector:
    """Passages and questions met so far, with the places they were met at."""

    def __init__(self) -> None:
        self._passages: dict[str, EvalPassage] = {}
        self._questions: dict[str, tuple[str, EvalQuestion]] = {}

    def add_passage(self, place: str, passage: EvalPassage) -> None:
        """Keep a passage that brings its id.

        Raises:
            InputError: when the id was met before.
        """
        if passage.id in self._passages:
            raise broken(place, f"지문 id가 겹칩니다: {passage.id}")
        self._passages[passage.id] = passage

    def add_text(self, title: str, text: str) -> str:
        """Keep a passage, the same one once, and return an id made of its content."""
        digest = hashlib.sha256(f"{title}\n{text}".encode()).hexdigest()[:_ID_HEX_DIGITS]
        self._passages.setdefault(digest, EvalPassage(digest, title, text))
        return digest

    def add_question(self, place: str, question: EvalQuestion) -> None:
        """Keep a question.

        Raises:
            InputError: when the id was met before, or relevance and ``answerable`` disagree.
        """
        if question.id in self._questions:
            raise broken(place, f"질문 id가 겹칩니다: {question.id}")
        if question.answerable != bool(question.relevant) or not all(question.relevant):
            raise broken(place, "답할 수 있는지와 정답 지문이 맞지 않습니다")
        self._questions[question.id] = (place, question)

    def finish(self, place: str) -> RetrievalSet:
        """Return the set.

        Args:
            place: of the whole, for messages.

        Raises:
            InputError: when there are no passages or questions, or a question wants a passage
                that is not there.
        """
        if not self._passages or not self._questions:
            raise broken(place, "지문이나 질문이 하나도 없습니다")
        for where, question in self._questions.values():
            for name in sorted(frozenset[str]().union(*question.relevant)):
                if name not in self._passages:
                    raise broken(where, f"정답 지문이 없습니다: {name}")
        questions = tuple(question for _, question in self._questions.values())
        return RetrievalSet(tuple(self._passages.values()), questions)
