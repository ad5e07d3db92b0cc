from math import inf

import pytest

from eval.metrics.refusal import (
    ReliabilityBin,
    RocPoint,
    expected_calibration_error,
    refusal_scores,
    reliability_bins,
    roc_curve,
)


def test_refusals_are_matched_with_unanswerable_questions() -> None:
    refused = [True, True, True, False, False, False]
    answerable = [False, False, True, False, True, True]
    scores = refusal_scores(refused, answerable)
    assert scores.precision == 2 / 3  # two of three refusals
    assert scores.recall == 2 / 3  # two of three unanswerable ones
    assert scores.f1 == 2 * 2 / (3 + 3)
    assert scores.answerable_refused == 1 / 3


def test_a_share_of_nothing_is_none() -> None:
    scores = refusal_scores([False], [True])
    assert (scores.precision, scores.recall, scores.f1) == (None, None, None)
    assert refusal_scores([False], [False]).recall == 0
    with pytest.raises(ValueError, match="shorter"):
        refusal_scores([True], [])


def test_the_roc_curve_has_a_point_a_distinct_score() -> None:
    scores = [0.9, 0.8, 0.8, 0.3]
    answerable = [True, True, False, False]
    curve = roc_curve(scores, answerable)
    assert curve.points == (
        RocPoint(inf, 0.0, 0.0),
        RocPoint(0.9, 0.0, 0.5),
        RocPoint(0.8, 0.5, 1.0),  # one of each at once
        RocPoint(0.3, 1.0, 1.0),
    )
    # Pairs (answerable, not): .9>.8, .9>.3, .8=.8 (half), .8>.3: 3.5 of 4.
    assert curve.area == 3.5 / 4


def test_a_roc_curve_needs_both_classes() -> None:
    with pytest.raises(ValueError, match="answerable and unanswerable"):
        roc_curve([0.1, 0.2], [True, True])


def test_calibration_compares_confidence_with_accuracy() -> None:
    bins = reliability_bins([0.1, 0.3, 0.5, 1.0], [False, True, True, True], bins=2)
    assert bins == (
        ReliabilityBin(0.0, 0.5, 2, 0.2, 0.5),
        ReliabilityBin(0.5, 1.0, 2, 0.75, 1.0),
    )
    # 2/4 · |0.5 - 0.2| + 2/4 · |1 - 0.75| = 0.275
    assert expected_calibration_error(bins) == pytest.approx(0.275)
    assert reliability_bins([0.9], [True], bins=2)[0] == ReliabilityBin(0.0, 0.5, 0, 0.0, 0.0)


def test_what_cannot_be_binned_is_refused() -> None:
    with pytest.raises(ValueError, match="confidences"):
        reliability_bins([1.2], [True])
    with pytest.raises(ValueError, match="confidences"):
        reliability_bins([0.2], [True], bins=0)
    with pytest.raises(ValueError, match="no answers"):
        expected_calibration_error(reliability_bins([], []))
