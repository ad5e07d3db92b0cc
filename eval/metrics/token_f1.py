"""F1 of short answers over characters, as KorQuAD defines it, and over morphemes.

``P = common / |prediction|``, ``R = common / |answer|``, ``F1 = 2PR / (P + R)``, where both are
multisets of tokens and ``common`` is the size of what they share. The best answer counts.

Sources: Rajpurkar et al., *SQuAD* (2016); Lim, Kim & Lee, *KorQuAD1.0* (2019), which counts
characters because one word of Korean holds several morphemes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from eval.metrics.exact_match import normalise_answer

Morphemes = Callable[[Sequence[str]], Sequence[Sequence[str]]]
"""Gives the morphemes of each text, particles left out: ``KoreanAnalyzer.morphemes``."""

# Kiwi's tags of what carries no content: particles with the copula, endings, punctuation.
_GRAMMAR_TAGS = ("J", "VCP", "E", "SF", "SP", "SS", "SE", "SO", "SW", "SB")


def character_f1(prediction: str, answers: Sequence[str]) -> float:
    """Return the best F1 over characters after KorQuAD's normalisation, 0..1, blanks left out.

    Raises:
        ValueError: when there are no answers.
    """
    predicted, *wanted = (
        normalise_answer(text).replace(" ", "") for text in (prediction, *answers)
    )
    return _best(predicted, wanted)


def morpheme_f1(prediction: str, answers: Sequence[str], morphemes: Morphemes) -> float:
    """Return the best F1 over morphemes, 0..1, so that 서울은 and 서울 are one.

    Args:
        prediction: the answer given.
        answers: right answers.
        morphemes: gives the morphemes of each text without particles. The terms of
            ``KoreanAnalyzer`` hold compounds both whole and in parts, so they weigh compounds
            more; ``content_morphemes`` makes plain ones of tagged tokens.

    Raises:
        ValueError: when there are no answers.
    """
    predicted, *wanted = morphemes([prediction, *answers])
    return _best(predicted, wanted)


def content_morphemes(tagged: Iterable[tuple[str, str]]) -> list[str]:
    """Return the forms of tagged morphemes without particles, endings and punctuation.

    Args:
        tagged: form and tag (Kiwi's Sejong tags) in reading order.
    """
    return [form.lower() for form, tag in tagged if not tag.startswith(_GRAMMAR_TAGS)]


def _best(predicted: Sequence[str], wanted: Sequence[Sequence[str]]) -> float:
    if not wanted:
        raise ValueError("no answers to compare with")
    return max(_f1(predicted, tokens) for tokens in wanted)


def _f1(predicted: Sequence[str], wanted: Sequence[str]) -> float:
    common = (Counter(predicted) & Counter(wanted)).total()
    # 2PR / (P + R) with the divisions by common taken out.
    return 2 * common / (len(predicted) + len(wanted)) if common else 0.0
