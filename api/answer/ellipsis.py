"""What a question leaves out because it was said before, told by its form alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from retriever.analysis import STOP_TERMS, KoreanAnalyzer
from retriever.query_edit import QueryToken


class Gap(StrEnum):
    """What is missing from a question.

    ``POSSIBLE`` is any question that names things of its own: whether it stands alone shows only
    when the documents are searched for it.
    """

    POSSIBLE = "possible"
    POINTER = "pointer"
    ORDINAL = "ordinal"
    PREDICATE = "predicate"
    TOPIC = "topic"
    MORE = "more"


@dataclass(frozen=True, slots=True)
class Remainder:
    """A question without the words that only tie it to what was said.

    Attributes:
        text: the rest.
        connected: it began with a word that carries on (그럼, 그러면, 그리고).
        breaks_off: it began by saying that the subject changes (다른 얘긴데).
    """

    text: str
    connected: bool
    breaks_off: bool


_PARTICLE = (
    r"(?:은|는|이|가|의|을|를|도|에|에는|에서|에서는|로|로는|로는요|랑|와|과|보다|부터|까지)"
)
_POINTER = re.compile(
    rf"^(?:[그이저](?:것|거|게|건|걸|걸로|곳|때|로부터|중|들|쪽){_PARTICLE}?"
    rf"|[그이]\s?(?:중|가운데)(?:에서?|에선|에는)?|그{_PARTICLE}|[그이저]런|[그이저]렇게"
    r"|거기(?:서|에|에는|에서|는|도)?|거긴|여기(?:서|에|에는|에서|는|도)?|여긴|그때|그해|당시"
    r"|해당|같은|앞서|방금|위)(?=[\s?]|$)"
)
# 이 보고서 means the documents at hand, not what was said before; 이 밖에 asks for more.
_POINTING_NOUN = re.compile(
    r"^(?:그|이|저|해당|같은|방금|앞의|위의?)\s+(?!보고서|문서|글|자료|밖|외)[가-힣A-Za-z]+"
)
_ORDINAL = re.compile(
    r"^(?:첫|두|둘|세|셋|네|넷|다섯|[1-9])\s?(?:번\s?)?(?:째|번)|^(?:마지막|맨 끝|맨 앞|맨 뒤)"
    r"|^(?:전자|후자)(?=\s|은|는|의|가|를)|^(?:앞|뒤|먼저|나중)에?\s?(?:말한|나온|언급한|든|의)\s"
)
_ONLY_SUBJECT = re.compile(
    r"^(?P<subject>\S(?:.{0,30}?\S)?)(?P<case>에서|에게|에)?(?:은|는)(?:요)?\s?\?*$"
)
_MORE = re.compile(
    r"^(?:(?:좀|조금)\s)?더\s|자세[히하]|구체적|예를 들|예시|^(?:또|그 밖|이 밖|그 외|이 외|나머지)"
)
_CONNECTIVE = re.compile(r"^(?:그럼|그러면|그렇다면|그런데|그리고|근데|그래서)[,\s]+")
_BREAK = re.compile(
    r"^(?:(?:아\s?참|참)[,\s]+|그[건거] 그렇고[,\s]*"
    r"|(?:다른|딴)\s?(?:얘긴데|이야긴데|(?:얘기|이야기|질문|주제|말)(?:인데|이지만|지만|로))(?:요)?[,\s]+"
    r"|(?:이건\s)?별개(?:로|인데|의 질문인데)(?:요)?[,\s]+"
    r"|(?:얘기|이야기|화제|주제|말)[를을]?\s?(?:좀\s)?(?:바꿔서?|돌려서?|바꾸면)[,\s]+)"
)
# A question that speaks of so many things says enough.
_TELLING = 3
# Nouns that say how something is asked, or stand for any thing: they name no subject.
_VAGUE_NOUNS = (
    "이유 까닭 원인 뜻 의미 예 얘기 이야기 생각 말 걸 앞 뒤 쪽 데 점 면 편 째 번 사람 곳 해"
    " 자세 구체 구체적 설명 방금 위 다음 나머지 마지막 전자 후자 결과 내용 부분 경우 그중 이중"
    " 예시 정확 대신 며칠"
)
_VAGUE = frozenset(_VAGUE_NOUNS.split())
_PREDICATIVE = frozenset({"XSV", "XSA", "XSV-I", "XSA-I", "XSA-R"})
_NOMINAL = frozenset({"NNG", "NNP", "SL", "SH", "XR", "W_SERIAL", "XPN", "XSN", "SN"})


def without_ties(question: str) -> Remainder:
    """Take off the words that tie a question to what was said, or cut it off from there."""
    rest, connected, breaks_off = question.strip(), False, False
    cut = _BREAK.sub("", rest)
    breaks_off, rest = cut != rest and bool(cut), cut or rest
    cut = _CONNECTIVE.sub("", rest)
    connected, rest = cut != rest and bool(cut), cut or rest
    return Remainder(rest, connected, breaks_off)


def gap_of(rest: str, analyzer: KoreanAnalyzer) -> Gap:
    """Return what a question leaves out, told by its form."""
    if _ORDINAL.match(rest):
        return Gap.ORDINAL
    own = subjects(rest, analyzer)
    if _MORE.search(rest) and not own:
        return Gap.MORE
    if _POINTER.match(rest) or _points_at_noun(rest, own, analyzer):
        return Gap.POINTER
    subject = only_subject(rest)
    if subject and not (" " in subject and analyzer.is_name(subject)):
        return Gap.PREDICATE
    return Gap.POSSIBLE if own else Gap.TOPIC


def _points_at_noun(rest: str, own: list[str], analyzer: KoreanAnalyzer) -> bool:
    """Tell whether a question begins with 그 회사 rather than with a telling 그 중국에서 나온 ….

    The second points at a name, and says enough besides to be understood.
    """
    match = _POINTING_NOUN.match(rest)
    if match is None:
        return False
    return len(own) < _TELLING or not analyzer.is_name(match[0].split()[-1])


def only_subject(rest: str) -> str | None:
    """Return X where a question says no more than ``X는?``."""
    match = _ONLY_SUBJECT.match(rest)
    return match["subject"] if match else None


def subjects(text: str, analyzer: KoreanAnalyzer) -> list[str]:
    """Return the noun phrases of a question that name what it speaks of, as written.

    Nouns that are half a verb (시작했어) and nouns that stand for anything (이유) name nothing.
    """
    tokens = analyzer.tokens(text)
    acting = {
        token.start
        for token, after in pairwise(tokens)
        if after.tag in _PREDICATIVE and token.end == after.start
    }
    found = []
    for phrase in analyzer.phrases(text):
        start = text.find(phrase)
        end = start + len(phrase)
        inside = [t for t in tokens if start <= t.start and t.end <= end and t.tag in _NOMINAL]
        words = [t for t in inside if t.start not in acting]
        if phrase[0].isdigit():
            found.append(phrase)
        elif any(_names_something(token) for token in words):
            found.append(text[_word_start(text, start) : max(t.end for t in words)])
    whole = [p for p in found if not any(p != other and p in other for other in found)]
    return list(dict.fromkeys(whole))


def _word_start(text: str, start: int) -> int:
    """Go back to where the word began that the analyser cut (홀로|그램)."""
    while start and text[start - 1].isalnum():
        start -= 1
    return start


def _names_something(token: QueryToken) -> bool:
    return (
        token.tag not in {"XPN", "XSN"}
        and token.form not in _VAGUE
        and token.form.lower() not in STOP_TERMS
    )
