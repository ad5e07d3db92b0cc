"""How well scores tell answerable questions from others, and whether confidence can be believed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from eval.metrics.refusal import expected_calibration_error, reliability_bins, roc_curve
from eval.report.figures import brier_score
from eval.report.plots import distributions, reliability, roc
from eval.row import Row

Score = Callable[[Row], float | None]


@dataclass(frozen=True, slots=True)
class ScorePlot:
    """The distribution of a score over answerable and other questions.

    Attributes:
        svg: the plot.
        curve: the ROC curve of the score; None where one of the classes is empty.
        area: area under the ROC curve; None where one of the classes is empty.
        threshold: below which questions are refused, where known.
    """

    title: str
    svg: str
    curve: str | None
    with_answer: int
    without: int
    area: float | None
    threshold: float | None


@dataclass(frozen=True, slots=True)
class CalibrationPlot:
    """Confidence against what came true.

    Attributes:
        outcome: what should come true as often as confidence says, in Korean.
        error: expected calibration error, 0..1.
        brier: Brier score, 0..1.
    """

    title: str
    outcome: str
    svg: str
    count: int
    error: float
    brier: float


def score_plots(rows: Sequence[Row], threshold: float | None) -> list[ScorePlot]:
    """Return the distributions of confidence and of the highest similarity, where known.

    Args:
        rows: of the run.
        threshold: confidence below which questions are refused.
    """
    plots = [
        _score_plot("신뢰도", "confidence", lambda r: r.confidence, rows, threshold, (0.0, 1.0)),
        _score_plot("가장 높은 유사도", "similarity", lambda r: r.top_similarity, rows, None, None),
    ]
    return [plot for plot in plots if plot is not None]


def calibration_plots(rows: Sequence[Row]) -> list[CalibrationPlot]:
    """Return the reliability of confidence, as the chance of an answer and of a right one."""
    asked = [row for row in rows if row.confidence is not None]
    given = [row for row in asked if not row.refused]
    plots = [
        _calibration("모든 질문", "답이 있음", "any", asked, [row.answerable for row in asked]),
        _calibration("답한 질문", "답이 맞음", "given", given, [row.right for row in given]),
    ]
    return [plot for plot in plots if plot is not None]


def _score_plot(
    title: str,
    name: str,
    score: Score,
    rows: Sequence[Row],
    threshold: float | None,
    limits: tuple[float, float] | None,
) -> ScorePlot | None:
    known = [(value, row.answerable) for row in rows if (value := score(row)) is not None]
    if not known:
        return None
    with_answer = [value for value, answerable in known if answerable]
    without = [value for value, answerable in known if not answerable]
    area = drawn = None
    if with_answer and without:
        curve = roc_curve([value for value, _ in known], [has for _, has in known])
        area, drawn = curve.area, roc(curve.points, threshold, name=f"{name}-roc")
    svg = distributions(with_answer, without, name=name, limits=limits, threshold=threshold)
    return ScorePlot(title, svg, drawn, len(with_answer), len(without), area, threshold)


def _calibration(
    title: str, outcome: str, name: str, rows: Sequence[Row], came_true: Sequence[bool]
) -> CalibrationPlot | None:
    if not rows:
        return None
    confidences = [row.confidence or 0.0 for row in rows]
    bins = reliability_bins(confidences, came_true)
    return CalibrationPlot(
        title=title,
        outcome=outcome,
        svg=reliability(bins, name=name),
        count=len(rows),
        error=expected_calibration_error(bins),
        brier=brier_score(confidences, came_true),
    )
