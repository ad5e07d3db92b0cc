"""A question that compares two things, taken apart into the same question of each.

``한국과 미국 중소기업 AI 도입률 비교`` asks for 한국 중소기업 AI 도입률 and for 미국 중소기업 AI
도입률; ``일본과 중국 중 어디가 더 많이 쓰나요?`` for what each of them spends. The words that only
say that something is compared are searched for in neither.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from api.answer.grounding.tags import VERB_TAGS
from api.answer.joint import only_joint, with_one_joint
from retriever.particles import refit
from retriever.query_edit import QueryToken

# 비교적 높다 compares nothing, and 다른 기업 is another one.
_COMPARING = (
    r"(?:비교(?!적)|대조(?!적)|견[주줘줄]|차이"
    r"|다르[다고게며나니죠지]|다른(?:가|지|\s?[점거건게]|\s?것)|다릅|달라|달랐|다를까)"
)
_AMONG = r"중(?:에서?|에는|에선)?\s"
_CHOOSING = re.compile(
    rf"(?<![가-힣])(?:둘\s)?{_AMONG}"
    r"(?=.*(?:어디|어느|누가|누구|무엇|뭐|뭣|무슨|더\s|(?:곳|쪽|해|것|나라|기업|회사)은))"
)
_LEADING_AMONG = re.compile(rf"^\s?{_AMONG}")
_CHOSEN = re.compile(
    r"(?:어느\s?(?:쪽|곳|나라|기업|회사|것|분야|업종)?|어디|누구?|무엇|뭐|뭣)(?:이|가|을|를|에서)?\s"
)
_MORE = re.compile(r"(?<![가-힣])(?:더|가장|제일)\s")
_CHOSEN_LAST = re.compile(
    r"\s(?:(?:더|가장|제일)\s\S+\s)?(?:곳|쪽|해|것|데|나라|기업|회사)(?:[은는이]|이?\s?어디\S*|이?\s?무엇\S*)?[\s?.]*$"
)
# With what says how, before and behind, up to 비교해서 알려 주세요.
_COMPARED = re.compile(
    r"(?:(?<![가-힣])(?:서로|좀|어떻게|얼마나|뭐가|뭐|무엇이|무슨|어떤|어떠한)\s)*"
    rf"{_COMPARING}[가-힣]*"
    r"(?:\s(?:좀|한번|무엇|뭐|뭔|어떤가|어때|어떻|어떠|얼마|알려|설명|말씀|말해|정리|궁금"
    r"|부탁|[주줘줄보봐볼나난있해싶])[가-힣]*)*,?"
)
# 비교하고 싶은데요, 각각 무엇이었나요?
_EACH_WORD = re.compile(r"(?:각각|나란히|하나씩)\s?")
# What is asked of the two together, or why they differ, is no question to each of them.
_TOGETHER = re.compile(r"협력|협약|제휴|관계|공동|합작|동맹|함께|같이|이유|까닭|왜|원인|때문")
_YEAR = re.compile(r"(?:19|20)\d{2}\s?년?")
_GENITIVE = "의 "
_TIMES = re.compile(r"전|후|뒤|이전|이후|예전|과거|옛날|지금|현재|요즘|최근|오늘날")
# What can be compared of any two things.
_MEASURE = re.compile(
    r"\S*(?:[률율액량]|비중|규모|수준|방식|예산|금액|가격|비용|기간|시기|순위|성과|실적|전망치?"
    r"|현황|특징|단점|장점|역할|정도|속도|정확도)|(?:\S+[건개인자업])?수"
)
_COUNTED = re.compile(
    r"(?:[률율액]|비중|규모|예산|금액|가격|비용|단가|(?<=\s)수|[가-힣][건개인자]수)$"
    r"|(?<![가-힣])(?:많이|많은|많았|많아|큰가|클까|커|컸|높은|높아|높았|낮은|낮아|낮았|적게|적은|적었|비싼|비싸)"
)
_QUOTED = re.compile(r"^(?P<lead>.*?)[‘'\"“「](?P<name>[^’'\"”」]+)[’'\"”」]$")
_SET_SIDE_BY_SIDE = re.compile(r"[을를]\s(?:놓고|두고)(?:\s(?:보면|볼\s때))?\s?")
_NAMED_OF = re.compile(r"\s(?P<name>\S+?)의\s")
_TELLING = frozenset({"알리", "알", "말하"})
# The last syllable of 단가, 정의, 차이 and 가을 is no particle.
_TRAILING = re.compile(
    r"(?<=[가-힣A-Za-z\d’'\"”」)%])(?:에서는|에서|에는|은|는|(?<![차높길나깊넓놀])이"
    r"|(?<![단평국물주원증추])가|(?<![가마고])을|를|(?<![회정강논동합협문])의|에)?[\s?.,!]*$"
)
# 독일은 미국과 비교해 asks about 독일 alone; 독일은 미국과 어떻게 다른가 about both.
_DIFFERS = re.compile(r"차이|다[르른릅]|달[라랐]")
_TOPIC = re.compile(r"(?:은|는)$")
# 다른 나라들과 뭐가 다른가 names nothing to ask about.
_NO_NAME = re.compile(
    r"^(?:다른|나머지|여타|기타)\s|^(?:뭐|무엇|뭣|어디|누구|어느|어떤|무슨|얼마)(?:\s|$)"
)
_NAME_TAGS = frozenset({"NNP", "SL"})
_PREDICATES = VERB_TAGS | {"VCP", "XSV", "XSA"}
_PLACES = frozenset({"에", "에서"})


@dataclass(frozen=True, slots=True)
class Side:
    """One of the things that are compared.

    Attributes:
        name: as the question calls it, without what both sides share.
        query: what is asked of it.
    """

    name: str
    query: str

    @property
    def words(self) -> str:
        """The query as a question: one that ends in what is counted asks how much it is."""
        counted = _COUNTED.search(self.query) is not None
        return f"{self.query} 얼마" if counted else self.query


def sides_of(question: str, tokens: Sequence[QueryToken]) -> tuple[Side, ...]:
    """Return both sides of a comparison in the question's order; none where there is none.

    Args:
        question: one question.
        tokens: its morphemes.
    """
    question, tokens = with_one_joint(question, tokens)
    compared = _COMPARED.search(question)
    chosen = _CHOOSING.search(question)
    joint = only_joint(tokens, question)
    if joint is None or _TOGETHER.search(question):
        return ()
    aside = _SET_SIDE_BY_SIDE.search(question)
    ends = [m.start() for m in (compared, chosen, aside) if m and m.start() > joint.end]
    if not ends and not _are_names(question, tokens, joint):
        return ()
    end = min(ends, default=len(question))
    before = _shared_before(question, tokens, joint.start)
    mark = second_end(question, tokens, joint, end)
    if chosen and chosen.start() == end and not _has_topic(tokens, joint.end, end):
        mark = end
    named = _tokens_of(tokens, 0, joint.start)
    lead, first, second = _apart(question, before, joint, mark, named)
    if not first or not second:
        return ()
    own, other, of_first, of_both = _shared(first, second, _tokens_of(tokens, before, joint.start))
    rest = _asked_of_each(question[mark:])
    shared = f"{lead} {of_first}".strip()
    sides = [
        Side(name, _without_end(refit(_joined(shared, name, of_both), rest)))
        for name in (own, other)
    ]
    different = all(side.query for side in sides) and sides[0].query != sides[1].query
    told = not any(_NO_NAME.search(side.name) for side in sides)
    return tuple(sides) if different and told else ()


def _apart(
    question: str, before: int, joint: QueryToken, mark: int, tokens: Sequence[QueryToken]
) -> tuple[str, str, str]:
    """Return what stands before both names, and what stands before and behind the joint."""
    lead = question[:before].strip(" ,")
    first = question[before : joint.start].strip()
    second = _TRAILING.sub("", question[joint.end : mark].strip(" ,"))
    if not second and _TOPIC.search(lead) and _DIFFERS.search(question, mark):
        # So in K-MELLODDY는 MELLODDY와 어떻게 다른가요?
        return "", *_of_the_same(_TOPIC.sub("", lead), first, tokens)
    lead = _TOPIC.sub("", lead)
    quoted = _QUOTED.match(first)
    if quoted:
        lead, first = f"{lead} {quoted['lead']}".strip(), quoted["name"]
        second = second.strip("‘’'\"“”「」")
    return lead, first, second


def _of_the_same(topic: str, other: str, tokens: Sequence[QueryToken]) -> tuple[str, str]:
    """Give another name what the topic's is asked about: 중국의 투자는 미국과 어떻게 다른가요?"""
    head, _, aspect = topic.partition(_GENITIVE)
    if aspect and tokens[0].tag in _NAME_TAGS and tokens[-1].tag in _NAME_TAGS:
        return head, f"{other}의 {aspect}"
    return topic, other


