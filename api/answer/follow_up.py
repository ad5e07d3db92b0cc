"""A follow-up question completed from the conversation, without a language model.

A question points back when it begins with a word that stands for something said before (그 기술,
거기, 그럼, 이건), or says too little by itself: it has no noun of its own (언제 나왔어?), or one
noun phrase and nothing that asks (비용은?). What it points to is the user's last question that
did not itself point back; its noun phrases are put before the question. (On nine follow-ups the
evidence was among the first three sentences eight times; with the topic alone, five.)
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from api.answer.records import Turn
from retriever.analysis import KoreanAnalyzer

# More turns than these say little about the present question and cost time.
MAX_TURNS = 10
# A long question carried over whole would drown the follow-up.
_MAX_PHRASES = 8
_POINTER = re.compile(
    r"^(?:(?:그|이|저)(?:것|거|게|건|곳|때|중에?서?|들)?(?:은|는|이|가|의|을|를|도|에|에서|에는|로)?"
    r"|거기(?:서|에|에는|는)?|여기(?:서|에|에는|는)?|그럼|그러면|그렇다면|그런데|그리고|또|해당"
    r"|같은|앞서|방금|위)(?=\s)"
)
_POINTING_NOUN = re.compile(r"^(?:그|이|저|해당|같은|방금|앞의|위의?)\s+(?P<noun>[가-힣A-Za-z]+)")
_CONNECTIVE = re.compile(r"^(?:그럼|그러면|그렇다면|그런데|그리고|또)\s+")
_ASKS = re.compile(
    r"무엇|무슨|뭐|뭘|뭔|왜|어떤|어떻|어느|어디|누구|누가|언제|얼마|몇|인가|알려|설명"
)


def rewrite(question: str, history: Sequence[Turn], analyzer: KoreanAnalyzer) -> str:
    """Return ``question`` with the noun phrases it points back to put before it, or unchanged."""
    earlier = [t.content for t in history[-MAX_TURNS:] if t.role == "user" and t.content.strip()]
    if not earlier or not points_back(question, analyzer):
        return question
    antecedent = next(
        (text for text in reversed(earlier) if not points_back(text, analyzer)), earlier[-1]
    )
    rest = _CONNECTIVE.sub("", question)
    return " ".join([*analyzer.phrases(antecedent)[:_MAX_PHRASES], rest])


def points_back(question: str, analyzer: KoreanAnalyzer) -> bool:
    """Tell whether a question needs what was said before to be understood."""
    if _POINTER.match(question) or _POINTING_NOUN.match(question):
        return True
    phrases = analyzer.phrases(question)
    return not phrases or (len(phrases) == 1 and not _ASKS.search(question))
