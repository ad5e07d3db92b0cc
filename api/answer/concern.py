"""What a question is concerned with - an obstacle, a need, a plan - and who speaks of it.

People name such a concern in everyday words (발목을 잡다, 뭐부터 손대야 해?) and reports in others
(한계, 제약, 우선), so that neither words nor a small model's vectors bring the two together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Concern:
    """A concern, as questions ask for it and as reports tell of it."""

    asked: re.Pattern[str]
    told: re.Pattern[str]


def _concern(asked: str, told: str) -> Concern:
    return Concern(re.compile(asked), re.compile(told))


_CONCERNS = (
    # what comes first
    _concern(
        r"(?:뭐|무엇|뭣|어디|무얼)부터|먼저|급한|급하|시급|우선",
        r"우선|먼저|선행|시급|급선무|첫째|앞서",
    ),
    # an obstacle
    _concern(
        r"걸림돌|발목|막[혀히힌]|힘[든들]|어려[운움워]|문제|애로|장애|골치|고민|못\s|걱정|약점|단점|아쉬"
        r"|부족|모자[라란]|불만|왜\s?(?:안|못)",
        r"어려|제약|한계|부족|부담|걸림돌|장애|미흡|문제|곤란|우려|취약|미비|불과|저조|낮[은아]|극히|복잡"
        r"|제한|지연|막[혀히]|힘들|못함|못하",
    ),
    # what is needed
    _concern(
        r"뭐가 필요|필요[해한]|해야\s?(?:돼|되|할|한|하)|하라[는고]|하자[는고]|어쩌라|방법|대책"
        r"|해결|풀려면|하려면|되려면|나서야|바라",
        r"필요|해야|요구|바람직|방안|대안|절실|시급|관건|과제|확충|되어야|하여야|위해서는|필수"
        r"|효율적|효과적",
    ),
    # a plan
    _concern(
        r"계획|하겠[대다]|할\s?거[래라]|예정|앞으로|향후|추진|하려고|만든[대다]|키우[겠려]|목표",
        r"계획|예정|추진|방침|목표|향후|앞으로|까지|구축|육성|지원|투자|조성",
    ),
    # what was before
    _concern(
        r"예전|옛날|원래|과거|그동안|지금까|여태|전에는|이전|종래|그전",
        r"과거|종래|기존|종전|전통적|이전|예전|그동안|지금까지|당시|원래|머물|에 그치|의존"
        r"|였으나|었으나",
    ),
    # what is now
    _concern(
        r"지금|요즘|최근|현재|이제|오늘날",
        r"현재|최근|지금|오늘날|이제|요즘|추세|중임|중이",
    ),
    # a strength
    _concern(
        r"강점|장점|나은|잘하|유리|자랑|내세",
        r"강점|장점|우수|우위|최대|최초|뛰어|유리|민첩|탁월|선도|경쟁력",
    ),
    # a cause
    _concern(
        r"왜|이유|까닭|때문|어째서|원인|어쩌다|계기",
        r"때문|따라|이유|원인|탓|인해|므로|어서|아서|니까|덕분|계기|기점|영향|특성|배경|인식",
    ),
)


def concerns_of(question: str) -> tuple[Concern, ...]:
    """Return what a question is concerned with; mostly nothing, seldom more than one thing."""
    return tuple(concern for concern in _CONCERNS if concern.asked.search(question))


def spoken_of(concerns: tuple[Concern, ...], text: str) -> int:
    """Return of how many of the ``concerns`` a text speaks."""
    return sum(concern.told.search(text) is not None for concern in concerns)
