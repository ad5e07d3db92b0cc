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
# that stays the same; on `tune` questions alone, and the features were chosen by five-fold
# cross-validation over them. Half of the weight is on answerable questions. In brackets the ROC-AUC
# of folds that were not fitted, and before it that of the 18 features before the present ones,
# fitted alike: 332 answerable questions over two versions of the reports and 79 unanswerable ones,
# mostly near misses (.954, .975); 69 near misses and 69 answerable questions in the same words,
# which differ in what the documents tell alone (.811, .925; as many others that served neither
# choosing nor fitting: .852, .918); 60 more and 183 near misses of all kinds, over both versions
# (.937, .967); 179 answerable questions and 84 near misses in unusual words - heavy paraphrase,
# other languages mixed in, keywords, slips -, over both (.894, .918); 80 follow-ups (2.5% are
# refused); 160 natural questions about other matters (96% are refused); natural questions over an
# encyclopaedia, whole and with the answering passages taken out (577 and 388: .818, .814), and
# questions that repeat their passage, likewise (117 and 99: .944, .943); and, with little weight,
# 307 of the first with their evidence taken out. At the threshold .9% of the 332 are refused (6%
# of those in unusual words) and 80% of the 79, F1 .87. At .70, which refuses 2.7% and 86% of them,
# 5.7% of 209 other answerable questions over the originals were refused and 92% of 49 others, so
# that it was lowered: 4.3% and 90%. Confidence takes four of five questions to have an answer.
CALIBRATION = Calibration(
    Features(
        weakest=4.305,
        next_weakest=2.592,
        similarity=19.281,
        lexical=2.024,
        lacks_value=-3.0,
        lacks_form=-1.072,
        other_year=-2.685,
        no_year=-2.99,
        lacks_names=-0.96,
        absent_name=-1.747,
        lacks_place=-1.248,
        lacks_body=-3.087,
        lacks_attribute=-3.561,
        lacks_term=-2.145,
        lacks_event=-0.503,
        lacks_firm=-1.867,
        other_kind=-2.427,
        only_aim=-3.088,
        lacks_rest=-5.576,
        request=-3.599,
        length=2.287,
        foreign=2.224,
        unknown=1.478,
    ),
    bias=-22.341,
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
