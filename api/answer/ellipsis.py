"""What a question leaves out because it was said before, told by its form alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from api.answer.afterthought import in_order
from api.answer.aspect import is_aspect, names_aspect
from retriever.analysis import KoreanAnalyzer
from retriever.noun_runs import STOP_TERMS
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
        sets_aside: it began by turning to something else of the same subject (그건 됐고).
    """

    text: str
    connected: bool
    breaks_off: bool
    sets_aside: bool = False


_PARTICLE = (
    r"(?:은|는|이|가|의|을|를|도|에|에는|에서|에서는|로|로는|로는요|랑|와|과|보다|부터|까지)"
)
_POINTER = re.compile(
    rf"^(?:[그이저](?:것|거|게|건|걸|걸로|곳|때|로부터|중|들|쪽){_PARTICLE}?"
    rf"|[그이]\s?(?:중|가운데)(?:에서?|에선|에는)?|그{_PARTICLE}|[그이저]런|[그이저]렇게"
    r"|거기(?:서|서는|에|에는|에서|는|도|가|의|까지|부터)?|거긴|여기(?:서|에|에는|에서|는|도)?|여긴"
    r"|그때|그해|당시|해당|같은|앞서|방금|위|나머지|둘\s(?:다|중))(?=[\s?]|$)"
)
# Further on, what is pointed at may have been named in between.
_LATER_POINTER = re.compile(
    rf"\s(?:그(?:것|거|게|건|걸|걸로|곳){_PARTICLE}?|그중(?:에서?)?"
    r"|거기(?:서|서는|에|에는|에서|는|도|가|의|까지|부터)?)(?=[\s?]|$)"
)
_CLAUSE_END = re.compile(r"[?.!,]|(?:는데|던데|니까|지만|다며|다면서|면|고|며)\s")
# 이 보고서 means the documents at hand, not what was said before; 이 밖에 asks for more; 이 집 저
# 집 points at nothing.
_POINTING_NOUN = re.compile(
    r"^(?!이 (\S+) 저 \1)(?:그|이|저|해당|같은|방금|앞의|위의?)\s+"
    r"(?!보고서|문서|글|자료|밖|외)[가-힣A-Za-z]+"
)
_ORDINAL = re.compile(
    r"^(?:첫|두|둘|세|셋|네|넷|다섯|[1-9])\s?(?:번\s?)?(?:째|번)|^(?:마지막|맨 끝|맨 앞|맨 뒤)"
    r"|^(?:전자|후자)(?=\s|은|는|의|가|를)|^(?:앞|뒤|먼저|나중)에?\s?(?:말한|나온|언급한|든|의)\s"
)
_ONLY_SUBJECT = re.compile(
    r"^(?P<subject>\S(?:.{0,30}?\S)?)(?:(?P<case>에서|에게|에)?(?:은|는)|(?P<short>엔|에선|에겐|한텐))(?:요)?\s?\?*$"
)
# A view of something is all that is said: 바이오 전체로 보면?, 중국은 어느 정도야?
_VIEW = re.compile(
    r"^(?P<subject>\S(?:.{0,28}?\S)?)(?:"
    r"(?:으로|로|까지)\s?(?:다|전부|따로|놓고|떼어\s?놓고|넓혀서?|좁혀서?|한정해서?|바꿔서?)?\s?"
    r"(?:보|따지|치|하|넓히|좁히|바꾸|한정하|잡)면(?:은)?(?:요)?"
    r"|(?:은|는)\s(?:어때|어떤가|어떻습니까|어떨까|어떻게\s?(?:돼|되나|됩니까)|어느\s?정도)[가-힣]{0,3}"
    r")(?:\s(?:어때|어떤가|어떻게\s?(?:돼|되나)|얼마[가-힣]{0,2})요?)?\s?\?*$"
)
_MORE = re.compile(
    r"^(?:(?:좀|조금)\s)?더\s|자세[히하]|구체적|예를 들|예시|^(?:또|그 밖|이 밖|그 외|이 외|나머지)"
)
# Takes up nothing of the last answer, but keeps its topic.
_SETS_ASIDE = re.compile(
    r"^(?:[그이저](?:것|거|건)(?:은|는)?|거긴|거기는?)\s?(?:됐고|알겠고|알겠는데|말고는?|빼고는?)[,\s]+"
)
_CONNECTIVE = re.compile(
    r"^(?:(?:아|음|어|네|응|오)[,\s]+)?(?:그럼|그러면|그렇다면|그런데|그리고|근데|그래서|그래도|그러니까)[,\s]+"
)
_COMES_UPON = re.compile(r"^(?:아|음|오|참)[,\s]")
_BREAK = re.compile(
    r"^(?:(?:아\s?참|참)[,\s]+|그[건거] 그렇고[,\s]*"
    r"|(?:다른|딴)\s?(?:얘긴데|이야긴데|(?:얘기|이야기|질문|주제|말)(?:인데|이지만|지만|로))(?:요)?[,\s]+"
    r"|(?:이건\s)?별개(?:로|인데|의 질문인데)(?:요)?[,\s]+"
    r"|(?:얘기|이야기|화제|주제|말)[를을]?\s?(?:좀\s)?(?:바꿔서?|돌려서?|바꾸면)[,\s]+)"
)
# A question that speaks of so many things says enough.
TELLING = 3
# In so short a question a time or a date alone leaves open what happened then.
_SHORT_CHARS = 24
# A question of a thing done by nobody named has so many phrases of its own.
_FEW = 2
# Nouns that say how something is asked, or stand for any thing: they name no subject.
_VAGUE_NOUNS = (
    "이유 까닭 원인 뜻 의미 예 얘기 이야기 생각 말 걸 앞 뒤 쪽 데 점 면 편 째 번 사람 곳 해"
    " 자세 구체 구체적 설명 방금 위 다음 나머지 마지막 전자 후자 결과 내용 부분 경우 그중 이중"
    " 예시 정확 대신 며칠 당장 결국 결론 실제 사실 원래 처음 이번 그동안 오늘날 최종 우선"
)
_VAGUE = frozenset(_VAGUE_NOUNS.split())
_LEADING_TIME = re.compile(r"^(?:지금|현재|그때|원래|요즘|최근)(?:의)?\s")
_AS_SUBJECT = re.compile(r"(?:은|는|이|가|도|을|를)(?:요)?(?:\s|\?|$)|\s?\?|$")
_PREDICATIVE = frozenset({"XSV", "XSA", "XSV-I", "XSA-I", "XSA-R"})
_NOMINAL = frozenset({"NNG", "NNP", "SL", "SH", "XR", "W_SERIAL", "XPN", "XSN", "SN"})


