"""Middle and tail of a list of timings."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from eval.metrics.latency import quantile

__all__ = ["median", "p50", "p95", "quantile"]


def p50(values: Sequence[float]) -> float:
    """Return the value that half of the values do not exceed."""
    return quantile(values, 0.5)


def p95(values: Sequence[float]) -> float:
    """Return the value that 95 of 100 values do not exceed."""
    return quantile(values, 0.95)
