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
# of folds that were not fitted: 706 answerable questions over two versions of the reports and 110
# unanswerable ones, mostly near misses (.982); 69 near misses and 69 answerable questions in the
# same words, which differ in what the documents tell alone (.944); 120 more and 366 near misses of
# all kinds, over both versions (.979); 357 answerable questions and 168 near misses in unusual
# words - heavy paraphrase, other languages mixed in, keywords, slips -, over both (.928); 109
# follow-ups (3.7% are refused); 160 natural questions about other matters (94% are refused), and
# 330 that people put to chatbots (plainly off topic, sharing words with the reports, neighbouring:
# of as many unseen ones 97%, 79% and 78% are refused); natural questions over an encyclopaedia,
# whole and with the answering passages taken out (577 and 386: .812), and questions that repeat
# their passage, likewise (117 and 99: .948); and, with little weight, 307 of the first with their
# evidence taken out. Over the 706 and 110 F1 is .85 to .87 for any threshold from .5 to .68, and at
# .62 1.7% of the 706 are refused, and of 340 unseen others 1.8%. Over the 397 `tune` questions that
# our gold set has by now F1 is highest, .92, from .45 to .52: of these the last lets through least
# that has no answer. Confidence takes four of five to have an answer.
CALIBRATION = Calibration(
    Features(
        weakest=4.506,
        next_weakest=2.405,
        similarity=22.294,
        lexical=2.203,
        lacks_value=-2.983,
        lacks_form=-0.707,
        other_year=-3.357,
        no_year=-2.753,
        lacks_names=-1.674,
        absent_name=-1.761,
        lacks_place=-1.256,
        lacks_body=-2.849,
        lacks_attribute=-3.893,
        lacks_term=-2.365,
        lacks_event=-0.827,
        lacks_firm=-1.305,
        other_kind=-1.974,
        only_aim=-3.733,
        lacks_rest=-4.155,
        request=-2.711,
        length=1.41,
        foreign=4.096,
        reworded=6.019,
        not_there=-2.79,
        strange=2.811,
    ),
    bias=-24.560,
    threshold=0.52,
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
