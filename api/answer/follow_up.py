"""A follow-up question completed from the conversation, without a language model.

A question points back when it begins with a word that stands for something said before (그 기술,
거기, 그럼, 이건), or has hardly a content word of its own. What it points to is the topic of the
user's last question that did not itself point back: the words before its first topic or subject
particle, or all of its nouns where it has none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from api.answer.records import Turn
from retriever.analysis import KoreanAnalyzer

# More turns than these say little about the present question and cost time.
MAX_TURNS = 10
# Fewer content terms than this cannot be searched by themselves.
_FEW_TERMS = 2

_POINTER = re.compile(
    r"^(?:(?:그|이|저)(?:것|거|게|건|곳|때|중에?서?|들)?(?:은|는|이|가|의|을|를|도|에|에서|에는|로)?"
    r"|거기(?:서|에|에는|는)?|여기(?:서|에|에는|는)?|그럼|그러면|그렇다면|그런데|그리고|또|해당"
    r"|같은|앞서|방금|위)(?=\s)"
)
_POINTING_NOUN = re.compile(r"^(?:그|이|저|해당|같은|방금|앞의|위의?)\s+(?P<noun>[가-힣A-Za-z]+)")
_CONNECTIVE = re.compile(r"^(?:그럼|그러면|그렇다면|그런데|그리고|또)\s+")
_TOPIC = re.compile(
    r"^(?P<topic>.{2,40}?)(?:은|는|이|가|을|를|의|에는|에서는|에서|란|이란|에)(?=[\s?])"
)


def rewrite(question: str, history: Sequence[Turn], analyzer: KoreanAnalyzer) -> str:
    """Return ``question`` with the topic it points back to put before it, or unchanged."""
    earlier = [t.content for t in history[-MAX_TURNS:] if t.role == "user" and t.content.strip()]
    if not earlier or not points_back(question, analyzer):
        return question
    antecedent = next(
        (text for text in reversed(earlier) if not points_back(text, analyzer)), earlier[-1]
    )
    topic = topic_of(antecedent, analyzer)
    rest = _CONNECTIVE.sub("", question)
    if topic in rest:
        return rest
    return f"{topic} {rest}"


def points_back(question: str, analyzer: KoreanAnalyzer) -> bool:
    """Tell whether a question needs what was said before to be understood."""
    if _POINTER.match(question) or _POINTING_NOUN.match(question):
        return True
    return len(set(analyzer.morphemes([question])[0])) < _FEW_TERMS


def topic_of(question: str, analyzer: KoreanAnalyzer) -> str:
    """Return what a question is about, in its own words."""
    match = _TOPIC.match(question)
    if match:
        return match["topic"].strip()
    terms = [t for t in analyzer.morphemes([question])[0] if "/" not in t and not t.startswith("#")]
    return " ".join(dict.fromkeys(terms)) or question
