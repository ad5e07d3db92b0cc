"""What frames a question and asks nothing: who asks, what for, and a last wish behind it."""

from __future__ import annotations

import re

_ROLE = (
    r"(?:(?:초등|중|고등|대|대학원|유)?학생|대학원생|취준생|취업준비생|직장인|회사원|신입사원|공무원|주무관"
    r"|담당자|실무자|기자|작가|연구원|연구자|교수|교사|선생|강사|창업자|예비창업자|대표|사업가|자영업자"
    r"|투자자|심사역|컨설턴트|개발자|엔지니어|기획자|의사|간호사|약사|시민|주민|학부모|초보|초보자|입문자"
    r"|비전공자|문과생|이과생|일반인)"
)
_WRITING = r"(?:과제|숙제|발표|보고서|기사|논문|레포트|리포트|칼럼|PPT|피피티|기획서|제안서)"
# 보고서 쓰는데 필요한 예산 is no frame without 요 or a comma.
_WHILE = (
    r"(?:(?:(?:준비|작성|쓰는|하는|만드는)\s)?중인데(?:요)?,?"
    r"|(?:준비하는|하는|쓰는|만드는|맡았는|쓰려는|쓰고 있는|준비하고 있는|때문에 그러는)데"
    r"(?:요,?|,))"
)
_WHO = r"^(?:안녕하세요[.,!]?\s)?(?:(?:저는|전|나는|난|나|제가|내가)\s(?:그냥\s)?)?"
# 지자체 담당자입니다. / 저는 문과생인데요, / 발표 준비 중인데. What stands before the role stays
# where it may limit the question: 바이오 스타트업 대표인데 받을 수 있는 지원은?
_INTRODUCTION = re.compile(
    rf"{_WHO}(?:(?:[가-힣A-Za-z·]+\s){{0,4}}{_ROLE}(?:입니다|이에요|예요)[.!,]\s+"
    rf"|(?P<scope>(?:[가-힣A-Za-z·]+\s){{0,4}}){_ROLE}(?:인데|이고|이라서|라서|이라|로서|으로서)(?:요)?,?\s+"
    rf"|(?:[가-힣A-Za-z·]+\s){{0,2}}{_WRITING}(?:를|을|로|용)?\s{_WHILE}\s+)"
)
# 수치도 같이요. / 출처도요. / 각각 얼마야 / 금액도 알려 주세요
_LAST_WISH = re.compile(
    r"(?<=\?)\s*(?:(?:각각|각)\s)?(?:(?:얼마|몇)\S*"
    r"|[가-힣]{1,5}(?:도|만|까지)?(?:\s(?:같이|함께|좀))?(?:요|\s?(?:알려|적어|말해|부탁|써)\S*(?:\s[주줘]\S*)?))"
    r"[.!?]*$"
)
# What is left of a question has at least two words.
_LEAST_WORDS = 2


def without_introduction(question: str) -> str:
    """Return a question without who asks it, where more than that is said."""
    left = _INTRODUCTION.sub(lambda found: found["scope"] or "", question, count=1)
    return left if len(left.split()) >= _LEAST_WORDS else question


def without_last_wish(question: str) -> str:
    """Return a question without the short wish that follows its question mark."""
    return _LAST_WISH.sub("", question)
