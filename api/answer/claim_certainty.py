"""Whether what a sentence says is so now, and no plan, wish, possibility or condition."""

from __future__ import annotations

import re
from collections.abc import Sequence

from api.answer.claim import Claim, Stated
from api.answer.claim_words import Segment
from api.answer.grounding.reading import Reading
from api.answer.grounding.wording import wording
from api.answer.grounding.words import Word

# Behind the words of what is only wanted, possible, needed or so under a condition.
_NOT_A_FACT = re.compile(
    r"^(?:하|되|시키|이루어지|[가-힣])?(?:고자|려[는고면 ]|도록|[어아여야]야|[을ㄹ] |면[ ,]|다면"
    r"|거나|게\s(?:하|할)|기(?!\s?때문)|지\s?여부|는지)"
    r"|^(?:할|될|시킬|해야|하여야|돼야|되어야|하면|되면|한다면|된다면|하려|되려|하고자|하도록|되도록|하기"
    r"|되기(?!\s?때문)|하게\s)"
    r"|^\S*?(?:을|를)\s(?:위한|위해|위하여|통한|목표|추진|검토|계획|모색|지원|촉진)"
)
_WILL_OR_CAN = re.compile(
    r"^\S{0,3}?(?:[할될일줄클]|[가-힣]을)\s(?:것|수|예정|계획|전망|필요|경우|때)"
)
# A noun alone says that it happened where it ends its clause, a verb is made of it or follows it.
_HAPPENS = re.compile(
    r"^(?:\([^)]*\))?(?:화)?(?:하|되|됨|함|한|된|했|됐|받|시켜|시킨|해|돼)"
    r"|^(?:\([^)]*\))?[.」]?\s?(?:$|후\s|이후\s|당시\s)"
    r"|^(?:을|를)\s?(?:거쳐|거친|마[쳤치친]|하[고여였]|함|했|한|이[뤄룬루]|받)"
    r"|^(?:이|가)\s?(?:이루어[졌지진]|진행[됐되된]|발생|시작|되[고어었])|^\s?(?:완료|성공|확정)"
)
# When something happened is told only of what has happened.
_WHEN = re.compile(
    r"^\s?(?:시기|시점|연도|날짜|일자|년도|해)(?:은|는|이|가)\s?(?:\d{4}년|\d{1,2}월)"
)
_IS = re.compile(
    r"^(?:\([^)]*\))?(?:\s?(?:분야|기업|방식|것|중\s하나))?"
    r"(?:이?[임며]|이?고\s|이다|인\s|으?로,|였|이었|이나\s|[.]?$)"
)
_SOME = frozenset(["일부", "몇몇", "소수", "일각", "극소수"])
_RARELY = re.compile(
    r"^\S{0,4}?기(?:가|는|란|에는|도)?\s?(?:매우\s|아직\s)?(?:쉽지|어렵|어려|힘들|곤란)"
)
# What follows the past is no longer about it: 하였으며; 인수한 것도.
_CLOSED = re.compile(r"\S*[었았였했됐](?:으며|고)")
_PAST_OF = re.compile(r"(?:한|된)\s(?!것으로)")
# What stands among these is to be done: (전략 3) DB 산업진흥법 제정.
_PLANS = frozenset(["전략", "계획", "목표", "방안", "과제", "비전", "로드맵", "숙제"])


def is_fact(
    claim: Claim, stated: Stated, segments: Sequence[Segment], number: int, word: Word
) -> bool:
    """Tell whether a word is said to be so now: no plan, wish, possibility or condition."""
    segment, behind = segments[number], stated.own.text[word.end :]
    if not _reads_as_fact(claim, stated.own, word) or _SOME & segment.keys - claim.keys:
        return False
    if _PAST_OF.match(behind):
        return True
    closed = bool(_CLOSED.match(behind))
    if not closed and is_planned(claim, stated):
        return False
    after = segments[number + 1 :]
    ends = next((n for n, s in enumerate(after) if s.subjects), len(after))
    reach = (segment, *(() if closed else after[:ends]))
    later = {w.key for s in reach for w in s.words if w.start > word.start}
    return not later & wording().hedges - claim.keys


def _reads_as_fact(claim: Claim, own: Reading, word: Word) -> bool:
    """Tell the same of a word by what stands right behind it, and by the conditions before."""
    behind = own.text[word.end :]
    if_so = bool(own.conditions) and own.conditions[0] <= word.start
    if _RARELY.match(behind) or (if_so and not claim.reading.conditions):
        return False
    if word.negated:
        return True
    if _NOT_A_FACT.match(behind) or _WILL_OR_CAN.match(behind):
        return False
    follows = _IS if claim.is_noun else _HAPPENS
    told = follows.match(behind) or _WHEN.match(behind)
    return word.key.endswith("/v") or bool(told)


def is_planned(claim: Claim, stated: Stated) -> bool:
    """Tell whether what is asked to have happened stands among what is to be done."""
    keys = stated.own.keys | (stated.above[-1].keys if stated.above else frozenset())
    return claim.reading.past and bool(_PLANS & keys - claim.keys)