def _tokens_of(tokens: Sequence[QueryToken], start: int, end: int) -> list[QueryToken]:
    """Return the morphemes that begin between two places."""
    return [token for token in tokens if start <= token.start < end]


def _joined(lead: str, name: str, aspect: str) -> str:
    """Join what stands before a name, the name, and what is asked of it."""
    return " ".join(f"{lead} {name} {aspect}".split()).replace(" 의 ", "의 ")


def _has_topic(tokens: Sequence[QueryToken], start: int, end: int) -> bool:
    return any(token.tag == "JX" for token in _tokens_of(tokens, start, end))


def _are_names(question: str, tokens: Sequence[QueryToken], joint: QueryToken) -> bool:
    """Tell whether ``미국과 중국의 …`` begins a question: two names, or two years, and no more."""
    behind = _NAMED_OF.match(question, joint.end)
    if behind is None or " " in question[: joint.start].strip():
        return False
    verbs = [t for t in tokens if t.start >= joint.end and t.tag == "VV"]
    if any(verb.form not in _TELLING for verb in verbs):
        return False
    first = _tokens_of(tokens, 0, joint.start)
    second = _tokens_of(tokens, joint.end, behind.end("name"))
    return _is_name(first) and _is_name(second)


def _is_name(tokens: Sequence[QueryToken]) -> bool:
    """Tell whether a word is a name or a year, as far as the analyser knows it."""
    if [t.tag for t in tokens] == ["SN", "NNB"]:
        return True
    return bool(tokens) and all(t.tag in _NAME_TAGS or t.tag == "SO" for t in tokens)


