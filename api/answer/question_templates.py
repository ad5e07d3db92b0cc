"""A natural question made from a sentence that answers it, by its form alone.

Only sentences whose topic is a plain noun phrase that is understood by itself are used: an awkward
question is worse than none.
"""

from __future__ import annotations

import re

from api.answer.marker import MARKER
from ingest.records import BlockKind, Sentence
from retriever.analysis import KoreanAnalyzer
from retriever.particles import with_particle
from retriever.query_edit import QueryToken

_SPOKEN_KINDS = frozenset({BlockKind.BULLET, BlockKind.PARAGRAPH, BlockKind.HEADING})
_SHORTEST_TOPIC, _LONGEST_TOPIC = 2, 28
_LONGEST_SENTENCE = 200
_MOST_WORDS = 6
# A word made of so many nouns names something, although each of them is common.
_LONG_COMPOUND = 3
# The title of an encyclopaedia article is a subject (종양); that of a report is not.
_LONGEST_SUBJECT = 12
_NOMINAL = frozenset({"NNG", "NNP", "NR", "SL", "SH", "SN", "XSN", "XPN", "XR", "JKG", "W_SERIAL"})
_INNER_MARKS = frozenset("·&-/.'‘’「」")
_BRACKETED = re.compile(r"\s?[(\[][^()\[\]]{0,80}[)\]]")
_CLAUSE_END = re.compile(r"(?<=[가-힣]),\s(?=\S)")
_HAS_TOPIC = re.compile(r"[은는]\s\S")
# A topic that stands further on has too much before it.
_REACH = 70
# A topic that begins so is understood only with what stands before it, or is too vague.
_DEPENDENT_WORDS = (
    "이|그|저|이들|그들|해당|같은|다른|상기|동|본|각|모든|많은|일부|대부분|대다수|전자|후자|당시|최근"
    "|현재|향후|특히|다만|지금|올해|작년|여기|우리|그동안|기존|이번|나머지|첫|둘|두|세|네|다음|아래"
    "|위|앞|뒤|추진|주요|또|오늘날|일반|보통|반면|이후|이전|한편|실제|전체"
)
_DEPENDENT = re.compile(
    rf"^(?:{_DEPENDENT_WORDS})(?:의)?(?=\s|$)|^(?:이것|그것|대부분의|약칭)"
    r"|(?:^|\s)(?:경우|무렵|당시|이후|이전|때|등|우리|필요성|개요)(?:의)?(?=\s|$)"
)
# What stands in brackets before a bullet, or before a colon, names what the bullet explains.
_LABEL = re.compile(r"^\((?P<label>[가-힣A-Za-z0-9 ·]{4,24})\)\s(?P<rest>.+)$")
_NOTE = re.compile(r"^(?P<label>[가-힣A-Za-z0-9 ·]{3,20}):\s(?P<rest>.{12,})$")
# Between a topic and its verb nothing else may be the subject.
_OTHER_SUBJECT = re.compile(r"[가-힣](?:은|는|이|가)[\s,]")
_CLAUSES = re.compile(r"(?:으며|하며|이며|였으며|했으며|으나|지만|는데),?\s")
_YEAR = r"(?:1\d{3}|20\d{2})년"
_BEGAN = re.compile(
    rf"^(?P<between>.{{0,80}}?{_YEAR}.{{0,24}}?)"
    r"(?P<verb>출범|설립|창립|창설|개교|개통|개관|발족|상장|착공|완공|결성|창단|건국|출시|제정|폐지|해체)(?=하|되|되었|됐|함|됨|했|한)"
)
_PASSIVE = frozenset(
    {"설립", "창립", "창설", "개통", "결성", "제정", "폐지", "해체", "출시", "완공"}
)
_BORN = re.compile(rf"^(?P<between>.{{0,30}}?{_YEAR}.{{0,24}}?)태어")
_QUANTITY = re.compile(
    r"\d[\d,.]*\s?(?:여\s)?(?:[만억조천]\s?)*"
    r"(?P<unit>명|개국|개|곳|건|%|퍼센트|원|달러|유로|엔|㎢|km²|km|m|톤)"
)
_COUNTERS = frozenset({"명", "개국", "개", "곳", "건"})
_ASKED_BY_UNIT = {unit: f"몇 {unit}인가요?" for unit in _COUNTERS} | {
    "%": "몇 퍼센트인가요?",
    "퍼센트": "몇 퍼센트인가요?",
}
_PERCENT = frozenset({"%", "퍼센트"})
_SHARE = re.compile(r"(?:률|율|비중)$")
_HOW_MUCH = re.compile(
    r"(?:규모|예산|비용|투자액|금액|매출|매출액|수출액|성장률|증가율|비중|비율|점유율|도입률|활용률"
    r"|면적|높이|길이|넓이|가격|사업비|출연금|자본금)$"
)
_COUNTED = re.compile(r"(?:인력|인원|인구|기업|업체|회원|직원|학생|기관|건수|회원국)$")
_WHAT_OF = re.compile(
    r"(?:목표|목적|주제|슬로건|비전|특징|강점|장점|단점|약점|원인|주 제품|사업 영역|원칙|효과|수도"
    r"|핵심|원리|증상|종류|기능|재료|의의|별명|본명|공용어|국교|대상|장애요인|요소)$"
)
_ASPECT_NAMED = re.compile(
    "|".join(f"{kind.pattern[:-1]}(?=[은는]\\s)" for kind in (_HOW_MUCH, _COUNTED, _WHAT_OF))
)
# The sentence itself holds nothing of what follows it.
_LIST_FOLLOWS = re.compile(r"^(?:다음|아래)(?:과|와)?\s?(?:의 \S+ 가지|같)")
_LAST_NOUN = re.compile(
    r"(?P<noun>[가-힣]+?)(?:이다|이었다|였다|입니다|임"
    r"|[을를] (?:말한다|뜻한다|가리킨다|의미한다|말함|뜻함))?\.?$"
)
_PERSON = re.compile(
    r"(?:대통령|정치인|정치가|황제|국왕|장군|작가|시인|소설가|가수|배우|화가|과학자|지도자|선수|철학자|학자"
    r"|음악가|작곡가|군인|총리|사상가|발명가|기업인|감독|왕)$"
)
_PLACE = re.compile(r"(?:도시|나라|국가|지역|지방|수도|섬|섬나라|항구|강|산|호수)$")
_THING = re.compile(
    r"(?P<class>기술|방법|분야|방식|물질|모델|제도|학문|현상|이론|질환|질병|시스템|장치|사업|프로젝트|언어|종교"
    r"|조약|전쟁|동물|식물|악기|원소|화합물)$"
)


