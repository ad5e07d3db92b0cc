"""How far a figure can be trusted, and whether two runs really differ.

Sources: Efron & Tibshirani, *An Introduction to the Bootstrap* (1993), percentile interval;
Smucker, Allan & Carterette (CIKM 2007), randomisation test between two retrieval runs; Phipson &
Smyth (2010), why sampled permutations add one; McNemar (1947), exact binomial form.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

DEFAULT_CONFIDENCE = 0.95
DEFAULT_RESAMPLES = 10_000
SEED = 20_260_101
"""Of every generator, so that the same figures always get the same interval."""
# Values drawn at once, so that a large set does not fill the memory: 8 MB of them.
_CHUNK_VALUES = 1_000_000
# Sums of the same numbers in another order differ by rounding.
_ROUNDING = 1e-9

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with the interval that holds it at the stated confidence."""

    estimate: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class McNemar:
    """Right and wrong answers of two runs compared.

    Attributes:
        better: questions that only the second run got right.
        worse: questions that only the first run got right.
        p_value: chance of a split at least so uneven if neither run were better.
    """

    better: int
    worse: int
    p_value: float


def bootstrap_interval(
    values: Sequence[float],
    generator: np.random.Generator,
    *,
    confidence: float = DEFAULT_CONFIDENCE,
    resamples: int = DEFAULT_RESAMPLES,
) -> Interval:
    """Return the mean of per-question figures with its percentile bootstrap interval.

    Questions are drawn anew with replacement ``resamples`` times; the interval runs from the
    ``(1 - confidence) / 2`` to the ``(1 + confidence) / 2`` quantile of the means.

    Args:
        values: one figure a question, shape (n,).
        generator: seeded, so that the interval is the same each time.
        confidence: between 0 and 1.
        resamples: how many sets of questions are drawn.

    Raises:
        ValueError: when there are no values, or the confidence or resamples are out of range.
    """
    if not 0 < confidence < 1 or resamples < 1:
        raise ValueError("confidence lies between 0 and 1 and resamples are at least one")
    array = _checked(values)
    means = np.concatenate(list(_resampled_means(array, generator, resamples)))
    tail = (1 - confidence) / 2
    low, high = np.quantile(means, [tail, 1 - tail])
    return Interval(float(array.mean()), float(low), float(high))


def paired_bootstrap_interval(
    first: Sequence[float],
    second: Sequence[float],
    generator: np.random.Generator,
    *,
    confidence: float = DEFAULT_CONFIDENCE,
    resamples: int = DEFAULT_RESAMPLES,
) -> Interval:
    """Return the mean gain of a second run over a first one, question by question.

    The differences ``second - first`` are resampled as in ``bootstrap_interval``; an interval
    that does not hold 0 says that the runs differ.

    Args:
        first: one figure a question, shape (n,).
        second: the same questions in the same order.
        generator: seeded.
        confidence: between 0 and 1.
        resamples: how many sets of questions are drawn.

    Raises:
        ValueError: when the two differ in length, or as ``bootstrap_interval``.
    """
    gains = _gains(first, second)
    return bootstrap_interval(gains.tolist(), generator, confidence=confidence, resamples=resamples)


def permutation_test(
    first: Sequence[float],
    second: Sequence[float],
    generator: np.random.Generator,
    *,
    rounds: int = DEFAULT_RESAMPLES,
) -> float:
    """Return the two-sided p-value of the mean difference between two paired runs, 0..1.

    If neither run were better, each question's figures could be swapped. The p-value is the
    share of swaps whose mean difference is at least as far from 0 as the one seen: over all
    ``2^d`` swaps of the ``d`` questions that differ where ``rounds`` allows it (exact), else
    ``(1 + count) / (1 + rounds)`` over random ones.

    Args:
        first: one figure a question, shape (n,).
        second: the same questions in the same order.
        generator: seeded; not used where the test is exact.
        rounds: how many swaps are tried at most.

    Raises:
        ValueError: when the two differ in length, are empty, or ``rounds`` is under 1.
    """
    if rounds < 1:
        raise ValueError("at least one round is needed")
    gains = _gains(first, second)
    gains = gains[gains != 0]
    seen = abs(float(gains.sum())) * (1 - _ROUNDING)
    if 2 ** len(gains) <= rounds:
        numbers = np.arange(2 ** len(gains))[:, None]
        signs = 1 - 2 * ((numbers >> np.arange(len(gains))) & 1)
        return float(np.mean(np.abs(signs @ gains) >= seen))
    count = 0
    for size in _chunks(rounds, len(gains)):
        signs = 1 - 2 * generator.integers(0, 2, size=(size, len(gains)))
        count += int(np.sum(np.abs(signs @ gains) >= seen))
    return (1 + count) / (1 + rounds)


def mcnemar(first: Sequence[bool], second: Sequence[bool]) -> McNemar:
    """Compare which questions two runs got right, with the exact two-sided test.

    ``p = min(1, 2 Σ_{i ≤ min(b, c)} C(b + c, i) / 2^(b + c))``, ``b`` and ``c`` the questions that
    only one of the runs got right.

    Args:
        first: whether each question was right.
        second: the same questions in the same order.

    Raises:
        ValueError: when the two differ in length.
    """
    pairs = list(zip(first, second, strict=True))
    better = sum(now and not before for before, now in pairs)
    worse = sum(before and not now for before, now in pairs)
    changed = better + worse
    ways = sum(math.comb(changed, i) for i in range(min(better, worse) + 1))
    # Whole numbers of any size divide exactly; a float of 2^(b + c) would overflow.
    return McNemar(better, worse, min(1.0, 2 * ways / 2**changed))


def _resampled_means(
    array: Values, generator: np.random.Generator, resamples: int
) -> Iterator[Values]:
    for size in _chunks(resamples, len(array)):
        places = generator.integers(0, len(array), size=(size, len(array)))
        yield array[places].mean(axis=1)


def _chunks(rounds: int, width: int) -> Iterator[int]:
    size = max(1, _CHUNK_VALUES // width)
    for start in range(0, rounds, size):
        yield min(size, rounds - start)


def _gains(first: Sequence[float], second: Sequence[float]) -> Values:
    if len(first) != len(second):
        raise ValueError(f"the runs hold {len(first)} and {len(second)} questions")
    return _checked(second) - _checked(first)


def _checked(values: Sequence[float]) -> Values:
    array = np.asarray(values, dtype=np.float64)
    if not array.size or not np.isfinite(array).all():
        raise ValueError("figures are needed, each a finite number")
    return array
