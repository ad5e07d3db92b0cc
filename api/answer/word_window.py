"""How near each sentence comes to the question's words, counting what stands around it.

A sentence rarely says again what its heading, its parent bullet or the sentence before it said, so
a word of the question that those hold is nearly as good as one of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retriever.hit import SentenceMatch

# What a word counts where it stands only above the sentence, or where only the bullet above or
# the sentence before or behind comes near to it. On the `tune` questions that the weights of the
# signs are fitted on, 1 in place of all three is worse (mean negative log chance .944 and .934),
# and so is .6 in place of the last (.937).
_ABOVE = 0.9
_PARENT = 0.9
_BESIDE = 0.8
# Cosines this near to each other say nothing about which sentence has the word.
_LEAST_SPREAD = 0.02

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around each sentence.

    Attributes:
        parents: place of the bullet above each sentence that has one among the sentences.
        beside: pairs of places that follow each other in one passage.
    """

    parents: Mapping[int, int]
    beside: Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class WordNearness:
    """How near sentences come to the words of a question; both (sentences,), unscaled.

    Attributes:
        mean: over the words, by their idf.
        least: of the word that the sentence is furthest from.
    """

    mean: Matrix
    least: Matrix


def word_nearness(
    matches: Sequence[SentenceMatch], terms: Mapping[str, float], around: Surroundings
) -> WordNearness:
    """Return how near sentences and their surroundings come to the words of a question.

    Args:
        matches: at least one.
        terms: the question's words with their idf.
        around: places in ``matches``.

    Returns:
        Each word counts 0 for the sentence furthest from it and 1 for the nearest and for those
        that hold it. All zeros where none of the words can be told apart in the question.
    """
    words = [word for word in terms if any(word in match.nearness for match in matches)]
    if not words:
        none = np.zeros(len(matches))
        return WordNearness(none, none)
    own = _own(matches, words)
    near = np.maximum(own, _ABOVE * _holds([match.context_terms for match in matches], words))
    for child, parent in around.parents.items():
        near[child] = np.maximum(near[child], _PARENT * own[parent])
    for before, behind in around.beside:
        near[before] = np.maximum(near[before], _BESIDE * own[behind])
        near[behind] = np.maximum(near[behind], _BESIDE * own[before])
    idf = np.array([terms[word] for word in words])
    total = idf.sum()
    return WordNearness(near @ (idf / total) if total else near.mean(axis=1), near.min(axis=1))


def _own(matches: Sequence[SentenceMatch], words: Sequence[str]) -> Matrix:
    """Return (sentences, words) of how near each sentence itself comes to each word, 0..1."""
    near = np.array([[max(m.nearness.get(word, 0.0), 0.0) for word in words] for m in matches])
    lowest = near.min(axis=0)
    near = (near - lowest) / np.maximum(near.max(axis=0) - lowest, _LEAST_SPREAD)
    held = np.array([[match.share(word) for word in words] for match in matches])
    own: Matrix = np.maximum(near, held)
    return own


def _holds(held: Sequence[frozenset[str]], words: Sequence[str]) -> Matrix:
    return np.array([[word in terms for word in words] for terms in held], dtype=np.float64)
