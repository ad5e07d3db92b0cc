"""The words of a refusal: what was missing, and the nearest things the documents do say."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from api.answer.marker import MARKER
from api.answer.refusal import Verdict
from api.answer.refusal_features import Evidence
from api.answer.refusal_words import GENERIC
from api.answer.selection import Candidate, coverage
from api.answer.trap import (
    FALSE_PREMISE,
    OFF_TOPIC,
    OTHER_ENTITY,
    OTHER_YEAR,
    UNKNOWN_NAME,
    Trap,
)
from retriever.hit import SearchResult

NOT_FOUND = "문서에서 이 질문의 답을 찾지 못했습니다."
_RELATED = "\n관련 내용: "
# A refusal shows this many of the nearest sentences, each with this share of the question's idf.
_NEARBY = 2
_RELATED_SHARE = 0.2
# More missing words than these would not make the refusal any clearer.
_MOST_WORDS = 3
_MOST_YEARS = 4
_KNOWN_IDF = 1.0
# Words of asking that a refusal need not name, beside those that no answer needs to hold.
_ASKING_NOUNS = (
    "나열 열거 요약 상세 간략 정확 말씀 얘기 이야기 답변 대답 질문 문의 안내 부탁 항목 언급"
    " 서술 명시 본문 각각 둘 셋 넷 다섯 여섯 앞 뒤 해 때 시작"
)
_ASKING = GENERIC.union(_ASKING_NOUNS.split())
# A word this near to one of the sentence's own is spoken of there.
_SPOKEN_OF = 0.88
_MARKED_TERM = re.compile(r"/v$|^#")


def refusal_text(
    trap: Trap,
    result: SearchResult,
    best: Evidence | None,
    shown: Collection[str] = frozenset(),
) -> str:
    """Return one or two sentences that say what the documents lack.

    Args:
        trap: why the question is refused.
        result: of its search.
        best: the sentence that is nearest to it.
        shown: words of the question in the sentences that follow the refusal.
    """
    if trap.reason == FALSE_PREMISE:
        asked, stated = trap.missing[0], trap.stated[0]
        return f"질문에는 {asked}으로 되어 있으나, 문서에는 {stated}으로 되어 있습니다."
    return f"{NOT_FOUND} {_what_is_missing(trap, result, best, shown)}".strip()


def related_text(sentence: str, marker: int) -> str:
    """Return how a refusal mentions a sentence of the documents that is near the question."""
    lead = _RELATED if marker == 1 else "\n"
    return f"{lead}{spoken(sentence)} [{marker}]"


def related(ranked: Sequence[Candidate], result: SearchResult, verdict: Verdict) -> list[Candidate]:
    """Return the nearest sentences, those that speak of something in the question.

    Args:
        ranked: all quotable sentences, the likeliest answer first.
        result: of the search.
        verdict: its best sentence comes first.
    """
    near = [c for c in ranked if _share_held(c, result) >= _RELATED_SHARE]
    best = verdict.nearest
    if best is not None:
        near.sort(key=lambda c: c.hit is not best.hit or c.sentence is not best.sentence)
    return near[:_NEARBY]


def _share_held(candidate: Candidate, result: SearchResult) -> float:
    return coverage(candidate.match.terms | candidate.match.context_terms, result.terms)


def spoken(sentence: str) -> str:
    """Return a sentence without numbers in brackets, which would read as markers of ours."""
    return " ".join(MARKER.sub("", sentence).split())


def _what_is_missing(
    trap: Trap, result: SearchResult, best: Evidence | None, shown: Collection[str]
) -> str:
    if trap.reason == UNKNOWN_NAME:
        return f"{_quoted(trap.missing, result)}에 관한 내용은 문서에 없습니다."
    if trap.reason == OTHER_YEAR:
        stated = ", ".join(trap.stated[:_MOST_YEARS])
        return f"{', '.join(trap.missing)}의 값은 문서에 없고, {stated}에 관한 내용이 있습니다."
    if trap.reason == OTHER_ENTITY:
        return f"{_quoted(trap.missing, result)}에 관해서는 문서가 그 내용을 말하지 않습니다."
    if trap.reason == OFF_TOPIC:
        return "의견이나 조언, 글쓰기, 예약이나 날씨 같은 일은 문서만으로 답할 수 없습니다."
    words = missing_words(result, best, shown)
    if not words:
        return ""
    nowhere = all(word in result.unknown_terms for word in words)
    lacking = "관한 내용은" if nowhere else "관해 물으신 내용은"
    return f"{_quoted(words, result)}에 {lacking} 문서에서 찾지 못했습니다."


def missing_words(
    result: SearchResult, best: Evidence | None, shown: Collection[str] = frozenset()
) -> tuple[str, ...]:
    """Return the question's telling words that nothing speaks of, those unknown to all first.

    Words that are ``shown`` beside the refusal are named only where there are no others.
    """
    unknown = [w for w in result.unknown_terms if w not in _ASKING and not _MARKED_TERM.search(w)]
    if best is None or unknown:
        return _whole(unknown)
    match = best.hit.sentences[best.hit.passage.sentences.index(best.sentence)]
    held = match.terms | match.context_terms
    unspoken = [
        (match.nearness.get(word, 1.0), word)
        for word, idf in result.terms.items()
        if idf > _KNOWN_IDF
        and word not in held
        and word not in _ASKING
        and not _MARKED_TERM.search(word)
        and match.nearness.get(word, 1.0) < _SPOKEN_OF
    ]
    words = [word for _, word in sorted(unspoken)]
    return _whole([word for word in words if word not in shown] or words)


def _whole(words: Sequence[str]) -> tuple[str, ...]:
    """Leave out words that stand in others (공모 beside 공모가)."""
    whole = [w for w in words if not any(w != other and w in other for other in words)]
    return tuple(whole[:_MOST_WORDS])


def _quoted(words: Sequence[str], result: SearchResult) -> str:
    """Return words as the question writes them: 6G, and not 6g."""
    written = (re.search(re.escape(word), result.query, re.IGNORECASE) for word in words)
    return ", ".join(
        f"'{found[0] if found else word}'" for word, found in zip(words, written, strict=True)
    )
