"""How long an extractive answer takes, and how soon its first sentence is there."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from eval.gold_set import GoldQuestion
from eval.reply import FIRST_SENTENCE
from eval.row import Row
from eval.summary import Metric, quantile_metric

if TYPE_CHECKING:
    from eval.over_http import OverHttp

_MIDDLE, _SLOW = 0.5, 0.95
_MS = 1000.0


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds, with intervals over the questions.

    Attributes:
        first50, first95: until the first sentence could be shown.
        whole50, whole95: until the answer was whole.
    """

    first50: Metric
    first95: Metric
    whole50: Metric
    whole95: Metric


def in_process(rows: Sequence[Row]) -> Latency:
    """Return the times of a run within this process."""
    return _latency(
        [row.timings_ms[FIRST_SENTENCE] for row in rows], [row.timings_ms["total"] for row in rows]
    )


def over_http(service: OverHttp, questions: Sequence[GoldQuestion]) -> Latency:
    """Ask a service every question as a stream of events and time them as its client.

    Raises:
        OperatorError: as ``OverHttp.events`` does.
    """
    first: list[float] = []
    whole: list[float] = []
    for question in questions:
        start = time.perf_counter()
        seen = [(time.perf_counter() - start) * _MS for _ in service.events(question)]
        first.append(seen[0])
        whole.append(seen[-1])
    return _latency(first, whole)


def _latency(first: Sequence[float], whole: Sequence[float]) -> Latency:
    return Latency(
        quantile_metric(first, _MIDDLE),
        quantile_metric(first, _SLOW),
        quantile_metric(whole, _MIDDLE),
        quantile_metric(whole, _SLOW),
    )
