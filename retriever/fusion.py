"""Putting the signals' score lists together."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]

# Weight of each signal. Fitted by listwise softmax regression on the `tune` parts of three kinds
# of questions that count alike: 1,585 natural questions over an encyclopaedia, 229 that repeat the
# words of their passage, and 681 over reports. The coverage is absolute (a share of the question's
# weight), so that a question whose words the corpus lacks is decided by meaning, and one whose
# words are there by the words. Each one is needed: the mean negative log chance of the answering
# passages, cross-validated, is .4279 with all, and without one .4285 (morpheme), .4300 (bigram),
# .4345 (answer_form), .4392 (late), .4494 (dense), .4522 (coverage). Figures of hits are in
# docs/korean-retrieval.md.
WEIGHTS: Mapping[str, float] = {
    "morpheme": 0.05,
    "bigram": 0.07,
    "late": 0.26,
    "dense": 0.22,
    "answer_form": 0.12,
    "coverage": 0.28,
}
# For the choice of the passages that are scored by all signals: the best fixed weights of the
# three that are cheap for every passage (hit@5 .947 on the same natural questions).
FIRST_WEIGHTS: Mapping[str, float] = {"morpheme": 0.2, "bigram": 0.2, "dense": 0.6}

# Cosines of one model fill a narrow, high band: the similarity at this rank counts as nothing.
DENSE_FLOOR_RANK = 50
_COSINES = frozenset({"dense", "late", "answer_form"})
_SHARES = frozenset({"coverage"})

# The constant of reciprocal rank fusion, from Cormack, Clarke and Buettcher (SIGIR 2009).
RRF_K = 60


def by_maximum(scores: Scores) -> Scores:
    """Scale (n,) non-negative scores so that the best is 1; all-zero scores stay zero."""
    best = np.float32(scores.max(initial=0.0))
    if best <= 0:
        return np.zeros_like(scores)
    scaled: Scores = scores / best
    return scaled


def above_floor(scores: Scores, floor_rank: int = DENSE_FLOOR_RANK) -> Scores:
    """Scale (n,) scores so that the best is 1 and the one at ``floor_rank`` and below are 0."""
    if not scores.size:
        return scores
    rank = min(floor_rank, scores.size - 1)
    floor = float(np.partition(scores, scores.size - 1 - rank)[scores.size - 1 - rank])
    spread = float(scores.max()) - floor
    if spread <= 0:
        return np.ones_like(scores)
    scaled: Scores = np.clip((scores - floor) / spread, 0, None)
    return scaled


def normalised(signal: str, scores: Scores) -> Scores:
    """Scale a signal's (n,) scores to 0..1, in the way that suits what it measures."""
    if signal in _SHARES:
        return scores
    return above_floor(scores) if signal in _COSINES else by_maximum(scores)


def weighted(lists: Mapping[str, Scores], weights: Mapping[str, float]) -> Scores:
    """Return the weighted sum of normalised (n,) lists; a list without a weight counts nothing."""
    total = np.zeros_like(next(iter(lists.values())))
    for name, scores in lists.items():
        total += np.float32(weights.get(name, 0.0)) * scores
    return total


def ranks(scores: Scores) -> NDArray[np.int64]:
    """Return the 1-based rank of each of (n,) scores; of equals the earlier one ranks higher."""
    order = np.argsort(-scores, kind="stable")
    places = np.empty(scores.size, dtype=np.int64)
    places[order] = np.arange(1, scores.size + 1)
    return places


def reciprocal_rank(lists: Mapping[str, Scores], k: int = RRF_K) -> Scores:
    """Return the sum of ``1 / (k + rank)`` over the lists: rank fusion, for comparison."""
    total = np.zeros(next(iter(lists.values())).size, dtype=np.float32)
    for scores in lists.values():
        total += (1.0 / (k + ranks(scores))).astype(np.float32)
    return total
