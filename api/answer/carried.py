"""How the answer to a follow-up question is chosen: by its own words, and near the last answer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from api.answer.follow_up import Resolution
from api.answer.follow_up_verdict import asks_for_other, tells_again
from api.answer.last_answer import beside_last
from api.answer.records import Turn
from api.answer.selection import Candidate, rank
from retriever.analysis import KoreanAnalyzer
from retriever.answer_kind import AnswerKind
from retriever.hit import SearchResult

# What a word that was carried over counts beside one that was said. Chosen on 131 `tune`
# follow-ups that were completed: of so many the sentences chosen answer 124, with weights of .15,
# .6 and 1 122, 122 and 120.
_CARRIED_WEIGHT = 0.3
# How a question may go on where the next sentence may answer it. An item of what was listed stands
# anywhere, and more is asked of the last answer itself.
_GOING_ON = frozenset({"topic", "substitution", "as_is"})


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What of the conversation bears on choosing the answer.

    Attributes:
        result: of the search; of a completed question, its words weighed.
        told: the last answer.
        completed: words were carried over into the question.
    """

    result: SearchResult
    told: str
    completed: bool


def follow_up_of(
    resolved: Resolution, result: SearchResult, history: Sequence[Turn], analyzer: KoreanAnalyzer
) -> FollowUp | None:
    """Return what bears on choosing the answer to a question, or None where nothing does.

    Args:
        resolved: the question.
        result: of its search.
        history: earlier turns, oldest first.
        analyzer: of the index that was searched.
    """
    last = next((turn.content for turn in reversed(history) if turn.role == "assistant"), "")
    told = resolved.told or last
    if resolved.method not in _GOING_ON:
        return None
    if resolved.method != "topic":
        return FollowUp(result, told, completed=False) if told else None
    own = analyzer.morphemes([resolved.asked])[0]
    return FollowUp(_by_own_words(result, own), told, completed=True)


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
    """Return the sentences that may be quoted for a follow-up question, the likeliest first.

    Who asks on mostly asks what stands beside the last answer, and who asks for another value than
    the one told is not told that again.
    """
    ranked = rank(question, follow_up.result, kind)
    if follow_up.completed and asks_for_other(question):
        new = [c for c in ranked if not tells_again(question, c.sentence.text, follow_up.told)]
        ranked = new or ranked
    return beside_last(ranked, follow_up.told)
