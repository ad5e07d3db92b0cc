"""What value a question asks for, and whether a text holds one that the question did not bring."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from api.answer.asked_person import ASKS_HUMAN, ASKS_PERSON, HUMAN, PERSON
from api.answer.entity_agreement import PLACES
from retriever.answer_form import ASKS_CHANGE

# Numbers with what counts or measures them. Which of them answer "몇 …" of each unit.
_COUNT = r"\d[\d,.]*\s?[만천백억조]*\s?여?\s?"
_FEW = r"(?<![가-힣])(?:한|두|세|네|하나의|다섯|여섯|일곱|여덟|아홉|열)\s?"
_PER_CENT = r"\d\s?(?:%|％|퍼센트)|절반|과반"
_AGE = r"\d\s?[살세]"
_COMPUTING = r"플롭스|(?i:flops)"
_UNITS: dict[str, re.Pattern[str]] = {
    unit: re.compile(pattern)
    for unit, pattern in {
        "명": rf"{_COUNT}(?:명|인|사람)|{_FEW}(?:명|사람)",
        "사람": rf"{_COUNT}(?:명|인|사람)|{_FEW}(?:명|사람)",
        "개사": rf"{_COUNT}(?:개|곳|사)",
        "개국": rf"{_COUNT}(?:개|나라|국)",
        "개월": r"\d\s?(?:개월|달|년)|[한두세네]\s?달",
        "개": rf"{_COUNT}(?:개|곳|건|종|가지|대)|{_FEW}(?:개|가지)|[①②③]",
        "가지": r"\d|[①②③]|[한두세네]\s?가지",
        "곳": rf"{_COUNT}(?:개|곳|군데)",
        "군데": rf"{_COUNT}(?:개|곳|군데)",
        "건": rf"{_COUNT}건",
        "년": r"\d{3,4}|\d\s?년|세기",
        "월": r"\d\s?월",
        "일": r"\d\s?일",
        "퍼센트": _PER_CENT,
        "프로": _PER_CENT,
        "%": _PER_CENT,
        "곱절": r"\d\s?배|[두세네]\s?배|곱절|갑절",
        "배": r"\d\s?배|[두세네]\s?배|1/\d|분의",
        "달러": r"달러|\$",
        "원": r"\d[\d,.]*\s?[천백만억조]*\s?원",
        "엔": r"\d[\d,.]*\s?[천백만억조]*\s?엔",
        "유로": r"유로|€",
        "억": r"\d\s?억",
        "조": r"\d\s?조",
        "km": r"\d\s?(?:km|㎞|킬로)",
        "킬로": r"\d\s?(?:km|㎞|킬로)",
        "평": r"\d[\d,.]*\s?[만천]*\s?(?:평|㎡|제곱)",
        "번": rf"\d\s?(?:번|회|차|대)|{_FEW}(?:번|차례)|첫|둘째|셋째",
        "회": r"\d\s?(?:번|회|차)",
        "시간": r"시간",
        "위": r"\d\s?위(?!원)",
        "등": r"\d\s?(?:위(?!원)|등)",
        "분의": r"1/\d|분의|\d\s?%|절반",
        "percent": _PER_CENT,
        "상": r"(?<![가-힣\d])[1-4일이삼사]\s?상(?![가-힣]{2})|전임상|임상\s?[1-4일이삼]",
        "플롭스": _COMPUTING,
        "페타": _COMPUTING,
        "살": _AGE,
        "세": _AGE,
        "도": r"\d\s?(?:도|℃|°)",
        **{counter: rf"{_COUNT}{counter}|{_FEW}{counter}" for counter in "승패골장권편층쪽점곡"},
        "대 몇": r"\d\s?(?:승|패|대\s?\d|:\s?\d)",
    }.items()
}
_LONGEST_FIRST = sorted(_UNITS, key=len, reverse=True)
_HOW_MANY = re.compile(r"몇\s?(대 몇|[가-힣%A-Za-z]+)")
# "몇 년에", and not for how many years.
_ASKS_YEAR = re.compile(r"몇\s?년(?:도|에|부터|까지|이(?!나)|인|의|쯤|\?|$)")
_ASKS_HOW_LONG = re.compile(
    r"얼마나?\s?(?:오래|동안)|(?:시간|기간)\S{0,2}\s?(?:\S+\s)?(?:얼마|며칠|몇)|얼마나?\s?걸[리려렸]"
    r"|며칠(?:이나|까지|만|간|\s?(?:걸|동안|만에))|몇\s?(?:년|달|개월|주|일|시간)\s?(?:동안|간|만에|이나|걸)"
)
_HOW_LONG = re.compile(
    r"\d\s?(?:년|개월|달|주일?|일|시간|분|초)(?!\s?(?:부터|\d))|[한두세네]\s?(?:달|해|주)|하루|며칠|보름"
    r"|수[년십일]|단기간|장기간"
)
# How many people: "위원 수가 어떻게 되나요".
_ASKS_HEADS = re.compile(
    r"(?:위원|직원|회원|인원|사람|응답자|참가자|참석자|환자|연구자|학생|[가-힣]{2}자|인력)\s?"
    r"(?:수|규모|인원)?(?:가|는|은|이|의 수는)\s?(?:어떻게 되|얼마나 되|모두 얼마)|인원은?\s?\??$"
)
_MONEY = re.compile(
    r"\d[\d,.]*\s?(?:[천백십]?[만억조]\s?)*여?\s?(?:원|달러|엔|유로|위안|파운드|억|조)|\$|₩|€"
)
_ASKS_SHARE = re.compile(
    r"(?:퍼센트|비율|비중|도입률|활용률|점유율|성장률|증가율|감소율|정확도|%)\S{0,3}\s?"
    r"(?:얼마|어느 정도|알려|몇|은요|는요|\?|$)"
)
_MONEY_NOUNS = (
    "(?:예산|금액|비용|가격|매출|매출액|투자액|투자금|총액|사업비|연봉|원가|요금|구독료|공모가"
    "|시가총액|상금|사용료|인수가|대금|땅값|몸값|출연금|지원금|경비|돈|펀드|시장)"
)
_PAYS = (
    "(?:투자|들[이었어여였인]|들$|드[나는니]|든|주고|줬|샀|사[들는나]|인수|냈|내[나는]|치[르렀]|지[불급]|쓰|썼"
    "|팔)"
)
_ASKS_MONEY = re.compile(
    rf"{_MONEY_NOUNS}\S{{0,4}}\s?(?:\S+\s)?(?:얼마|어느 정도)"
    rf"|얼마(?:를|에|가|나|씩)?\s?(?:정도\s)?{_PAYS}|얼마짜리"
    rf"|{_MONEY_NOUNS}(?:은|는|이|가|도)?(?:\s?(?:알려|말해)\s?\S*)?\s?[?.]?$"
    r"|(?:budget|price|revenue|cost|fee)\S{0,2}\s?(?:\S+\s)?(?:how much|얼마)|how much"
)
_CHANGE = re.compile(
    r"\d\s?(?:배|%p|%포인트)|1/\d|분의|절반|[두세네]\s?배|증가|감소|늘[었어고려]|줄[었어이여]|성장"
    r"|단축|절감|상승|하락|확대|축소|급증|급감|[가-힣\d]에서 \d|만에"
)
_ASKS_AMOUNT = re.compile(r"얼마|어느 정도")
_AMOUNT = re.compile(rf"\d|절반|과반|수[십백천만]|며칠|한 달|배로|{_FEW}[가-힣]")
_ASKS_DAY = re.compile(r"몇\s?월\s?(?:며칠|몇\s?일)|무슨 요일|며칠(?:에|부터|날|이었)")
_DAY = re.compile(r"\d\s?월\s?\d{1,2}\s?일|\d{1,2}\.\s?\d{1,2}\.|요일")
_ASKS_PLACE = re.compile(
    r"어느\s?(?:동네|도시|지역|[주구]에|주의)|(?:사무실|본사|주소|위치|소재지)\S{0,2}\s?(?:어디|알려|\?|$)"
    r"|어디에?\s?(?:지어|지을|짓|위치|들어서|설치|세워)|어딨"
)
_PLACE = re.compile(
    rf"{'|'.join(sorted(PLACES))}|[가-힣](?:특별시|광역시|지구|특구|단지|반도|대륙)"
    r"|[가-힣]{2}(?:시|군|구|읍|면|동|도|주|현|성|섬)(?:에서?|의|,|\()"
)
_KNOWN_PLACE = re.compile("|".join(sorted(PLACES)))
_ASKS_TIME = re.compile(r"언제|며칠|(?:시기|시점|연도|날짜)(?:은|는|이|가|를)|어느 해|무슨 해")
_TIME = re.compile(
    r"(?<![\d,.])[12]?\d{3}(?![\d,]|\.\d|\s?[여]?\s?[만억조명개건원%달배])|\d\s?[년월일]|['’]\d{2}"
    r"|[억만]\s?년|\d살|세기|시대|한 달|하루"
)
_NUMBER = re.compile(r"\d[\d,.]*")


def holds_asked_value(question: str, text: str) -> bool | None:
    """Tell whether ``text`` holds a value of the kind that ``question`` asks for.

    Numbers and places that stand in the question already are no answer to it.

    Returns:
        None where the question asks for nothing that has an outward sign.
    """
    asked = _asked_value(question)
    if asked is None:
        return None
    unknown = _without_known(question, text)
    if asked is _PLACE:
        unknown = _KNOWN_PLACE.sub(lambda place: "" if place[0] in question else place[0], unknown)
    return bool(asked.search(unknown))


def asks_for_person(question: str) -> bool:
    """Tell whether a question asks who."""
    return _asked_value(question) is PERSON


def asks_for_value(question: str) -> bool:
    """Tell whether a question asks for a number, a date, a place or a person."""
    return _asked_value(question) is not None


# Read in this order: "몇 년 동안" is no year, and "얼마나 늘었나요" no amount of money.
_BEFORE_UNITS = (
    (_ASKS_HOW_LONG, _HOW_LONG),
    (_ASKS_DAY, _DAY),
    (_ASKS_YEAR, _TIME),
    (_ASKS_HEADS, _UNITS["명"]),
)
_AFTER_UNITS = (
    (ASKS_CHANGE, _CHANGE),
    (_ASKS_SHARE, _UNITS["%"]),
    (_ASKS_MONEY, _MONEY),
    (ASKS_HUMAN, HUMAN),
    (ASKS_PERSON, PERSON),
    (_ASKS_PLACE, _PLACE),
    (_ASKS_TIME, _TIME),
    (_ASKS_AMOUNT, _AMOUNT),
)


# Asked anew of every sentence.
@lru_cache(maxsize=256)
def _asked_value(question: str) -> re.Pattern[str] | None:
    return _first(_BEFORE_UNITS, question) or _counted(question) or _first(_AFTER_UNITS, question)


def _first(
    signs: Sequence[tuple[re.Pattern[str], re.Pattern[str]]], question: str
) -> re.Pattern[str] | None:
    return next((sign for asks, sign in signs if asks.search(question)), None)


def _counted(question: str) -> re.Pattern[str] | None:
    how_many = _HOW_MANY.search(question)
    if how_many is None:
        return None
    for unit in _LONGEST_FIRST:
        if how_many[1].startswith(unit):
            return _UNITS[unit]
    return _AMOUNT


def _without_known(question: str, text: str) -> str:
    for number in set(_NUMBER.findall(question)):
        text = re.sub(rf"(?<![\d.,]){re.escape(number)}(?![\d,.]*\d)", "", text)
    return text
