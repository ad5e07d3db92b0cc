"""The particle that fits the end of a word: 기업이 where company가 was written."""

from __future__ import annotations

import re

_FIRST, _LAST, _FINALS = ord("가"), ord("힣"), 28
# A final ㄹ, after which 로 stands as after a vowel.
_RIEUL = 8
# Final sounds of digits and Latin letters when read out in Korean: 영, 일, 삼 …; 엘, 엠, 엔, 알.
_SPOKEN = {"0": 21, "1": _RIEUL, "3": 16, "6": 1, "7": _RIEUL, "8": _RIEUL}
_SPOKEN |= {"l": _RIEUL, "m": 16, "n": 4, "r": _RIEUL}

# After a final consonant, and without one.
_PAIRS = (
    "이라는/라는 이라고/라고 이라도/라도 이에요/예요 이어서/여서 으로/로 이랑/랑 이나/나 이란/란"
    " 이야/야 은/는 이/가 을/를 과/와"
)
_FITTING = {form: pair for pair in _PAIRS.split() for form in pair.split("/")}
# Nothing that goes on: 가 of 가능, 이 of 이번.
_PARTICLE = re.compile(
    rf"(?:{'|'.join(sorted(_FITTING, key=len, reverse=True))})(?=[은는도만의]?(?:요)?(?![가-힣]))"
)
_ADJECTIVE = re.compile(r"한(?![가-힣])")


def with_particle(word: str, pair: str) -> str:
    """Put the fitting particle behind a word.

    Args:
        word: ends in Hangul, a digit or a Latin letter; marks behind that are passed over.
        pair: the particles after a consonant and after a vowel, such as ``이/가``.

    Returns:
        The word with its particle: ``질문이``, ``--top-k를``, ``서울로``.
    """
    after_consonant, after_vowel = pair.split("/")
    last = next((c for c in reversed(word) if c.isalnum()), "")
    final = _final(last)
    if pair == "으로/로" and final == _RIEUL:
        final = 0
    return word + (after_consonant if final else after_vowel)


def refit(word: str, behind: str) -> str:
    """Join ``word`` and what stood behind another word, its particle made to fit.

    ``서울`` before ``는 언제`` gives ``서울은 언제``; and 한 becomes 인 after 적, which makes an
    adjective itself (``현실적인`` for ``realistic한``).
    """
    if word.endswith("적") and _ADJECTIVE.match(behind):
        return f"{word}인{behind[1:]}"
    match = _PARTICLE.match(behind)
    if match is None or not word:
        return word + behind
    return with_particle(word, _FITTING[match[0]]) + behind[match.end() :]


def _final(character: str) -> int:
    if character and _FIRST <= ord(character) <= _LAST:
        return (ord(character) - _FIRST) % _FINALS
    return _SPOKEN.get(character.lower(), 0)
