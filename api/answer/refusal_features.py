"""What tells a question that the documents answer from one that they only resemble.

Every quotable sentence of the best passages is looked at as a possible answer; each gets the same
features, and the question is as answerable as its most promising sentence. All features are
comparable between searches and corpora: shares, cosines, and yes or no.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from api.answer.asked_value import asks_for_person, asks_for_value, holds_asked_value
from api.answer.attribute import Attribute, attributes_in
from api.answer.entity_agreement import bodies_in, lacks_body, lacks_place, places_in
from api.answer.request import is_request
from api.answer.years import years_in
from ingest.records import BlockKind, Sentence
from retriever.folding import fold
from retriever.hit import Hit, SearchResult, SentenceMatch

# As many passages as the answer is chosen from.
LOOKED_AT = 8
_NEVER_QUOTED = frozenset({BlockKind.REFERENCE, BlockKind.CONTENTS, BlockKind.FURNITURE})
# Token cosines of the default model: unrelated words lie below the first, the same word in
# another form above the second.
_UNRELATED, _SAME = 0.78, 0.92
_BY_MEANING, _ABOVE = 0.9, 0.85
# A name whose support lies below is not spoken of.
_NAMED = 0.75
_NOT_COMPARABLE = 0.8
# What a word that stands in the sentence, or above it, counts as in cosines.
_THERE, _ABOVE_IT = 0.97, 0.93
# Questions have about as many telling words at most.
_MANY_WORDS = 8
_TELLING_IDF = 1.0
_GENERIC_WEIGHT = 0.15
# Words of asking and telling, which no answer needs to hold.
_GENERIC_NOUNS = (
    "설명 이유 까닭 구체 구체적 종류 방법 이름 내용 가지 씩 말 답 소개 정리 간단 자세 보고서 문서"
    " 글 자료 저 제 우리 작년 현재 지금 최근 모두 전부 하나 어느 어떤 무슨 몇 얼마 해당 관련 경우"
    " 부분 사람 명 개 원 추천 좀 요 건 뜻 의미 뭣 무얼 데"
)
_GENERIC_STEMS = "알려주 알리 부르 나오 받 궁금하 나 주 가 오 나타나 쓰이 쓰 들 들어가 만들 싶"
_GENERIC = frozenset(_GENERIC_NOUNS.split()) | {f"{stem}/v" for stem in _GENERIC_STEMS.split()}
_YEAR = re.compile(r"(?:19|20)\d{2}|['’]\d{2}")


@dataclass(frozen=True, slots=True)
class Features:
    """One sentence as a possible answer; shares and yes-or-no are 0..1.

    Attributes:
        weakest, next_weakest: cosine of the question's telling words that come off worst, each
            with the nearest of the sentence's tokens.
        predicate_anywhere: how far any sentence speaks of what the question says happened.
        similarity: cosine of the question and the sentence.
        lexical: the passage's BM25 score beside the best of all.
        holds_value, lacks_value: whether a value of the kind asked for is there.
        other_year, no_year: the year asked for is another one, or not there.
        lacks_names: share of the question's names that it does not speak of.
        lacks_place, lacks_body: its passage does not name a place or an institution asked about.
        lacks_attribute: its passage does not speak of the kind of fact.
        no_attribute: nor does any other.
        wants_value: whether a value is asked for.
        request: an opinion, advice or a piece of writing is asked for.
        length: number of telling words, in eights.
        foreign: number of words of another language that meet no text, in eights.
        no_word: none of the telling words stands in it or above it.
        unknown: share of the telling words that the corpus does not hold.
    """

    weakest: float
    next_weakest: float
    predicate_anywhere: float
    similarity: float
    lexical: float
    holds_value: float
    lacks_value: float
    other_year: float
    no_year: float
    lacks_names: float
    lacks_place: float
    lacks_body: float
    lacks_attribute: float
    no_attribute: float
    wants_value: float
    request: float
    length: float
    foreign: float
    no_word: float
    unknown: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that may answer, and what speaks for and against it."""

    hit: Hit
    sentence: Sentence
    features: Features


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is known of a question before any sentence is looked at."""

    text: str
    words: tuple[str, ...]
    weights: NDArray[np.float64]
    telling: tuple[int, ...]
    predicates: tuple[int, ...]
    names: tuple[int, ...]
    years: frozenset[int]
    places: frozenset[str]
    bodies: frozenset[str]
    attributes: tuple[Attribute, ...]
    value: bool
    person: bool
    request: bool
    foreign: int
    unknown: float


@dataclass(frozen=True, slots=True)
class _Search:
    """What is known of all the passages together, or of each of them.

    Attributes:
        anywhere: (words,) how far any sentence speaks of each word.
        spoken: whether each passage speaks of the kind of fact asked for.
        agrees: whether each passage names the question's places, and its bodies.
        best_lexical: highest BM25 score.
    """

    anywhere: NDArray[np.float64]
    spoken: Sequence[bool]
    agrees: Sequence[tuple[bool, bool]]
    best_lexical: float


@dataclass(frozen=True, slots=True)
class _Row:
    place: int
    hit: Hit
    sentence: Sentence
    match: SentenceMatch


def evidence(question: str, result: SearchResult) -> list[Evidence]:
    """Return every quotable sentence of the best passages with its features.

    Args:
        question: in the user's words.
        result: of its search.
    """
    hits = result.hits[:LOOKED_AT]
    rows = [
        _Row(place, hit, sentence, match)
        for place, hit in enumerate(hits)
        for sentence, match in zip(hit.passage.sentences, hit.sentences, strict=True)
        if sentence.kind not in _NEVER_QUOTED
    ]
    if not rows or not result.terms:
        return []
    asked = _asked(question, result)
    support = np.array([_support(asked, row.match) for row in rows])
    spoken = [_spoken_of(asked, hit) for hit in hits]
    agrees = [_agreement(asked, hit) for hit in hits]
    best_lexical = max(hit.scores.get("morpheme", 0.0) for hit in hits) or 1.0
    search = _Search(support.max(axis=0), spoken, agrees, best_lexical)
    return [
        Evidence(row.hit, row.sentence, _features(asked, row, own, search))
        for row, own in zip(rows, support, strict=True)
    ]


def _asked(question: str, result: SearchResult) -> _Asked:
    words = tuple(result.terms)
    generic = np.array([word in _GENERIC for word in words])
    weights = np.array(list(result.terms.values())) * np.where(generic, _GENERIC_WEIGHT, 1.0)
    telling = tuple(
        place
        for place in np.flatnonzero(~generic & (weights > _TELLING_IDF)).tolist()
        if not _is_foreign(words[place], result)
    )
    return _Asked(
        text=question,
        words=words,
        weights=weights / max(float(weights.sum()), 1e-9),
        telling=telling,
        predicates=_places(words, result.roles.predicates, generic),
        names=_places(words, result.roles.names, np.zeros(len(words), dtype=bool)),
        years=years_in(question),
        places=places_in(question, result.roles.names),
        bodies=bodies_in(question),
        attributes=attributes_in(question),
        value=asks_for_value(question),
        person=asks_for_person(question),
        request=is_request(question),
        foreign=sum(w.isascii() and w.isalpha() and w in result.unknown_terms for w in words),
        unknown=sum(words[i] in result.unknown_terms for i in telling) / max(len(telling), 1),
    )


def _is_foreign(word: str, result: SearchResult) -> bool:
    """Tell whether a word of another language stands for something ordinary: it meets no text."""
    return word.isascii() and word in result.unknown_terms and word not in result.roles.names


def _places(
    words: Sequence[str], among: Sequence[str], left_out: NDArray[np.bool_]
) -> tuple[int, ...]:
    return tuple(i for i, word in enumerate(words) if word in among and not left_out[i])


def _support(asked: _Asked, match: SentenceMatch) -> list[float]:
    """Return how far a sentence speaks of each word, 0..1."""
    found = []
    for word in asked.words:
        near = match.nearness.get(word, _UNRELATED)
        by_meaning = _BY_MEANING * min(max((near - _UNRELATED) / (_SAME - _UNRELATED), 0.0), 1.0)
        by_word = 1.0 if word in match.terms else _ABOVE if word in match.context_terms else 0.0
        found.append(max(by_word, by_meaning))
    return found


def _spoken_of(asked: _Asked, hit: Hit) -> bool:
    """Tell whether a passage speaks of every kind of fact that is asked for."""
    text = " ".join((*hit.passage.heading_path, hit.passage.text))
    return all(attribute.spoken.search(text) for attribute in asked.attributes)


def _agreement(asked: _Asked, hit: Hit) -> tuple[bool, bool]:
    """Tell whether a passage and what stands above it name the question's places and bodies."""
    if not asked.places and not asked.bodies:
        return True, True
    paths = {part for sentence in hit.passage.sentences for part in sentence.path}
    text = fold(" ".join((hit.document.title, *paths, hit.passage.text)))
    return not lacks_place(asked.places, text), not lacks_body(asked.bodies, text)


