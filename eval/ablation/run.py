"""One ablation from a question set to its figures."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from api.answer.follow_up import rewrite
from eval.ablation.index import alone, build
from eval.ablation.measure import Found, all_figures, search_all
from eval.ablation.question_set import AblationSet, AskedQuestion, relevance
from eval.ablation.remembering import (
    Memory,
    RememberingEncoder,
    RememberingReranker,
    remember_tokens,
)
from eval.ablation.searching import Retrievers, searches, titled_passages
from eval.ablation.table import Ablation
from eval.ablation.variant import FULL, Variant, variants
from eval.evidence_passages import EvidencePassages
from eval.progress import Progress
from retriever.analysis import KoreanAnalyzer
from retriever.encoder_base import Encoder, available_cores
from retriever.late_interaction import LateMatch
from retriever.rerank import Reranker


def ablate(
    asked: AblationSet,
    *,
    title: str,
    split: str | None,
    home: Path,
    encoder: Encoder,
    analyzer: KoreanAnalyzer,
    reranker: Reranker | None,
    progress: Progress,
    today: date,
) -> Ablation:
    """Search a set with every variant and work out the figures.

    Args:
        asked: the set; has at least one question.
        title: of the set, for people.
        split: the part that its questions are of; None for all.
        home: folder for indexes and the cache of embeddings.
        encoder: the embedding model.
        analyzer: the Korean analyser.
        reranker: where given, the full variant uses it.
        progress: told of the building and the questions.
        today: for the table.

    Raises:
        InputError: ``nothing_to_search``.
        OperatorError: when an index cannot be written or read.
        RetryLaterError: ``ablation_busy``.
    """
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    measured = variants(reranker=reranker is not None)
    with alone(home):
        searched = _search(asked, measured, home, encoder, analyzer, reranker, progress)
    evidence = EvidencePassages(searched.passages)
    wanted = [relevance(question, evidence) for question in asked.questions]
    return Ablation(
        kind=asked.kind.value,
        title=title,
        split=split,
        by_document=asked.by_document,
        documents=len({document.id for document in asked.documents}),
        passages=len(searched.passages),
        question_ids=[question.id for question in asked.questions],
        embedding_model=Path(encoder.fingerprint.model).name,
        reranker=None if reranker is None else Path(reranker.name).name,
        version=version("geungeo"),
        measured_on=today.isoformat(),
        cores=available_cores(),
        load=load,
        seconds=searched.seconds,
        variants=measured,
        figures=all_figures(searched.found, wanted, FULL),
    )


@dataclass(frozen=True, slots=True)
class _Searched:
    """What searching gave: what each variant found, all passages by id, and how long it took."""

    found: Mapping[str, Found]
    passages: Mapping[str, str]
    seconds: float


def _search(
    asked: AblationSet,
    measured: Sequence[Variant],
    home: Path,
    encoder: Encoder,
    analyzer: KoreanAnalyzer,
    reranker: Reranker | None,
    progress: Progress,
) -> _Searched:
    remembering = RememberingEncoder(encoder)
    reading = None if reranker is None else RememberingReranker(reranker)
    memories: list[Memory[Any]] = [m.memory for m in (remembering, reading) if m is not None]
    retrievers = build(home, asked.documents, remembering, analyzer, reading, progress)
    memories += _shared_tokens(retrievers)
    passages = {p.id: p.text for _, p in titled_passages(retrievers.whole.store)}
    start = time.perf_counter()
    found = search_all(
        searches(measured, retrievers, by_document=asked.by_document),
        _texts(asked.questions, analyzer),
        lambda: sum(memory.spared_seconds for memory in memories),
        progress,
    )
    return _Searched(found, passages, time.perf_counter() - start)


def _texts(questions: Sequence[AskedQuestion], analyzer: KoreanAnalyzer) -> list[str]:
    """Return the questions as the service searches them: follow-ups completed from the history."""
    return [rewrite(q.text, q.history, analyzer) for q in questions]


def _shared_tokens(retrievers: Retrievers) -> list[Memory[Any]]:
    """Let the variants of each index share how near its tokens are to a question's."""
    memories: list[Memory[Any]] = []
    for same_index in (
        (retrievers.whole, retrievers.whole_reranked),
        (retrievers.bare, retrievers.bare_reranked),
    ):
        memory: Memory[list[LateMatch]] = Memory(time.perf_counter)
        memories.append(memory)
        for retriever in same_index:
            remember_tokens(retriever, memory)
    return memories
