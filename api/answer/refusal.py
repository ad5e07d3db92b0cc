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
# of folds that were not fitted: 332 answerable questions over two versions of the reports and 79
# unanswerable ones, mostly near misses (.978); 157 more and 13 (.98); 69 near misses and 69
# answerable questions in the same words, which differ in what the documents tell alone (.943; as
# many others that served neither choosing nor fitting: .925); 60 more and 183 near misses of all
# kinds, over both versions (.976); 179 answerable questions and 84 near misses in unusual words -
# heavy paraphrase, other languages mixed in, keywords, slips -, over both (.927); 109 follow-ups
# (3.7% are refused); 160 natural questions about other matters (96% are refused), and 165 that
# people put to chatbots (plainly off topic, sharing words with the reports, neighbouring: of as
# many unseen ones 96%, 84% and 78% are refused, where without them in the fit 84%, 57% and 67%
# were); natural questions over an encyclopaedia, whole and with the answering passages taken out
# (577 and 388: .813), and questions that repeat their passage, likewise (117 and 99: .947); and,
# with little weight, 307 of the first with their evidence taken out. At the threshold 2.1% of the
# 332 are refused, and of 153 unseen others 4.6%. Confidence takes four of five to have an answer.
CALIBRATION = Calibration(
    Features(
        weakest=4.789,
        next_weakest=2.456,
        similarity=20.365,
        lexical=2.223,
        lacks_value=-2.726,
        lacks_form=-0.969,
        other_year=-3.279,
        no_year=-2.831,
        lacks_names=-1.802,
        absent_name=-1.511,
        lacks_place=-1.691,
        lacks_body=-3.042,
        lacks_attribute=-3.501,
        lacks_term=-2.112,
        lacks_event=-0.841,
        lacks_firm=-1.244,
        other_kind=-2.229,
        only_aim=-3.078,
        lacks_rest=-5.641,
        request=-2.935,
        length=2.247,
        foreign=2.539,
        unknown=1.422,
    ),
    bias=-23.523,
    threshold=0.68,
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
