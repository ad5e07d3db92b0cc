"""An optional cross-encoder: the user's own model reads the best passages again."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from ingest.errors import OperatorError
from retriever.encoder_base import bounded_threads, clean_text
from retriever.encoder_sentence import DEFAULT_MAX_TOKENS
from retriever.hub_model import load_errors, load_model, quieten

RERANKED: Final = 30
"""Candidates that are read again. Each costs a pass of the model, and what stands below this
place in the fused list would have to climb past all of them to be cited."""
RERANKER_WEIGHT: Final = 0.6
"""Share of the reranker in a score. More than half, so that of two passages the one it prefers
comes first; not all, so that a model of another language or field cannot bury what the other
lists agree on. Not tuned: no model is shipped that it could be tuned with."""
LEAST_ROOM: Final = 0.001
"""Span of the new scores where fusion scored all alike and so leaves none: too small to matter
beside any other difference, and enough to show the order."""
LEAST_ODDS: Final = 1e-6
"""Relevance is taken to be this far from 0 and from 1: in float32 nothing finer is left."""
MAX_TOKENS: Final = DEFAULT_MAX_TOKENS
"""Longest question and passage together, also where a model could read more, since time grows
with it. The 96 passages of the two reports, with titles and headings, have at most 332 tokens."""
BATCH: Final = 16
"""Pairs computed at once; longer batches only pad more on a few cores."""
PROBE: Final = (("질문", "글"), ("질문", "조금 더 긴 글입니다."))
"""Pairs of unlike length: a model that cannot pad fails on them, at loading and not later."""
CLASSIFIER: Final = "ForSequenceClassification"


class Reranker(Protocol):
    """Judges passages against a question; safe to call from many threads."""

    name: str

    def scores(self, query: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """Judge each passage by itself.

        Args:
            query: any string.
            passages: any strings; what a model cannot take in of one is cut off at its end.

        Returns:
            float32 (n,) relevance in 0..1, higher is better, in the order of ``passages``.
        """
        ...


class CrossEncoderReranker:
    """Reranks with a sentence-transformers ``CrossEncoder`` on PyTorch.

    Attributes:
        name: the folder or the hub name it was loaded by.
    """

    def __init__(self, name: str, *, threads: int | None = None) -> None:
        """Load a model; code that comes with a model is never run.

        Args:
            name: a folder, or a name on the hub such as ``BAAI/bge-reranker-v2-m3``.
            threads: cores to use; all that the process may use when not given.

        Raises:
            OperatorError: ``reranker_unavailable``.
        """
        self.name = name
        self._lock = threading.Lock()
        self._model, self._activation = _load(name, bounded_threads(threads))

    def scores(self, query: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """Judge each passage by itself; see ``Reranker.scores``."""
        if not passages:
            return np.empty(0, dtype=np.float32)
        question = clean_text(query, MAX_TOKENS)
        pairs = [(question, clean_text(passage, MAX_TOKENS)) for passage in passages]
        with self._lock:
            found = _predict(self._model, self._activation, pairs)
        # One overflow in half precision would otherwise spoil the scaling of all the others.
        return np.nan_to_num(found, nan=0.0)


def load_reranker(name: str, *, threads: int | None = None) -> Reranker:
    """Load the cross-encoder that a setting names.

    Args:
        name: folder or hub name.
        threads: cores to use; all that the process may use when not given.

    Returns:
        A reranker that many threads may use at once.

    Raises:
        OperatorError: ``reranker_unavailable`` when there is no such folder, the hub cannot be
            reached, or what is there does not judge pairs with one score.
    """
    return CrossEncoderReranker(name, threads=threads)


def reranked(fused: NDArray[np.float32], relevance: NDArray[np.float32]) -> NDArray[np.float32]:
    """Put the fused scores and the reranker's judgement together.

    With both scaled to 0..1 over the ``m`` passages that were reranked (relevance by its log
    odds, since a model's sigmoid crowds its best passages just below 1),
    ``mixed = (1 - w) fused + w relevance``, laid over the span that these passages' fused scores
    had. So their scores stay comparable with those of other questions, none falls below a passage
    that was not reranked, and those keep their scores.

    Args:
        fused: (n,) scores, best first.
        relevance: (m,) the reranker's scores in 0..1 of the first ``m`` of them, ``m <= n``.

    Returns:
        float32 (n,) new scores in the same places; sort them stably to get the new order.
    """
    count = relevance.size
    scores = fused.astype(np.float32, copy=True)
    if not count:
        return scores
    head = fused[:count].astype(np.float64)
    share = np.clip(relevance.astype(np.float64), LEAST_ODDS, 1 - LEAST_ODDS)
    odds = np.log(share / (1 - share))
    mixed = (1 - RERANKER_WEIGHT) * _spread(head) + RERANKER_WEIGHT * _spread(odds)
    if mixed.any():  # otherwise neither tells the passages apart
        room = max(float(np.ptp(head)), LEAST_ROOM)
        scores[:count] = head.min() + room * mixed
    return scores


def _spread(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Scale (n,) values so that the least is 0 and the greatest 1; equal ones all become 0."""
    span = np.ptp(values)
    if span <= 0:
        return np.zeros_like(values)
    scaled: NDArray[np.float64] = (values - values.min()) / span
    return scaled


def _predict(model: Any, activation: Any, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
    found = model.predict(
        list(pairs),
        batch_size=BATCH,
        activation_fn=activation,
        convert_to_numpy=True,
        show_progress_bar=False,
    )
    return np.asarray(found, dtype=np.float32)


def _load(name: str, threads: int) -> tuple[Any, Any]:
    """Load a model; return it with the function that brings its scores into 0..1."""
    quieten(threads)
    import torch
    from sentence_transformers import CrossEncoder

    # Many models are saved to give log odds, which this makes the same as the others.
    activation = torch.nn.Sigmoid()
    try:
        model, _ = load_model(name, CrossEncoder)
        _check(model)
        model.max_seq_length = min(model.max_seq_length or MAX_TOKENS, MAX_TOKENS)
        if not np.isfinite(_predict(model, activation, PROBE)).all():
            raise ValueError("점수가 수가 아닙니다")
    except load_errors() as error:
        raise unavailable(name, error) from error
    return model, activation


def _check(model: Any) -> None:
    """Refuse a model that was not trained to judge pairs: its last layer would be random."""
    architectures = model.config.architectures or ()
    alone = len(model) == 1  # else the model brings modules of its own that give the score
    if alone and not any(found.endswith(CLASSIFIER) for found in architectures):
        found = ", ".join(architectures) or "알 수 없음"
        raise ValueError(f"질문과 글의 짝을 채점하는 모델이 아닙니다({found})")
    if model.num_labels != 1:
        raise ValueError(f"점수 하나가 아니라 {model.num_labels}개를 내는 모델입니다")


def unavailable(name: str, error: Exception) -> OperatorError:
    """Say that a reranker cannot be had, and what to do."""
    first_line = str(error).strip().split("\n", 1)[0]
    return OperatorError(
        "reranker_unavailable",
        f"재정렬 모델 '{name}'을(를) 불러올 수 없습니다: {first_line}",
        "이름과 네트워크를 확인하거나, 교차 인코더(CrossEncoder) 모델을 내려받아 둔 폴더를 "
        "GEUNGEO_RERANKER에 적으세요. 비워 두면 재정렬하지 않습니다.",
    )
