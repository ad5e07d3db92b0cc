"""How far a sentence speaks of each word of a question, for deciding whether to answer."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from api.answer.entity_agreement import STANDS_FOR_COUNTRY
from retriever.hit import SearchResult, SentenceMatch
from retriever.noun_runs import NUMBERED

# Cosines of the default model's tokens, over the passages found for our `tune` questions: words
# of questions about other matters that stand nowhere in the corpus come this near to the tokens of
# nine sentences in ten at most, and the same word elsewhere has this one in the median.
_UNRELATED, _SAME = 0.55, 0.87
# How far a sentence speaks of a word that is only near in meaning, at most, or stands above it.
_BY_MEANING, _ABOVE = 0.9, 0.85
# A name whose support lies below is not spoken of.
NAMED = 0.75
# What a word that stands in the sentence, or above it, counts as in cosines, and one that cannot
# be told apart in the question: the first is what the upper tenth of such words have.
_THERE, _ABOVE_IT, _NOT_COMPARABLE = 0.92, 0.85, 0.6
_TELLING_IDF = 1.0
# A number, or the letter of A노선, says nothing of what a question is about.
_SINGLE = re.compile(r"#.*|[a-z]")
_GENERIC_WEIGHT = 0.15
# Words of asking and telling, which no answer needs to hold.
_GENERIC_NOUNS = (
    "설명 이유 까닭 구체 구체적 종류 방법 이름 내용 가지 씩 말 답 소개 정리 간단 자세 보고서 문서"
    " 글 자료 저 제 우리 작년 현재 지금 최근 모두 전부 하나 어느 어떤 무슨 몇 얼마 해당 관련 경우"
    " 부분 사람 명 개 원 추천 좀 요 건 뜻 의미 뭣 무얼 데 덕분 덕 탓 정확"
)
_GENERIC_STEMS = (
    "알려주 알리 부르 나오 받 궁금하 나 주 가 오 나타나 쓰이 쓰 들 들어가 만들 싶 맞 모르 쉽"
)
GENERIC = frozenset(_GENERIC_NOUNS.split()) | {f"{stem}/v" for stem in _GENERIC_STEMS.split()}
# Nor do these say what a question is about: they stand in any report.
_EVERYWHERE = frozenset(
    [
        "필요",
        "중요",
        "가능",
        "준비",
        "시작",
        "사용",
        "이용",
        "활용",
        "대상",
        "하루",
        "곳",
        "목록",
        "시간",
        "만들/v",
    ]
)
# A question may say in which language it wants the answer, or of which language a text is.
LANGUAGES = frozenset({"영어", "영문", "한국어", "국어", "우리말", "한글", "일본어", "중국어"})


def weights_of(result: SearchResult) -> NDArray[np.float64]:
    """Return (words,) the idf of a question's words, less for those of asking and telling."""
    generic = np.array([word in GENERIC for word in result.terms])
    return np.array(list(result.terms.values())) * np.where(generic, _GENERIC_WEIGHT, 1.0)


def telling_words(result: SearchResult) -> tuple[str, ...]:
    """Return the words of a question that say what it is about, in reading order.

    A word of another language that meets no text stands for something ordinary, and is not among
    them unless it is a name. Nor is a word that the corpus has under another name: no sentence
    can be near to it, and those with the other name were found by it.
    """
    return tuple(
        word
        for word, idf in result.terms.items()
        if word not in GENERIC
        and idf > _TELLING_IDF
        and word not in result.explained_terms
        and not _is_foreign(word, result)
    )


def knows_nothing(result: SearchResult) -> bool:
    """Tell whether the corpus holds no word of what a question is about, under any name."""
    words = [
        word
        for word in telling_words(result)
        if word not in _EVERYWHERE and not _SINGLE.fullmatch(word)
    ]
    if not words or not frozenset(result.unknown_terms).issuperset(words):
        return False
    matches = (match for hit in result.hits for match in hit.sentences)
    return not any(word in match.stand_ins for match in matches for word in words)


def absent_names(result: SearchResult) -> tuple[str, ...]:
    """Return the Korean names in a question, and such as 5G, that the corpus does not hold."""
    return tuple(
        word
        for word in result.terms
        if word in result.roles.names
        and word in result.unknown_terms
        and (not word.isascii() or NUMBERED.fullmatch(word))
        and word not in LANGUAGES | STANDS_FOR_COUNTRY
    )


def cosines(words: Sequence[str], match: SentenceMatch) -> list[float]:
    """Return each word's nearness to a sentence; one that stands there counts as near."""
    return [_cosine(word, match) for word in words] or [_SAME]


def support(words: Sequence[str], match: SentenceMatch) -> list[float]:
    """Return how far a sentence speaks of each word, 0..1."""
    return [_support(word, match) for word in words]


def _is_foreign(word: str, result: SearchResult) -> bool:
    return word.isascii() and word in result.unknown_terms and word not in result.roles.names


def _cosine(word: str, match: SentenceMatch) -> float:
    near = match.nearness.get(word, _NOT_COMPARABLE)
    if word in match.terms:
        return _THERE
    near = max(near, match.share(word) * _ABOVE_IT)
    return max(near, _ABOVE_IT) if word in match.context_terms else near


def _support(word: str, match: SentenceMatch) -> float:
    if word in match.terms:
        return 1.0
    stands = match.share(word) * _ABOVE
    near = match.nearness.get(word, _UNRELATED)
    by_meaning = _BY_MEANING * min(max((near - _UNRELATED) / (_SAME - _UNRELATED), 0.0), 1.0)
    by_meaning = max(by_meaning, stands)
    return max(by_meaning, _ABOVE) if word in match.context_terms else by_meaning
