"""What can be asked of an index generation: its documents, and questions that it answers."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace

from api.answer.corpus_facts import CorpusFacts, corpus_facts
from api.answer.example_questions import ExampleQuestion, example_questions, related_questions
from api.answer.records import Answer, Citation
from retriever.hit import SearchResult
from retriever.search import Retriever


class CorpusGuide:
    """Remembers the facts of the latest generation; safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._generation = ""
        self._facts: CorpusFacts | None = None
        # Kept apart from the facts: a question that began before an index was taken up asks for
        # the facts of the index before it once more.
        self._prepared = ""
        self._examples: tuple[ExampleQuestion, ...] = ()

    def facts(self, retriever: Retriever) -> CorpusFacts:
        """Return what a generation holds, with its examples where they are made already.

        The first call for a generation opens some of its documents.
        """
        with self._lock:
            if self._facts is None or self._generation != retriever.generation:
                self._generation = retriever.generation
                self._facts = corpus_facts(retriever.store)
            facts = self._facts
        # The passages are read from the index that is asked, which outlives the question.
        return replace(
            facts, examples=self.examples(retriever), passages_of=retriever.store.passages_of
        )

    def examples(self, retriever: Retriever) -> tuple[str, ...]:
        """Return questions that a generation answers; none where they are not made yet."""
        with self._lock:
            if self._prepared != retriever.generation:
                return ()
            return tuple(example.text for example in self._examples)

    def prepare(self, retriever: Retriever, answer: Callable[[str], Answer]) -> None:
        """Make the examples of a generation, which takes seconds; nothing where they are made."""
        if self._prepared == retriever.generation:
            return
        made = example_questions(retriever.store, retriever.analyzer, answer)
        with self._lock:
            self._prepared, self._examples = retriever.generation, made

    def related(
        self, result: SearchResult, citations: Sequence[Citation], asked: Sequence[str]
    ) -> tuple[str, ...]:
        """Return examples that stand near what was just said.

        Args:
            result: of the search behind the answer.
            citations: of the answer.
            asked: questions that need not be offered again.
        """
        examples = self._examples
        if not examples:
            return ()
        cited = {citation.passage_id for citation in citations}
        places = [
            (hit.passage.document_id, hit.passage.position)
            for hit in result.hits
            if hit.passage.id in cited
        ]
        return related_questions(examples, places, asked)
