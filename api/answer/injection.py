"""Questions that give orders to the service itself instead of asking about the documents.

Nothing here protects the extractive answer, which executes nothing: it only quotes. This tells
such a request apart so that it gets a plain refusal, and never reaches a language model. Told by
imperatives aimed at the service's own rules; a question that merely speaks of orders, rules or
prompts (의사의 지시를 무시하면 어떻게 되나요?) is none.
"""

from __future__ import annotations

import re

from retriever.folding import fold

INSTRUCTION = "instruction"
REFUSAL = (
    "저는 색인한 문서의 내용만으로 답합니다. 동작 방식을 바꾸거나 내부 지시를 보여 달라는 요청은"
    " 따르지 않습니다. 문서에 관해 알고 싶은 것을 물어봐 주세요."
)

_OWN = (
    r"(?:(?:너|네|니|당신|자네|챗봇|ai|모델|시스템|system|기존|이전|앞선|앞의|위의?|지금까지의?|원래|처음|모든|아까"
    r"|previous|prior|above|all|any|your)(?:의|에게|한테)?\s?(?:받은|주어진|내려진|내린|준|적힌)?\s?){1,4}"
)
_RULES = (
    r"(?:지시\s?사항|지시문?|명령어?|규칙|지침|설정|프롬프트|제약|제한|가이드라인|안전\s?장치|역할"
    r"|instructions?|rules?|prompts?|guidelines?|directions?)"
)
_ALL = (
    r"(?:들)?(?:은|는|을|를|도)?\s?"
    r"(?:이?제\s|전부\s?|모두\s?|모조리\s?|다\s?|싹\s?|완전히\s?|그냥\s?|깨끗이\s?){0,3}"
)
# 무시하고 …, 무시해: an order. 무시하면, 무시하는, 무시한, 무시하지: no order.
_DROP = (
    r"(?:(?:무시|망각|해제|삭제|초기화|폐기|우회)(?:하고|하라|하십시오|하세요|해(?!도|서|야|당|제)|한\s(?:뒤|채|다음))"
    r"|잊(?:고|어(?!도|서|야)|으세요|으라)|버리(?:고|세요|라)|버려(?!도|서|야)|따르지\s?(?:말|마)|어기고|벗어나)"
)
_OVERRIDE = (
    re.compile(rf"{_OWN}{_RULES}{_ALL}{_DROP}"),
    re.compile(
        rf"^(?:지금|이제)?(?:부터)?\s?(?:보고서|문서|자료|근거)(?:는|은|를|을)?\s?{_ALL}{_DROP}"
    ),
    re.compile(rf"[.,!]\s(?:보고서|문서|자료|근거)(?:는|은|를|을)?\s?{_ALL}{_DROP}"),
    re.compile(
        r"\b(?:ignore|disregard|forget|override|bypass)\b.{0,30}\b(?:instructions?|rules?|prompts?)\b"
    ),
)
_HIDDEN = (
    r"(?:(?:시스템|system|숨(?:은|겨진)|초기|내부)\s?(?:프롬프트|메시지|지시문?|prompts?|messages?|instructions?)"
    r"|(?:너|네|니|당신|챗봇)(?:의|에게|한테)?\s?(?:받은|주어진|내려진|입력된|설정된)?\s?"
    r"(?:프롬프트|지시\s?사항|지시문?|지침|명령문?|시스템\s?설정|api\s?키|비밀번호)"
    r"|api\s?(?:키|key)(?=를|을|\s?(?:좀|알려|보여|출력)))"
)
_SHOW = (
    r"(?:들)?(?:의\s?(?:내용|전문|원문|첫\s?줄))?(?:을|를|은|는|이|가|도)?\s?"
    r"(?:전부|모두|그대로|다|좀|한\s?번|먼저|우선|통째로|여기에|화면에|원문|한국어로|영어로|\s)*"
    r"(?:보여|출력|공개|알려|말해|적어|써\s?줘|복사|반복|내놔|읊|번역|뭐야|뭔지|뭐니|무엇이니|print|show|reveal)"
)
_REVEAL = (
    re.compile(rf"{_HIDDEN}{_SHOW}"),
    re.compile(
        r"\b(?:print|show|reveal|repeat|output|tell me)\b.{0,30}"
        r"\b(?:system prompt|your (?:system )?(?:prompt|instructions?|rules))\b"
    ),
)
_ROLE = (
    re.compile(
        r"(?:지금|이제|오늘)부터\s?(?:너|넌|당신|네가)(?:는|은)?\s.{0,40}"
        r"(?:규칙|제한|제약|검열|윤리|필터).{0,12}(?:없|무시|벗어|풀린)"
    ),
    re.compile(
        r"(?:지금|이제|오늘)부터\s?(?:너|넌|당신)(?:는|은)?\s.{0,40}"
        r"(?:역할|처럼|흉내|인 척|척해|행세|되어|이 돼|가 돼|연기)"
    ),
    re.compile(
        r"(?:개발자|관리자|디버그|dan|탈옥|god)\s?(?:모드|mode).{0,10}(?:켜|전환|들어|실행|활성|바꿔|on)"
    ),
    re.compile(r"\b(?:jailbreak|do anything now|you are now|pretend (?:to be|you are))\b"),
)


def is_instruction(question: str) -> bool:
    """Tell whether a question orders the service to drop its rules, show them or be another."""
    folded = " ".join(fold(question).split())
    return any(pattern.search(folded) for pattern in (*_OVERRIDE, *_REVEAL, *_ROLE))