def _shared_before(question: str, tokens: Sequence[QueryToken], end: int) -> int:
    """Return where the first side begins: behind the topic or place that both have."""
    for token in reversed([t for t in tokens if t.end <= end]):
        if token.tag in _PREDICATES:
            return 0
        is_place = token.tag == "JKB" and token.form in _PLACES
        is_among = token.form == "중" and token.tag == "NNB"
        if token.form == "," or token.tag in {"JX", "JKS"} or is_place or is_among:
            return token.end
    return 0


def second_end(question: str, tokens: Sequence[QueryToken], joint: QueryToken, end: int) -> int:
    """Return where the second side and what both share end: where it is asked about.

    That is at the first topic, subject or comma. The first object may be that of a clause in the
    second name, unless it follows a name of one word: ``사과와 배를 기르는 농가``. It is where the
    first name has a clause of its own: ``배를 기르는 농가와 차를 기르는 농가는``.
    """
    between = _tokens_of(tokens, joint.end, end)
    alike = any(t.tag == "JKO" and t.start < joint.start for t in tokens)
    verbs = any(t.tag in _PREDICATES for t in between)
    ends = [t.start for t in between if t.tag in {"JX", "JKS"} or t.form == ","]
    if not verbs:
        ends += [t.start for t in between if t.tag == "JKB" and t.form in _PLACES]
    first = min(ends, default=end)
    objects = [t.start for t in between if t.tag == "JKO" and not alike]
    if objects and (first == end or len(question[joint.end : objects[0]].split()) == 1):
        return min(objects[0] if first != end else objects[-1], first)
    return first


