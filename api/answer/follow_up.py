"""A follow-up question completed from the conversation, without a language model.

A question points back when it begins with a word that stands for something said before (그 기술,
거기, 그럼, 이건), or says too little by itself: it has no noun of its own (언제 나왔어?), or one
noun phrase and nothing that asks (비용은?). What it points to is the user's last question that
did not itself point back; its noun phrases are put before the question, or, where the follow-up
only names another subject (신테카바이오는?), that subject takes the place of the first phrase.
After a mere connective (그럼 국가바이오위원회는 …), a question with a subject of its own is
complete. (With all noun phrases carried over, the evidence was among the first three sentences for
eight of nine follow-ups; with the topic alone, for five.)
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
_PARTICLE = r"(?:은|는|이|가|의|을|를|도|에|에서|에는|로)"
_POINTER = re.compile(
    rf"^(?:[그이저](?:(?:것|거|게|건|곳|때|중에?서?|들|로부터){_PARTICLE}?|{_PARTICLE})"
    r"|거기(?:서|에|에는|는)?|거긴|여기(?:서|에|에는|는)?|여긴|그럼|그러면|그렇다면|그런데|그리고|또"
    r"|해당|같은|앞서|방금|위)(?=\s)"
)
# 이 보고서 means the documents at hand, not what was said before.
_POINTING_NOUN = re.compile(
    r"^(?:그|이|저|해당|같은|방금|앞의|위의?)\s+(?!보고서|문서|글|자료)[가-힣A-Za-z]+"
)
_SUBJECT = re.compile(r"^(?P<subject>\S{2,30}?)(?:은|는|이|가)\s(?=.)")
_ONLY_SUBJECT = re.compile(r"^(?P<subject>\S(?:.{0,30}\S)?)(?:은|는)\s?(?:요)?\?*$")
_CONNECTIVE = re.compile(r"^(?:그럼|그러면|그렇다면|그런데|그리고|또)\s+")
_ASKS = re.compile(
    r"무엇|무슨|뭐|뭘|뭔|왜|어떤|어떻|어느|어디|누구|누가|언제|얼마|몇|인가|알려|설명"
)


def rewrite(question: str, history: Sequence[Turn], analyzer: KoreanAnalyzer) -> str:
    """Return ``question`` completed from what it points back to, or as it is."""
    earlier = [t.content for t in history[-MAX_TURNS:] if t.role == "user" and t.content.strip()]
    if not earlier or not points_back(question, analyzer):
        return question
    rest = _CONNECTIVE.sub("", question)
    if rest != question and _has_own_subject(rest, analyzer):
        return rest
    antecedent = next(
        (text for text in reversed(earlier) if not points_back(text, analyzer)), earlier[-1]
    )
    phrases = analyzer.phrases(antecedent)[:_MAX_PHRASES]
    other = _other_subject(rest, analyzer)
    if other and phrases:
        return antecedent.replace(phrases[0], other, 1)
    return " ".join([*phrases, rest])


def _has_own_subject(question: str, analyzer: KoreanAnalyzer) -> bool:
    """Tell whether a question begins with a subject of its own: a name, or a compound noun."""
    match = _SUBJECT.match(question)
    if match is None:
        return False
    subject = match["subject"]
    return analyzer.is_name(subject) or len(analyzer.morphemes([subject])[0]) > 1


def _other_subject(question: str, analyzer: KoreanAnalyzer) -> str | None:
    """Return X where a question only says ``X는?`` and X is a name: the same is asked of X."""
    match = _ONLY_SUBJECT.match(question)
    return match["subject"] if match and analyzer.is_name(match["subject"]) else None


def points_back(question: str, analyzer: KoreanAnalyzer) -> bool:
    """Tell whether a question needs what was said before to be understood."""
    if _POINTER.match(question) or _POINTING_NOUN.match(question):
        return True
    phrases = analyzer.phrases(question)
    return not phrases or (len(phrases) == 1 and not _ASKS.search(question))