def without_ties(question: str) -> Remainder:
    """Take off the words that tie a question to what was said, or cut it off from there."""
    rest, breaks_off = _cut_off(_BREAK, question.strip())
    # 아 그리고 comes upon something else.
    comes_upon = _COMES_UPON.match(rest) is not None
    rest, connects = _cut_off(_CONNECTIVE, rest)
    rest, sets_aside = _cut_off(_SETS_ASIDE, rest)
    return Remainder(rest, connects and not comes_upon, breaks_off, sets_aside)


def _cut_off(tie: re.Pattern[str], text: str) -> tuple[str, bool]:
    """Return a text without a tie at its start and whether it had one; one alone stays."""
    cut = tie.sub("", text)
    return (cut, True) if cut and cut != text else (text, False)


def gap_of(rest: str, analyzer: KoreanAnalyzer) -> Gap:
    """Return what a question leaves out, told by its form.

    What was said behind its end fills in what it is about where that is a name.
    """
    ordered = in_order(rest, analyzer)
    gap = _gap_of(ordered.main, analyzer)
    named = any(analyzer.is_name(phrase) for phrase in subjects(ordered.lead, analyzer))
    return Gap.POSSIBLE if ordered.meant and named else gap


def _gap_of(rest: str, analyzer: KoreanAnalyzer) -> Gap:
    if _ORDINAL.match(rest):
        return Gap.ORDINAL
    own = subjects(rest, analyzer)
    if _MORE.search(rest) and not own:
        return Gap.MORE
    if _POINTER.match(rest) or _points_at_noun(rest, own, analyzer) or _points_back(rest, own):
        return Gap.POINTER
    subject = only_subject(rest)
    if subject and (_in_respect(rest) or not _says_of_what(subject, analyzer)):
        return Gap.PREDICATE
    if _lacks_topic(rest, own) or _lacks_argument(rest, own, analyzer):
        return Gap.TOPIC
    return Gap.POSSIBLE


