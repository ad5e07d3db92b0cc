"""How likely the documents answer a question that was completed from the conversation.

The words that were carried over stand in the passage anyway. Two things speak against an answer
that they hide: that nothing found comes near to what is asked of them (공장장은 누구야?), and that
what is told already is all that is found of something else of its kind (그중에 얼마야?).
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace

from api.answer import refusal
from api.answer.aspect import TIMES
from api.answer.refusal_features import Evidence, evidence
from api.answer.refusal_words import telling_words
from retriever.folding import fold
from retriever.hit import SearchResult
from retriever.numbers import find_quantities

# Who, how much or where is asked of a noun, and of nothing else. What something is may well be told
# in other words (구호는 뭐야?).
_HEAD = re.compile(
    r"^(?:\S+\s)?(?P<head>[가-힣A-Za-z]{1,8})(?:은|는|이|가)"
    r"(?:요?\s?\??$|\s(?:다\s|모두\s|총\s)?(?:누구|누가|얼마|어디|몇|언제))"
)
# Of the nouns so asked for in `tune` follow-ups that stand nowhere in the corpus, those to which no
# token found comes nearer have no answer (주가, 공장장, 장소, 상금, 회원사); of the others some
# have (비율, 돈).
_NOWHERE_NEAR = 0.68
# In logits, about what the lack of a kind of fact counts in ``refusal``. With it 3 more of 39
# unanswerable `tune` follow-ups are refused and none of 186 answerable ones.
_UNSPOKEN = 3.0
_LEAST = 1e-6
# Another value than the one that was told is meant: 그중에, 그 앞의, 그 다음은.
_OTHER_THAN_TOLD = re.compile(
    r"^(?:그|이)\s?(?:중|가운데)|^(?:그|이)\s?(?:앞|전|다음|뒤|이후|외|밖)(?:의|에|엔|에는|은|는)?\s|^그중"
)
_ASKS_FIGURE = re.compile(r"얼마|몇|언제|며칠|어느\s?정도")
_ASKS_WHEN = re.compile(r"언제|몇\s?[년월일]|기간|며칠|얼마\s?(?:동안|만에)|걸[리려렸]")
_DATE_UNITS = frozenset({"년", "월", "일", "년대"})


def judged_after(question: str, result: SearchResult, told: str) -> refusal.Verdict:
    """Return how likely the documents answer a completed question.

    Args:
        question: the words that were said now.
        result: of the search for the completed question.
        told: the last answer.
    """
    found = evidence(question, result, _carried(question, result))
    if asks_for_other(question):
        found = [each for each in found if not tells_again(question, each.sentence.text, told)]
    verdict = refusal.judge(found)
    if not _is_unspoken(question, result, found):
        return verdict
    return replace(verdict, probability=_lowered(verdict.probability, _UNSPOKEN))


def _carried(question: str, result: SearchResult) -> frozenset[str]:
    """Return the words of the completed question that were not said now."""
    said = fold(question)
    return frozenset(word for word in result.terms if word.partition("/")[0] not in said)


def asks_for_other(question: str) -> bool:
    """Tell whether a question asks for a part of what was told, or what comes before or after."""
    return bool(_OTHER_THAN_TOLD.search(question))


def tells_again(question: str, text: str, told: str) -> bool:
    """Tell whether of what a question counts or measures, a text has only what was ``told``."""
    if not _ASKS_FIGURE.search(question):
        return False
    known = {quantity.key for quantity in find_quantities(told)}
    dates = frozenset[str]() if _ASKS_WHEN.search(question) else _DATE_UNITS
    keys = {quantity.key for quantity in find_quantities(text) if quantity.unit not in dates}
    return bool(keys) and keys <= known


def _is_unspoken(question: str, result: SearchResult, found: Sequence[Evidence]) -> bool:
    """Tell whether what is asked for stands nowhere in the corpus, nor anything near to it."""
    match = _HEAD.match(question)
    if match is None or match["head"] in TIMES or not found:
        return False
    terms = [term for term in telling_words(result) if term in match["head"]]
    if not terms or any(t not in result.unknown_terms for t in terms):
        return False
    return all(
        sentence.nearness.get(term, 1.0) < _NOWHERE_NEAR
        for term in terms
        for hit in result.hits
        for sentence in hit.sentences
    )


def _lowered(probability: float, by: float) -> float:
    bounded = min(max(probability, _LEAST), 1 - _LEAST)
    return 1 / (1 + math.exp(by - math.log(bounded / (1 - bounded))))
