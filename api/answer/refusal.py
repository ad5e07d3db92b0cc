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
        passage_coverage: highest share of the question's idf mass in one passage and above it.
        sentence_coverage: share in the best sentence and above it.
        known: share of the idf mass that stands anywhere in the corpus.
        fit: 1 where the best sentence holds what such an answer must hold.
    """

    similarity: float
    passage_coverage: float
    sentence_coverage: float
    known: float
    fit: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic regression over ``Signals``, and the probability below which to refuse."""

    weights: Signals
    bias: float
    threshold: float


CALIBRATION = Calibration(Signals(20.0, 3.0, 1.0, 1.0, 0.3), -19.0, 0.35)


def signals(result: SearchResult, ranked: Sequence[Candidate], kind: AnswerKind) -> Signals:
    """Return the signals of one search; ``ranked`` must not be empty."""
    best = ranked[0]
    known = frozenset(result.terms) - frozenset(result.unknown_terms)
    return Signals(
        similarity=max(candidate.match.similarity for candidate in ranked),
        passage_coverage=max(
            coverage(frozenset(hit.matched_terms), result.terms) for hit in result.hits
        ),
        sentence_coverage=coverage(best.match.terms | best.match.context_terms, result.terms),
        known=coverage(known, result.terms),
        fit=float(fits(kind, best.sentence.text)),
    )


def answerable_probability(found: Signals, calibration: Calibration = CALIBRATION) -> float:
    """Return the probability, 0..1, that the documents answer the question."""
    weighted = zip(astuple(found), astuple(calibration.weights), strict=True)
    return 1 / (1 + math.exp(-(calibration.bias + sum(x * w for x, w in weighted))))
