"""Whether the words of a sentence stand in its evidence, under any name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from api.answer.grounding.evidence import Unit
from api.answer.grounding.reading import Reading
from api.answer.grounding.wording import wording
from api.answer.grounding.words import Word

# One syllable may be found in anything.
_MIN_SUBSTRING = 2
_LATIN = re.compile(r"[a-z0-9]")
# What may end a name that the evidence writes without it: 대전시, 머크사.
_NAME_ENDS = re.compile(r"(?:시|도|군|구|사|부|청|국|대|씨|측|社|㈜|[은는이가을를의에로와과만])$")
# A verb says less of what is meant than a noun.
_NOUN_WEIGHT, _VERB_WEIGHT = 1.0, 0.5

OtherNames = Mapping[str, tuple[str, ...]]


def stands(word: Word, unit: Unit, other_names: OtherNames) -> bool:
    """Tell whether a word stands in the evidence, by itself, in a compound, or by another name.

    Args:
        word: of the sentence.
        unit: the evidence.
        other_names: by name without spaces, its other names without spaces.
    """
    return stands_in(word, unit.keys, unit.squeezed, other_names)


def stands_in(word: Word, keys: frozenset[str], squeezed: str, other_names: OtherNames) -> bool:
    """Tell the same of any text given as its keys and its text without spaces."""
    if wording().same_as(word.key) & keys if not word.name else word.key in keys:
        return True
    # The analyser cuts 금산 in two beside some words and not beside others: as written it is one.
    run = word.run.replace(" ", "")
    if _holds(squeezed, word.key) or (word.key in run and _holds(squeezed, run)):
        return True
    bare = _NAME_ENDS.sub("", word.key) if word.name else word.key
    if bare != word.key and _holds(squeezed, bare):
        return True
    return any(
        _holds(squeezed, other)
        for name, others in other_names.items()
        if word.key in name
        for other in others
    )


def _holds(squeezed: str, name: str) -> bool:
    if name.endswith("/v") or len(name) < _MIN_SUBSTRING:
        return False
    if not _LATIN.match(name):
        return name in squeezed
    found = re.search(rf"(?<![a-z]){re.escape(name)}(?![a-z])", squeezed)
    return found is not None


def in_reading(word: Word, reading: Reading, other_names: OtherNames) -> bool:
    """Tell whether a word stands in one text."""
    return stands_in(word, reading.keys, reading.squeezed, other_names)


def covered_share(words: Iterable[Word], missing: Iterable[Word]) -> float:
    """Return the share of the words' weight that is not missing, 0..1; 1 for no words."""
    total = sum(map(_weight, words))
    return 1.0 - sum(map(_weight, missing)) / total if total else 1.0


def longest_missing_run(words: Iterable[Word], missing: Iterable[Word]) -> int:
    """Return how many nouns in a row are missing at most."""
    lost = {word.start for word in missing}
    longest = now = 0
    for word in words:
        if word.key.endswith("/v"):
            continue
        now = now + 1 if word.start in lost else 0
        longest = max(longest, now)
    return longest


def _weight(word: Word) -> float:
    return _VERB_WEIGHT if word.key.endswith("/v") else _NOUN_WEIGHT
