"""The ROC curve of confidence, its area, and what refusing at the threshold gets right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from api.answer.answerer import Answerer
from api.answer.corpus_guide import CorpusGuide
from api.answer.grounding.current import CurrentGrounder
from eval.metrics.interval import SEED, Interval
from eval.metrics.refusal import (
    RefusalScores,
    ReliabilityBin,
    RocCurve,
    expected_calibration_error,
    refusal_scores,
    reliability_bins,
    roc_curve,
)
from eval.progress import Progress
from eval.refusal_curve.left_out import WithoutPassages
from eval.refusal_curve.questions import CurveQuestion
from retriever.search import Retriever

RESAMPLES = 1000
_TAIL = 0.025
_ASKING = "질문"


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of one question.

    Attributes:
        confidence: 0..1 that there is an answer.
        reason: why it was refused; None where it was answered.
    """

    id: str
    answerable: bool
    confidence: float
    reason: str | None


@dataclass(frozen=True, slots=True)
class RefusalCurve:
    """How well the questions of one set are told apart.

    Attributes:
        asked: the questions.
        curve: over confidence.
        area: its area with a 95% interval.
        scores: of refusing as the service does.
        bins: how often confidence came true.
        calibration_error: mean gap between confidence and what came true, 0..1.
    """

    asked: tuple[Asked, ...]
    curve: RocCurve
    area: Interval
    scores: RefusalScores
    bins: tuple[ReliabilityBin, ...]
    calibration_error: float


def ask(
    questions: Sequence[CurveQuestion], retriever: Retriever, progress: Progress
) -> list[Asked]:
    """Ask every question of the passages that are left to it."""
    checks, guide = CurrentGrounder(), CorpusGuide()
    found = []
    for place, question in enumerate(questions):
        progress(_ASKING, place, len(questions))
        left = WithoutPassages(retriever, question.left_out) if question.left_out else retriever
        answer = _over(left, checks, guide).answer(
            question.text, history=question.history, document_ids=question.document_ids
        )
        found.append(
            Asked(question.id, question.answerable, answer.confidence, answer.refusal_reason)
        )
    return found


def _over(retriever: Retriever, checks: CurrentGrounder, guide: CorpusGuide) -> Answerer:
    return Answerer(lambda: retriever, checks, guide=guide)


def measured(asked: Sequence[Asked]) -> RefusalCurve:
    """Work out the figures.

    Raises:
        ValueError: when there are not both answerable and unanswerable questions.
    """
    scores = [one.confidence for one in asked]
    answerable = [one.answerable for one in asked]
    curve = roc_curve(scores, answerable)
    bins = reliability_bins(scores, answerable)
    return RefusalCurve(
        asked=tuple(asked),
        curve=curve,
        area=area_interval(scores, answerable, curve.area),
        scores=refusal_scores([one.reason is not None for one in asked], answerable),
        bins=bins,
        calibration_error=expected_calibration_error(bins),
    )


def area_interval(scores: Sequence[float], answerable: Sequence[bool], area: float) -> Interval:
    """Return a ROC area with its percentile bootstrap interval.

    Answerable and unanswerable questions are each drawn anew as many times as there are of them.
    """
    generator = np.random.default_rng(SEED)
    array, has_answer = np.array(scores), np.array(answerable)
    positives, negatives = array[has_answer], array[~has_answer]
    areas = [
        _area(
            generator.choice(positives, len(positives)), generator.choice(negatives, len(negatives))
        )
        for _ in range(RESAMPLES)
    ]
    low, high = np.quantile(areas, [_TAIL, 1 - _TAIL])
    return Interval(area, float(low), float(high))


def _area(positives: NDArray[np.float64], negatives: NDArray[np.float64]) -> float:
    """Return the chance that one of the first lies above one of the second; equals count half."""
    ordered = np.sort(negatives)
    below = np.searchsorted(ordered, positives, "left")
    not_above = np.searchsorted(ordered, positives, "right")
    return float((below + not_above).mean() / (2 * len(negatives)))
