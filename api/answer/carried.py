"""How the answer to a follow-up question is chosen: by its own words, and near the last answer."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from api.answer.follow_up import Resolution, Search
from api.answer.follow_up_verdict import asks_for_other, tells_again
from api.answer.selection import Candidate, rank
from retriever.analysis import KoreanAnalyzer
from retriever.answer_kind import AnswerKind, answer_kind
from retriever.hit import SearchResult

# What a word that was carried over counts beside one that was said, and what a sentence beside the
# last answer gains in log chance. Chosen together on 131 `tune` follow-ups that were completed: of
# so many the sentences chosen answer 124, with weights of .15, .6 and 1 122, 122 and 120, with
# gains of 0, 1 and 2 118, 121 and 123, with neither 119.
_CARRIED_WEIGHT = 0.3
_BESIDE_LAST = 1.5
# More of the question before than this is not searched for.
_MOST_CHARS = 300


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What of the conversation bears on choosing the answer.

    Attributes:
        result: of the completed question, its words weighed.
        last: the sentence that answered the question before, or None where there was none.
        told: the last answer.
    """

    result: SearchResult
    last: Candidate | None
    told: str = ""


def follow_up_of(
    resolved: Resolution, result: SearchResult, analyzer: KoreanAnalyzer, search: Search
) -> FollowUp | None:
    """Return what bears on choosing the answer to a question, or None where it stands alone.

    Args:
        resolved: the question.
        result: of its search.
        analyzer: of the index that was searched.
        search: asked once more, for the question before.
    """
    if resolved.method != "topic":
        return None
    before = resolved.before[:_MOST_CHARS]
    last = next(iter(rank(before, search(before), answer_kind(before))), None)
    own = analyzer.morphemes([resolved.asked])[0]
    return FollowUp(_by_own_words(result, own), last, resolved.told)


def _by_own_words(result: SearchResult, own: Collection[str]) -> SearchResult:
    """Return ``result`` with less weight on the words of its query that are not among ``own``.

    The words that were carried over find the passage; which of its sentences answers shows in what
    is asked now. The sentence that answered the last question meets them best, and is not meant.
    """
    terms = {
        term: idf if term in own else idf * _CARRIED_WEIGHT for term, idf in result.terms.items()
    }
    return replace(result, terms=terms)


def ranked_after(question: str, kind: AnswerKind, follow_up: FollowUp) -> list[Candidate]:
    """Return the sentences that may be quoted for a completed question, the likeliest first.

    Who asks on mostly asks what stands beside the last answer, and who asks for another value than
    the one told is not told that again.
    """
    ranked = rank(question, follow_up.result, kind)
    if asks_for_other(question):
        new = [c for c in ranked if not tells_again(question, c.sentence.text, follow_up.told)]
        ranked = new or ranked
    last = follow_up.last
    if last is None:
        return ranked
    return _rescored(
        ranked,
        [
            c.score * math.exp(_BESIDE_LAST)
            if c.passage.id == last.passage.id and c.place != last.place
            else c.score
            for c in ranked
        ],
    )


def _rescored(ranked: Sequence[Candidate], chances: Sequence[float]) -> list[Candidate]:
    total = sum(chances) or 1.0
    found = [replace(c, score=chance / total) for c, chance in zip(ranked, chances, strict=True)]
    return sorted(found, key=lambda c: -c.score)
