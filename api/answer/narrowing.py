"""Words that narrow a question to less, or to other, than a sentence about the same things tells.

A document that gives an aim for 2035 does not tell what is reached; one that gives the rate of
manufacturers does not give that of farms; one that names the commonest answer does not name the
next.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_ASKS_WHAT_IS_REACHED = re.compile(
    r"지금까지|현재|이미|올해까지|벌써|여태|지금(?:은)?\s|실제로|그동안"
)
_AIM = re.compile(r"목표|계획|예정|전망|까지|추진|구축하|하기로|방침|기대|향후|앞으로|될 것")
_ASKS_FOR_REST = re.compile(r"만\s?따로|만의|뺀|제외한|나머지|다음으로")
_REST = re.compile(r"뺀|제외|나머지|다음")
# Words with one of these endings are kinds of one thing: 제조업 and 농업, 화학상 and 평화상.
_KINDS = "업상국시도부청층팀급종"
# These end like kinds and are none, or are what the kinds are kinds of.
_GENERAL_WORDS = (
    "기업 사업 산업 작업 창업 취업 졸업 영업 국가 정도 속도 일부 전부 정부 내부 외부 등급 다시 도시"
    " 제도 온도 강도 시도 이상 정상 대상 현상 영상 임상 세상 수급 지급 보급 공급 고급 결국 외국"
)
_GENERAL = frozenset(_GENERAL_WORDS.split())
_ENDS_WORD = r"(?=[은는이가의을를에과와,·(\s]|$)"
_OTHER_OF_KIND = {kind: re.compile(rf"[가-힣]{kind}{_ENDS_WORD}") for kind in _KINDS}


def asks_what_is_reached(question: str) -> bool:
    """Tell whether a question asks how things stand by now."""
    return bool(_ASKS_WHAT_IS_REACHED.search(question))


def speaks_of_aim(text: str) -> bool:
    """Tell whether a text speaks of what is planned or expected."""
    return bool(_AIM.search(text))


def asks_for_rest(question: str) -> bool:
    """Tell whether a question asks for what is left, or what comes next, or one part alone."""
    return bool(_ASKS_FOR_REST.search(question))


def speaks_of_rest(text: str) -> bool:
    """Tell whether a text sets something aside, or names a next one."""
    return bool(_REST.search(text))


def kinds_in(words: Sequence[str]) -> tuple[str, ...]:
    """Return the words that name one kind of several, by their ending."""
    ending = (word for word in words if len(word) > 1 and word[-1] in _OTHER_OF_KIND)
    return tuple(word for word in ending if word not in _GENERAL)


def names_other_kind(kinds: Sequence[str], sentence: str, above: str) -> bool:
    """Tell whether a sentence speaks of another kind in the place of one that is asked about.

    Args:
        kinds: those of ``kinds_in``.
        sentence: the text.
        above: with what stands above it.
    """
    return any(kind not in above and _OTHER_OF_KIND[kind[-1]].search(sentence) for kind in kinds)
