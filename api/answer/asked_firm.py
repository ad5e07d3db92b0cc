"""Whether a question asks which firm or body, and whether a text names one."""

from __future__ import annotations

import re

_KINDS = (
    "회사|기업|업체|제약사|기관|연구소|대학|부처|병원|단체|스타트업|은행|제작사|개발사|경쟁사"
    "|회원사"
)
_ASKS = re.compile(
    rf"(?:어느|어떤|무슨)\s(?:\S+\s)?(?:{_KINDS})"
    rf"|(?:{_KINDS}|곳)들?(?:은|는|이|가|으로는|로는|의|을|를)?\s?(?:\S+\s)?"
    r"(?:어디|이름|누구|뭐|무엇|알려|\?|$)|어디어디"
)
# Words in Latin letters that every report writes and that name no body.
_GENERAL = "ai it ict iot dna rna ngs db llm r&d eu ehr emr dtx cdmo gan learning machine deep"
_NO_NAMES = frozenset(_GENERAL.split())
_LATIN = re.compile(r"[A-Z][A-Za-z&.-]{2,}")
# The same in another language: 연합학습(Federated Learning), Federated Learning(연합학습).
_GLOSS = re.compile(r"\([^(),·]*\)|[A-Z][A-Za-z .-]+(?=\([가-힣])")
# Endings of the names of Korean firms, ministries and institutes, and firms that everybody knows by
# a name without such an ending.
_KOREAN = re.compile(
    r"[가-힣]{2,}(?:연구원|연구소|대학교?|병원|협회|재단|공사|진흥원|평가원|은행|기구|[가-힣]위원회)"
    r"|[가-힣]{2,}(?:테라퓨틱스|큐브|로직스|소프트|테크|파마|랩스|홀딩스|그룹|트리온|카드|증권)"
    r"|[가-힣]{2,}(?:바이오|제약|전자|화학|건설|통신)(?=[,·]|[와과은는이가의]\s)"
    r"|[가-힣]{2,}사(?=[는은이가와의를,·])|서울대|도쿄대|카이스트|포스텍"
    r"|[가-힣]+(?:복지|과기|산업|중기|식품|환경|교육|통신|외교|국방|법무|기업)부|식약처|특허청|총무성"
    r"|[가-힣]{2,}(?:산업|과학|외무|재무|노동|후생)성"
    r"|구글|애플|아마존|메타|마이크로소프트|엔비디아|삼성|네이버|카카오|머크|화이자|노바티스|로슈"
    r"|바이엘|딥마인드|오픈AI|소프트뱅크|오라클|테슬라|인텔|현대차|기아|쿠팡"
)


def asks_which_firm(question: str) -> bool:
    """Tell whether a question asks for firms, institutes, ministries and the like by name."""
    return bool(_ASKS.search(question))


def names_firm(text: str, question: str) -> bool:
    """Tell whether a text names a body, or anything in Latin letters, that a question does not."""
    said = question.lower()
    latin = (word.lower() for word in _LATIN.findall(_GLOSS.sub("", text)))
    return any(word not in _NO_NAMES and word not in said for word in latin) or any(
        found[0] not in question for found in _KOREAN.finditer(text)
    )
