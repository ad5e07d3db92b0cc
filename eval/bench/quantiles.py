"""Middle and tail of a list of timings."""

from __future__ import annotations

import math
from collections.abc import Sequence


def quantile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least ``share`` of the values do not exceed.

    Raises:
        ValueError: when there are no values or the share is not in 0..1.
    """
    if not values or not 0 <= share <= 1:
        raise ValueError(f"no quantile {share} of {len(values)} values")
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def median(values: Sequence[float]) -> float:
    """Return the middle value, or the mean of the two middle ones.

    Raises:
        ValueError: when there are no values.
    """
    if not values:
        raise ValueError("no median of no values")
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def p50(values: Sequence[float]) -> float:
    """Return the value that half of the values do not exceed."""
    return quantile(values, 0.5)


def p95(values: Sequence[float]) -> float:
    """Return the value that 95 of 100 values do not exceed."""
    return quantile(values, 0.95)