def question_of(sentence: Sentence, analyzer: KoreanAnalyzer, title: str = "") -> str | None:
    """Return a question that a sentence answers, or None where none would sound natural.

    Args:
        sentence: of a document.
        analyzer: of the index.
        title: of the document; where it is a subject itself, an aspect is asked of it.
    """
    if sentence.kind not in _SPOKEN_KINDS or len(sentence.text) > _LONGEST_SENTENCE:
        return None
    labelled = _LABEL.match(sentence.text) or _NOTE.match(sentence.text)
    if labelled:
        return _of_label(labelled["label"].strip(), labelled["rest"], analyzer)
    text = _BRACKETED.sub("", MARKER.sub("", sentence.text))
    clauses = (text[start:] for start in (0, *(m.end() for m in _CLAUSE_END.finditer(text))))
    made = (_of_clause(clause, analyzer, title) for clause in clauses)
    return next((question for question in made if question), None)


def _of_clause(text: str, analyzer: KoreanAnalyzer, title: str) -> str | None:
    if not _HAS_TOPIC.search(text[:_REACH]) or not _is_promising(text):
        return None
    tokens = analyzer.tokens(text[:_REACH])
    end = next((n for n, t in enumerate(tokens) if t.tag == "JX" and t.form in {"은", "는"}), None)
    if end is None or text[tokens[end].end : tokens[end].end + 1] != " ":
        return None
    phrase = _phrase(tokens[:end], text, analyzer)
    topic = _understood(phrase, title, analyzer) if phrase else None
    return _asked(topic, text[tokens[end].end + 1 :]) if topic else None


def _is_promising(text: str) -> bool:
    """Tell cheaply whether any template may fit; most sentences need not be analysed."""
    if _ASPECT_NAMED.search(text[:_REACH]) or _BEGAN.search(text) or _BORN.search(text):
        return True
    noun = _LAST_NOUN.search(text)
    kinds = (_PERSON, _PLACE, _THING)
    return noun is not None and any(kind.search(noun["noun"]) for kind in kinds)


def _of_label(label: str, rest: str, analyzer: KoreanAnalyzer) -> str | None:
    thing = _thing(rest)
    if thing is None or _DEPENDENT.search(label) or not _is_nominal(analyzer.tokens(label), label):
        return None
    if label.endswith((thing, "개요")):
        return None
    return f"{with_particle(label, '은/는')} 어떤 {thing}인가요?"


