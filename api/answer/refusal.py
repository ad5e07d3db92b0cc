"""Whether the documents answer the question at all: a calibrated probability."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from api.answer.question import AnswerKind, fits
from api.answer.selection import Candidate, coverage
from retriever.hit import SearchResult


@dataclass(frozen=True, slots=True)
class Signals:
    """What tells an answerable question from one that the documents say nothing of.

    Attributes:
        similarity: highest cosine of the question with a sentence.
        best_coverage: share of the question's idf mass in the best sentence itself.
        coverage: highest share in any sentence and above it.
        fit: 1 where the best sentence holds what such an answer must hold.
    """

    similarity: float
    best_coverage: float
    coverage: float
    fit: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic regression over ``Signals``, and the probability below which to refuse."""

    weights: Signals
    bias: float
    threshold: float


# Fitted on the `tune` part of a third-party set of natural questions over encyclopaedia passages:
# 1,543 questions, each once as it is and once with the answering passages taken out. ROC-AUC .795
# there and .866 on its `test` part. The threshold is the one that refuses 2% of the answerable
# `tune` questions over our own reports (0.2% of the third party's): a wrong refusal hides an
# answer, and a needless answer still shows the sentence that it rests on.
CALIBRATION = Calibration(Signals(37.31, 0.80, 0.40, 0.53), bias=-34.18, threshold=0.085)


def signals(result: SearchResult, ranked: Sequence[Candidate], kind: AnswerKind) -> Signals:
    """Return the signals of one search; ``ranked`` must not be empty."""
    best = ranked[0]
    return Signals(
        similarity=max(candidate.match.similarity for candidate in ranked),
        best_coverage=coverage(best.match.terms, result.terms),
        coverage=max(
            coverage(candidate.match.terms | candidate.match.context_terms, result.terms)
            for candidate in ranked
        ),
        fit=float(fits(kind, best.sentence.text)),
    )


def answerable_probability(found: Signals, calibration: Calibration = CALIBRATION) -> float:
    """Return the probability, 0..1, that the documents answer the question."""
    weighted = zip(astuple(found), astuple(calibration.weights), strict=True)
    return 1 / (1 + math.exp(-(calibration.bias + sum(x * w for x, w in weighted))))
