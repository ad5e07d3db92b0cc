"""The models of the service, each loaded the first time that it is asked for."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from api.progress import Progress
from api.settings import Settings

if TYPE_CHECKING:
    from api.answer.generation.generator import Generator
    from retriever.analysis import KoreanAnalyzer
    from retriever.encoder_base import Encoder
    from retriever.rerank import Reranker


class Models:
    """Loads models; safe to share between threads.

    Args:
        settings: which models.
        progress: told of the loading.
        encoder: the embedding model, where it is loaded already; else the settings choose.
        analyzer: the analyser, likewise.
    """

    def __init__(
        self,
        settings: Settings,
        progress: Progress,
        encoder: Encoder | None = None,
        analyzer: KoreanAnalyzer | None = None,
    ) -> None:
        self._settings = settings
        self._progress = progress
        self._lock = threading.RLock()
        self._encoder = encoder
        self._analyzer = analyzer
        self._reranker: Reranker | None = None
        self._generator: Generator | None = None

    def encoder(self) -> Encoder:
        """Return the embedding model.

        Raises:
            GeungeoError: when the model cannot be unpacked or loaded.
        """
        with self._lock:
            if self._encoder is None:
                from retriever.encoder import load_encoder

                self._encoder = load_encoder(
                    self._settings.embedding_model or None,
                    self._settings.models_dir,
                    threads=self._settings.threads,
                    progress=lambda _step, share: self._progress("model", int(share * 100), 100),
                )
            return self._encoder

    def analyzer(self) -> KoreanAnalyzer:
        """Return the analyser, with the operator's words.

        Raises:
            OperatorError: ``bad_dictionary_word``, ….
        """
        with self._lock:
            if self._analyzer is None:
                from retriever.analysis import KoreanAnalyzer
                from retriever.user_dictionary import FILE_NAME, read_user_dictionary

                words = read_user_dictionary(self._settings.data_dir / FILE_NAME)
                self._analyzer = KoreanAnalyzer(words)
            return self._analyzer

    def reranker(self) -> Reranker | None:
        """Return the cross-encoder; None where none is set.

        Raises:
            OperatorError: ``reranker_unavailable``.
        """
        if not self._settings.reranker:
            return None
        with self._lock:
            if self._reranker is None:
                from retriever.rerank import load_reranker

                self._reranker = load_reranker(
                    self._settings.reranker, threads=self._settings.threads
                )
            return self._reranker

    def generator(self) -> Generator | None:
        """Return what writes with the language model; None where none is set.

        Raises:
            InputError: ``unknown_llm``.
            OperatorError: ``llm_package_missing`` or ``llm_unavailable``.
        """
        chosen = self._settings.language_model
        if chosen is None:
            return None
        with self._lock:
            if self._generator is None:
                from api.answer.generation.generator import open_generator

                self._generator = open_generator(chosen)
            return self._generator
