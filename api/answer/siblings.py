"""Headings that name several of a kind, and which of them a sentence below is about.

Under "이노보테라퓨틱스와 신테카바이오" a sentence about the one says nothing of the other, although
both stand above it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from ingest.records import Sentence
from retriever.folding import fold
from retriever.hit import SearchResult

# What stands between names that are told together.
_BETWEEN = re.compile(r"\s*[·,/]\s*|(?<=[가-힣a-z])(?:와|과|및|랑)\s|\s및\s")
_PARTICLE = re.compile(r"(?<=[가-힣a-z]{2})(?:으로는|에서는|은|는|이|가|을|를|의|에|도|등|로)$")
# A comma also stands between clauses.
_CLAUSE = re.compile(r"(?:며|지만|는데|으나|면서|하여|되어)$")
_MARKS = "()[]“”‘’'\""
_MIN_CHARS = 2
# "항체 말고 다른 종류" asks for the siblings.
_APART = "말고|빼고|외에|제외"
# Names that most of a corpus speaks of tell nothing apart.
_TELLING_IDF = 1.0
# Of common nouns (투자와 정책) none keeps the other away; so long a word is mostly a name, known to
# the dictionary or not.
_LONG_NAME = 5


def siblings(name: str, heading: str) -> frozenset[str]:
    """Return the words told beside ``name`` in a heading, both folded: none where it is alone.

    ``구글·마이크로소프트·애플의 활동은`` gives the first two for 애플.
    """
    items = [words for item in _BETWEEN.split(heading) if (words := item.split())]
    found: set[str] = set()
    for place, words in enumerate(items):
        if words[0].startswith(name):
            found.update(_run(reversed(items[:place]), last=True))
        if words[-1].endswith(name):
            found.update(_run(items[place + 1 :], last=False))
    return frozenset(word for word in found if len(word) >= _MIN_CHARS and name not in word)


def _run(items: Iterable[Sequence[str]], *, last: bool) -> Iterator[str]:
    """Yield the words next to each other, up to one that more words belong to."""
    for words in items:
        if _CLAUSE.search(words[-1 if last else 0]):
            return
        yield _PARTICLE.sub("", words[-1 if last else 0].strip(_MARKS))
        if len(words) > 1:
            return


def of_siblings(result: SearchResult) -> list[list[bool]]:
    """Tell of each sentence of each hit whether it is about a sibling of a name asked about."""
    asked = fold(result.query)
    names = [
        word
        for word, idf in result.terms.items()
        if idf > _TELLING_IDF
        and (word in result.roles.names or len(word) >= _LONG_NAME)
        and not re.search(rf"{re.escape(word)}\S*\s(?:{_APART})", asked)
    ]
    return [_in_passage(hit.passage.sentences, names) for hit in result.hits]


def _in_passage(sentences: Sequence[Sentence], names: Sequence[str]) -> list[bool]:
    beside = {path: _beside(names, path) for path in {sentence.path for sentence in sentences}}
    return [
        bool(beside[sentence.path])
        and _is_of_sibling(beside[sentence.path], frozenset(names), sentences, place)
        for place, sentence in enumerate(sentences)
    ]


# The same headings stand above the passages of every question.
@lru_cache(maxsize=4096)
def _folded(heading: str) -> str:
    return fold(heading)


def _beside(names: Sequence[str], path: Sequence[str]) -> dict[str, frozenset[str]]:
    """Return the names that the nearest heading with them tells beside others, and these."""
    above = [_folded(part) for part in reversed(path)]
    nearest = {name: next((part for part in above if name in part), "") for name in names}
    found = {name: siblings(name, part) for name, part in nearest.items() if part}
    return {name: others for name, others in found.items() if others}


def _is_of_sibling(
    beside: Mapping[str, frozenset[str]],
    names: frozenset[str],
    sentences: Sequence[Sentence],
    place: int,
) -> bool:
    text = fold(sentences[place].text)
    if any(name in text for name in beside):
        return False
    return any(
        _speaks_of(others - names, name, text, sentences, place) for name, others in beside.items()
    )


def _speaks_of(
    others: Collection[str], name: str, text: str, sentences: Sequence[Sentence], place: int
) -> bool:
    if any(other in text for other in others):
        return True
    before = sentences[place - 1] if place else None
    if before is None or before.path != sentences[place].path:
        return False
    said = fold(before.text)
    return name not in said and any(other in said for other in others)