def _in_respect(rest: str) -> bool:
    """Tell whether a question names only in what respect it asks: 한국 돈으로는?, 병원에서는?"""
    match = _ONLY_SUBJECT.match(rest)
    return match is not None and bool(
        match["case"] or match["short"] or match["subject"].endswith("로")
    )


def _says_of_what(subject: str, analyzer: KoreanAnalyzer) -> bool:
    """Tell whether a subject is complete with what it belongs to: 중소기업의 강점, 일본 예산."""
    return " " in subject and ("의 " in subject or analyzer.is_name(subject))


def _lacks_topic(rest: str, own: list[str]) -> bool:
    """Tell whether a question names nothing, or being short, only a time or an aspect."""
    alone = all(is_aspect(phrase) for phrase in own)
    return alone and (not own or len(rest) <= _SHORT_CHARS)


def _lacks_argument(rest: str, own: list[str], analyzer: KoreanAnalyzer) -> bool:
    """Tell whether a question begins with what is done, but not to what: 도입한 병원은 어디야?

    Only a short one that names nothing else: 안 쓰는 사람들은 뭐가 제일 걸림돌이래?
    """
    if len(rest) > _SHORT_CHARS or len(own) > _FEW or any(map(analyzer.is_name, own)):
        return False
    tags = [token.tag for token in analyzer.tokens(rest) if token.tag != "MAG"]
    if tags[1:2] and tags[1] == "XSV":
        tags = ["VV", *tags[2:]]
    return tags[:2] == ["VV", "ETM"] and tags[2:3] == ["NNG"]


def _points_back(rest: str, own: list[str]) -> bool:
    """Tell whether a question points at something further on that it has not named itself."""
    match = _LATER_POINTER.search(rest)
    if match is None or _CLAUSE_END.search(rest[: match.start() + 1]):
        return False
    before = rest[: match.start()]
    # 딥시크 그거 points at what stands beside it.
    if any(before.endswith(phrase) and not is_aspect(phrase) for phrase in own):
        return False
    return sum(phrase in before for phrase in own) <= 1


def later_pointer(rest: str) -> int | None:
    """Return where a question points at something further on, or None: 왜 그게 좋은데?"""
    match = None if _POINTER.match(rest) else _LATER_POINTER.search(rest)
    return match.start() + 1 if match else None


def aspect_first(rest: str, analyzer: KoreanAnalyzer) -> bool:
    """Tell whether a question begins with an aspect of what it is about: 비용은 얼마야?"""
    own = subjects(rest, analyzer)
    bare = _LEADING_TIME.sub("", rest)
    if not own or not bare.startswith(own[0]):
        return False
    return names_aspect(own[0].split()[-1]) and bool(_AS_SUBJECT.match(bare[len(own[0]) :]))


def _points_at_noun(rest: str, own: list[str], analyzer: KoreanAnalyzer) -> bool:
    """Tell whether a question begins with 그 회사 rather than with a telling 그 중국에서 나온 ….

    The second points at a name, and says enough besides to be understood.
    """
    match = _POINTING_NOUN.match(rest)
    if match is None:
        return False
    return len(own) < TELLING or not analyzer.is_name(match[0].split()[-1])


def only_subject(rest: str, *, views: bool = False) -> str | None:
    """Return X where a question says no more than ``X는?``, or with ``views`` ``X로 보면?``."""
    match = _ONLY_SUBJECT.match(rest) or (_VIEW.match(rest) if views else None)
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
