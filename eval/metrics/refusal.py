"""Whether a service refuses where it should, and whether its confidence can be believed.

The positive class of precision and recall is *refused*; that of the ROC curve is *answerable*,
because confidence says how sure the service is that it can answer.

Sources: Fawcett, *An introduction to ROC analysis* (2006); Guo et al., *On Calibration of
Modern Neural Networks* (2017) for the expected calibration error.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

DEFAULT_BINS = 10


@dataclass(frozen=True, slots=True)
class RefusalScores:
    """Refusing as a classification; a share of nothing is None.

    Attributes:
        precision: share of the refusals that were right, 0..1.
        recall: share of the unanswerable questions that were refused, 0..1.
        f1: ``2 * right / (refused + unanswerable)``, 0..1.
        answerable_refused: share of the answerable questions that were refused, 0..1.
    """

    precision: float | None
    recall: float | None
    f1: float | None
    answerable_refused: float | None


@dataclass(frozen=True, slots=True)
class RocPoint:
    """Shares of questions whose score is at least the threshold.

    Attributes:
        threshold: infinite at the first point, where none are.
        false_positive_rate: share of the unanswerable ones, 0..1.
        true_positive_rate: share of the answerable ones, 0..1.
    """

    threshold: float
    false_positive_rate: float
    true_positive_rate: float


@dataclass(frozen=True, slots=True)
class RocCurve:
    """A ROC curve from (0, 0) to (1, 1), one point a distinct score, and the area under it."""

    points: tuple[RocPoint, ...]
    area: float


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """Answers whose confidence lies in ``[low, high)``; the last bin holds ``high`` too.

    Attributes:
        low: lower bound of the confidence.
        high: upper bound.
        count: answers in the bin.
        mean_confidence: 0 where the bin is empty.
        accuracy: share that were right; 0 where the bin is empty.
    """

    low: float
    high: float
    count: int
    mean_confidence: float
    accuracy: float


def refusal_scores(refused: Sequence[bool], answerable: Sequence[bool]) -> RefusalScores:
    """Return how well refusals match the questions that have no answer.

    Args:
        refused: whether each question was refused.
        answerable: whether each question has an answer.

    Raises:
        ValueError: when the two differ in length.
    """
    pairs = list(zip(refused, answerable, strict=True))
    right = sum(no and not has_answer for no, has_answer in pairs)
    refusals = sum(refused)
    with_answer = sum(answerable)
    unanswerable = len(pairs) - with_answer
    return RefusalScores(
        precision=_share(right, refusals),
        recall=_share(right, unanswerable),
        f1=_share(2 * right, refusals + unanswerable),
        answerable_refused=_share(refusals - right, with_answer),
    )


def roc_curve(scores: Sequence[float], answerable: Sequence[bool]) -> RocCurve:
    """Return the ROC curve of a score that should be higher where there is an answer.

    The area is summed by trapezoids, so that equal scores count half: it is the chance that an
    answerable question scores above an unanswerable one.

    Args:
        scores: one a question, any scale.
        answerable: whether each question has an answer.

    Raises:
        ValueError: when the two differ in length, or one of the classes is empty.
    """
    ordered = sorted(zip(scores, answerable, strict=True), key=lambda pair: -pair[0])
    positives = sum(answerable)
    negatives = len(ordered) - positives
    if not positives or not negatives:
        raise ValueError("a ROC curve needs answerable and unanswerable questions")
    points = [RocPoint(float("inf"), 0.0, 0.0)]
    seen_positives = seen = 0
    for threshold, tied in groupby(ordered, key=lambda pair: pair[0]):
        labels = [label for _, label in tied]
        seen += len(labels)
        seen_positives += sum(labels)
        false_rate = (seen - seen_positives) / negatives
        points.append(RocPoint(threshold, false_rate, seen_positives / positives))
    area = sum(
        (right.false_positive_rate - left.false_positive_rate)
        * (right.true_positive_rate + left.true_positive_rate)
        / 2
        for left, right in pairwise(points)
    )
    return RocCurve(tuple(points), area)


def reliability_bins(
    confidences: Sequence[float], right: Sequence[bool], bins: int = DEFAULT_BINS
) -> tuple[ReliabilityBin, ...]:
    """Return accuracy against confidence in bins of equal width over 0..1.

    Args:
        confidences: one an answer, 0..1.
        right: whether each answer was right.
        bins: how many bins, from 1.

    Raises:
        ValueError: when the two differ in length, a confidence is out of range or ``bins`` is
            under 1.
    """
    if bins < 1 or not all(0 <= confidence <= 1 for confidence in confidences):
        raise ValueError("confidences lie in 0..1 and bins are at least one")
    members: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for confidence, is_right in zip(confidences, right, strict=True):
        members[min(int(confidence * bins), bins - 1)].append((confidence, is_right))
    return tuple(
        ReliabilityBin(
            low=place / bins,
            high=(place + 1) / bins,
            count=len(held),
            mean_confidence=sum(confidence for confidence, _ in held) / max(len(held), 1),
            accuracy=sum(is_right for _, is_right in held) / max(len(held), 1),
        )
        for place, held in enumerate(members)
    )


def expected_calibration_error(bins: Sequence[ReliabilityBin]) -> float:
    """Return the mean gap between confidence and accuracy, 0 (calibrated) to 1.

    ``ECE = Σ_b (n_b / n) |accuracy_b - confidence_b|``.

    Raises:
        ValueError: when the bins hold nothing.
    """
    total = sum(held.count for held in bins)
    if not total:
        raise ValueError("no answers in the bins")
    return sum(held.count * abs(held.accuracy - held.mean_confidence) for held in bins) / total


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
