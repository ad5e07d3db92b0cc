"""How long each stage of an answer takes.

Source: Hyndman & Fan (1996), definition 1: a quantile is the smallest measured time that at least
that share of the measurements do not exceed, so that it is always a time that was measured.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_MIDDLE, _SLOW, _SLOWEST = 0.5, 0.95, 0.99


@dataclass(frozen=True, slots=True)
class StageLatency:
    """Times of one stage, in the unit of the input (milliseconds).

    Attributes:
        count: questions that passed through the stage.
    """

    count: int
    mean: float
    p50: float
    p95: float
    p99: float
    longest: float


def quantile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least ``share`` of the values do not exceed.

    ``x_(⌈share · n⌉)`` of the ordered values, the first for a share of 0.

    Raises:
        ValueError: when there are no values or the share is not in 0..1.
    """
    if not values or not 0 <= share <= 1:
        raise ValueError(f"no quantile {share} of {len(values)} values")
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def latency_by_stage(timings: Sequence[Mapping[str, float]]) -> dict[str, StageLatency]:
    """Return the times of each stage over questions, in the order stages are first met.

    Args:
        timings: milliseconds by stage, one mapping a question (``timings_ms`` of an answer); a
            stage that a question did not pass through is left out of its mapping.
    """
    times: dict[str, list[float]] = {}
    for timing in timings:
        for stage, milliseconds in timing.items():
            times.setdefault(stage, []).append(milliseconds)
    return {stage: _summary(values) for stage, values in times.items()}


def _summary(values: Sequence[float]) -> StageLatency:
    return StageLatency(
        count=len(values),
        mean=math.fsum(values) / len(values),
        p50=quantile(values, _MIDDLE),
        p95=quantile(values, _SLOW),
        p99=quantile(values, _SLOWEST),
        longest=max(values),
    )