def _shared(first: str, second: str, tokens: Sequence[QueryToken]) -> tuple[str, str, str, str]:
    """Return both names, and what stands before the first and behind the second for both.

    ``시장의 2020년 규모`` and ``2030년 전망치`` share 시장의; ``제조업`` and ``금융업의 비중``
    the 비중; ``한국`` and ``미국 중소기업 AI 도입률`` all but the first word of the second.
    """
    of_first = of_both = ""
    if _GENITIVE in first and not _are_alike(first, second):
        of_first, first = first.rsplit(_GENITIVE, 1)
        of_first += "의"
    whole = any(token.tag in _PREDICATES for token in tokens)
    if not whole and _GENITIVE in second and (of_first or _GENITIVE not in first):
        second, of_both = second.split(_GENITIVE, 1)
        of_both = "의 " + of_both
    own, other = first.split(), second.split()
    if _TIMES.fullmatch(own[-1]) and _TIMES.fullmatch(other[0]):
        of_first, of_both = " ".join([of_first, *own[:-1]]), " ".join([*other[1:], of_both])
        own, other = own[-1:], other[:1]
    elif len(other) == 1 and len(own) > 1 and _leaves_out(own, other[0], tokens):
        of_first = " ".join(filter(None, (of_first, *own[:-1])))
        own = own[-1:]
    elif not (whole or of_both) and len(other) > len(own) and _goes_on(own, other, tokens):
        of_both = " ".join(other[len(own) :])
        other = other[: len(own)]
    return " ".join(own), " ".join(other), of_first, of_both


def _are_alike(first: str, second: str) -> bool:
    """Tell whether both are built alike: ``한국의 정보통신업``, ``미국의 의료 분야``."""
    if _GENITIVE not in second:
        return False
    own, other = first.split(_GENITIVE, 1)[0], second.split(_GENITIVE, 1)[0]
    return len(own.split()) == len(other.split()) == 1


def _leaves_out(own: Sequence[str], other: str, tokens: Sequence[QueryToken]) -> bool:
    """Tell whether a second name leaves out what the first one begins with.

    So does ``민간`` behind ``미국 정부``, which begins with a name.
    """
    if _YEAR.fullmatch(other) and _YEAR.fullmatch(own[-1]):
        return True
    last = tokens[-1].tag if tokens else ""
    return bool(tokens) and tokens[0].tag == "NNP" and last == "NNG" and tokens[0].form == own[0]


def _goes_on(own: Sequence[str], other: Sequence[str], tokens: Sequence[QueryToken]) -> bool:
    """Tell whether a second name is followed by what both share: ``2020년과 2030년 시장 규모``."""
    if len(own) == 1 and _is_name(tokens):
        return True
    return _MEASURE.fullmatch(other[-1]) is not None


def _asked_of_each(rest: str) -> str:
    """Return what is asked behind both names as it is asked of one of them."""
    rest = _SET_SIDE_BY_SIDE.sub(" ", _LEADING_AMONG.sub(" ", rest))
    rest = _CHOSEN.sub("", _EACH_WORD.sub("", _COMPARED.sub("", rest)), count=1)
    return _MORE.sub("", _CHOSEN_LAST.sub("", rest))


def _without_end(text: str) -> str:
    """Return a question without the particle and the marks that nothing follows any more."""
    return " ".join(_TRAILING.sub("", text).split())
