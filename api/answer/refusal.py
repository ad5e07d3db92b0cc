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


# Fitted by logistic regression, each question by its most promising sentence, again and again
# until that stays the same; the features were chosen by five-fold cross-validation over `tune`
# questions. A first fit, half of its weight on answerable questions: 706 of these over two
# versions of the reports and 110 unanswerable ones, mostly near misses; 69 near misses and 69
# answerable questions in the same words; 120 more and 366 near misses of all kinds; 357 answerable
# questions and 168 near misses in unusual words; 109 follow-ups; 490 questions about other
# matters; and questions over an encyclopaedia, whole and with the answering passages taken out. A
# second one, held to the first (a weight's change times its feature's spread, squared, costs 100):
# `tune` questions of our gold set over both versions (528 answerable, 100 not), 115 by other
# writers, 166 follow-ups, 60 that people put to chatbots, 700 natural questions over an
# encyclopaedia asked of the reports, and 450 of these asked of it, whole and with the answering
# passages taken out. At this threshold folds that were not fitted refuse 1% of the answerable, 2%
# of the follow-ups that are, and 84% of the unanswerable. Of 274 unseen natural questions about
# other matters 96% are refused (by the first fit 93%, at its own threshold .52). Over our 397
# `tune` questions F1 is .91 to .92 for any threshold from .55 to .69. Confidence takes four of
# five to have an answer.
CALIBRATION = Calibration(
    Features(
        weakest=3.893,
        next_weakest=1.929,
        similarity=26.992,
        lexical=2.224,
        lacks_value=-3.005,
        lacks_form=-0.741,
        other_year=-4.756,
        no_year=-2.507,
        lacks_names=-1.728,
        absent_name=-1.866,
        lacks_place=-1.359,
        lacks_body=-2.907,
        lacks_attribute=-4.012,
        lacks_term=-1.896,
        lacks_event=-0.594,
        lacks_firm=-1.210,
        other_kind=-1.896,
        only_aim=-2.727,
        lacks_rest=-4.155,
        request=-2.937,
        length=2.638,
        foreign=4.565,
        reworded=7.972,
        not_there=-1.942,
        strange=2.736,
    ),
    bias=-28.665,
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
