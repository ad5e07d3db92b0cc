"""The check that belongs to the index generation that answers."""

from __future__ import annotations

import threading

from api.answer.grounding.grounder import Grounder
from retriever.search import Retriever


class CurrentGrounder:
    """Makes a ``Grounder`` for a generation and keeps it until another one answers."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._generation = ""
        self._grounder: Grounder | None = None

    def __call__(self, retriever: Retriever) -> Grounder:
        """Return the check that knows the generation's other names."""
        with self._lock:
            if self._grounder is None or self._generation != retriever.generation:
                self._generation = retriever.generation
                self._grounder = Grounder(retriever.analyzer, retriever.encoder, retriever.aliases)
            return self._grounder
