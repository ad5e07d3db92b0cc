"""How an answer is wished to look: 표로 정리해 줘, 세 줄로, 쉽게, 한국어로 말해 주세요.

Such a wish is neither what is asked about nor a piece of writing to be made, so it is taken out of
a question before that is searched and judged. 자기소개서를 써 줘 wishes for no form: it stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_COUNT = r"(?:한|두|세|네|다섯|여섯|일곱|여덟|아홉|열|\d{1,3})"
_UNIT = r"(?:줄|문장|단락|문단|마디|글자|자|단어)"
_AMOUNT = rf"(?<![가-힣\d]){_COUNT}\s?{_UNIT}(?:\s?(?:정도|이내|안|내외|이하))?"
_SHAPE = (
    r"(?<![가-힣])(?:(?:간단한|짧은|비교)\s?)?"
    r"(?:표|도표|비교표|목록|리스트|개조식|글머리\s?(?:표|기호)|번호|항목별|단계별|순서대로|차례대로"
    r"|존댓말|높임말|반말|한글|한국어|우리말)"
)
_TO = r"(?:으로|로)"
_TELLING = r"(?:정리|요약|나열|설명|답변|대답|답|말|소개|얘기|이야기|비교|작성|표시|표현|제시|구성)"
_MAKING = r"(?:만들|그리|그려|적|적어|써|쓰|뽑아|보여|알려|가르쳐|묶어|매겨|바꿔)"
# What follows a wish, looked ahead at: a verb of telling or making, another wish, or the end.
_THEN = (
    rf"(?=(?:만|서|써)?[\s,]*(?:좀\s?|다시\s?|각각\s?)?(?:{_TELLING}|{_MAKING}|{_AMOUNT}|{_SHAPE}"
    r"|쉽게|짧게|간단|간략|간결|핵심만|[.!?~]|$))"
)
_MANNER = (
    r"(?<![가-힣])(?:(?:아주|좀|조금|최대한|되도록|알기|이해하기|보기|읽기)\s)?"
    r"(?:쉽게|쉬운\s말로|짧게|짤막하게|간단히|간단하게|간략히|간략하게|간결하게"
    r"|(?:\S+도\s)?알아듣게|깔끔하게|보기\s?좋게)"
)
_ASKED_TO_TELL = (
    rf"(?=(?:\s(?:좀|다시))?\s?(?:{_TELLING}(?:을|를)?\s?(?:좀\s)?(?:해|부탁|하)"
    r"|알려|가르쳐|적어|써\s?[줘주]|말씀|[.!?~]*$))"
)
_WISHES = re.compile(
    rf"(?:{_AMOUNT}|{_SHAPE}){_TO}{_THEN}(?:만|서|써)?[\s,]*"
    r"|(?<![가-힣])(?:표|도표|비교표|목록|리스트)(?:를|을)\s(?=(?:좀\s)?(?:만들|그려|작성)\S*\s?(?:줘|주|달라|줄))"
    rf"|{_MANNER}{_ASKED_TO_TELL}[\s,]*"
)
# In front, with a comma behind it.
_IN_FRONT = re.compile(rf"^(?:(?:{_AMOUNT}|{_SHAPE}){_TO}(?:만)?|{_MANNER}),?\s(?=\S)")
_PLEASE = r"(?P<please>줘|주|줄|달라|봐|부탁)"
# With the form gone, nothing is to be made any more.
_MADE = re.compile(
    rf"(?<![가-힣])(?:만들어|그려|적어|써|뽑아|작성해|요약해|구성해|표시해)\s?(?:서\s)?{_PLEASE}"
)
# A summary is made of what the documents say themselves.
_SUMMED_UP = re.compile(rf"(?<=\S)\s?(?:좀\s)?요약(?:을|를)?\s?(?:좀\s)?해\s?{_PLEASE}")
_SAYS_ENOUGH = re.compile(r"[가-힣A-Za-z\d]{2}")
_ONLY_TOLD = re.compile(
    r"^(?:좀\s)?(?:알려|말해|답해|대답해|설명해|답변해|정리해|나열해)\s?(?:줘|주|줄)\S*[\s.!?~]*$"
)


def is_only_form_wish(question: str) -> bool:
    """Tell whether a question asks for nothing but another form: 표로 만들어 줘, 세 줄로."""
    bare = _reworded(question)
    return bare != question and not _tells_more(bare)


def without_form_wish(question: str, earlier: Sequence[str] = ()) -> str:
    """Return a question without its wishes for a form.

    삼 년간의 예산을 표로 만들어 줘 gives 삼 년간의 예산을 알려 줘. Where it holds nothing else
    (표로 만들어 줘), what was asked before is meant; where nothing was, it stays.

    Args:
        question: as it was asked.
        earlier: questions before it, oldest first.
    """
    bare = _reworded(question)
    if _tells_more(bare):
        return bare
    return without_form_wish(earlier[-1]) if earlier and bare != question else question


def _reworded(question: str) -> str:
    bare = _WISHES.sub("", _IN_FRONT.sub("", question))
    if bare != question:
        bare = _MADE.sub(r"알려 \g<please>", bare)
    return " ".join(_SUMMED_UP.sub(r" 알려 \g<please>", bare).split())


def _tells_more(bare: str) -> bool:
    return bool(_SAYS_ENOUGH.search(bare)) and not _ONLY_TOLD.match(bare)
