"""What value a question asks for, and whether a text holds one that the question did not bring."""

from __future__ import annotations

import re
from functools import lru_cache

from api.answer.entity_agreement import PLACES

# Numbers with what counts or measures them. Which of them answer "몇 …" of each unit.
_COUNT = r"\d[\d,.]*\s?[만천백억조]*\s?여?\s?"
_FEW = r"(?:한|두|세|네|하나의|다섯|여섯|일곱|여덟|아홉|열)\s?"
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
        "퍼센트": r"\d\s?(?:%|％|퍼센트)|절반|과반",
        "프로": r"\d\s?(?:%|％|퍼센트)|절반|과반",
        "%": r"\d\s?(?:%|％|퍼센트)|절반|과반",
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
    }.items()
}
_LONGEST_FIRST = sorted(_UNITS, key=len, reverse=True)
_HOW_MANY = re.compile(r"몇\s?([가-힣%A-Za-z]+)")
_MONEY = re.compile(
    r"\d[\d,.]*\s?(?:[천백십]?[만억조]\s?)*여?\s?(?:원|달러|엔|유로|위안|파운드|억|조)|\$|₩|€"
)
_ASKS_SHARE = re.compile(
    r"(?:퍼센트|비율|비중|도입률|활용률|점유율|성장률|증가율|감소율|정확도|%)\S{0,3}\s?"
    r"(?:얼마|어느 정도|알려|몇|은요|는요|\?|$)"
)
_MONEY_NOUNS = (
    "(?:예산|금액|비용|가격|매출|매출액|투자액|총액|사업비|연봉|원가|요금|구독료|공모가|시가총액|상금"
    "|사용료|인수가)"
)
_ASKS_MONEY = re.compile(
    rf"{_MONEY_NOUNS}\S{{0,4}}\s?(?:\S+\s)?(?:얼마|어느 정도)"
    r"|얼마(?:를|에)\s?(?:투자|들|주고|샀|인수)"
    rf"|{_MONEY_NOUNS}(?:은|는|이|가|도)?(?:\s?(?:알려|말해)\s?\S*)?\s?[?.]?$"
    r"|(?:budget|price|revenue|cost|fee)\S{0,2}\s?(?:\S+\s)?(?:how much|얼마)|how much"
)
_ASKS_AMOUNT = re.compile(r"얼마|어느 정도")
_AMOUNT = re.compile(rf"\d|절반|과반|수[십백천만]|며칠|한 달|배로|{_FEW}[가-힣]")
_ROLES = (
    "대표|대표이사|사장|회장|장관|시장|원장|창업자|설립자|저자|책임자|수상자|위원장|부위원장|과학자"
    "|사람|인물|대통령|감독|교수|지은이|작가|선수|배우|가수|왕|장군|연구자"
)
_ASKS_PERSON = re.compile(
    rf"누구|누가|누굴|누군|(?:{_ROLES})\S{{0,3}}\s?(?:\S+\s)?(?:이름|성함|성명)"
)
_PERSON = re.compile(
    r"[가-힣]{2,4}\s?(?:연구위원|위원장|위원|장관|대표|교수|박사|회장|\d단|대통령|원장|씨|감독|시장|왕"
    r"|장군|선수|의원|총리|대왕|황제)|대통령|[가-힣]{2,5}\s?\([A-Z一-鿿]"
    r"|(?:[A-Z][a-z]+\s){1,2}[A-Z][a-z]+|[가-힣]+\s[가-힣]+\(|부처|사업자|업체|기업|협회|기관|학회"
)
# One human being, and not whoever or whichever body.
_ASKS_HUMAN = re.compile(
    r"(?:대표|대표이사|사장|회장|창업자|설립자|창립자|창시자|위원장|부위원장|소장|센터장|원장|책임자)"
    r"(?:은|는|이|가|의)?\s?(?:\S+\s)?(?:누구|누군|누가|이름|성함)"
    r"|(?:부위원장|장관|소장|센터장|책임자|수상자|과학자|연구자|사람)들?(?:은|는|이|의)?\s"
    r"(?:모두\s)?(?:이름|성함|누구누구)"
    r"|(?:만든|세운|차린|창업한|설립한|개발한)\s?(?:사람|인물)"
    r"|(?:CEO|founder|창업자)(?:는|은|가|의)?\s?(?:\S+\s)?(?:누|who|이름|\?|$)"
)
# The commonest; three syllables that begin with one and do not end like a common noun.
_SURNAMES = "김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민류나"
_HUMAN = re.compile(
    rf"[가-힣]{{2,4}}\s?(?:연구위원|장관|대표|교수|박사|회장|\d단|원장|씨|감독|의원|총리)(?![가-힣]*적)"
    rf"|대통령|(?:[A-Z][a-z]+\s){{1,2}}[A-Z][a-z]+"
    rf"|(?<![가-힣])[{_SURNAMES}][가-힣]{{2}}(?<![자가업원부단회국사도적화학술형])"
    r"(?:은|는|이|가|의|\(|,|와|과)"
    rf"|[가-힣]+\s[가-힣]+(?:이|가)\s(?:설립|창업|세|만들|개발)"
)
_ASKS_DAY = re.compile(r"몇\s?월\s?(?:며칠|몇\s?일)|무슨 요일")
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
    return _asked_value(question) is _PERSON


def asks_for_value(question: str) -> bool:
    """Tell whether a question asks for a number, a date, a place or a person."""
    return _asked_value(question) is not None


# Asked anew of every sentence.
@lru_cache(maxsize=256)
def _asked_value(question: str) -> re.Pattern[str] | None:
    if _ASKS_DAY.search(question):
        return _DAY
    how_many = _HOW_MANY.search(question)
    if how_many:
        for unit in _LONGEST_FIRST:
            if how_many[1].startswith(unit):
                return _UNITS[unit]
        return _AMOUNT
    ordered = (
        (_ASKS_SHARE, _UNITS["%"]),
        (_ASKS_MONEY, _MONEY),
        (_ASKS_HUMAN, _HUMAN),
        (_ASKS_PERSON, _PERSON),
        (_ASKS_PLACE, _PLACE),
        (_ASKS_TIME, _TIME),
        (_ASKS_AMOUNT, _AMOUNT),
    )
    return next((sign for asks, sign in ordered if asks.search(question)), None)


def _without_known(question: str, text: str) -> str:
    for number in set(_NUMBER.findall(question)):
        text = re.sub(rf"(?<![\d.,]){re.escape(number)}(?![\d,.]*\d)", "", text)
    return text