def _thing(rest: str) -> str | None:
    noun = _LAST_NOUN.search(rest)
    found = _THING.search(noun["noun"]) if noun else None
    return found["class"] if found else None


def _phrase(before: list[QueryToken], text: str, analyzer: KoreanAnalyzer) -> str | None:
    """Return the plain noun phrase that a topic is or, behind a clause that tells of it, ends in.

    바이오산업의 전략을 총괄하는 국가바이오위원회 gives 국가바이오위원회.
    """
    inside = before
    told = next((n for n in reversed(range(len(inside))) if inside[n].tag == "ETM"), None)
    if told is not None:
        inside = inside[told + 1 :]
    phrase = text[inside[0].start : inside[-1].end] if inside else ""
    if not _SHORTEST_TOPIC <= len(phrase) <= _LONGEST_TOPIC or len(phrase.split()) > _MOST_WORDS:
        return None
    if _DEPENDENT.search(phrase) or not _is_nominal(inside, text):
        return None
    if told is not None and (
        phrase[0].isdigit() or "의 " in phrase or not _tells(phrase, analyzer)
    ):
        return None
    return phrase


def _is_nominal(tokens: list[QueryToken], text: str) -> bool:
    inner = (t for t in tokens if t.tag not in _NOMINAL)
    return bool(tokens) and all(text[t.start : t.end] in _INNER_MARKS for t in inner)


def _understood(topic: str, title: str, analyzer: KoreanAnalyzer) -> str | None:
    """Return a topic as it is understood by itself, or None where it is not."""
    subject = title if len(title) <= _LONGEST_SUBJECT and " " not in title else ""
    aspect = _HOW_MUCH.search(topic) or _COUNTED.search(topic) or _WHAT_OF.search(topic)
    if subject and subject in topic:
        return topic
    if subject and aspect and "의 " not in topic:
        return f"{subject}의 {topic}"
    if "의 " in topic:
        return topic if any(analyzer.is_name(part) for part in topic.rsplit("의 ", 1)) else None
    return topic if _tells(topic, analyzer) and not (aspect and aspect.start() == 0) else None


def _tells(phrase: str, analyzer: KoreanAnalyzer) -> bool:
    """Tell whether a phrase names one thing: a proper name, or one long word (국가바이오위원회)."""
    long = " " not in phrase and len(analyzer.tokens(phrase)) >= _LONG_COMPOUND
    return long or analyzer.is_name(phrase)


def _asked(topic: str, rest: str) -> str | None:
    """Return what to ask about a topic, by what the sentence goes on to say of it."""
    of_topic = with_particle(topic, "은/는")
    if _LIST_FOLLOWS.match(rest):
        return None
    if _HOW_MUCH.search(topic) or _COUNTED.search(topic):
        asked = _how_much(topic, rest)
    elif topic.endswith("수도"):
        asked = "어디인가요?"
    elif _WHAT_OF.search(topic):
        asked = "무엇인가요?"
    else:
        asked = _when(rest) or _what(rest)
    return f"{of_topic} {asked}" if asked else None


def _how_much(topic: str, rest: str) -> str | None:
    quantity = _QUANTITY.search(rest)
    if quantity is None or (_COUNTED.search(topic) and quantity["unit"] not in _COUNTERS):
        return None
    if _OTHER_SUBJECT.search(rest[: quantity.start()]):
        return None
    if quantity["unit"] in _PERCENT and not _SHARE.search(topic):
        return None
    return _ASKED_BY_UNIT.get(quantity["unit"], "얼마인가요?")


def _when(rest: str) -> str | None:
    began = _BEGAN.match(rest)
    if began and not _OTHER_SUBJECT.search(began["between"]):
        return f"언제 {began['verb']}{'됐' if began['verb'] in _PASSIVE else '했'}나요?"
    born = _BORN.match(rest)
    if born and not _OTHER_SUBJECT.search(born["between"]):
        return "언제 태어났나요?"
    return None


def _what(rest: str) -> str | None:
    noun = _LAST_NOUN.search(rest)
    if noun is None or _CLAUSES.search(rest):
        return None
    if _PERSON.search(noun["noun"]):
        return "누구인가요?"
    if _PLACE.search(noun["noun"]):
        return "어떤 곳인가요?"
    return "무엇인가요?" if _THING.search(noun["noun"]) else None
