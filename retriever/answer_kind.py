"""What kind of answer a Korean question asks for."""

from __future__ import annotations

import re
from enum import StrEnum

from retriever.folding import fold


class AnswerKind(StrEnum):
    """The form that the answer should have."""

    NUMBER = "number"
    TIME = "time"
    PERSON = "person"
    PLACE = "place"
    LIST = "list"
    REASON = "reason"
    OTHER = "other"


# Read in this order: "어떤 이유" is a reason before it is a list.
_PATTERNS: tuple[tuple[AnswerKind, re.Pattern[str]], ...] = (
    (AnswerKind.REASON, re.compile(r"왜|이유|까닭|때문|어째서|원인|how come|why")),
    (
        AnswerKind.TIME,
        re.compile(
            r"언제|몇\s?(?:년|월|일|시|세기|년대)|어느\s?(?:해|시점)|무슨\s?(?:해|요일)"
            r"|(?:시기|연도|날짜|시점)(?:는|은|가|이)|며칠|when"
        ),
    ),
    (
        AnswerKind.NUMBER,
        re.compile(
            r"몇|얼마|(?:비율|비중|규모|금액|예산|수치|퍼센트|증가율|감소율|성장률|점유율|횟수|인원)"
            r"(?:은|는|이|가|을|를|\?|$|\s?(?:전망|예상|추정)치?\s?\??$)|how (?:many|much)|%"
        ),
    ),
    (AnswerKind.PERSON, re.compile(r"누구|누가|누굴|저자|작성자|글쓴이|지은이|who")),
    (
        AnswerKind.LIST,
        re.compile(
            r"(?:무엇|뭐|어떤\s?(?:것|게|기술|분야|기업|기관|내용|목표|유형|종류|항목)).{0,12}"
            r"(?:있|들|포함|꼽|나열)|종류|나열|모두|전부|(?:두|세|네|다섯|여섯|\d+)\s?가지|목록"
            r"|어떤 .{1,12}들|무엇무엇|뭐뭐|(?:\d+|[두세네]|다섯|여섯|일곱|여덟)\s?대\s"
        ),
    ),
    (AnswerKind.PLACE, re.compile(r"어디|어느\s?(?:곳|지역|나라|국가|도시|지구)|where")),
)


def answer_kind(question: str) -> AnswerKind:
    """Return what ``question`` asks for; ``OTHER`` where its words do not tell."""
    folded = fold(question)
    for kind, pattern in _PATTERNS:
        if pattern.search(folded):
            return kind
    return AnswerKind.OTHER


_TIME = re.compile(
    r"(?:19|20)\d{2}|['’]\d{2}년|\d+\s?(?:년|월|일|세기|시간|개월|주)|기원전|한 달|하루|수년|며칠"
)
_NUMBER = re.compile(r"\d|[한두세네]\s?(?:개|가지|명|곳|배|달|번)|절반|과반|수[십백천만]")
_REASON = re.compile(
    r"때문|따라|위해|위하여|이유|원인|탓|으로 인|로 인|므로|아서|어서|니까|기 위|덕분|결과|한계|"
    r"어렵|어려움|부족|불과|극소수|우려|부담|감소|가능|필요"
)
_LISTING = re.compile(r"[,、·;]|및|그리고|[와과] ")


_SIGNS = {
    AnswerKind.NUMBER: _NUMBER,
    AnswerKind.TIME: _TIME,
    AnswerKind.REASON: _REASON,
    AnswerKind.LIST: _LISTING,
}
SIGNED_KINDS = tuple(_SIGNS)
"""The kinds whose answers have an outward sign."""


def fits(kind: AnswerKind, text: str) -> bool:
    """Tell whether ``text`` holds what an answer of this kind must hold.

    Kinds whose answers have no outward sign fit any text.
    """
    sign = _SIGNS.get(kind)
    return sign is None or bool(sign.search(text))
