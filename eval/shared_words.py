"""How many of a question's words stand in its evidence: whether it is asked in other words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from eval.gold_set import GoldQuestion
from eval.metrics.token_f1 import Morphemes

FEW_SHARED = 0.25
"""A question shares few words with its evidence where at most one in four stands there too."""

_WORD = re.compile(r"[0-9a-z가-힣]+")


@dataclass(frozen=True, slots=True)
class SharedWords:
    """Shares of a gold set's answerable questions, by two definitions of what a word is.

    Attributes:
        questions: how many are answerable.
        few: share whose content words (morphemes) are at most ``FEW_SHARED`` in the evidence.
        few_pairs: the same counted in pairs of characters within words.
        mean: mean share of content words in the evidence, over all of them.
        marked_mean, marked_mean_pairs: means over those marked ``paraphrased``; None without any.
        other_mean, other_mean_pairs: means over the others; None without any.
    """

    questions: int
    few: float
    few_pairs: float
    mean: float
    marked_mean: float | None
    marked_mean_pairs: float | None
    other_mean: float | None
    other_mean_pairs: float | None


def shared_words(questions: Sequence[GoldQuestion], morphemes: Morphemes) -> SharedWords | None:
    """Measure the answerable questions of a gold set; None where there are none.

    The share is ``|question ∩ evidence| / |question|`` over distinct words, the evidence being
    all quotes of the question together.
    """
    asked = [question for question in questions if question.answerable]
    if not asked:
        return None
    quotes = [" ".join(e.quote for e in question.evidence) for question in asked]
    texts = [question.question for question in asked]
    terms = morphemes([*texts, *quotes])
    words = [
        _share(own, other)
        for own, other in zip(terms[: len(asked)], terms[len(asked) :], strict=True)
    ]
    pairs = [_share(_pairs(own), _pairs(other)) for own, other in zip(texts, quotes, strict=True)]
    marked = [question.paraphrased for question in asked]
    return SharedWords(
        questions=len(asked),
        few=fmean(share <= FEW_SHARED for share in words),
        few_pairs=fmean(share <= FEW_SHARED for share in pairs),
        mean=fmean(words),
        marked_mean=_mean_where(words, marked, wanted=True),
        marked_mean_pairs=_mean_where(pairs, marked, wanted=True),
        other_mean=_mean_where(words, marked, wanted=False),
        other_mean_pairs=_mean_where(pairs, marked, wanted=False),
    )


def _share(own: Sequence[str], other: Sequence[str]) -> float:
    words = set(own)
    return len(words & set(other)) / len(words) if words else 0.0


def _pairs(text: str) -> list[str]:
    return [word[i : i + 2] for word in _WORD.findall(text.lower()) for i in range(len(word) - 1)]


def _mean_where(values: Sequence[float], marked: Sequence[bool], *, wanted: bool) -> float | None:
    chosen = [value for value, mark in zip(values, marked, strict=True) if mark is wanted]
    return fmean(chosen) if chosen else None
