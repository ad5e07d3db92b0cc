"""Whether the documents answer the question at all: a calibrated probability."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter

from api.answer.refusal_features import Evidence, Features

# Without the deep copy of ``astuple``, which takes longer than all the rest.
_values: Callable[[Features], tuple[float, ...]] = attrgetter(*(f.name for f in fields(Features)))


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic regression over ``Features``, and the probability below which to refuse."""

    weights: Features
    bias: float
    threshold: float


# Fitted by logistic regression, each question by its most promising sentence, again and again until
# that stays the same. Half of the weight is on answerable questions, and it is shared between five
# sources (ROC-AUC on questions of each that were not fitted): natural questions over an
# encyclopaedia, whole and with the answering passages taken out (.89); questions that repeat their
# passage, likewise (.91); 160 answerable questions over reports and 25 unanswerable ones, mostly
# near misses (.95 over the original reports, .87 over ours); 30 more and 92 near misses of all
# kinds, both over two versions of the reports (.90); 178 answerable questions and 84 near misses in
# unusual words - heavy paraphrase, other languages mixed in, keywords, slips, follow-ups -, over
# both versions as well (.87 when one half is fitted and the other asked, .77 before they were
# there); and 80 natural questions about other matters (89% of 80 more are refused). Of all
# answerable questions over reports among them 3.5% lie below the threshold. Confidence takes four
# of five questions to have an answer.
CALIBRATION = Calibration(
    Features(
        weakest=6.349,
        next_weakest=3.742,
        predicate_anywhere=1.618,
        similarity=18.156,
        lexical=2.307,
        holds_value=0.136,
        lacks_value=-2.246,
        other_year=-3.324,
        no_year=-1.93,
        lacks_names=-1.625,
        lacks_place=-1.813,
        lacks_body=-3.596,
        lacks_attribute=-1.894,
        no_attribute=-2.045,
        wants_value=-0.454,
        request=-4.021,
        length=2.587,
        foreign=5.42,
        no_word=1.027,
        unknown=1.211,
    ),
    bias=-27.556,
    threshold=0.60,
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How likely the documents are to answer.

    Attributes:
        probability: 0..1, that they do.
        nearest: the sentence that is most about what the question is about, whether it can
            answer it or not; None where there is none to quote.
    """

    probability: float
    nearest: Evidence | None


def judge(found: Sequence[Evidence], calibration: Calibration = CALIBRATION) -> Verdict:
    """Return how likely the most promising sentence is to answer."""
    if not found:
        return Verdict(0.0, None)
    best = max(_logit(evidence.features, calibration) for evidence in found)
    nearest = max(found, key=lambda evidence: _topical(evidence.features, calibration.weights))
    return Verdict(_probability(best), nearest)


def _logit(features: Features, calibration: Calibration) -> float:
    weighted = zip(_values(features), _values(calibration.weights), strict=True)
    return calibration.bias + sum((x * w for x, w in weighted), 0.0)


def _topical(features: Features, weights: Features) -> float:
    """Leave out what speaks against an answer: that is what a refusal tells of the sentence."""
    return (
        features.weakest * weights.weakest
        + features.next_weakest * weights.next_weakest
        + features.similarity * weights.similarity
        + features.lexical * weights.lexical
    )


def _probability(logit: float) -> float:
    # Whichever side does not overflow.
    grown = math.exp(-abs(logit))
    return 1 / (1 + grown) if logit >= 0 else grown / (1 + grown)