def _features(
    asked: _Asked,
    row: _Row,
    own: NDArray[np.float64],
    search: _Search,
) -> Features:
    match, weights = row.match, asked.weights
    cosines = sorted(_cosine(asked.words[i], match) for i in asked.telling) or [_SAME]
    above = " ".join((*row.sentence.path, row.sentence.text))
    years = years_in(above) if asked.years and _YEAR.search(above) else frozenset[int]()
    missed = bool(asked.years) and bool(years) and not asked.years & years
    holds = holds_asked_value(asked.text, row.sentence.text)
    named = sum(weights[i] for i in asked.names)
    held = match.terms | match.context_terms
    return Features(
        weakest=cosines[0],
        next_weakest=cosines[min(1, len(cosines) - 1)],
        predicate_anywhere=_least(search.anywhere, asked.predicates),
        similarity=match.similarity,
        lexical=row.hit.scores.get("morpheme", 0.0) / search.best_lexical,
        holds_value=float(holds is True),
        lacks_value=float(holds is False and not asked.person),
        other_year=float(missed),
        no_year=float(bool(asked.years) and not asked.years & years),
        lacks_names=_share(weights, asked.names, own < _NAMED) / named if named else 0.0,
        lacks_place=float(not search.agrees[row.place][0]),
        lacks_body=float(not search.agrees[row.place][1]),
        lacks_attribute=float(not search.spoken[row.place]),
        no_attribute=float(not any(search.spoken)),
        wants_value=float(asked.value),
        request=float(asked.request),
        length=len(asked.telling) / _MANY_WORDS,
        foreign=asked.foreign / _MANY_WORDS,
        no_word=float(not any(asked.words[i] in held for i in asked.telling)),
        unknown=asked.unknown,
    )


def _cosine(word: str, match: SentenceMatch) -> float:
    """Return a word's nearness; one that stands there counts as near."""
    near = match.nearness.get(word, _NOT_COMPARABLE)
    if word in match.terms:
        return _THERE
    return max(near, _ABOVE_IT) if word in match.context_terms else near


def _least(values: NDArray[np.float64], places: Sequence[int]) -> float:
    return float(values[list(places)].min()) if places else 1.0


def _share(weights: NDArray[np.float64], places: Sequence[int], where: NDArray[np.bool_]) -> float:
    return float(sum(weights[i] for i in places if where[i]))
