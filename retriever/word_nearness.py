"""How near a text comes to each single word of a question, from its nearness to each token."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from retriever.folding import fold
from retriever.noun_runs import NUMBERED
from retriever.term_kind import bare


def tokens_of_words(
    text: str, spans: Sequence[tuple[int, int]], words: Iterable[str]
) -> dict[str, tuple[int, ...]]:
    """Return the places of the tokens that each word is made of.

    Args:
        text: the question.
        spans: start and end of each token in ``text``.
        words: terms as the analyser writes them.

    Returns:
        The words that stand in the text as they are written; not those whose stem changes, nor
        5G: what is near to 5 or to G says nothing of it.
    """
    folded = fold(text)
    if len(folded) != len(text):  # offsets would not fit
        folded = text.lower()
    found = {}
    for word in words:
        surface = bare(word)
        start = folded.find(surface)
        if start < 0 or NUMBERED.fullmatch(word):
            continue
        end = start + len(surface)
        places = tuple(i for i, (first, last) in enumerate(spans) if first < end and last > start)
        if places:
            found[word] = places
    return found


def nearness_to_words(
    tokens: NDArray[np.float32], places: Mapping[str, Sequence[int]]
) -> list[dict[str, float]]:
    """Return the mean nearness of each text to the tokens of each word.

    Args:
        tokens: (texts, query tokens) cosine of each token with the nearest of the text's.
        places: tokens of each word.
    """
    if not places or not tokens.size:
        return [{} for _ in range(len(tokens))]
    means = np.zeros((tokens.shape[1], len(places)), dtype=np.float32)
    for column, own in enumerate(places.values()):
        means[list(own), column] = 1 / len(own)
    return [dict(zip(places, row, strict=True)) for row in (tokens @ means).tolist()]
