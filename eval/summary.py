"""The figures of a run, each with the interval that resampling its questions gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from eval.metrics.latency import latency_by_stage
from eval.metrics.refusal import refusal_scores
from eval.row import Row
from eval.row_metrics import PAIRED, PRECISION

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_RESAMPLES = 2_000
_CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Metric:
    """One figure of a run.

    Attributes:
        value: the figure.
        low, high: ends of its 95% percentile bootstrap interval.
        count: questions that it is taken over.
    """

    value: float
    low: float
    high: float
    count: int


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of some rows.

    Attributes:
        questions: how many rows.
        metrics: by name; a metric that concerns none of the questions is left out.
        latency: ``p50`` and ``p95`` in milliseconds, by stage.
    """

    questions: int
    metrics: Mapping[str, Metric]
    latency: Mapping[str, Mapping[str, float]]


def summarise(rows: Sequence[Row]) -> Summary:
    """Return the figures of a run; each share is of the questions that it concerns."""
    metrics = {}
    for name, figure in (*PAIRED.items(), *PRECISION.items()):
        values = [value for row in rows if (value := figure(row)) is not None]
        if values:
            metrics[name] = mean_metric(values)
    refusal = [(float(row.refused), float(not row.answerable)) for row in rows]
    if any(map(any, refusal)):
        metrics["refusal_f1"] = _resampled(refusal, _f1_of, _refusal_f1(rows))
    lengths = [(float(r.answer_chars),) for r in rows if r.answerable and not r.refused]
    if lengths:
        metrics["median_answer_chars"] = _resampled(lengths, _median_of)
    stages = latency_by_stage([row.timings_ms for row in rows])
    return Summary(
        questions=len(rows),
        metrics=metrics,
        latency={name: {"p50": found.p50, "p95": found.p95} for name, found in stages.items()},
    )


def summarise_by(rows: Sequence[Row], group: Callable[[Row], str]) -> dict[str, Summary]:
    """Return the figures of each group of rows, in the order of the groups' names."""
    names = sorted({group(row) for row in rows})
    return {name: summarise([row for row in rows if group(row) == name]) for name in names}


def mean_metric(values: Sequence[float]) -> Metric:
    """Return the mean of per-question figures, of which there is at least one."""
    import numpy as np

    from eval.metrics.interval import SEED, bootstrap_interval

    generator = np.random.default_rng(SEED)
    found = bootstrap_interval(values, generator, confidence=_CONFIDENCE, resamples=_RESAMPLES)
    return Metric(found.estimate, found.low, found.high, len(values))


def ratio_metric(pairs: Sequence[tuple[int, int]]) -> Metric:
    """Return a share of cases that come in groups, such as those made of one sentence.

    Whole groups are drawn anew, as the cases of one group stand and fall together.

    Args:
        pairs: of each group the cases that are counted and all cases; at least one in all.
    """
    whole = sum(total for _, total in pairs)
    value = sum(part for part, _ in pairs) / whole
    found = _resampled([(float(part), float(total)) for part, total in pairs], _ratio_of, value)
    return Metric(value, found.low, found.high, whole)


def quantile_metric(values: Sequence[float], share: float) -> Metric:
    """Return the value that ``share`` of at least one do not exceed, with its interval."""
    import numpy as np

    def statistic(sets: NDArray[np.float64]) -> NDArray[np.float64]:
        found: NDArray[np.float64] = np.quantile(sets[..., 0], share, axis=1, method="inverted_cdf")
        return found

    return _resampled([(value,) for value in values], statistic)


def _resampled(
    values: Iterable[tuple[float, ...]],
    statistic: Callable[[NDArray[np.float64]], NDArray[np.float64]],
    estimate: float | None = None,
) -> Metric:
    """Return a figure that is no mean, with its interval.

    Args:
        values: those of each question, shape (n, d).
        statistic: figures of many sets of questions, (sets, n, d) to (sets,).
        estimate: the figure of all questions, where it is known.
    """
    import numpy as np

    from eval.metrics.interval import SEED

    array = np.asarray(list(values), dtype=np.float64)
    places = np.random.default_rng(SEED).integers(0, len(array), size=(_RESAMPLES, len(array)))
    tail = (1 - _CONFIDENCE) / 2
    low, high = np.nanquantile(statistic(array[places]), [tail, 1 - tail])
    value = float(statistic(array[None])[0]) if estimate is None else estimate
    return Metric(value, float(low), float(high), len(array))


def _median_of(sets: NDArray[np.float64]) -> NDArray[np.float64]:
    import numpy as np

    medians: NDArray[np.float64] = np.median(sets[..., 0], axis=1)
    return medians


def _ratio_of(sets: NDArray[np.float64]) -> NDArray[np.float64]:
    import numpy as np

    parts, wholes = sets[..., 0].sum(axis=1), sets[..., 1].sum(axis=1)
    return np.where(wholes > 0, parts / np.maximum(wholes, 1), np.nan)


def _f1_of(sets: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return ``2 right / (refused + unanswerable)``; a set without either has no figure."""
    import numpy as np

    refused, unanswerable = sets[..., 0], sets[..., 1]
    both = (refused * unanswerable).sum(axis=1)
    total = (refused + unanswerable).sum(axis=1)
    return np.where(total > 0, 2 * both / np.maximum(total, 1), np.nan)


def _refusal_f1(rows: Sequence[Row]) -> float | None:
    return refusal_scores([r.refused for r in rows], [r.answerable for r in rows]).f1
